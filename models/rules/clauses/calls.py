"""When the line calls officers of its own accord, and when their phones may ring."""

from datetime import time
from typing import Literal, Self

from pydantic import Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, WallTime
from models.rules.clauses.recording import Recording

Demand = Literal["orders", "emergencies", "late"]
"""What a handbook may have officers called about though they chose not to be called."""


class CallHours(Clause):
    """The part of the local day in which officers' phones may ring."""

    begin: WallTime = Field(
        default=time(8),
        description="Local time from which officers may be called.",
        examples=["07:00"],
        json_schema_extra={"source": sources.CALLING_HOURS, "says": "Officers are called from {value}."},
    )
    end: WallTime = Field(
        default=time(21),
        description="Local time until which officers may be called.",
        examples=["22:00"],
        json_schema_extra={"source": sources.CALLING_HOURS, "says": "Officers are called until {value}."},
    )

    @model_validator(mode="after")
    def _is_a_part_of_a_day(self) -> Self:
        if self.begin >= self.end:
            raise ValueError("must begin before it ends, on the same day")
        return self


class Calls(Clause):
    """
    Calls to officers. A step of a ladder that is `by: voice` is a call always; all others are made only where this
    clause says so. Who is called hears nothing but who calls until he presses a key.
    """

    unanswered_award_after_minutes: int | None = Field(
        default=None,
        ge=1,
        description="An officer who was told of his award and has not answered is called so many minutes later, if his "
        "time to answer is not over by then; empty: he is not called.",
        examples=[60],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "null": "Who does not answer to his award is not called.",
                "else": "Who has not answered to his award {value} minutes after he was told is called.",
            },
        },
    )
    when_texts_fail: bool = Field(
        default=False,
        description="Whether an officer is called whom a text about an award of his, or about what he works, did not "
        "reach, or who wants no texts.",
        examples=[True],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "true": "Whom texts about his award or his work do not reach is called.",
                "false": "Whom texts do not reach is not called: the next is asked, or a person is told.",
            },
        },
    )
    late: bool = Field(
        default=False,
        description="Whether an officer who has not checked in in time is called besides being texted, at any hour.",
        examples=[True],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"true": "Who is late is called.", "false": "Who is late is texted only."},
        },
    )
    hours: CallHours = Field(default=CallHours(), description="When officers' phones may ring.")
    any_hour_within_hours: Hours = Field(
        default=12,
        description="For a detail that starts within so many hours officers are called at any hour.",
        examples=[6],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "0": "No detail is so urgent that officers are called outside these hours.",
                "else": "For a detail that starts within {value} hours officers are called at any hour.",
            },
        },
    )
    tries: int = Field(
        default=2,
        ge=1,
        le=10,
        description="How often an officer is called about the same before he counts as not reached by calls: after a "
        "busy line, no answer, or when he hung up before he heard what it was about.",
        examples=[3],
        json_schema_extra={
            "source": sources.TOLEDO_OVERTIME,
            "says": {
                "1": "Who is not reached is not called again.",
                "else": "Who is not reached is called up to {value} times.",
            },
        },
    )
    minutes_between: int = Field(
        default=5,
        ge=1,
        description="Between two calls about the same so many minutes pass.",
        examples=[10],
        json_schema_extra={
            "source": sources.TOLEDO_OVERTIME,
            "says": "Between two calls about the same {value} minutes pass.",
        },
    )
    ring_seconds: int = Field(
        default=25,
        ge=5,
        le=120,
        description="How long a phone rings before it counts as not answered; most mailboxes pick up after 25 seconds.",
        examples=[40],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "A phone rings for {value} seconds."},
    )
    leave_message: bool = Field(
        default=True,
        description="Whether a machine is told to call back. It is never told what it is about, or where.",
        examples=[False],
        json_schema_extra={
            "source": sources.SALEM_DETAILS,
            "says": {
                "true": "A machine is told to call back, and nothing else.",
                "false": "A machine is told nothing.",
            },
        },
    )
    despite_choice: tuple[Demand, ...] = Field(
        default=(),
        description="What an officer is called about although he chose not to be called (CALLS OFF, CALLS URGENT): "
        "that he is ordered in, offers in an emergency, that he is late. All else goes by text then.",
        examples=[["orders", "emergencies"]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "empty": "Who chose not to be called is not called.",
                "else": "Who chose not to be called is called all the same for {value}.",
            },
        },
    )
    recording: Recording = Field(default=Recording(), description="Whether calls are recorded, and what follows.")
