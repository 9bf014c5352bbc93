"""Calendar windows in a department's zone, as minutes since 1970 so that durations are real elapsed time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import get_args
from zoneinfo import ZoneInfo

from models.rules.clauses.eligibility import CalendarLimit, Weekday

_WEEKDAYS: dict[Weekday, int] = {name: place for place, name in enumerate(get_args(Weekday))}


def minute_of(moment: datetime) -> int:
    """Whole minutes since 1970 in real time; seconds are cut off."""
    return int(moment.timestamp()) // 60


def moment_of(minute: int) -> datetime:
    """The aware UTC time of a minute since 1970."""
    return datetime.fromtimestamp(minute * 60, UTC)


def local_date(minute: int, zone: str) -> date:
    """The date on the department's wall at a minute since 1970."""
    return datetime.fromtimestamp(minute * 60, ZoneInfo(zone)).date()


def month_of(minute: int, zone: str) -> tuple[int, int]:
    """The local calendar month around a minute, as (first minute, minute after the last)."""
    return _month(local_date(minute, zone).replace(day=1), zone)


@lru_cache(maxsize=1024)
def _month(first: date, zone: str) -> tuple[int, int]:
    return local_midnight(first, zone), local_midnight((first + timedelta(days=32)).replace(day=1), zone)


def windows(limit: CalendarLimit, zone: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The limit's calendar windows that a stretch touches, each as (first minute, minute after the last)."""
    while start < end:
        window = _window(limit, zone, local_date(start, zone))
        yield window
        start = max(window[1], start + 1)


@lru_cache(maxsize=4096)
def _window(limit: CalendarLimit, zone: str, day: date) -> tuple[int, int]:
    first = _first_day(limit, day)
    return local_midnight(first, zone), local_midnight(_day_after_window(limit, first), zone)


def _first_day(limit: CalendarLimit, day: date) -> date:
    if limit.period == "week":
        return day - timedelta(days=(day.weekday() - _WEEKDAYS[limit.week_starts]) % 7)
    if limit.period == "28_days" and limit.anchor_on is not None:
        return day - timedelta(days=(day - limit.anchor_on).days % 28)
    return day.replace(day=1) if limit.period == "month" else day


def _day_after_window(limit: CalendarLimit, first: date) -> date:
    if limit.period == "month":
        return (first + timedelta(days=32)).replace(day=1)
    return first + timedelta(days={"day": 1, "week": 7, "28_days": 28}[limit.period])


def local_midnight(day: date, zone: str) -> int:
    """The minute at which a day begins in a zone."""
    return minute_of(datetime.combine(day, time(0), ZoneInfo(zone)))
