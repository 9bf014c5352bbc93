"""AWAY NOV 28-30: days as people write them, one or from one to another, in both languages."""

import re
from calendar import monthrange
from datetime import date, timedelta

from flows.standing_words import DAY_OF

_MONTHS: tuple[tuple[str, ...], ...] = (
    ("JAN", "JANUARY", "ENE", "ENERO"),
    ("FEB", "FEBRUARY", "FEBRERO"),
    ("MAR", "MARCH", "MARZO"),
    ("APR", "APRIL", "ABR", "ABRIL"),
    ("MAY", "MAYO"),
    ("JUN", "JUNE", "JUNIO"),
    ("JUL", "JULY", "JULIO"),
    ("AUG", "AUGUST", "AGO", "AGOSTO"),
    ("SEP", "SEPT", "SEPTEMBER", "SEPTIEMBRE"),
    ("OCT", "OCTOBER", "OCTUBRE"),
    ("NOV", "NOVEMBER", "NOVIEMBRE"),
    ("DEC", "DECEMBER", "DIC", "DICIEMBRE"),
)
_MONTH_OF = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words}
_TODAY = ("TODAY", "TONIGHT", "HOY")
_TOMORROW = ("TOMORROW", "MANANA")
_UNTIL = ("TO", "UNTIL", "TILL", "TIL", "THRU", "THROUGH", "HASTA", "AL", "A", "-")
_NOISE = ("ON", "FROM", "THE", "OF", "AND", "NEXT", "THIS", "DE", "DEL", "DESDE", "EL", "LA", "ESTE", "Y", "UNTIL")
_PART = re.compile(r"\d{1,2}/\d{1,2}|\d{1,2}(?:ST|ND|RD|TH)?|[A-Z]+|-")
_NUMBER_FIRST = re.compile(rf"\b(\d{{1,2}})\s+(?:DE\s+)?({'|'.join(_MONTH_OF)})\b")

Days = tuple[date, date]


def day_pattern() -> str:
    """A pattern for texts that hold nothing but days."""
    words = sorted({*_MONTH_OF, *DAY_OF, *_TODAY, *_TOMORROW, *_UNTIL[:-1], *_NOISE}, key=len, reverse=True)
    return rf"(?:(?:{'|'.join(words)}|\d{{1,2}}/\d{{1,2}}|\d{{1,2}}(?:ST|ND|RD|TH)?)\b[\s,.-]*)+"


def read_days(text: str, today: date) -> Days | None:
    """The first and the last day that a text names; what lies behind us is meant of next year. None: it names none."""
    parts = _PART.findall(_NUMBER_FIRST.sub(r"\2 \1", text.upper()))
    month = next((_MONTH_OF[part] for part in parts if part in _MONTH_OF), 0)
    first = last = None
    is_until, place = False, 0
    while place < len(parts):
        month = _MONTH_OF.get(parts[place], month)
        found, read = _day(parts[place : place + 2], first or today, month)
        is_until = is_until or parts[place] in _UNTIL
        if found is not None:
            first, last = (found, found) if first is None and not is_until else (first or today, found)
        place += read
    return None if first is None or last is None or last < first else (first, last)


def _day(parts: list[str], from_day: date, month: int) -> tuple[date | None, int]:
    """The day that the first of the words is, alone or with the next, and how many were read."""
    word, after = parts[0], parts[1] if len(parts) > 1 else ""
    is_dated = after in _MONTH_OF or after[:1].isdigit()
    if word in _MONTH_OF and after[:1].isdigit() and "/" not in after:
        return _next(_MONTH_OF[word], _number(after), from_day), 2
    if "/" in word:
        of, day = word.split("/")
        return _next(int(of), int(day), from_day), 1
    if word[:1].isdigit() and month:
        return _next(month, _number(word), from_day), 1
    if word in _TODAY or word in _TOMORROW:
        return from_day + timedelta(days=word in _TOMORROW), 1
    if word in DAY_OF and not is_dated:
        return from_day + timedelta(days=(DAY_OF[word] - from_day.weekday()) % 7), 1
    return None, 1


def _number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _next(month: int, day: int, from_day: date) -> date | None:
    """The first such day from a day on; None for a day that no month has."""
    for year in (from_day.year, from_day.year + 1):
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] and date(year, month, day) >= from_day:
            return date(year, month, day)
    return None
