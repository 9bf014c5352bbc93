"""What an hour of work is paid: rates by rank and kind of work, the premiums on top, the days that are holidays."""

from datetime import date
from typing import Any, Self

from pydantic import ConfigDict, Field, field_validator, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, Name, WallDate, WallTime
from models.rules.clauses.limits import Weekday


def from_source(source: str, says: Any = None) -> dict[str, Any]:
    """Where a setting comes from, and how it is said."""
    return {"source": source, **({"says": says} if says else {})}


class Rate(Clause):
    """What an hour is paid for one rank, one kind of work, or all that no rate before it is for."""

    rank: Name | None = Field(
        default=None,
        description="Only for this rank; empty for every rank.",
        examples=["Sergeant"],
        json_schema_extra=from_source(
            sources.HARTFORD, {"null": "For every rank.", "else": "Only for the rank {value}."}
        ),
    )
    kind: Name | None = Field(
        default=None,
        description="Only for this kind of work; empty for every kind.",
        examples=["construction"],
        json_schema_extra=from_source(
            sources.HARTFORD, {"null": "For every kind of work.", "else": "Only for work of the kind {value}."}
        ),
    )
    cents_per_hour: int = Field(
        ge=0,
        le=10_000_000,
        description="What the officer is paid for an hour, in cents.",
        examples=[8030],
        json_schema_extra=from_source(sources.HARTFORD, "An hour pays the officer {value} cents."),
    )
    charged_cents_per_hour: int | None = Field(
        default=None,
        ge=0,
        le=10_000_000,
        description="What the contractor is charged for that hour, in cents; empty: what the officer is paid.",
        examples=[9500],
        json_schema_extra=from_source(
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
        json_schema_extra=from_source(sources.LUNENBURG, "This premium is called {value}."),
    )
    factor: float = Field(
        default=1,
        ge=1,
        le=10,
        description="By what the rate is multiplied.",
        examples=[1.5],
        json_schema_extra=from_source(
            sources.LUNENBURG, {"1": "It does not multiply the rate.", "else": "It pays {value} times the rate."}
        ),
    )
    add_cents_per_hour: int = Field(
        default=0,
        ge=0,
        le=10_000_000,
        description="So many cents an hour more for the officer, whatever the rate; no factor multiplies them.",
        examples=[1000],
        json_schema_extra=from_source(
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
        json_schema_extra=from_source(
            sources.SOUTH_PLAINFIELD,
            {"null": "The contractor is charged what it pays.", "else": "It is charged at {value} cents an hour more."},
        ),
    )
    ranks: tuple[Name, ...] = Field(
        default=(),
        description="For these ranks only.",
        examples=[["Sergeant"]],
        json_schema_extra=from_source(sources.ILLUSTRATIVE, {"empty": "It is for every rank."}),
    )
    kinds: tuple[Name, ...] = Field(
        default=(),
        description="For these kinds of work only.",
        examples=[["construction"]],
        json_schema_extra=from_source(sources.HARTFORD, {"empty": "It is for every kind of work."}),
    )
    from_time: WallTime | None = Field(
        default=None,
        description="From this local time of day; empty for the whole day.",
        examples=["19:00"],
        json_schema_extra={
            **from_source(sources.LUNENBURG, {"null": "It holds all day.", "else": "It begins at {value}."}),
            "beside": {"until_time": "07:00"},
        },
    )
    until_time: WallTime | None = Field(
        default=None,
        description="Until this local time of day, of the next day if it is earlier; empty for the whole day.",
        examples=["07:00"],
        json_schema_extra={
            **from_source(sources.LUNENBURG, {"null": "No time of day ends it.", "else": "It ends at {value}."}),
            "beside": {"from_time": "19:00"},
        },
    )
    days: tuple[Weekday, ...] = Field(
        default=(),
        description="On these weekdays only.",
        examples=[["saturday", "sunday"]],
        json_schema_extra=from_source(sources.LUNENBURG, {"empty": "It holds on every weekday."}),
    )
    on_holidays: bool = Field(
        default=False,
        description="Whether it holds only on the holidays of this clause.",
        examples=[True],
        json_schema_extra=from_source(
            sources.PROVIDENCE, {"true": "Only on holidays.", "false": "A holiday is not needed for it."}
        ),
    )
    beyond_hours: Hours = Field(
        default=0,
        description="Only for the time beyond so many hours paid in one detail.",
        examples=[8],
        json_schema_extra=from_source(
            sources.HARTFORD, {"0": "From the first hour.", "else": "Only beyond {value} hours in one detail."}
        ),
    )
    ordered_under_hours: Hours | None = Field(
        default=None,
        description="Only when the detail was ordered less than so many hours before its start; empty: however early.",
        examples=[2],
        json_schema_extra=from_source(
            sources.OXFORD,
            {"null": "However early it was ordered.", "else": "Only if ordered under {value} hours before."},
        ),
    )

    guaranteed: bool | None = Field(
        default=None,
        description="Whether time that is paid and not worked has it too; empty: as guaranteed_premiums says.",
        examples=[False],
        json_schema_extra=from_source(
            sources.ILLUSTRATIVE,
            {
                "null": "For time paid and not worked it holds as premiums do.",
                "true": "Time paid and not worked has it too.",
                "false": "Time paid and not worked does not have it.",
            },
        ),
    )

    @model_validator(mode="after")
    def _both_times_or_none(self) -> Self:
        if (self.from_time is None) != (self.until_time is None):
            raise ValueError("from_time and until_time go together")
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


class PaidHoliday(Clause):
    """One holiday: of the country's calendar by its name, or of the place by its date."""

    model_config = ConfigDict(json_schema_extra={"beside": {"name": "Christmas Day"}})

    name: Name = Field(
        description="Its name; without a date below, as the calendar of holidays_of calls it.",
        examples=["Thanksgiving Day"],
        json_schema_extra=from_source(sources.PROVIDENCE, "A holiday is {value}."),
    )
    on: WallDate | None = Field(
        default=None,
        description="On this one date; empty if it has none.",
        examples=["2026-11-03"],
        json_schema_extra=from_source(
            sources.ILLUSTRATIVE, {"null": "It is not on one date alone.", "else": "It is on {value}."}
        ),
    )
    every_year: str | None = Field(
        default=None,
        pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$",
        description="On this month and day of every year; empty if it has none.",
        examples=["12-24"],
        json_schema_extra=from_source(
            sources.STATE_POLICE, {"null": "It has no date of every year.", "else": "Every year on {value}."}
        ),
    )
    weekday_of: str | None = Field(
        default=None,
        pattern=r"^(first|second|third|fourth|last) (mon|tues|wednes|thurs|fri|satur|sun)day of "
        r"(january|february|march|april|may|june|july|august|september|october|november|december)$",
        description="On a weekday of a month, in every year; empty if it does not go by one.",
        examples=["third monday of february"],
        json_schema_extra=from_source(
            sources.PORT_ST_LUCIE, {"null": "It does not go by the weekday.", "else": "It is the {value}."}
        ),
    )
    from_easter: int | None = Field(
        default=None,
        ge=-100,
        le=100,
        description="So many days after Easter Sunday, before it with a minus; empty if it does not go by Easter.",
        examples=[0],
        json_schema_extra=from_source(
            sources.PROVIDENCE,
            {
                "null": "It does not go by Easter.",
                "0": "It is Easter Sunday.",
                "else": "Easter Sunday and {value} days.",
            },
        ),
    )
    eve: bool = Field(
        default=False,
        description="Whether the day before counts too.",
        examples=[True],
        json_schema_extra=from_source(
            sources.PROVIDENCE, {"true": "The day before counts too.", "false": "The day before does not count."}
        ),
    )
    observed: bool = Field(
        default=False,
        description="Whether the weekday on which it is observed counts too, when it falls on a weekend.",
        examples=[True],
        json_schema_extra=from_source(
            sources.ILLUSTRATIVE,
            {"true": "The weekday on which it is observed counts too.", "false": "Only the day itself counts."},
        ),
    )

    @field_validator("every_year")
    @classmethod
    def _is_a_day(cls, value: str | None) -> str | None:
        if value is not None:
            date.fromisoformat(f"2024-{value}")
        return value

    @property
    def is_by_calendar(self) -> bool:
        """Whether its date is looked up by its name."""
        return (self.on, self.every_year, self.weekday_of, self.from_easter) == (None, None, None, None)
