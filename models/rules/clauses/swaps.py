"""Named swaps: whether an officer may give an assignment to a colleague he names."""

from typing import Literal

from pydantic import Field

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours


class Swaps(Clause):
    """The colleague is asked and must accept; he must be able to take it by every rule."""

    allowed: Literal["never", "by_desk", "yes"] = Field(
        default="never",
        description="never: assignments are only given back. by_desk: a person decides. yes: the colleague is asked.",
        examples=["yes"],
        json_schema_extra={
            "source": sources.ROSTER,
            "says": {
                "never": "No officer gives an assignment to a colleague he names.",
                "by_desk": "Who wants to give an assignment to a named colleague is sent to a person.",
                "yes": "An officer may give an assignment to a colleague he names, who must accept.",
            },
        },
    )
    same_rank: bool = Field(
        default=False,
        description="Whether the colleague must have the officer's rank.",
        examples=[True],
        json_schema_extra={
            "source": sources.TRADES_COMMAND,
            "says": {"true": "The colleague must have his rank.", "false": "The colleague may be of another rank."},
        },
    )
    same_unit: bool = Field(
        default=False,
        description="Whether the colleague must be of the officer's unit.",
        examples=[True],
        json_schema_extra={
            "source": sources.TOLEDO_TRADES,
            "says": {"true": "The colleague must be of his unit.", "false": "The colleague may be of another unit."},
        },
    )
    until_hours_before: Hours = Field(
        default=4,
        description="Swaps are asked for until so many hours before the start.",
        examples=[12],
        json_schema_extra={
            "source": sources.TOLEDO_TRADES,
            "says": "Swaps are asked for until {value} hours before the start.",
        },
    )
    answer_minutes: int = Field(
        default=240,
        ge=1,
        description="The colleague has so many minutes to answer.",
        examples=[60],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "The colleague has {value} minutes to answer."},
    )
