"""How long an officer may work on end, counted in days or in shifts."""

from typing import Literal

from pydantic import ConfigDict, Field

from models.rules.clauses import sources
from models.rules.clauses.base import made_up
from models.rules.clauses.hours import TimeKind, TimeRule


class DaysLimit(TimeRule):
    """At most so many days in a row on which something was worked."""

    kind: Literal["days_in_a_row"] = Field(
        description="Days in a row.",
        examples=["days_in_a_row"],
        json_schema_extra={"source": sources.CARSON, "says": "The limit is on days in a row."},
    )
    days: int = Field(
        ge=1,
        le=366,
        description="At most so many.",
        examples=[6],
        json_schema_extra={"source": sources.CARSON, "says": "At most {value} days in a row."},
    )
    counts: tuple[TimeKind, ...] = Field(
        default=("details", "tours"),
        min_length=1,
        description="What makes a day a day worked.",
        examples=[["tours", "details"]],
        json_schema_extra=made_up("A day with {value} is a day worked."),
    )
    split: Literal["by_minute", "to_start"] = Field(
        default="by_minute",
        description="Whether each day counts on which a minute is worked, or only the day on which something starts.",
        examples=["to_start"],
        json_schema_extra=made_up(
            {
                "by_minute": "Each day counts on which a minute is worked.",
                "to_start": "Only the day counts on which something starts.",
            }
        ),
    )


class ShiftsLimit(TimeRule):
    """At most so many shifts in a row in which something was worked; needs `shifts` of the handbook."""

    model_config = ConfigDict(json_schema_extra={"around": {"shifts": ["07:00", "15:00", "23:00"]}})

    kind: Literal["shifts_in_a_row"] = Field(
        description="Shifts in a row.",
        examples=["shifts_in_a_row"],
        json_schema_extra=made_up("The limit is on shifts in a row."),
    )
    shifts: int = Field(
        ge=1,
        le=99,
        description="At most so many.",
        examples=[2],
        json_schema_extra=made_up("At most {value} shifts in a row."),
    )
    least_minutes: int = Field(
        default=60,
        ge=1,
        le=1440,
        description="A shift with fewer minutes of work is none that was worked: who stays ten minutes longer has not "
        "begun another.",
        examples=[30],
        json_schema_extra=made_up("A shift with fewer than {value} minutes of work does not count."),
    )
    counts: tuple[TimeKind, ...] = Field(
        default=("details", "tours"),
        min_length=1,
        description="What is work in a shift.",
        examples=[["tours", "details"]],
        json_schema_extra=made_up("Work in a shift is {value}."),
    )
