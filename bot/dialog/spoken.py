"""How a value is said on a call: the formats of `bot/dialog/formats.py` by the same names, for the ear.

Everything comes out as plain words, without SSML: a voice reads "6 AM" and "48 21" rightly as they stand, a transcript
shows what was said, and every voice says the same. What is said stands in the language's words (`words.yaml`, `voice`).
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.dialog import speakable
from bot.dialog.formats import Format, FormatError, Words, local, local_date, pair, whole


def _text(value: Any, _zone: ZoneInfo, words: Words, _extra: str) -> str:
    """A name, or a whole number; never cut short, because half a name is no name to the ear."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise FormatError(f"{type(value).__name__} needs a format")
    return speakable.speakable(value, words) if isinstance(value, str) else str(value)


def _address(value: Any, _zone: ZoneInfo, words: Words, _extra: str) -> str:
    """Main Street and 4th."""
    return speakable.address(str(value), words)


def _code(value: Any, _zone: ZoneInfo, _words: Words, _extra: str) -> str:
    """48 21: the code of a detail, or a badge."""
    return speakable.code(str(value))


def _phone(value: Any, _zone: ZoneInfo, _words: Words, _extra: str) -> str:
    """9 7 8, 5 5 5, 0 1 4 2."""
    return speakable.digits(str(value))


def _day(value: Any, zone: ZoneInfo, words: Words, extra: str) -> str:
    """Saturday the 28th; `day month` is Saturday, November 28th, for what may lie more than four weeks away."""
    return _day_by(words["day_month" if extra == "month" else "day"], local_date(value, zone), words)


def _date(value: Any, zone: ZoneInfo, words: Words, _extra: str) -> str:
    """March 4th, 2011."""
    return _day_by(words["date"], local_date(value, zone), words)


def _weekday(value: Any, zone: ZoneInfo, words: Words, _extra: str) -> str:
    """Saturday."""
    return str(words["days"][local_date(value, zone).weekday()])


def _time(value: Any, zone: ZoneInfo, words: Words, _extra: str) -> str:
    """6 AM, 1 30 PM, noon, midnight."""
    at, named = local(value, zone), _named_hour(value, zone)
    if named:
        return str(words[named])
    part = next(part for first, part in reversed(words["parts_of_day"]) if at.hour >= first)
    pattern = words["minutes_past"].get(at.minute) or words["few_past" if at.minute < 10 else "past"]
    return str(pattern).format(hour=at.hour % 12 or 12, minutes=at.minute, part=part)


def _at(value: Any, zone: ZoneInfo, words: Words, extra: str) -> str:
    """At 6 AM: the time with the word that goes before it, which in some languages depends on the hour."""
    hour = _named_hour(value, zone) or local(value, zone).hour % 12
    pattern = words["at_hours"].get(hour, words["at_time"])
    return str(pattern).format(time=_time(value, zone, words, extra))


def _until(value: Any, zone: ZoneInfo, words: Words, extra: str) -> str:
    """Until 6 AM: as `at`, with another word before it."""
    hour = _named_hour(value, zone) or local(value, zone).hour % 12
    pattern = words["until_hours"].get(hour, words["until_time"])
    return str(pattern).format(time=_time(value, zone, words, extra))


def _moment(value: Any, zone: ZoneInfo, words: Words, _extra: str) -> str:
    """Saturday, November 28th, 6 AM: it may lie far away, so the month is said."""
    return _upon("day_and_time", _day(value, zone, words, "month"), value, zone, words)


def _soon(value: Any, zone: ZoneInfo, words: Words, extra: str) -> str:
    """Saturday 6 AM: for what lies within a week."""
    return _upon("weekday_and_time", _weekday(value, zone, words, extra), value, zone, words)


def _upon(pattern: str, day: str, value: Any, zone: ZoneInfo, words: Words) -> str:
    """A day and a time. Midnight belongs to the day it begins, which nobody hears in "Saturday midnight"."""
    if _named_hour(value, zone) == "midnight":
        return str(words["midnight_of"]).format(day=day)
    at, time = _at(value, zone, words, ""), _time(value, zone, words, "")
    return str(words[pattern]).format(day=day, at=at, time=time)


def _span(value: Any, zone: ZoneInfo, words: Words, extra: str) -> str:
    """Saturday the 28th, 6 AM to 2 PM; the second day is said only where the span is a day or longer."""
    start, _ = pair(value)
    begins = words["midnight_begins"] if _named_hour(start, zone) == "midnight" else words["from"]
    return f"{_day(start, zone, words, extra)}, {_between(str(begins), value, zone, words)}"


def _begins(value: Any, zone: ZoneInfo, words: Words, extra: str) -> str:
    """Saturday the 28th, 6 AM: of a span its beginning, where few words are left."""
    start, _ = pair(value)
    return _upon("day_and_time", _day(start, zone, words, extra), start, zone, words)


