"""How much an officer may work: in any stretch, in a window of the calendar, without a break, on days in a row."""

from datetime import time
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, Name, WallDate, WallTime, cited, in_minutes, made_up
from models.rules.clauses.hours import TimeKind, TimeRule
from models.rules.clauses.limits_in_a_row import DaysLimit, ShiftsLimit

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class _Limit(TimeRule):
    # Beside any other setting a limit must say what it limits: an example is of this one.
    model_config = ConfigDict(json_schema_extra={"beside": {"hours": 16}})

    hours: Hours | None = Field(
        default=None,
        description="At most so many hours.",
        examples=[16],
        json_schema_extra={
            "source": sources.ORDER_12,
            "says": {"null": "Hours are not limited.", "else": "At most {value} hours."},
        },
    )
    minutes: int = Field(
        default=0,
        ge=0,
        le=59,
        description="Minutes on top of the hours.",
        examples=[35],
        json_schema_extra=cited(sources.STATE_POLICE, {"0": "And no minutes beside.", "else": "And {value} minutes."}),
    )
    details: int | None = Field(
        default=None,
        ge=1,
        description="At most so many details, whatever their hours.",
        examples=[3],
        json_schema_extra=made_up({"null": "Details are not numbered.", "else": "At most {value} details."}),
    )
    counts: tuple[TimeKind, ...] = Field(
        default=("details", "tours"),
        min_length=1,
        description="Which hours are counted.",
        examples=[["details"]],
        json_schema_extra={"source": sources.ORDER_12, "says": "What counts are hours of {value}."},
    )
    counts_pools: tuple[Name, ...] = Field(
        default=(),
        description="Of details only those of these pools are counted.",
        examples=[["details"]],
        json_schema_extra=made_up({"empty": "Details of every pool count."}),
    )
    counts_kinds: tuple[Name, ...] = Field(
        default=(),
        description="Of details only those of these kinds of work are counted.",
        examples=[["bar"]],
        json_schema_extra=made_up({"empty": "Details of every kind of work count."}),
    )

    counts_orders: bool = Field(
        default=False,
        description="Whether of details only those count that he was ordered to, or called back to.",
        examples=[True],
        json_schema_extra=cited(
            sources.CARSON,
            {
                "true": "Of details only those count that he was ordered to.",
                "false": "Details count, volunteered or ordered.",
            },
        ),
    )

    @property
    def most_minutes(self) -> int | None:
        """The limit in minutes, None where there is none on hours."""
        return None if self.hours is None else in_minutes(self.hours) + self.minutes

    @model_validator(mode="after")
    def _limits_something(self) -> Self:
        if self.hours is None and self.details is None:
            raise ValueError("a limit needs hours, or details, or both")
        if self.hours is None and self.minutes:
            raise ValueError("minutes come on top of hours: give hours, 0 if there are none")
        return self


class WindowLimit(_Limit):
    """A limit on a window, wherever that lies."""

    judged: Literal["with_it", "without_it"] = Field(
        default="with_it",
        description="with_it: what he would have with the detail may not be more. without_it: who has so much already, "
        "whatever the detail would add, takes none; of a rolling stretch the one that ends as the detail starts.",
        examples=["without_it"],
        json_schema_extra=made_up(
            {
                "with_it": "What an officer would have with the detail may not be more.",
                "without_it": "Who has so much already takes no detail; who has less may take a long one.",
            }
        ),
    )

    @property
    def is_without_it(self) -> bool:
        """Whether the detail itself is left out."""
        return self.judged == "without_it"


class RollingLimit(WindowLimit):
    """At most so much in any stretch of so many hours, wherever it begins. A detail counts if a minute is in it."""

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


Period = Literal["day", "week", "28_days", "month", "days"]


class LongOne(Clause):
    """A window that may be longer than the others, so many times in a longer period."""

    hours: Hours = Field(
        description="Up to so many hours then.",
        examples=[60],
        json_schema_extra=made_up("A long one has at most {value} hours."),
    )
    times: int = Field(default=1, ge=1, description="How many may be long.", examples=[1], json_schema_extra=made_up())
    in_days: int = Field(
        default=28, ge=1, le=366, description="In each period of so many days.", examples=[28],
        json_schema_extra=made_up(),
    )  # fmt: skip
    anchor_on: WallDate = Field(
        description="The first day of some such period.", examples=["2026-11-02"], json_schema_extra=made_up()
    )


