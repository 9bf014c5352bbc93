"""Calendar windows in a department's zone, as minutes since 1970 so that durations are real elapsed time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol, get_args
from zoneinfo import ZoneInfo

from models.rules.clauses.eligibility import Weekday

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


class Calendar(Protocol):
    """What has a kind of calendar window: a limit, or a round's cap."""

    @property
    def period(self) -> str:
        """day, week, 28_days or month."""

    @property
    def week_starts(self) -> Weekday:
        """The weekday on which a week begins."""

    @property
    def anchor_on(self) -> date | None:
        """The first day of some 28-day period."""


def windows(limit: Calendar, zone: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The limit's calendar windows that a stretch touches, each as (first minute, minute after the last)."""
    while start < end:
        window = _window(limit, zone, local_date(start, zone))
        yield window
        start = max(window[1], start + 1)


def window_of(limit: Calendar, zone: str, minute: int) -> tuple[int, int]:
    """The window around a minute, as (first minute, minute after the last)."""
    return _window(limit, zone, local_date(minute, zone))


def _window(limit: Calendar, zone: str, day: date) -> tuple[int, int]:
    return _window_of(limit.period, limit.week_starts, limit.anchor_on, zone, day)


@lru_cache(maxsize=4096)
def _window_of(period: str, week_starts: Weekday, anchor_on: date | None, zone: str, day: date) -> tuple[int, int]:
    first = _first_day(period, week_starts, anchor_on, day)
    return local_midnight(first, zone), local_midnight(_day_after_window(period, first), zone)


def _first_day(period: str, week_starts: Weekday, anchor_on: date | None, day: date) -> date:
    if period == "week":
        return day - timedelta(days=(day.weekday() - _WEEKDAYS[week_starts]) % 7)
    if period == "28_days" and anchor_on is not None:
        return day - timedelta(days=(day - anchor_on).days % 28)
    return day.replace(day=1) if period == "month" else day


def _day_after_window(period: str, first: date) -> date:
    if period == "month":
        return (first + timedelta(days=32)).replace(day=1)
    return first + timedelta(days={"day": 1, "week": 7, "28_days": 28}[period])


def local_midnight(day: date, zone: str) -> int:
    """The minute at which a day begins in a zone."""
    return minute_of(datetime.combine(day, time(0), ZoneInfo(zone)))
