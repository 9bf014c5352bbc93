"""Who may work at all, the rest he must have had, and how many hours he may work."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

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
        default=("active",), min_length=1, description="The statuses in which an officer may work details."
    )
    may_work_above_own_rank: bool = Field(
        default=False, description="Whether an officer may take a slot that asks for a higher rank than his."
    )
    may_work_below_own_rank: bool = Field(
        default=True, description="Whether an officer may take a slot that asks for a lower rank than his."
    )
    qualifications: tuple[Name, ...] = Field(
        default=(), description="Qualifications that every detail asks for, beside its own."
    )
    barred_units: tuple[Name, ...] = Field(default=(), description="Units whose officers work no details.")
    only_own_unit: bool = Field(
        default=False,
        description="Whether a detail that belongs to a unit is for its officers only.",
    )
    leave_blocks: bool = Field(default=True, description="Whether an officer on leave is kept from details.")
    bars_judged_by: Literal["detail_start", "award"] = Field(
        default="detail_start",
        description="Whether a bar keeps an officer from details that start while it runs, or from any award "
        "made while it runs.",
    )


class Rest(Clause):
    """Time off owed between the end of one thing and the start of the next; a detail is one of the two."""

    hours: Hours = Field(description="The rest, in hours.")
    minutes: int = Field(default=0, ge=0, le=59, description="Minutes on top of the hours.")
    after: tuple[TimeKind, ...] = Field(
        default=("details", "tours"), min_length=1, description="What the rest follows."
    )
    before: tuple[TimeKind, ...] = Field(
        default=("details", "tours"), min_length=1, description="What the rest precedes."
    )

    @property
    def least_minutes(self) -> int:
        """The rest in minutes."""
        return in_minutes(self.hours) + self.minutes


class _Limit(Clause):
    name: str = Field(default="", max_length=60, description="What the department calls this limit.")
    hours: Hours = Field(description="At most so many hours.")
    minutes: int = Field(default=0, ge=0, le=59, description="Minutes on top of the hours.")
    counts: tuple[TimeKind, ...] = Field(
        default=("details", "tours"), min_length=1, description="Which hours are counted."
    )

    @property
    def most_minutes(self) -> int:
        """The limit in minutes."""
        return in_minutes(self.hours) + self.minutes


class RollingLimit(_Limit):
    """At most so many hours in any stretch of so many hours, wherever it begins."""

    kind: Literal["rolling"]
    in_hours: Hours = Field(gt=0, description="The length of the stretch, in hours of real time.")

    @property
    def window_minutes(self) -> int:
        """The stretch in minutes."""
        return in_minutes(self.in_hours)


class CalendarLimit(_Limit):
    """At most so many hours in a day, week, 28-day period or month of the department's own calendar."""

    kind: Literal["calendar"]
    period: Literal["day", "week", "28_days", "month"] = Field(description="The kind of calendar window.")
    week_starts: Weekday = Field(default="monday", description="The weekday on which a week begins.")
    anchor_on: date | None = Field(
        default=None, description="The first day of some 28-day period; needed for `28_days` only."
    )

    @model_validator(mode="after")
    def _needs_an_anchor(self) -> Self:
        if self.period == "28_days" and self.anchor_on is None:
            raise ValueError("a limit per 28_days needs anchor_on, the first day of one such period")
        return self


Limit = Annotated[RollingLimit | CalendarLimit, Field(discriminator="kind")]
