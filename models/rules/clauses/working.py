"""From the award to the check-out: answers, drops, replacements, attendance, reminders."""

from datetime import time
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, WallTime


class Signup(Clause):
    """When sign-up ends and the award is made, for postings that do not say so themselves."""

    closes_hours_before: Hours = Field(
        default=24,
        description="Sign-up closes so many hours before start.",
        examples=[48],
        json_schema_extra={"source": sources.ROSTER},
    )
    award_after_close_minutes: int = Field(
        default=0,
        ge=0,
        description="The award is made so many minutes after the close.",
        examples=[30],
        json_schema_extra={
            "source": sources.LOWEST_HOURS,
            "says": {
                "0": "The award is made when sign-up closes.",
                "else": "The award is made {value} minutes after the close.",
            },
        },
    )


class Answer(Clause):
    """How long an awarded officer has to answer."""

    minutes: int = Field(
        default=240,
        ge=1,
        description="Time to answer, from when he was told.",
        examples=[60],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": "An awarded officer has {value} minutes to answer, from when he was told.",
        },
    )
    remind_after_minutes: tuple[int, ...] = Field(
        default=(120,),
        description="Reminders to answer, each so many minutes after he was told.",
        examples=[[15, 45]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "empty": "He is not reminded to answer.",
                "else": "He is reminded to answer {value} minutes after he was told.",
            },
        },
    )
    due_hours_before_start: Hours = Field(
        default=2,
        description="However long the time to answer, it ends so many hours before the start.",
        examples=[4],
        json_schema_extra={"source": sources.ILLUSTRATIVE},
    )
    least_minutes: int = Field(
        default=10,
        ge=1,
        description="However late the award, he has at least so many minutes.",
        examples=[5],
        json_schema_extra={"source": sources.ILLUSTRATIVE},
    )

    @field_validator("remind_after_minutes")
    @classmethod
    def _rising(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if any(each < 1 for each in value) or list(value) != sorted(set(value)):
            raise ValueError("must rise from at least 1, each a different minute")
        return value


class Replacement(Clause):
    """Who is asked when a slot comes free after the award."""

    standby_first: bool = Field(
        default=True,
        description="Whether the award's standbys are asked first.",
        examples=[False],
        json_schema_extra={
            "source": sources.LOWEST_HOURS,
            "says": {
                "true": "The award's standbys are asked first.",
                "false": "The award's standbys are not asked before others.",
            },
        },
    )
    then: Literal["everyone", "band", "nobody"] = Field(
        default="everyone",
        description="Who is asked after the standbys. everyone: all who are eligible, in order. band: the same, as the "
        "notice band of that moment says: down its ladder, or all together where it is first come.",
        examples=["nobody"],
        json_schema_extra={
            "source": sources.LOWEST_HOURS,
            "says": {
                "everyone": "Then all who are eligible are asked, in order.",
                "band": "Then all who are eligible are asked, as the notice band of that moment says.",
                "nobody": "Then nobody is asked.",
            },
        },
    )
    answer_minutes: int = Field(
        default=30,
        ge=1,
        description="How long an offer to replace stands.",
        examples=[15],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "An offer to replace stands for {value} minutes."},
    )
    at_once: int = Field(
        default=1,
        ge=1,
        description="How many officers are asked at the same time.",
        examples=[3],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "1": "Officers are asked one after the other.",
                "else": "{value} officers are asked at the same time.",
            },
        },
    )


class Attendance(Clause):
    """When an officer may check in, is late, is a no-show, and is reminded to check out."""

    check_in_opens_minutes_before: int = Field(
        default=60,
        ge=0,
        description="Check-in opens so many minutes before the start.",
        examples=[30],
        json_schema_extra={"source": sources.ILLUSTRATIVE},
    )
    late_after_minutes: int = Field(
        default=5,
        ge=0,
        description="Late so many minutes after the start.",
        examples=[10],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": "An officer is late {value} minutes after the start.",
        },
    )
    no_show_after_minutes: int = Field(
        default=60,
        ge=1,
        description="A no-show so many minutes after start.",
        examples=[45],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": "Who has not come {value} minutes after the start is a no-show.",
        },
    )
    nudge_check_out_after_minutes: int = Field(
        default=15,
        ge=0,
        description="The first reminder to check out, so many minutes after the end.",
        examples=[30],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": "The first reminder to check out comes {value} minutes after the end.",
        },
    )
    nudge_every_minutes: int = Field(
        default=30,
        ge=1,
        description="Time between reminders to check out.",
        examples=[60],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": "Reminders to check out come {value} minutes apart.",
        },
    )
    nudges_at_most: int = Field(
        default=4,
        ge=0,
        description="Reminders to check out before it becomes an exception for a person.",
        examples=[2],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": "After {value} reminders to check out a person looks into it.",
        },
    )

    @model_validator(mode="after")
    def _late_before_no_show(self) -> Self:
        if self.late_after_minutes > self.no_show_after_minutes:
            raise ValueError("late_after_minutes must not be more than no_show_after_minutes")
        return self


class Reminders(Clause):
    """Reminders of a confirmed assignment."""

    night_before_at: WallTime | None = Field(
        default=time(20, 0),
        description="Local time of the reminder on the day before; empty for none.",
        examples=["19:30"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "null": "There is no reminder on the day before.",
                "else": "On the day before, a reminder goes out at {value}.",
            },
        },
    )
    hours_before: tuple[Hours, ...] = Field(
        default=(1,),
        description="Reminders so many hours before the start.",
        examples=[[12, 2]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "empty": "There is no reminder on the day itself.",
                "else": "A reminder goes out {value} hours before the start.",
            },
        },
    )
