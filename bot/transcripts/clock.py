"""Dates and times as a transcript writes them."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}

_LATER = re.compile(r"(\d+)\s*(minute|hour|day)s?\s+later", re.IGNORECASE)
_MOMENT = re.compile(
    r"(?:(?P<day>[a-z]{3})[a-z]*,?\s+)?(?:(?P<month>[a-z]{3})[a-z]*\s+(?P<date>\d{1,2}),?\s+(?:(?P<year>\d{4})\s+)?)?"
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?\s*(?P<half>am|pm)?",
    re.IGNORECASE,
)


class ClockError(Exception):
    """A date or time that cannot be read, or is not what its weekday says; the message says which."""


def read_start(said: str, zone: ZoneInfo) -> datetime:
    """The moment a transcript begins at, with its year; aware UTC."""
    found = _MOMENT.fullmatch(said.strip())
    if found is None or not found["year"]:
        raise ClockError(f"the clock must start like Mon Nov 23 2026 8:00 AM, not {said!r}")
    return _moment(found, int(found["year"]), zone)


def read_move(said: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment a clock move leads to, the next such one after `now`; aware UTC."""
    later = _LATER.fullmatch(said.strip())
    if later:
        return now + int(later[1]) * UNITS[later[2].lower()]
    found = _MOMENT.fullmatch(said.strip())
    if found is None:
        raise ClockError(f"{said!r} is no time: write Thu Nov 26 5:00 PM, 5:00 PM, or 30 minutes later")
    moment = _dated(found, now, zone) if found["month"] else _next_such(found, now, zone)
    if moment <= now:
        raise ClockError(f"{said!r} is not after {now.astimezone(zone):%a %b %d %Y %I:%M %p}: clocks go forward")
    return moment


def _dated(found: re.Match[str], now: datetime, zone: ZoneInfo) -> datetime:
    year = now.astimezone(zone).year
    if found["year"]:
        return _moment(found, int(found["year"]), zone)
    passed = MONTHS.index(_month(found)) + 1 < now.astimezone(zone).month
    return _moment(found, year + passed, zone)


def _next_such(found: re.Match[str], now: datetime, zone: ZoneInfo) -> datetime:
    hour, minute, second = _time_of_day(found)
    today = now.astimezone(zone).replace(hour=hour, minute=minute, second=second, microsecond=0, tzinfo=None)
    for days in range(8):
        wall = today + timedelta(days=days)
        moment = wall.replace(tzinfo=zone).astimezone(UTC)
        if moment > now and (not found["day"] or DAYS[wall.weekday()] == found["day"].lower()):
            return moment
    raise ClockError(f"there is no day {found['day']!r}")


def _moment(found: re.Match[str], year: int, zone: ZoneInfo) -> datetime:
    try:
        wall = datetime(year, MONTHS.index(_month(found)) + 1, int(found["date"]), *_time_of_day(found), tzinfo=zone)
    except ValueError as error:
        raise ClockError(f"{found[0]!r} is no date: {error}") from error
    if found["day"] and DAYS[wall.weekday()] != found["day"].lower():
        raise ClockError(f"{wall:%b} {wall.day} {year} is a {wall:%A}, not {found['day']}")
    return wall.astimezone(UTC)


def _month(found: re.Match[str]) -> str:
    month = found["month"].lower()
    if month not in MONTHS:
        raise ClockError(f"there is no month {found['month']!r}")
    return str(month)


def _time_of_day(found: re.Match[str]) -> tuple[int, int, int]:
    hour, minute, second = int(found["hour"]), int(found["minute"] or 0), int(found["second"] or 0)
    half = (found["half"] or "").lower()
    if minute > 59 or second > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise ClockError(f"{found[0]!r} has no such hour")
    return (hour % 12 + (12 if half == "pm" else 0) if half else hour), minute, second
