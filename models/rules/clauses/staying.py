"""What may change while an officer is on a detail: it ends later, or somebody else does the rest."""

from typing import Literal

from pydantic import Field

from models.rules.clauses import sources
from models.rules.clauses.base import Clause


class Staying(Clause):
    """
    A later end is committed time like any other: tours, leave, rest and limits are looked at as for an award, and a
    person alone goes beyond them. Who is relieved stays until the other has checked in.
    """

    most_minutes: int = Field(
        default=0,
        ge=0,
        description="By how many minutes, all together, an officer may have his detail end later on his own word that "
        "he is asked to stay; 0: a person decides.",
        examples=[240],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "0": "A person decides whether an officer stays longer.",
                "else": "An officer who is asked to may stay up to {value} minutes longer, if the rules allow it.",
            },
        },
    )
    relief: Literal["never", "yes"] = Field(
        default="never",
        description="Whether an officer on a detail may ask to be relieved. yes: the colleague he names is asked "
        "first, then others by the rule of replacement.",
        examples=["yes"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "never": "Who wants to be relieved on a detail is sent to a person.",
                "yes": "An officer may ask to be relieved; others are asked by the rule of replacement.",
            },
        },
    )
    relief_lead_minutes: int = Field(
        default=60,
        ge=15,
        description="Who relieves begins so many minutes after it was asked for: others are asked for so long, and "
        "need the time for the way.",
        examples=[90],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": "Who relieves another begins {value} minutes after it was asked for.",
        },
    )
