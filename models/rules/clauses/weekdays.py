"""A moment by the day of the week: Thursday noon of the week before."""

from typing import get_args

from pydantic import ConfigDict, Field

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Name, WallTime
from models.rules.clauses.holidays import PaidHoliday
from models.rules.clauses.limits import Weekday

_DAYS: tuple[str, ...] = get_args(Weekday)


class WeekdayMoment(Clause):
    """
    A weekday and a time of day, in the week of a detail's start or in one before it. It is what the wall shows then,
    whatever the clocks do in between.
    """

    model_config = ConfigDict(json_schema_extra={"beside": {"day": "thursday", "at": "15:30"}})

    day: Weekday = Field(
        description="The weekday.",
        examples=["thursday"],
        json_schema_extra={"source": sources.ROSTER, "says": "On {value}."},
    )
    at: WallTime = Field(
        description="The local time of day.",
        examples=["15:30"],
        json_schema_extra={"source": sources.ROSTER, "says": "At {value}."},
    )
    weeks_before: int = Field(
        default=1,
        ge=0,
        le=52,
        description="Of the week that comes so many weeks before the one in which the detail starts; 0: of that week.",
        examples=[2],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {
                "0": "In the week in which the detail starts.",
                "1": "In the week before the one in which the detail starts.",
                "else": "In the week that comes {value} before the one in which the detail starts.",
            },
        },
    )
    week_starts: Weekday = Field(
        default="monday",
        description="The weekday on which a week begins.",
        examples=["sunday"],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "A week begins on {value}."},
    )
    earlier_for: tuple[PaidHoliday, ...] = Field(
        default=(),
        description="It is a day earlier where its day, or the one after it, is one of these holidays.",
        examples=[[{"name": "Thanksgiving Day"}]],
        json_schema_extra={
            "source": sources.ROSTER,
            "says": {"empty": "Holidays change nothing.", "else": "It is a day earlier for some holidays."},
        },
    )
    holidays_of: Name = Field(
        default="US",
        description="The country, and the state or province, whose calendar has the holidays that are only named.",
        examples=["US-CT"],
        json_schema_extra={"source": sources.ILLUSTRATIVE, "says": "Holidays are those of {value}."},
    )

    @property
    def days_into_week(self) -> int:
        """How many days after a week's first the weekday comes."""
        return (_DAYS.index(self.day) - _DAYS.index(self.week_starts)) % 7

    @property
    def first_weekday(self) -> int:
        """The weekday on which a week begins, 0 for Monday."""
        return _DAYS.index(self.week_starts)

    def is_before(self, other: "WeekdayMoment") -> bool:
        """Whether it comes before another for every detail; never where their weeks begin on other days."""
        if self.week_starts != other.week_starts:
            return False
        mine, theirs = ((-each.weeks_before, each.days_into_week, each.at) for each in (self, other))
        return mine < theirs
