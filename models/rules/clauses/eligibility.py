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
        json_schema_extra={"source": sources.LEXINGTON},
    )
    may_work_above_own_rank: bool = Field(
        default=False,
        description="Whether an officer may take a slot that asks for a higher rank than his.",
        examples=[True],
        json_schema_extra={"source": sources.ILLUSTRATIVE},
    )
    may_work_below_own_rank: bool = Field(
        default=True,
        description="Whether an officer may take a slot that asks for a lower rank than his.",
        examples=[False],
        json_schema_extra={"source": sources.ORDER_12},
    )
    qualifications: tuple[Name, ...] = Field(
        default=(),
        description="Qualifications that every detail asks for, beside its own.",
        examples=[["field training"]],
        json_schema_extra={"source": sources.CORAL_SPRINGS},
    )
    barred_units: tuple[Name, ...] = Field(
        default=(),
        description="Units whose officers work no details.",
        examples=[["Internal Affairs"]],
        json_schema_extra={"source": sources.ILLUSTRATIVE},
    )
    only_own_unit: bool = Field(
        default=False,
        description="Whether a detail that belongs to a unit is for its officers only.",
        examples=[True],
        json_schema_extra={"source": sources.ILLUSTRATIVE},
    )
    leave_blocks: bool = Field(
        default=True,
        description="Whether an officer on leave is kept from details.",
        examples=[False],
        json_schema_extra={"source": sources.OFF_DUTY_70},
    )
    bars_judged_by: Literal["detail_start", "award"] = Field(
        default="detail_start",
        description="Whether a bar keeps an officer from details that start while it runs, or from any award "
        "made while it runs.",
        examples=["award"],
        json_schema_extra={"source": sources.ORDER_12_NO_SHOW},
    )


class Rest(Clause):
    """Time off owed between the end of one thing and the start of the next; a detail is one of the two."""

    hours: Hours = Field(
        description="The rest, in hours.",
        examples=[8],
        json_schema_extra={"source": sources.OFF_DUTY_70},
    )
    minutes: int = Field(
        default=0,
        ge=0,
        le=59,
        description="Minutes on top of the hours.",
        examples=[30],
        json_schema_extra={"source": sources.ILLUSTRATIVE},
    )
    after: tuple[TimeKind, ...] = Field(
        default=("details", "tours"),
        min_length=1,
        description="What the rest follows.",
        examples=[["details"]],
        json_schema_extra={"source": sources.OFF_DUTY_70},
    )
    before: tuple[TimeKind, ...] = Field(
        default=("details", "tours"),
        min_length=1,
        description="What the rest precedes.",
        examples=[["details"]],
        json_schema_extra={"source": sources.OFF_DUTY_70},
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
        json_schema_extra={"source": sources.ORDER_12},
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
        json_schema_extra={"source": sources.ILLUSTRATIVE},
    )
    counts: tuple[TimeKind, ...] = Field(
        default=("details", "tours"),
        min_length=1,
        description="Which hours are counted.",
        examples=[["details"]],
        json_schema_extra={"source": sources.ORDER_12},
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
        json_schema_extra={"source": sources.ORDER_12},
    )
    in_hours: Hours = Field(
        gt=0,
        description="The length of the stretch, in hours of real time.",
        examples=[24],
        json_schema_extra={"source": sources.ORDER_12},
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
        json_schema_extra={"source": sources.OFF_DUTY_70},
    )
    period: Literal["day", "week", "28_days", "month"] = Field(
        description="The kind of calendar window.",
        examples=["week"],
        json_schema_extra={"source": sources.ORDER_12},
    )
    week_starts: Weekday = Field(
        default="monday",
        description="The weekday on which a week begins.",
        examples=["sunday"],
        json_schema_extra={"source": sources.ORDER_12},
    )
    anchor_on: date | None = Field(
        default=None,
        description="The first day of some 28-day period; needed for `28_days` only.",
        examples=["2026-11-02"],
        json_schema_extra={"source": sources.ROSTER},
    )

    @model_validator(mode="after")
    def _needs_an_anchor(self) -> Self:
        if self.period == "28_days" and self.anchor_on is None:
            raise ValueError("a limit per 28_days needs anchor_on, the first day of one such period")
        return self


Limit = Annotated[RollingLimit | CalendarLimit, Field(discriminator="kind")]