class CalendarLimit(WindowLimit):
    """At most so much in a day, week, month or period of days of the department's own calendar."""

    kind: Literal["calendar"] = Field(
        description="A window of the calendar.",
        examples=["calendar"],
        json_schema_extra={"source": sources.BOSTON, "says": "The limit is on a window of the calendar."},
    )
    period: Period = Field(
        description="The kind of calendar window; `days` is a pay period of `days_long` days.",
        examples=["week"],
        json_schema_extra={
            "source": sources.ORDER_12,
            "says": {
                "day": "In each day.",
                "week": "In each week.",
                "28_days": "In each period of 28 days.",
                "month": "In each month.",
                "days": "In each pay period.",
            },
        },
    )
    week_starts: Weekday = Field(
        default="monday",
        description="The weekday on which a week begins.",
        examples=["sunday"],
        json_schema_extra={"source": sources.ORDER_12, "says": "A week begins on {value}."},
    )
    days_long: int | None = Field(
        default=None,
        ge=1,
        le=366,
        description="How many days a pay period has; belongs to `days` only.",
        examples=[14],
        json_schema_extra=cited(
            sources.SPECIAL_DETAILS,
            {"null": "No pay period is named.", "else": "A pay period has {value} days."},
            beside={"period": "days", "anchor_on": "2026-11-02"},
        ),
    )
    anchor_on: WallDate | None = Field(
        default=None,
        description="The first day of some period; needed for `28_days` and `days` only.",
        examples=["2026-11-02"],
        json_schema_extra={
            "source": sources.ROSTER,
            "says": {
                "null": "No period is named by its first day.",
                "else": "A period begins on {value}, and others follow and precede it without a gap.",
            },
        },
    )
    begins_at: WallTime = Field(
        default=time(0),
        description="The time of day at which days, and so all windows, begin.",
        examples=["07:00"],
        json_schema_extra=cited(sources.NOTTINGHAMSHIRE, "A day begins at {value}."),
    )
    split: Literal["by_minute", "to_start"] = Field(
        default="by_minute",
        description="What lies across the turn of a window: each minute counts where it lies, or all of it where "
        "it starts.",
        examples=["to_start"],
        json_schema_extra=made_up(
            {
                "by_minute": "What lies across the turn of a window is split by the minute.",
                "to_start": "What lies across the turn of a window counts whole where it starts.",
            }
        ),
    )
    raised_by: tuple[TimeKind, ...] = Field(
        default=(),
        description="What raises the hours minute for minute, where it lies in the window: leave, or some of it.",
        examples=[["vacation_leave"]],
        json_schema_extra=cited(
            sources.OFF_DUTY_70,
            {"empty": "Nothing raises the limit.", "else": "The limit rises hour for hour by {value}."},
        ),
    )
    raised_to_hours: Hours | None = Field(
        default=None,
        description="How far it may be raised; without end if empty.",
        examples=[48],
        json_schema_extra=made_up(
            {"null": "However high.", "else": "It rises to {value} hours at most."},
            beside={"raised_by": ["vacation_leave"]},
        ),
    )
    long: LongOne | None = Field(
        default=None,
        description="A window, or a few, that may be longer.",
        examples=[{"hours": 60, "anchor_on": "2026-11-02"}],
        json_schema_extra=made_up({"null": "No window may be longer than the others."}),
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.period in ("28_days", "days") and self.anchor_on is None:
            raise ValueError(f"a limit per {self.period} needs anchor_on, the first day of one such period")
        if (self.period == "days") != (self.days_long is not None):
            raise ValueError("days_long is how long a window of `period: days` is, and belongs to nothing else")
        if self.raised_by and self.hours is None:
            raise ValueError("raised_by raises hours, and there are none")
        if set(self.raised_by) & set(self.counts):
            raise ValueError("what is counted cannot also raise the limit")
        if self.raised_to_hours is not None and not self.raised_by:
            raise ValueError("raised_to_hours needs raised_by")
        return self._long_is_longer()

    def _long_is_longer(self) -> Self:
        if self.long is None:
            return self
        if self.is_without_it:
            raise ValueError("a limit with long windows is judged with the detail")
        if self.most_minutes is None or in_minutes(self.long.hours) <= self.most_minutes:
            raise ValueError("a long window needs more hours than the others")
        if self.raised_by:
            raise ValueError("a limit is either raised by leave or has long windows")
        return self


class ConsecutiveLimit(_Limit):
    """At most so much without a break of so many hours."""

    kind: Literal["consecutive"] = Field(
        description="A stretch of work without a break.",
        examples=["consecutive"],
        json_schema_extra=cited(sources.BROWARD, "The limit is on work without a break."),
    )
    without_hours_off: Hours = Field(
        gt=0,
        description="The break that ends a stretch, in hours.",
        examples=[8],
        json_schema_extra=cited(sources.BROWARD, "A break of {value} hours ends a stretch."),
    )
    measured: Literal["worked", "elapsed"] = Field(
        default="worked",
        description="Whether the hours worked in a stretch are counted, or all from its beginning to its end.",
        examples=["elapsed"],
        json_schema_extra=made_up(
            {"worked": "Hours worked count.", "elapsed": "All hours from its beginning to its end count."}
        ),
    )

    @property
    def break_minutes(self) -> int:
        """The break in minutes."""
        return in_minutes(self.without_hours_off)


Limit = Annotated[
    RollingLimit | CalendarLimit | ConsecutiveLimit | DaysLimit | ShiftsLimit, Field(discriminator="kind")
]
