"""What an hour of work is paid: rates by rank and kind of work, and the premiums on top."""

from typing import Self

from pydantic import Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, Name, WallTime, cited
from models.rules.clauses.limits import Weekday


class Rate(Clause):
    """What an hour is paid for one rank, one kind of work, or all that no rate before it is for."""

    rank: Name | None = Field(
        default=None,
        description="Only for this rank; empty for every rank.",
        examples=["Sergeant"],
        json_schema_extra=cited(sources.HARTFORD, {"null": "For every rank.", "else": "Only for the rank {value}."}),
    )
    kind: Name | None = Field(
        default=None,
        description="Only for this kind of work; empty for every kind.",
        examples=["construction"],
        json_schema_extra=cited(
            sources.HARTFORD, {"null": "For every kind of work.", "else": "Only for work of the kind {value}."}
        ),
    )
    cents_per_hour: int = Field(
        ge=0,
        le=10_000_000,
        description="What the officer is paid for an hour, in cents.",
        examples=[8030],
        json_schema_extra=cited(sources.HARTFORD, "An hour pays the officer {value} cents."),
    )
    charged_cents_per_hour: int | None = Field(
        default=None,
        ge=0,
        le=10_000_000,
        description="What the contractor is charged for that hour, in cents; empty: what the officer is paid.",
        examples=[9500],
        json_schema_extra=cited(
            sources.SUNNY_ISLES,
            {"null": "The contractor is charged what the officer is paid.", "else": "It is charged at {value} cents."},
        ),
    )

    @model_validator(mode="after")
    def _charged_what_is_paid(self) -> Self:
        if self.charged_cents_per_hour is not None and self.charged_cents_per_hour < self.cents_per_hour:
            raise ValueError("charged_cents_per_hour must not be less than cents_per_hour")
        return self


