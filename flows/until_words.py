"""UNTIL FRIDAY 6PM, FOR 3 DAYS, HASTA MANANA: until when something is meant to hold, as people write it."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flows.clock_times import ClockTime, read_clock_time
from flows.standing_words import day_named

_FOR_DAYS = re.compile(r"\b(?:FOR|POR|DURANTE)?\s*(\d{1,2}|A|ONE|UN)\s*(?:DAYS?|DIAS?)\b")
_FOR_WEEK = re.compile(r"\b(?:FOR|POR|DURANTE)?\s*(?:A|ONE|1|UNA) (?:WEEK|SEMANA)\b")
_ON = re.compile(r"\b(\d{1,2})[/-](\d{1,2})\b")
_TODAY, _TOMORROW = re.compile(r"\b(?:TODAY|TONIGHT|HOY)\b"), re.compile(r"\b(?:TOMORROW|TMRW|MANANA)\b")
_NOON = re.compile(r"\b(?:NOON|MEDIODIA)\b")
_TIME = re.compile(
    r"\b\d{1,2}(?::\d{2})?\s?[AP]\.?M?\b|\b\d{1,2}:\d{2}\b|\b\d{4}\b|(?<=\bAT )\d{1,2}\b|(?<=\bLAS )\d{1,2}\b"
)
_END_OF_DAY = time(23, 59)


def read_until(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment, aware UTC, that words in upper case mean; of a day alone its end. None for anything else.

    A day of the week is the next such day, a time alone the next such time; what is past is said as it is.
    """
    today = now.astimezone(zone).date()
    on, rest = _day(text, today)
    said = ClockTime(12, 0, settled=True) if _NOON.search(rest) else _clock(rest)
    if on is None and said is None:
        return None
    if said is None:
        return _at(on or today, _END_OF_DAY, zone)
    readings = [_at(on or today, reading, zone) for reading in said.readings()]
    ahead = [moment for moment in readings if moment > now]
    if not ahead:
        return max(readings) if on else min(readings) + timedelta(days=1)
    return ahead[-1] if said.hour < 8 else ahead[0]


def _day(text: str, today: date) -> tuple[date | None, str]:
    """The day that is named, and what else was said."""
    counted, week = _FOR_DAYS.search(text), _FOR_WEEK.search(text)
    if week:
        return today + timedelta(days=7), text.replace(week[0], " ")
    if counted:
        days = int(counted[1]) if counted[1].isdecimal() else 1
        return today + timedelta(days=days), text.replace(counted[0], " ")
    written = _ON.search(text)
    if written:
        return _written(int(written[1]), int(written[2]), today), text.replace(written[0], " ")
    if _TOMORROW.search(text):
        return today + timedelta(days=1), text
    weekday = next((day for day in map(day_named, re.findall(r"[A-Z]+", text)) if day is not None), None)
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday()) % 7), text
    return (today if _TODAY.search(text) else None), text


def _written(month: int, day: int, today: date) -> date | None:
    """12/5, month first; of the next year where this year's is past."""
    for year in (today.year, today.year + 1):
        try:
            on = date(year, month, day)
        except ValueError:
            return None
        if on >= today:
            return on
    return None


def _clock(text: str) -> ClockTime | None:
    found = _TIME.search(text)
    return read_clock_time(found[0]) if found else None


def _at(on: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, at, tzinfo=zone).astimezone(UTC)
