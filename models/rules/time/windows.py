"""Calendar windows in a department's zone, as minutes since 1970 so that durations are real elapsed time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple, Protocol, get_args
from zoneinfo import ZoneInfo

from models.rules.clauses.limits import CalendarLimit, LongOne, Weekday

_WEEKDAYS: dict[Weekday, int] = {name: place for place, name in enumerate(get_args(Weekday))}
_MIDNIGHT = time(0)

Window = tuple[int, int]
"""The first minute, and the minute after the last."""


def minute_of(moment: datetime) -> int:
    """Whole minutes since 1970 in real time; seconds are cut off."""
    return int(moment.timestamp()) // 60


def moment_of(minute: int) -> datetime:
    """The aware UTC time of a minute since 1970."""
    return datetime.fromtimestamp(minute * 60, UTC)


def local_date(minute: int, zone: str) -> date:
    """The date on the department's wall at a minute since 1970."""
    return datetime.fromtimestamp(minute * 60, ZoneInfo(zone)).date()


@lru_cache(maxsize=65536)
def day_number(minute: int, zone: str) -> int:
    """The local date as a number: the next day has the next one."""
    return local_date(minute, zone).toordinal()


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


class Shape(NamedTuple):
    """What a limit's windows depend on; cheap to look up by."""

    period: str
    week_starts: Weekday
    days_long: int
    anchor_on: date | None
    begins_at: time


def shape_of(limit: CalendarLimit) -> Shape:
    """The shape of a limit's windows."""
    days_long = limit.days_long or {"day": 1, "week": 7}.get(limit.period, 28)
    return Shape(limit.period, limit.week_starts, days_long, limit.anchor_on, limit.begins_at)


class HasWindows(Protocol):
    """What has windows of the calendar beside limits: a round's cap."""

    @property
    def period(self) -> str:
        """week, 28_days or month."""

    @property
    def week_starts(self) -> Weekday:
        """The weekday on which a week begins."""

    @property
    def anchor_on(self) -> date | None:
        """The first day of some 28-day period."""


def window_of(cap: HasWindows, zone: str, minute: int) -> Window:
    """The window of a cap around a minute."""
    days_long = 7 if cap.period == "week" else 28
    return window_at(Shape(cap.period, cap.week_starts, days_long, cap.anchor_on, _MIDNIGHT), zone, minute)


def windows(shape: Shape, zone: str, start: int, end: int) -> Iterator[Window]:
    """The calendar windows that a stretch touches, each as (first minute, minute after the last)."""
    while start < end:
        window = window_at(shape, zone, start)
        yield window
        start = max(window[1], start + 1)


def window_at(shape: Shape, zone: str, minute: int) -> Window:
    """The calendar window in which a minute lies."""
    day = date.fromordinal(day_number(minute, zone))
    if shape.begins_at != _MIDNIGHT and minute < local_minute(day, shape.begins_at, zone):
        day -= timedelta(days=1)
    return _window(shape, zone, day)


def long_windows(shape: Shape, long: LongOne, zone: str, minute: int) -> list[Window]:
    """The windows of the period in which so many of them may be longer: those that begin in it."""
    first = date.fromordinal(day_number(minute, zone))
    begin = first - timedelta(days=(first - long.anchor_on).days % long.in_days)
    at = local_minute(begin, shape.begins_at, zone)
    end = local_minute(begin + timedelta(days=long.in_days), shape.begins_at, zone)
    return [window for window in windows(shape, zone, at, end) if window[0] >= at]


@lru_cache(maxsize=4096)
def _window(shape: Shape, zone: str, day: date) -> Window:
    first = _first_day(shape, day)
    after = _next_month(first) if shape.period == "month" else first + timedelta(days=shape.days_long)
    return local_minute(first, shape.begins_at, zone), local_minute(after, shape.begins_at, zone)


def _first_day(shape: Shape, day: date) -> date:
    if shape.period == "week":
        return day - timedelta(days=(day.weekday() - _WEEKDAYS[shape.week_starts]) % 7)
    if shape.anchor_on is not None and shape.period in ("28_days", "days"):
        return day - timedelta(days=(day - shape.anchor_on).days % shape.days_long)
    return day.replace(day=1) if shape.period == "month" else day


def local_midnight(day: date, zone: str) -> int:
    """The minute at which a day begins in a zone."""
    return local_minute(day, _MIDNIGHT, zone)


def midnight(day: date, zone: str) -> datetime:
    """The moment at which a day begins in a zone, aware UTC."""
    return moment_of(local_midnight(day, zone))


def local_minute(day: date, at: time, zone: str) -> int:
    """The minute at which the wall shows a time on a day."""
    return minute_of(datetime.combine(day, at, ZoneInfo(zone)))