class Premium(Clause):
    """More pay for a minute of which everything holds that is said here; what is left out does not matter."""

    name: Name = Field(
        description="What it is called; each premium another name.",
        examples=["night"],
        json_schema_extra=cited(sources.LUNENBURG, "This premium is called {value}."),
    )
    factor: float = Field(
        default=1,
        ge=1,
        le=10,
        description="By what the rate is multiplied.",
        examples=[1.5],
        json_schema_extra=cited(
            sources.LUNENBURG, {"1": "It does not multiply the rate.", "else": "It pays {value} times the rate."}
        ),
    )
    add_cents_per_hour: int = Field(
        default=0,
        ge=0,
        le=10_000_000,
        description="So many cents an hour more for the officer, whatever the rate; no factor multiplies them.",
        examples=[1000],
        json_schema_extra=cited(
            sources.PORT_ST_LUCIE,
            {"0": "It adds no fixed amount.", "else": "It pays the officer {value} cents an hour more."},
        ),
    )
    add_charged_cents_per_hour: int | None = Field(
        default=None,
        ge=0,
        le=10_000_000,
        description="So many cents an hour more that the contractor is charged, what the officer gets of them among "
        "them; empty: what the officer gets. Where the officer gets none, it is a fee of the department's.",
        examples=[500],
        json_schema_extra=cited(
            sources.SOUTH_PLAINFIELD,
            {"null": "The contractor is charged what it pays.", "else": "It is charged at {value} cents an hour more."},
        ),
    )
    ranks: tuple[Name, ...] = Field(
        default=(),
        description="For these ranks only.",
        examples=[["Sergeant"]],
        json_schema_extra=cited(sources.SAHUARITA, {"empty": "It is for every rank."}),
    )
    kinds: tuple[Name, ...] = Field(
        default=(),
        description="For these kinds of work only.",
        examples=[["construction"]],
        json_schema_extra=cited(sources.HARTFORD, {"empty": "It is for every kind of work."}),
    )
    alcohol: bool | None = Field(
        default=None,
        description="Only where alcohol is served, or only where none is; empty: either way.",
        examples=[True],
        json_schema_extra=cited(
            sources.HONOLULU,
            {
                "null": "It does not matter whether alcohol is served.",
                "true": "Only where alcohol is served.",
                "false": "Only where no alcohol is served.",
            },
        ),
    )
    from_time: WallTime | None = Field(
        default=None,
        description="From this local time of day; empty for the whole day.",
        examples=["19:00"],
        json_schema_extra={
            **cited(sources.LUNENBURG, {"null": "It holds all day.", "else": "It begins at {value}."}),
            "beside": {"until_time": "07:00"},
        },
    )
    until_time: WallTime | None = Field(
        default=None,
        description="Until this local time of day, of the next day if it is earlier; empty for the whole day.",
        examples=["07:00"],
        json_schema_extra={
            **cited(sources.LUNENBURG, {"null": "No time of day ends it.", "else": "It ends at {value}."}),
            "beside": {"from_time": "19:00"},
        },
    )
    days: tuple[Weekday, ...] = Field(
        default=(),
        description="On these weekdays only.",
        examples=[["saturday", "sunday"]],
        json_schema_extra=cited(sources.LUNENBURG, {"empty": "It holds on every weekday."}),
    )
    on_holidays: bool = Field(
        default=False,
        description="Whether it holds only on the holidays of this clause.",
        examples=[True],
        json_schema_extra=cited(
            sources.PROVIDENCE, {"true": "Only on holidays.", "false": "A holiday is not needed for it."}
        ),
    )
    holidays_too: bool = Field(
        default=False,
        description="Whether a holiday counts as one of the weekdays above: Saturdays, Sundays and holidays.",
        examples=[True],
        json_schema_extra={
            **cited(
                sources.CHARLTON,
                {"true": "A holiday counts as one of these weekdays.", "false": "A holiday is no such weekday."},
            ),
            "beside": {"days": ["saturday", "sunday"]},
        },
    )
    holidays: tuple[Name, ...] = Field(
        default=(),
        description="Of the holidays of this clause only these, by their names; empty: all of them.",
        examples=[["Christmas Day"]],
        json_schema_extra={
            **cited(sources.NORTH_MIAMI, {"empty": "Every holiday is one for it.", "else": "Only {value} counts."}),
            "beside": {"on_holidays": True},
        },
    )
    beyond_hours: Hours = Field(
        default=0,
        description="Only for the time beyond so many hours paid in one detail.",
        examples=[8],
        json_schema_extra=cited(
            sources.HARTFORD, {"0": "From the first hour.", "else": "Only beyond {value} hours in one detail."}
        ),
    )
    up_to_hours: Hours | None = Field(
        default=None,
        description="Only for the first so many hours paid in one detail; empty: for all of them.",
        examples=[4],
        json_schema_extra=cited(
            sources.CHARLTON, {"null": "To the last hour.", "else": "Only for the first {value} hours of a detail."}
        ),
    )
    ordered_after: WallTime | None = Field(
        default=None,
        description="Only when the detail was ordered after this local time of the day before its start; empty: "
        "whenever.",
        examples=["22:00"],
        json_schema_extra=cited(
            sources.CHARLTON,
            {"null": "It was ordered at any time.", "else": "Only if ordered after {value} of the day before."},
        ),
    )
    ordered_under_hours: Hours | None = Field(
        default=None,
        description="Only when the detail was ordered less than so many hours before its start; empty: however early.",
        examples=[2],
        json_schema_extra=cited(
            sources.OXFORD,
            {"null": "However early it was ordered.", "else": "Only if ordered under {value} hours before."},
        ),
    )

    guaranteed: bool | None = Field(
        default=None,
        description="Whether time that is paid and not worked has it too; empty: as guaranteed_premiums says.",
        examples=[False],
        json_schema_extra=cited(
            sources.PETERBOROUGH,
            {
                "null": "For time paid and not worked it holds as premiums do.",
                "true": "Time paid and not worked has it too.",
                "false": "Time paid and not worked does not have it.",
            },
        ),
    )

    @model_validator(mode="after")
    def _can_hold(self) -> Self:
        if self.holidays_too and not self.days:
            raise ValueError("holidays_too goes with days; for holidays alone it is on_holidays")
        if self.holidays and not (self.on_holidays or self.holidays_too):
            raise ValueError("holidays goes with on_holidays or holidays_too")
        if self.up_to_hours is not None and self.up_to_hours <= self.beyond_hours:
            raise ValueError("up_to_hours must be more than beyond_hours")
        return self

    @model_validator(mode="after")
    def _both_times_or_none(self) -> Self:
        if (self.from_time is None) != (self.until_time is None):
            raise ValueError("from_time and until_time go together: '00:00' is midnight, at the end of the day too")
        return self

    @model_validator(mode="after")
    def _charged_what_is_paid(self) -> Self:
        if self.add_charged_cents < self.add_cents_per_hour:
            raise ValueError("add_charged_cents_per_hour must not be less than add_cents_per_hour")
        return self

    @property
    def add_charged_cents(self) -> int:
        """What the contractor is charged more for an hour."""
        charged = self.add_charged_cents_per_hour
        return self.add_cents_per_hour if charged is None else charged
