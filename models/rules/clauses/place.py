"""Proof of place: whether an officer who checks in shows that he is at the site, and by what."""

from typing import Literal

from pydantic import Field

from models.rules.clauses import sources
from models.rules.clauses.base import Clause

Way = Literal["site_phone", "code"]


class Place(Clause):
    """
    A check-in without proof stands, and is paid like any other: it is put before a person, and nothing else follows.
    """

    asked: Literal["never", "where_site_asks", "always"] = Field(
        default="never",
        description="Whether who checks in is asked to show that he is there. where_site_asks: at sites that are "
        "marked so (proof_of_place).",
        examples=["where_site_asks"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "never": "Who checks in is taken at his word that he is there.",
                "where_site_asks": "At sites that ask for it, who checks in shows that he is there.",
                "always": "Who checks in shows that he is there.",
            },
        },
    )
    ways: tuple[Way, ...] = Field(
        default=("site_phone", "code"),
        min_length=1,
        description="What shows it. site_phone: the call comes from the site's own telephone. code: four digits that "
        "the site contact was texted and reads out.",
        examples=[["code"]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": "He shows it by one of these: {value}.",
        },
    )
    flag_after_minutes: int = Field(
        default=15,
        ge=1,
        description="Who has not shown it so many minutes after his check-in is put before a person.",
        examples=[30],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": "Who has not shown it {value} minutes after his check-in is put before a person.",
        },
    )
