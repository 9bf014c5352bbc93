"""How a value is written for people: times in the department's zone, money, durations, lists. One function a format."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo


class FormatError(Exception):
    """A value that does not have the type its prompt gives it."""


Words = Mapping[str, Any]
Format = Callable[[Any, ZoneInfo, Words, str], str]
"""Takes the value, the department's zone, the language's words, and what stands after the format's name."""


def _text(value: Any, _zone: ZoneInfo, _words: Words, _extra: str) -> str:
    """Text as it is, or a whole number."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise FormatError(f"{type(value).__name__} needs a format")
    return str(value)


def _clip(value: Any, _zone: ZoneInfo, _words: Words, extra: str) -> str:
    """At most so many characters, so that a long name does not cost a second part."""
    most = int(extra)
    text = str(value)
    return text if len(text) <= most else text[: most - 1].rstrip(" ,.-&") + "."


def _day(value: Any, zone: ZoneInfo, words: Words, _extra: str) -> str:
    """Sat Nov 28."""
    on = local_date(value, zone)
    pattern: str = words["day"]
    return pattern.format(weekday=words["days"][on.weekday()], month=words["months"][on.month - 1], day=on.day)


def _date(value: Any, zone: ZoneInfo, words: Words, _extra: str) -> str:
    """Mar 4, 2011: for what lies years away."""
    on = local_date(value, zone)
    pattern: str = words["date"]
    return pattern.format(month=words["months"][on.month - 1], day=on.day, year=on.year)


def _weekday(value: Any, zone: ZoneInfo, words: Words, _extra: str) -> str:
    """Sat."""
    return str(words["days"][local_date(value, zone).weekday()])


def _time(value: Any, zone: ZoneInfo, words: Words, _extra: str) -> str:
    """6AM, 1:30PM."""
    at = local(value, zone)
    half = words["halves"][at.hour // 12]
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{half}"


def _moment(value: Any, zone: ZoneInfo, words: Words, extra: str) -> str:
    """Sat Nov 28 6AM."""
    return f"{_day(value, zone, words, extra)} {_time(value, zone, words, extra)}"


def _soon(value: Any, zone: ZoneInfo, words: Words, extra: str) -> str:
    """Sat 6AM: for what lies within a week."""
    return f"{_weekday(value, zone, words, extra)} {_time(value, zone, words, extra)}"


def _span(value: Any, zone: ZoneInfo, words: Words, extra: str) -> str:
    """Sat Nov 28 6AM-2PM; the day is said again only where the span is a day or longer."""
    return f"{_day(pair(value)[0], zone, words, extra)} {_hours_of_day(value, zone, words, extra)}"


def _hours_of_day(value: Any, zone: ZoneInfo, words: Words, extra: str) -> str:
    """6AM-2PM."""
    start, end = pair(value)
    until = _soon if end - start >= timedelta(days=1) else _time
    return f"{_time(start, zone, words, extra)}-{until(end, zone, words, extra)}"


def _money(value: Any, _zone: ZoneInfo, words: Words, _extra: str) -> str:
    """Cents as $62 or $62.50."""
    cents = whole(value)
    sign = "-" if cents < 0 else ""
    dollars, rest = divmod(abs(cents), 100)
    return f"{sign}{words['currency']}{dollars:,}" + (f".{rest:02d}" if rest else "")


def _hours(value: Any, _zone: ZoneInfo, words: Words, _extra: str) -> str:
    """Minutes as 8h, 7.5h, 7h 20min where tenths would not be exact, and 30 min below an hour."""
    hours, minutes = divmod(abs(whole(value)), 60)
    sign = "-" if value < 0 else ""
    if minutes % 6 or not hours:
        pattern = words["hours_minutes"] if hours else words["minutes"]
        return sign + str(pattern).format(hours=hours, minutes=minutes)
    tenths = Decimal(hours) + Decimal(minutes) / 60
    return sign + str(words["hours"]).format(hours=f"{tenths:f}" if minutes else hours)


def _about(value: Any, zone: ZoneInfo, words: Words, extra: str) -> str:
    """Minutes as people say how long there is: 20h, 45 min."""
    minutes = whole(value)
    if minutes < 100:
        return str(words["minutes"]).format(minutes=minutes)
    return _hours(round(minutes / 60) * 60, zone, words, extra)


def _minutes(value: Any, _zone: ZoneInfo, words: Words, _extra: str) -> str:
    """30 min."""
    return str(words["minutes"]).format(minutes=whole(value))


def _ordinal(value: Any, _zone: ZoneInfo, words: Words, _extra: str) -> str:
    """1st, 2nd, 3rd, 11th."""
    number = whole(value)
    endings = words["ordinals"]
    teens = 10 < number % 100 < 14
    return f"{number}{endings['other'] if teens else endings.get(number % 10, endings['other'])}"


def _phone(value: Any, _zone: ZoneInfo, _words: Words, _extra: str) -> str:
    """A number of ours as dialled at home: 978-555-0142."""
    text = str(value)
    if text.startswith("+1") and len(text) == 12:
        return f"{text[2:5]}-{text[5:8]}-{text[8:]}"
    return text


def _weekdays(value: Any, _zone: ZoneInfo, words: Words, _extra: str) -> str:
    """Days of the week, Monday 0, as Sat, Sun."""
    return ", ".join(str(words["days"][whole(each)]) for each in value)


def _clock(value: Any, zone: ZoneInfo, words: Words, extra: str) -> str:
    """A minute of the day as 6AM, 1:30PM."""
    minute = whole(value) % (24 * 60)
    return _time(datetime(2000, 1, 1, minute // 60, minute % 60, tzinfo=zone), zone, words, extra)


FORMATS: Mapping[str, Format] = {
    "text": _text,
    "clip": _clip,
    "day": _day,
    "date": _date,
    "weekday": _weekday,
    "time": _time,
    "moment": _moment,
    "soon": _soon,
    "span": _span,
    "times": _hours_of_day,
    "money": _money,
    "hours": _hours,
    "about": _about,
    "minutes": _minutes,
    "ordinal": _ordinal,
    "phone": _phone,
    "weekdays": _weekdays,
    "clock": _clock,
}


def local(value: Any, zone: ZoneInfo) -> datetime:
    """The moment by the department's clock; raises `FormatError` when it is none."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise FormatError(f"{value!r} is not an aware time")
    return value.astimezone(zone)


def local_date(value: Any, zone: ZoneInfo) -> date:
    """The day, of a date or of a moment by the department's clock."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return local(value, zone).date()


def pair(value: Any) -> tuple[datetime, datetime]:
    """A start and an end."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise FormatError(f"{value!r} is not a start and an end")
    return value[0], value[1]


def whole(value: Any) -> int:
    """A whole number, and no true or false."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise FormatError(f"{value!r} is not a whole number")
    return value
