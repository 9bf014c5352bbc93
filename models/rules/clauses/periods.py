"""Resets: when a pool begins to count anew, what is carried over, and where newcomers start."""

from typing import Literal, Self

from pydantic import Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, WallDate
from models.rules.clauses.limits import Weekday


class Reset(Clause):
    """The turn of a pool's period: at midnight of the department's own calendar, whatever the clocks do that night."""

    period: Literal["never", "week", "28_days", "days", "month", "quarter", "year"] = Field(
        default="never",
        description="How long the pool counts before it begins anew; `days` is a pay period of `days_long` days.",
        examples=["month"],
        json_schema_extra={
            "source": sources.LOWEST_HOURS,
            "says": {
                "never": "It never begins to count anew.",
                "28_days": "It begins to count anew every 28 days.",
                "days": "It begins to count anew with every pay period.",
                "else": "It begins to count anew every {value}.",
            },
        },
    )
    week_starts: Weekday = Field(
        default="monday",
        description="The weekday on which a week begins.",
        examples=["sunday"],
        json_schema_extra={"source": sources.SALEM, "says": "Where the period is a week, it begins on {value}."},
    )
    days_long: int | None = Field(
        default=None,
        ge=7,
        le=366,
        description="How many days a pay period has; belongs to `days` only.",
        examples=[14],
        json_schema_extra={
            "source": sources.SHIFT_OVERTIME,
            "beside": {"period": "days", "anchor_on": "2026-11-02"},
            "says": {"null": "There is no pay period.", "else": "A pay period has {value} days."},
        },
    )
    anchor_on: WallDate | None = Field(
        default=None,
        description="The first day of some period: needed for `28_days` and `days`; for a quarter or a year January 1 "
        "if empty.",
        examples=["2026-07-01"],
        json_schema_extra={
            "source": sources.ROSTER,
            "says": {"null": "Quarters and years begin with January 1.", "else": "One such period begins on {value}."},
        },
    )
    carry_over: Literal["nothing", "all", "fraction", "difference"] = Field(
        default="nothing",
        description="nothing: counts begin with none. all: they go on, and only the rotation may be sorted anew. "
        "fraction: so much of each as `fraction` says. difference: what each has more than who has least.",
        examples=["difference"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "nothing": "Counts begin with none.",
                "all": "Counts go on; only the rotation may be sorted anew.",
                "fraction": "A part of each count is carried over.",
                "difference": "What each has more than who has least is carried over.",
            },
        },
    )
    fraction: float = Field(
        default=0.5,
        gt=0,
        lt=1,
        description="The part of each count that is carried over, where carry_over is `fraction`.",
        examples=[0.25],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": "Where a fraction is carried over, it is {value} of each count.",
        },
    )
    rotation: Literal["as_it_stands", "seniority", "base_order"] = Field(
        default="as_it_stands",
        description="What becomes of the rotation. as_it_stands: nothing. seniority: sorted anew, longest service "
        "first. base_order: as it was first brought in, newcomers below.",
        examples=["seniority"],
        json_schema_extra={
            "source": sources.ROSTER,
            "says": {
                "as_it_stands": "The rotation stays as it stands.",
                "seniority": "The rotation is sorted anew, longest service first.",
                "base_order": "The rotation goes back to how it was first brought in, newcomers below.",
            },
        },
    )
    straddling: Literal["offered", "detail_start"] = Field(
        default="offered",
        description="A detail given out in one period that starts in the next. offered: it counts in the period in "
        "which it was given out. detail_start: it counts at once, and is carried into the period in which it starts.",
        examples=["detail_start"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "offered": "A detail given out in one period that starts in the next counts in the first.",
                "detail_start": "A detail given out in one period that starts in the next is carried into the next.",
            },
        },
    )

    @model_validator(mode="after")
    def _needs_an_anchor(self) -> Self:
        if self.period in ("28_days", "days") and self.anchor_on is None:
            raise ValueError(f"a reset every {self.period} needs anchor_on, the first day of one such period")
        if (self.period == "days") != (self.days_long is not None):
            raise ValueError("days_long belongs to period: days, which needs it")
        return self


class Newcomers(Clause):
    """Where an officer starts who comes new into the pool, hired or transferred."""

    start: Literal["zero", "average", "lowest_plus_one", "highest", "highest_plus_one"] = Field(
        default="zero",
        description="zero: with nothing counted. average: with the average of the others. lowest_plus_one: with an "
        "hour, a turn and a point more than who has least. highest: with the hours that count and the turns of who has "
        "most, and no points. highest_plus_one: with an hour and a turn more than that.",
        examples=["average"],
        json_schema_extra={
            "source": sources.OVERTIME_RECORD,
            "says": {
                "zero": "Who comes new into it starts with nothing counted.",
                "average": "Who comes new into it starts with the average of the others.",
                "lowest_plus_one": "Who comes new starts with an hour, a turn and a point more than who has least.",
                "highest": "Who comes new starts with as many hours and turns as who has most.",
                "highest_plus_one": "Who comes new starts with an hour and a turn more than who has most.",
            },
        },
    )
    average_of: Literal["everyone", "same_rank"] = Field(
        default="everyone",
        description="everyone: all others of the pool. same_rank: the others of his rank. It holds for "
        "lowest_plus_one, highest and highest_plus_one likewise.",
        examples=["same_rank"],
        json_schema_extra={
            "source": sources.EQUAL_BY_DIVISION,
            "says": {"everyone": "The others are all of the pool.", "same_rank": "The others are those of his rank."},
        },
    )
    rounding: Literal["nearest", "up", "down"] = Field(
        default="nearest",
        description="How an average is rounded to whole hours, turns and points. nearest: a half is rounded up. "
        "up: to the next whole one. down: to the last whole one.",
        examples=["up"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "nearest": "Averages are rounded to the nearest whole one, a half up.",
                "up": "Averages are rounded up.",
                "down": "Averages are rounded down.",
            },
        },
    )
    rotation: Literal["not_placed", "bottom"] = Field(
        default="not_placed",
        description="not_placed: he has no place in the rotation, and comes after all who have, until somebody gives "
        "him one. bottom: he comes in at the bottom.",
        examples=["bottom"],
        json_schema_extra={
            "source": sources.ROSTER,
            "says": {
                "not_placed": "He has no place in the rotation until somebody gives him one.",
                "bottom": "He comes in at the bottom of the rotation.",
            },
        },
    )
    joins: Literal["at_once", "at_the_turn"] = Field(
        default="at_once",
        description="at_once: he is taken in as soon as he is on the roster. at_the_turn: the roster is frozen, he is "
        "taken in when the next period begins.",
        examples=["at_once"],
        json_schema_extra={
            "source": sources.ROSTER,
            "says": {
                "at_once": "He is taken in at once.",
                "at_the_turn": "He is taken in when the next period begins.",
            },
        },
    )
