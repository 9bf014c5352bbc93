"""The way between two posts."""

from typing import Literal

from pydantic import Field

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Name
from models.rules.clauses.hours import TimeRule


class Way(Clause):
    """How long it takes between two sites or two areas; there and back alike."""

    between: tuple[Name, Name] = Field(
        description="Two sites by the ref of the bundle, or two areas, which sites name; the same one twice for "
        "ways within an area.",
        examples=[["harbor", "airport"]],
        json_schema_extra={"source": sources.ILLUSTRATIVE},
    )
    minutes: int = Field(
        ge=0,
        le=1440,
        description="The way, in minutes.",
        examples=[45],
        json_schema_extra={"source": sources.ILLUSTRATIVE},
    )


_WAY = {"0": "No time is kept for the way.", "else": "{value} minutes for the way between posts."}


class Travel(TimeRule):
    """Time for the way between the end of one thing and the start of the next; none at one and the same site."""

    minutes: int = Field(
        default=0,
        ge=0,
        le=1440,
        description="The way between posts of which nothing else is said.",
        examples=[30],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"0": "No time is kept for the way.", "else": "{value} minutes for the way between posts."},
        },
    )
    sites: tuple[Way, ...] = Field(
        default=(),
        description="Ways between two sites; they go before those between areas.",
        examples=[[{"between": ["harbor-paving-main", "airport-gate"], "minutes": 45}]],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": {"empty": "No ways between sites are named."}},
    )
    areas: tuple[Way, ...] = Field(
        default=(),
        description="Ways between two areas.",
        examples=[[{"between": ["north", "south"], "minutes": 40}]],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": {"empty": "No ways between areas are named."}},
    )
    between: tuple[Literal["details", "tours"], ...] = Field(
        default=("details", "tours"),
        min_length=1,
        description="Whether the way counts between two details, or between a tour and a detail, or both.",
        examples=[["details"]],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "Beside a detail the way counts to {value}."},
    )
