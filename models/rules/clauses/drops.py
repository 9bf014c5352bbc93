"""Giving an assignment back, and not coming: until when it is free, what it costs, and what it costs again."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, Name
from models.rules.clauses.drop_reasons import DropCause, DropReason

#: What a ladder of penalties is for.
Act = Literal["late_drop", "no_show", "drop", "late"]


class DropZones(Clause):
    """Other hours for the details of some notice bands."""

    bands: tuple[Name, ...] = Field(
        min_length=1,
        description="The notice bands whose details it is for.",
        examples=[["a day or less"]],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "For details of {value}."},
    )
    free_until_hours_before: Hours = Field(
        description="Until so many hours before the start a drop costs nothing.",
        examples=[24],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "0": "A drop is free up to the start.",
                "8784": "No drop is free.",
                "else": "Until {value} hours before the start a drop costs nothing.",
            },
        },
    )
    locked_within_hours_before: Hours = Field(
        description="Within so many hours of the start only the desk can release an officer.",
        examples=[2],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "0": "An officer may drop up to the start.",
                "else": "Within {value} hours of the start only the desk can release an officer.",
            },
        },
    )

    @model_validator(mode="after")
    def _zones_in_order(self) -> Self:
        if self.free_until_hours_before < self.locked_within_hours_before:
            raise ValueError("free_until_hours_before must not be less than locked_within_hours_before")
        return self


class PenaltyLadder(Clause):
    """What an act costs the first time, the second, and so on."""

    on: Act = Field(
        description="late_drop: a drop that was not free. no_show: he neither dropped nor checked in. drop: any drop, "
        "free or late; of a late one the longer bar holds. late: he checked in late, by attendance.late_after_minutes.",
        examples=["no_show"],
        json_schema_extra={"source": sources.ORDER_12_NO_SHOW, "says": "It is for a {value}."},
    )
    steps: tuple[Annotated[int, Field(ge=0, le=3660)], ...] = Field(
        min_length=1,
        description="Days without details, step by step; the last holds for every further time. 0 is a warning: it "
        "costs nothing and counts as a step.",
        examples=[[30, 60, 120, 365]],
        json_schema_extra={"source": sources.ORDER_12_NO_SHOW, "says": "Its steps are {value} days."},
    )
    also: tuple[Act, ...] = Field(
        default=(),
        description="Other acts that count as steps of this ladder.",
        examples=[["late_drop"]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"empty": "Only the act itself counts.", "else": "What counts as well: {value}."},
        },
    )
    counted: Literal["ever", "calendar_year", "months"] = Field(
        default="months",
        description="Which acts before this one count. ever: all. calendar_year: those since 1 January. months: those "
        "of the last months, to the day.",
        examples=["calendar_year"],
        json_schema_extra={
            "source": sources.ST_PAUL,
            "says": {
                "ever": "All acts before it count.",
                "calendar_year": "Acts since 1 January count.",
                "months": "Acts of the last months count.",
            },
        },
    )
    months: int = Field(
        default=12,
        ge=1,
        le=120,
        description="How many months, where `counted` is months.",
        examples=[24],
        json_schema_extra={"source": sources.ST_PAUL, "says": "That is {value} months."},
    )
    lifted_counts: bool = Field(
        default=False,
        description="Whether a penalty that was lifted still counts as a step.",
        examples=[True],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "true": "A penalty that was lifted still counts.",
                "false": "A penalty that was lifted does not count.",
            },
        },
    )


class Drops(Clause):
    """
    Three zones before the start: free, only with a replacement, locked. What a late drop costs is decided at
    its outcome.
    """

    free_until_hours_before: Hours = Field(
        default=48,
        description="Until so many hours before the start a drop costs nothing.",
        examples=[120],
        json_schema_extra={
            "source": sources.OVERTIME_CANCELLED,
            "says": {
                "0": "A drop is free up to the start.",
                "8784": "No drop is free.",
                "else": "Until {value} hours before the start a drop costs nothing.",
            },
        },
    )
    locked_within_hours_before: Hours = Field(
        default=4,
        description="Within so many hours of the start only the desk can release an officer.",
        examples=[2],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "0": "An officer may drop up to the start.",
                "else": "Within {value} hours of the start only the desk can release an officer.",
            },
        },
    )
    zones: tuple[DropZones, ...] = Field(
        default=(),
        description="Other hours for the details of some notice bands; the first row that names a detail's band holds.",
        examples=[[{"bands": ["a day or less"], "free_until_hours_before": 8, "locked_within_hours_before": 2}]],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"empty": "The hours are the same for every notice band."},
        },
    )
    measured_in: Literal["hours", "calendar_days"] = Field(
        default="hours",
        description="hours: real time before the start. calendar_days: 24 hours are a day of the department's wall, "
        "and a drop is free to the end of the day that lies so many days before that of the start. The hours must then "
        "be whole days; locked_within_hours_before stays in hours.",
        examples=["calendar_days"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "beside": {"free_until_hours_before": 48},
            "says": {
                "hours": "These hours are real time before the start.",
                "calendar_days": "A drop is free to the end of a day: 24 of these hours are a calendar day.",
            },
        },
    )
    late_drop_bar_days: int = Field(
        default=30,
        ge=0,
        description="Days without details after a drop that was not free; 0 for none.",
        examples=[30],
        json_schema_extra={
            "source": sources.OVERTIME_CANCELLED,
            "says": {
                "0": "A drop that was not free bars nobody.",
                "else": "A drop that was not free bars from details for {value} days.",
            },
        },
    )
    no_show_bar_days: int = Field(
        default=60,
        ge=0,
        description="Days without details after a no-show.",
        examples=[30],
        json_schema_extra={
            "source": sources.ORDER_12_NO_SHOW,
            "says": {"0": "A no-show bars nobody.", "else": "A no-show bars from details for {value} days."},
        },
    )
    forgiven_if_replaced: bool = Field(
        default=True,
        description="Whether a late drop costs nothing when somebody else took the slot.",
        examples=[False],
        json_schema_extra={
            "source": sources.LOWEST_HOURS,
            "says": {
                "true": "A late drop costs nothing when somebody else took the slot.",
                "false": "A late drop costs the same when somebody else took the slot.",
            },
        },
    )
    bar_same_day: bool = Field(
        default=False,
        description="Whether any drop bars other details on the day of the dropped one.",
        examples=[True],
        json_schema_extra={
            "source": sources.ROSTER,
            "says": {
                "true": "Any drop bars from other details on the day of the dropped one.",
                "false": "A drop does not bar from other details on that day.",
            },
        },
    )

    ladders: tuple[PenaltyLadder, ...] = Field(
        default=(),
        description="What repeated acts cost: each ladder takes the place of the days above for its act.",
        examples=[[{"on": "no_show", "steps": [30, 60, 120, 365]}]],
        json_schema_extra={
            "source": sources.ORDER_12_NO_SHOW,
            "says": {"empty": "However often, each time costs the same."},
        },
    )

    reasons: tuple[DropReason, ...] = Field(
        default=(),
        description="Reasons that have a price of their own. Where there are any, who drops is asked for one of them "
        "before he hears the price.",
        examples=[[{"reason": "sick", "late_bar_days": 0, "locked_bar_days": 0}, {"reason": "other", "note": True}]],
        json_schema_extra={
            "source": sources.ROSTER_OVERTIME,
            "says": {"empty": "Nobody is asked why he drops.", "else": "Who drops is asked why."},
        },
    )

    @model_validator(mode="after")
    def _zones_in_order(self) -> Self:
        if self.free_until_hours_before < self.locked_within_hours_before:
            raise ValueError("free_until_hours_before must not be less than locked_within_hours_before")
        return self

    @model_validator(mode="after")
    def _whole_days(self) -> Self:
        each = (self.free_until_hours_before, *(row.free_until_hours_before for row in self.zones))
        if self.measured_in == "calendar_days" and any(hours % 24 for hours in each):
            raise ValueError("counts calendar days, so free_until_hours_before must be a multiple of 24")
        return self

    @model_validator(mode="after")
    def _one_ladder_each(self) -> Self:
        acts = [ladder.on for ladder in self.ladders]
        if len(set(acts)) != len(acts):
            raise ValueError("has two ladders for the same act")
        return self

    @model_validator(mode="after")
    def _one_price_for_each_reason(self) -> Self:
        named = [row.reason for row in self.reasons]
        if len(set(named)) != len(named):
            raise ValueError("has two rows for the same reason")
        return self

    def hours_of(self, band: str) -> tuple[float, float]:
        """Until how many hours before the start a drop of a detail of that notice band is free, from when locked."""
        row = next((each for each in self.zones if band in each.bands), self)
        return row.free_until_hours_before, row.locked_within_hours_before

    def ladder(self, act: Act) -> PenaltyLadder | None:
        """The ladder of the act, where it has one."""
        return next((each for each in self.ladders if each.on == act), None)

    def row_of(self, reason: DropCause | None) -> DropReason | None:
        """The row of a reason, where it has one."""
        return next((each for each in self.reasons if each.reason == reason), None)
