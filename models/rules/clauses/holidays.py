"""The days that are holidays: of the country's calendar, or of the place."""

from datetime import date

from pydantic import ConfigDict, Field, field_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Name, WallDate, cited


class PaidHoliday(Clause):
    """One holiday: of the country's calendar by its name, or of the place by its date."""

    model_config = ConfigDict(json_schema_extra={"beside": {"name": "Christmas Day"}})

    name: Name = Field(
        description="Its name; without a date below, as the calendar of holidays_of calls it.",
        examples=["Thanksgiving Day"],
        json_schema_extra=cited(sources.PROVIDENCE, "A holiday is {value}."),
    )
    on: WallDate | None = Field(
        default=None,
        description="On this one date; empty if it has none.",
        examples=["2026-11-03"],
        json_schema_extra=cited(
            sources.ILLUSTRATIVE, {"null": "It is not on one date alone.", "else": "It is on {value}."}
        ),
    )
    every_year: str | None = Field(
        default=None,
        pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$",
        description="On this month and day of every year; empty if it has none.",
        examples=["12-24"],
        json_schema_extra=cited(
            sources.STATE_POLICE, {"null": "It has no date of every year.", "else": "Every year on {value}."}
        ),
    )
    weekday_of: str | None = Field(
        default=None,
        pattern=r"^(first|second|third|fourth|last) (mon|tues|wednes|thurs|fri|satur|sun)day of "
        r"(january|february|march|april|may|june|july|august|september|october|november|december)$",
        description="On a weekday of a month, in every year; empty if it does not go by one.",
        examples=["third monday of february"],
        json_schema_extra=cited(
            sources.PORT_ST_LUCIE, {"null": "It does not go by the weekday.", "else": "It is the {value}."}
        ),
    )
    from_easter: int | None = Field(
        default=None,
        ge=-100,
        le=100,
        description="So many days after Easter Sunday, before it with a minus; empty if it does not go by Easter.",
        examples=[0],
        json_schema_extra=cited(
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
        json_schema_extra=cited(
            sources.PROVIDENCE, {"true": "The day before counts too.", "false": "The day before does not count."}
        ),
    )
    observed: bool = Field(
        default=False,
        description="Whether the weekday on which it is observed counts too, when it falls on a weekend.",
        examples=[True],
        json_schema_extra=cited(
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
