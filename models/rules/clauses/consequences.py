"""Counted consequences: so many refusals and missed answers, and an officer is off the list for a while."""

from typing import Literal

from pydantic import Field

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Name

#: Outcomes of asking an officer that a department may count. A carrier's failure is none of them unless it says so.
Counted = Literal["declined", "no_answer", "unreachable", "heard_and_hung_up", "hung_up_before_input"]


class Consequence(Clause):
    """After so many of these in a pool the officer is off that pool's list; he is back by himself when it is over."""

    name: Name = Field(
        description="What the department calls it.",
        examples=["three refusals"],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "The department calls it {value}."},
    )
    count: int = Field(
        default=3,
        ge=1,
        description="So many of them, and he is off the list.",
        examples=[3],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "{value} of them, and he is off the list."},
    )
    of: tuple[Counted, ...] = Field(
        default=("declined", "no_answer"),
        min_length=1,
        description="What is counted.",
        examples=[["declined"]],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "What is counted: {value}."},
    )
    within_days: int | None = Field(
        default=None,
        ge=1,
        description="They count when so many days or fewer lie between the first and the last; empty: when all are of "
        "one period of the pool.",
        examples=[30],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"null": "They count within a period of the pool.", "else": "They count within {value} days."},
        },
    )
    off_days: int | None = Field(
        default=None,
        ge=1,
        description="He is off the list for so many days; empty: until the pool's next turn.",
        examples=[28],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"null": "He is off until the pool's next turn.", "else": "He is off for {value} days."},
        },
    )
