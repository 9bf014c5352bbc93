"""Who may work at all, the rest he must have had, and how many hours he may work."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, Name, in_minutes

OfficerStatus = Literal[
    "active", "sick", "injured", "suspended", "probation", "light_duty", "leave", "in_training", "separated"
]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

#: What hours are made of. `tours` are all hours on regular duty, `leave` is time off that was granted.
TimeKind = Literal["details", "tours", "leave"]


class Eligibility(Clause):
    """Who may work details, whatever the detail."""

    statuses: tuple[OfficerStatus, ...] = Field(
        default=("active",),
        min_length=1,
        description="The statuses in which an officer may work details.",
        examples=[["active", "probation"]],
        json_schema_extra={
            "source": sources.LEXINGTON,
            "says": "Officers may work details while their status is {value}.",
        },
    )
    may_work_above_own_rank: bool = Field(
        default=False,
        description="Whether an officer may take a slot that asks for a higher rank than his.",
        examples=[True],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "true": "An officer may take a slot that asks for a higher rank than his.",
                "false": "No officer may take a slot that asks for a higher rank than his.",
            },
        },
    )
    may_work_below_own_rank: bool = Field(
        default=True,
        description="Whether an officer may take a slot that asks for a lower rank than his.",
        examples=[False],
        json_schema_extra={
            "source": sources.ORDER_12,
            "says": {
                "true": "An officer may take a slot that asks for a lower rank than his.",
                "false": "No officer may take a slot that asks for a lower rank than his.",
            },
        },
    )
    qualifications: tuple[Name, ...] = Field(
        default=(),
        description="Qualifications that every detail asks for, beside its own.",
        examples=[["field training"]],
        json_schema_extra={
            "source": sources.CORAL_SPRINGS,
            "says": {
                "empty": "No qualification is asked for beside what a detail itself asks.",
                "else": "Every detail asks for {value}, beside its own.",
            },
        },
    )
    barred_units: tuple[Name, ...] = Field(
        default=(),
        description="Units whose officers work no details.",
        examples=[["Internal Affairs"]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "empty": "Officers of every unit may work details.",
                "else": "Officers of {value} work no details.",
            },
        },
    )
    only_own_unit: bool = Field(
        default=False,
        description="Whether a detail that belongs to a unit is for its officers only.",
        examples=[True],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "true": "A detail that belongs to a unit is for its officers only.",
                "false": "A detail that belongs to a unit is open to others too.",
            },
        },
    )
    leave_blocks: bool = Field(
        default=True,
        description="Whether an officer on leave is kept from details.",
        examples=[False],
        json_schema_extra={
            "source": sources.OFF_DUTY_70,
            "says": {
                "true": "An officer on leave is kept from details.",
                "false": "An officer on leave may work details.",
            },
        },
    )
    bars_judged_by: Literal["detail_start", "award"] = Field(
        default="detail_start",
        description="Whether a bar keeps an officer from details that start while it runs, or from any award "
        "made while it runs.",
        examples=["award"],
        json_schema_extra={
            "source": sources.ORDER_12_NO_SHOW,
            "says": {
                "detail_start": "A bar keeps an officer from details that start while it runs.",
                "award": "A bar keeps an officer from any award made while it runs, whenever the detail starts.",
            },
        },
    )


class Rest(Clause):
    """Time off owed between the end of one thing and the start of the next; a detail is one of the two."""

    name: str = Field(
        default="",
        max_length=60,
        description="What the department calls this rest.",
        examples=["after nights"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"": "This rest has no name.", "else": "This rest is called {value}."},
        },
    )
    hours: Hours = Field(
        description="The rest, in hours.",
        examples=[8],
        json_schema_extra={"source": sources.OFF_DUTY_70, "says": "At least {value} hours off."},
    )
    minutes: int = Field(
        default=0,
        ge=0,
        le=59,
        description="Minutes on top of the hours.",
        examples=[30],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"0": "And no minutes beside.", "else": "And {value} minutes."},
        },
    )
    after: tuple[TimeKind, ...] = Field(
        default=("details", "tours"),
        min_length=1,
        description="What the rest follows.",
        examples=[["details"]],
        json_schema_extra={"source": sources.OFF_DUTY_70, "says": "The rest is owed after {value}."},
    )
    before: tuple[TimeKind, ...] = Field(
        default=("details", "tours"),
        min_length=1,
        description="What the rest precedes.",
        examples=[["details"]],
        json_schema_extra={"source": sources.OFF_DUTY_70, "says": "The rest is owed before {value}."},
    )

    @property
    def least_minutes(self) -> int:
        """The rest in minutes."""
        return in_minutes(self.hours) + self.minutes


class _Limit(Clause):
    name: str = Field(
        default="",
        max_length=60,
        description="What the department calls this limit.",
        examples=["the 36 hour week"],
        json_schema_extra={
            "source": sources.ORDER_12,
            "says": {"": "The limit has no name.", "else": "The department calls this limit: {value}."},
        },
    )
    hours: Hours = Field(
        description="At most so many hours.",
        examples=[16],
        json_schema_extra={"source": sources.ORDER_12},
    )
    minutes: int = Field(
        default=0,
        ge=0,
        le=59,
        description="Minutes on top of the hours.",
        examples=[35],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"0": "And no minutes beside.", "else": "And {value} minutes."},
        },
    )
    counts: tuple[TimeKind, ...] = Field(
        default=("details", "tours"),
        min_length=1,
        description="Which hours are counted.",
        examples=[["details"]],
        json_schema_extra={"source": sources.ORDER_12, "says": "What counts are hours of {value}."},
    )

    @property
    def most_minutes(self) -> int:
        """The limit in minutes."""
        return in_minutes(self.hours) + self.minutes


class RollingLimit(_Limit):
    """At most so many hours in any stretch of so many hours, wherever it begins."""

    kind: Literal["rolling"] = Field(
        description="A stretch that may begin at any minute.",
        examples=["rolling"],
        json_schema_extra={
            "source": sources.ORDER_12,
            "says": "The limit is on any stretch of real time, wherever it begins.",
        },
    )
    in_hours: Hours = Field(
        gt=0,
        description="The length of the stretch, in hours of real time.",
        examples=[24],
        json_schema_extra={"source": sources.ORDER_12, "says": "The stretch is {value} hours long."},
    )

    @property
    def window_minutes(self) -> int:
        """The stretch in minutes."""
        return in_minutes(self.in_hours)


class CalendarLimit(_Limit):
    """At most so many hours in a day, week, 28-day period or month of the department's own calendar."""

    kind: Literal["calendar"] = Field(
        description="A window of the calendar.",
        examples=["calendar"],
        json_schema_extra={"source": sources.OFF_DUTY_70, "says": "The limit is on a window of the calendar."},
    )
    period: Literal["day", "week", "28_days", "month"] = Field(
        description="The kind of calendar window.",
        examples=["week"],
        json_schema_extra={
            "source": sources.ORDER_12,
            "says": {
                "day": "In each day.",
                "week": "In each week.",
                "28_days": "In each period of 28 days.",
                "month": "In each month.",
            },
        },
    )
    week_starts: Weekday = Field(
        default="monday",
        description="The weekday on which a week begins.",
        examples=["sunday"],
        json_schema_extra={"source": sources.ORDER_12, "says": "A week begins on {value}."},
    )
    anchor_on: date | None = Field(
        default=None,
        description="The first day of some 28-day period; needed for `28_days` only.",
        examples=["2026-11-02"],
        json_schema_extra={
            "source": sources.ROSTER,
            "says": {
                "null": "No 28-day period is named.",
                "else": "A 28-day period begins on {value}, and every 28 days before and after.",
            },
        },
    )

    @model_validator(mode="after")
    def _needs_an_anchor(self) -> Self:
        if self.period == "28_days" and self.anchor_on is None:
            raise ValueError("a limit per 28_days needs anchor_on, the first day of one such period")
        return self


Limit = Annotated[RollingLimit | CalendarLimit, Field(discriminator="kind")]
