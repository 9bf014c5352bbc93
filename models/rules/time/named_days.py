"""The dates of holidays: by a country's calendar, by Easter, or by the date the handbook gives."""

from calendar import Calendar
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import get_args

import holidays as calendars
from dateutil.easter import easter

from models.rules.clauses.holidays import PaidHoliday
from models.rules.clauses.limits import Weekday

_A_DAY = timedelta(days=1)
_PLACES = ("first", "second", "third", "fourth")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)


def holiday_dates(named: Iterable[PaidHoliday], place: str, year: int) -> frozenset[date]:
    """Every date of the year that is one of these holidays, eves included. A name unknown to the calendar has none."""
    days = {day for each in named for near in (year, year + 1) for day in _days(each, place, near)}
    return frozenset(day for day in days if day.year == year)


def names_in(place: str) -> frozenset[str] | None:
    """What the calendar of a place calls its holidays, US-RI; None if there is no such calendar."""
    try:
        return frozenset(
            name for year in (2025, 2026) for names in _calendar(place, year, False).values() for name in names
        )
    except NotImplementedError:
        return None


def _days(holiday: PaidHoliday, place: str, year: int) -> set[date]:
    days = _without_eves(holiday, place, year)
    return days | {day - _A_DAY for day in days} if holiday.eve else days


def _without_eves(holiday: PaidHoliday, place: str, year: int) -> set[date]:
    if holiday.on is not None:
        return {holiday.on}
    if holiday.every_year is not None:
        month, day = (int(part) for part in holiday.every_year.split("-"))
        # The 29th of February is a holiday only in the years that have one.
        return {date(year, month, day)} if (month, day) != (2, 29) or year % 4 == 0 else set()
    if holiday.weekday_of is not None:
        return {_weekday_of(holiday.weekday_of, year)}
    if holiday.from_easter is not None:
        return {easter(year) + timedelta(days=holiday.from_easter)}
    return _by_name(holiday, place, year)


def _weekday_of(said: str, year: int) -> date:
    """`third monday of february`, in that year."""
    place, weekday, _, name = said.split()
    month, number = _MONTHS.index(name) + 1, _WEEKDAYS.index(weekday)
    found = [day for day in Calendar().itermonthdates(year, month) if day.month == month and day.weekday() == number]
    return found[-1] if place == "last" else found[_PLACES.index(place)]


def _by_name(holiday: PaidHoliday, place: str, year: int) -> set[date]:
    found = {day for day, names in _calendar(place, year, False).items() if holiday.name in names}
    if holiday.observed:
        # The calendar marks the weekday on which it is observed behind the name.
        said = f"{holiday.name} (observed)"
        found |= {day for day, names in _calendar(place, year, True).items() if said in names}
    return found


@lru_cache(maxsize=256)
def _calendar(place: str, year: int, observed: bool) -> Mapping[date, tuple[str, ...]]:
    country, _, region = place.partition("-")
    found = calendars.country_holidays(country, subdiv=region or None, years=year, observed=observed, language="en_US")
    return {day: tuple(found.get_list(day)) for day in found}
