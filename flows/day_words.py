"""AWAY NOV 28-30: days as people write them, one or from one to another, in both languages."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

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
_TOMORROW = ("TOMORROW", "TMRW", "MANANA")
_UNTIL = ("TO", "UNTIL", "TILL", "TIL", "THRU", "THROUGH", "HASTA", "AL", "A", "-")
_NOISE = ("ON", "FROM", "THE", "OF", "AND", "NEXT", "THIS", "DE", "DEL", "DESDE", "EL", "LA", "ESTE", "Y", "UNTIL")
_PART = re.compile(r"\d{1,2}/\d{1,2}|\d{1,2}(?:ST|ND|RD|TH)?|[A-Z]+|-")
_NUMBER_FIRST = re.compile(rf"\b(\d{{1,2}})\s+(?:DE\s+)?({'|'.join(_MONTH_OF)})\b")

_COUNTS = {"A": 1, "ONE": 1, "UN": 1, "UNA": 1, "TWO": 2, "DOS": 2, "THREE": 3, "TRES": 3, "FOUR": 4, "CUATRO": 4}
_STRETCH = re.compile(
    r"\b(?:(?:(?:THIS|(?P<next>NEXT)) WEEK(?:END)?|(?:ESTE |ESTA |LA |EL )?(?:SEMANA|FIN DE SEMANA)"
    r"(?P<after> (?:QUE VIENE|PROXIMA?))?|(?:LA |EL )?(?P<coming>PROXIM[AO]) (?:SEMANA|FIN DE SEMANA))"
    rf"|(?:FOR|POR|DURANTE) (?P<count>\d{{1,2}}|{'|'.join(_COUNTS)}) (?P<unit>DAYS?|DIAS?|WEEKS?|SEMANAS?))\b"
)

Days = tuple[date, date]


def day_pattern() -> str:
    """A pattern for texts that hold nothing but days."""
    words = sorted({*_MONTH_OF, *DAY_OF, *_TODAY, *_TOMORROW, *_UNTIL[:-1], *_NOISE}, key=len, reverse=True)
    stretch = re.sub(r"\?P<\w+>", "?:", _STRETCH.pattern)
    return rf"(?:{stretch}|(?:(?:{'|'.join(words)}|\d{{1,2}}/\d{{1,2}}|\d{{1,2}}(?:ST|ND|RD|TH)?)\b[\s,.-]*)+)"


def days_said(text: str) -> str:
    """The piece of a sentence that names days, in upper case; empty where none does."""
    pieces = (found[0].strip(" ,.-") for found in _days_in_a_sentence().finditer(text.upper()))
    return next((piece for piece in pieces if read_days(piece, _ANY_DAY)), "")


@cache
def _days_in_a_sentence() -> re.Pattern[str]:
    return re.compile(rf"\b{day_pattern()}")


def _stretch(text: str, today: date) -> Days | None:
    """ "next week", "this weekend", "for three days": from which day to which."""
    found = _STRETCH.search(text)
    if found is None:
        return None
    if found["count"]:
        days = _COUNTS.get(found["count"], 0) or int(found["count"])
        return today, today + timedelta(days=days * (7 if found["unit"][0] in "WS" else 1) - 1)
    monday = today - timedelta(days=today.weekday())
    following = timedelta(days=7 * bool(found["next"] or found["after"] or found["coming"]))
    is_weekend = "END" in found[0] or "FIN" in found[0]
    return max(monday + following + timedelta(days=5 * is_weekend), today), monday + following + timedelta(days=6)


_ANY_DAY = date(2000, 1, 3)


def read_days(text: str, today: date) -> Days | None:
    """The first and the last day that a text names; what lies behind us is meant of next year. None: it names none."""
    stretch = _stretch(text.upper(), today)
    if stretch is not None:
        return stretch
    parts = _PART.findall(_NUMBER_FIRST.sub(r"\2 \1", text.upper()))
    month = next((_MONTH_OF[part] for part in parts if part in _MONTH_OF), 0)
    month = month or (_OF_NO_MONTH if _NUMBERED.search(text.upper()) else 0)
    first = last = None
    is_until, place = False, 0
    while place < len(parts):
        month = _MONTH_OF.get(parts[place], month)
        is_next_week = is_until and first is None and parts[place] in DAY_OF  # "until Monday", said on a Monday
        found, read = _day(parts[place : place + 2], first or today + timedelta(days=is_next_week), month)
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
        return _numbered(month, _number(word), from_day), 1
    if word in _TODAY or word in _TOMORROW:
        return from_day + timedelta(days=word in _TOMORROW), 1
    if word in DAY_OF and not is_dated:
        return from_day + timedelta(days=(DAY_OF[word] - from_day.weekday()) % 7), 1
    return None, 1


_OF_NO_MONTH = -1
_NUMBERED = re.compile(
    r"\b\d{1,2}(?:ST|ND|RD|TH)\b|\b\d{1,2} ?(?:TO|UNTIL|THRU|THROUGH|HASTA|AL|-) ?(?:THE |EL )?\d{1,2}\b"
)
"""Days of the month by their numbers alone, which only their ending or a range tells from other figures."""


def _numbered(month: int, day: int, from_day: date) -> date | None:
    """The first day with this number from a day on, in the month that was said if one was."""
    if month != _OF_NO_MONTH:
        return _next(month, day, from_day)
    months = ((from_day.month + more - 1) % 12 + 1 for more in range(3))
    return min((found for month in months if (found := _next(month, day, from_day))), default=None)


def _number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _next(month: int, day: int, from_day: date) -> date | None:
    """The first such day from a day on; None for a day that no month has."""
    for year in (from_day.year, from_day.year + 1):
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] and date(year, month, day) >= from_day:
            return date(year, month, day)
    return None