def _times(value: Any, zone: ZoneInfo, words: Words, _extra: str) -> str:
    """6 AM to 2 PM."""
    return _between(str(words["from"]), value, zone, words)


def _between(begins: str, value: Any, zone: ZoneInfo, words: Words) -> str:
    start, end = pair(value)
    said = begins.format(start=_time(start, zone, words, ""))
    if end - start >= timedelta(days=1):
        return said + str(words["to_day"]).format(soon=_soon(end, zone, words, ""))
    return said + str(words["to"]).format(end=_time(end, zone, words, ""))


def _money(value: Any, _zone: ZoneInfo, words: Words, _extra: str) -> str:
    """62 dollars, 62 dollars and 50 cents."""
    dollars, cents = divmod(abs(whole(value)), 100)
    parts = [_counted(number, words[unit]) for number, unit in ((dollars, "dollars"), (cents, "cents")) if number]
    said = str(words["money_and"]).join(parts) or _counted(0, words["dollars"])
    return _signed(value, said, words)


def _hours(value: Any, _zone: ZoneInfo, words: Words, _extra: str) -> str:
    """8 hours, 7 and a half hours, 7 hours and 20 minutes, 30 minutes; nothing at all is 0 hours."""
    hours, minutes = divmod(abs(whole(value)), 60)
    if hours and minutes == 30:
        said = _counted(hours, words["half_hours"])
    else:
        parts = [_counted(number, words[unit]) for number, unit in ((hours, "hours"), (minutes, "minutes")) if number]
        said = str(words["and"]).join(parts) or _counted(0, words["hours"])
    return _signed(value, said, words)


def _about(value: Any, zone: ZoneInfo, words: Words, extra: str) -> str:
    """Minutes as people say how long there is: 20 hours, 45 minutes."""
    minutes = whole(value)
    return _hours(minutes if minutes < _MINUTES_SAID_WHOLE else round(minutes / 60) * 60, zone, words, extra)


_MINUTES_SAID_WHOLE = 100


def _minutes(value: Any, _zone: ZoneInfo, words: Words, _extra: str) -> str:
    """30 minutes."""
    return _counted(whole(value), words["minutes"])


def _ordinal(value: Any, _zone: ZoneInfo, words: Words, _extra: str) -> str:
    """1st, 2nd; a word in languages whose voices need one."""
    return _nth(whole(value), words)


def _weekdays(value: Any, _zone: ZoneInfo, words: Words, _extra: str) -> str:
    """Days of the week, Monday 0: Saturday and Sunday."""
    days = [str(words["days"][whole(each)]) for each in value]
    return str(words["and"]).join(filter(None, [", ".join(days[:-1]), *days[-1:]]))


def _clock(value: Any, zone: ZoneInfo, words: Words, extra: str) -> str:
    """A minute of the day as 6 AM, 1 30 PM."""
    minute = whole(value) % (24 * 60)
    return _time(datetime(2000, 1, 1, minute // 60, minute % 60, tzinfo=zone), zone, words, extra)


SPOKEN: Mapping[str, Format] = {
    "text": _text,
    "clip": _text,
    "address": _address,
    "code": _code,
    "phone": _phone,
    "day": _day,
    "date": _date,
    "weekday": _weekday,
    "time": _time,
    "at": _at,
    "until": _until,
    "moment": _moment,
    "soon": _soon,
    "span": _span,
    "begins": _begins,
    "times": _times,
    "money": _money,
    "hours": _hours,
    "about": _about,
    "minutes": _minutes,
    "ordinal": _ordinal,
    "weekdays": _weekdays,
    "clock": _clock,
}


def _day_by(pattern: Any, on: date, words: Words) -> str:
    months, days = words["months"], words["days"]
    named = words["month_days"].get(on.day, on.day)
    return str(pattern).format(
        weekday=days[on.weekday()], month=months[on.month - 1], day=named, nth=_nth(on.day, words), year=on.year
    )


def _named_hour(value: Any, zone: ZoneInfo) -> str:
    at = local(value, zone)
    return {0: "midnight", 12: "noon"}.get(at.hour, "") if not at.minute else ""


def _counted(number: int, forms: Mapping[str, str]) -> str:
    return str(forms["one" if number == 1 else "many"]).format(n=number)


def _nth(number: int, words: Words) -> str:
    named, endings = words["ordinals"], words["endings"]
    if 0 < number <= len(named):
        return str(named[number - 1])
    ending = endings["other"] if 10 < number % 100 < 14 else endings.get(number % 10, endings["other"])
    return str(words["beyond_ordinals"]).format(n=number, ending=ending)


def _signed(value: int, said: str, words: Words) -> str:
    return str(words["minus"]).format(it=said) if value < 0 else said
