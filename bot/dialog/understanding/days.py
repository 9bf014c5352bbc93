"""Days as they are written and said, read from the tokens at a place: what was read, and the place after it."""

import re
from datetime import date, timedelta

from bot.dialog.understanding.clock import Clock
from bot.dialog.understanding.holidays import LONGEST_HOLIDAY, holiday_named
from bot.dialog.understanding.moments import DOTTED, Tokens, figure_at, word_at
from bot.dialog.understanding.words import table

_LONGEST_PAST = timedelta(days=45)
"""A day and a month without a year may lie so far back; what is longer ago is next year's."""


def read_date(tokens: Tokens, place: int, clock: Clock, *, asked: bool = False) -> tuple[date, int] | None:
    """ "tomorrow", "next friday", "nov 28", "el 28 de noviembre", "11/28", "in 4 days"; None for a day that is none."""
    token = tokens[place]
    if asked and _is_dashed(tokens, place):
        found = _written_day(f"{token.text}-{tokens[place + 2].text}", clock)  # "11-29"
        return (found, place + 3) if found else None
    if token.kind == "day" or (asked and DOTTED.fullmatch(token.text)):
        found = _written_day(token.text, clock)
        return (found, place + 1) if found else None
    return (
        _from_another(tokens, place, clock)
        or _holiday(tokens, place, clock)
        or _counted_days(tokens, place, clock)
        or _weekday(tokens, place, clock)
        or _relative_day(tokens, place, clock)
        or _month_and_day(tokens, place, clock)
        or _day_of_month(tokens, place, clock, asked=asked)
    )


def _is_dashed(tokens: Tokens, place: int) -> bool:
    figures = [figure_at(tokens, place), figure_at(tokens, place + 2)]
    return all(figure is not None and 1 <= figure <= 31 for figure in figures) and _mark(tokens, place + 1, "-")


def _from_another(tokens: Tokens, place: int, clock: Clock) -> tuple[date, int] | None:
    """ "a week from friday", "the day before thanksgiving"."""
    start = place + (word_at(tokens, place) in ("a", "the", "el") or figure_at(tokens, place) == 1)
    unit, relation = word_at(tokens, start), word_at(tokens, start + 1)
    if unit in table("calendar")["week_units"] and relation == "from":
        days = 7
    elif unit in ("day", "dia") and relation in ("before", "after", "antes", "despues"):
        days = 1 if relation in ("after", "despues") else -1
    else:
        return None
    after = start + 2 + (word_at(tokens, start + 2) in ("de", "del"))
    other = read_date(tokens, after, clock) if after < len(tokens) and tokens[after].kind != "mark" else None
    return (other[0] + timedelta(days=days), other[1]) if other else None


def _holiday(tokens: Tokens, place: int, clock: Clock) -> tuple[date, int] | None:
    for size in range(LONGEST_HOLIDAY, 0, -1):
        found = holiday_named(" ".join(word_at(tokens, place + ahead) for ahead in range(size)), clock.today)
        if found:
            return found, place + size + (word_at(tokens, place + size) == "day")
    return None


def _written_day(text: str, clock: Clock) -> date | None:
    parts = [int(part) for part in re.split(r"[/.-]", text)]
    if text[:4].isdecimal() and len(parts) == 3:
        return _day(parts[0], parts[1], parts[2])
    month, day = (parts[1], parts[0]) if parts[0] > 12 else (parts[0], parts[1])
    if len(parts) == 3:
        return _day(parts[2] + (2000 if parts[2] < 100 else 0), month, day)
    return _nearest_year(month, day, clock)


def _counted_days(tokens: Tokens, place: int, clock: Clock) -> tuple[date, int] | None:
    """ "in 4 days", "dentro de dos semanas", "3 days ago", "hace 2 dias"."""
    led = {"in": 1, "en": 1, "dentro": 1, "hace": -1}.get(word_at(tokens, place), 0)
    start = place + (1 if led else 0) + (1 if word_at(tokens, place + 1) == "de" else 0)
    count = 1 if word_at(tokens, start) in ("a", "un", "una") else figure_at(tokens, start)
    unit = word_at(tokens, start + 1)
    days = 1 if unit in table("calendar")["day_units"] else 7 if unit in table("calendar")["week_units"] else 0
    ago = word_at(tokens, start + 2) == "ago"
    hence = word_at(tokens, start + 2) == "from" and word_at(tokens, start + 3) in ("now", "today")
    if count is None or not days or not (led or ago or hence) or count > 1000:
        return None
    sign = -1 if ago else led or 1
    return clock.today + timedelta(days=sign * days * count), start + (4 if hence else 3 if ago else 2)


def _weekday(tokens: Tokens, place: int, clock: Clock) -> tuple[date, int] | None:
    calendar = table("calendar")
    start = place
    shift = ""
    if word_at(tokens, place) in (*calendar["next"], *calendar["last"]):
        shift = "next" if word_at(tokens, place) in calendar["next"] else "last"
        start += 1
        if shift == "next" and word_at(tokens, start) in calendar["week_units"]:
            start += 1 + (word_at(tokens, start + 1) == "on")
    weekday = calendar["weekdays"].get(word_at(tokens, start))
    if weekday is None:
        return None
    end = start + 1
    if not shift and word_at(tokens, end) in ("que", "proximo", "pasado"):
        shift = "last" if word_at(tokens, end) == "pasado" else "coming"
        end += 2 if (word_at(tokens, end), word_at(tokens, end + 1)) == ("que", "viene") else 1
    named = _named_after(tokens, end, clock) or _numbered_after(tokens, end, weekday, clock)
    if named:
        return named
    if word_at(tokens, end) in calendar["next"] and word_at(tokens, end + 1) in calendar["week_units"]:
        return _on_weekday(weekday, "next", clock), end + 2
    return _on_weekday(weekday, shift, clock), end


def _named_after(tokens: Tokens, place: int, clock: Clock) -> tuple[date, int] | None:
    """ "saturday the 28th", "sat 11/28", "sabado 28 de noviembre"."""
    place += 1 if place < len(tokens) and tokens[place].text == "," else 0
    if place >= len(tokens):
        return None
    if tokens[place].kind == "day":
        found = _written_day(tokens[place].text, clock)
        return (found, place + 1) if found else None
    return _month_and_day(tokens, place, clock) or _day_of_month(tokens, place, clock, asked=False)


def _numbered_after(tokens: Tokens, place: int, weekday: int, clock: Clock) -> tuple[date, int] | None:
    """ "viernes 27", where the 27th is a friday; "friday 6" is more likely an hour."""
    day = figure_at(tokens, place)
    if day is None or not 13 <= day <= 31 or tokens[place].kind != "number":
        return None
    found = [clock.today + timedelta(days=ahead) for ahead in range(62)]
    fits = [one for one in found if one.day == day and one.weekday() == weekday]
    return (fits[0], place + 1) if fits else None


def _on_weekday(weekday: int, shift: str, clock: Clock) -> date:
    coming = clock.today + timedelta(days=(weekday - clock.today.weekday()) % 7)
    if shift == "last":
        return coming - timedelta(days=7)
    if shift == "next":
        return clock.today + timedelta(days=7 - clock.today.weekday() + weekday)
    return coming + timedelta(days=7) if shift == "coming" and coming == clock.today else coming


def _relative_day(tokens: Tokens, place: int, clock: Clock) -> tuple[date, int] | None:
    word, following = word_at(tokens, place), word_at(tokens, place + 1)
    if word in ("pasado", "day") and following in ("manana", "after"):
        return clock.today + timedelta(days=2), place + (2 if word == "pasado" else 3)
    if word in ("esta", "this") and following in table("calendar")["half"]:
        return clock.today, place + 2
    if word == "last" and following == "night":
        return clock.today - timedelta(days=1), place + 2
    days = table("calendar")["days"].get(word)
    if days is None or (word == "manana" and word_at(tokens, place - 1) in ("la", "esta", "por")):
        return None
    return clock.today + timedelta(days=days), place + 1


def _month_and_day(tokens: Tokens, place: int, clock: Clock) -> tuple[date, int] | None:
    """ "nov 28", "november the 28th 2026", "28 nov", "28 de noviembre de 2026"."""
    months = table("calendar")["months"]
    month = months.get(word_at(tokens, place))
    start = place + (1 if word_at(tokens, place) in ("the", "el") else 0)
    if month is not None:
        skip = 1 if word_at(tokens, place + 1) == "the" or _mark(tokens, place + 1, ".") else 0
        day, end = _ordinal(tokens, place + 1 + skip)
    else:
        day, end = _ordinal(tokens, start)
        end += 1 if word_at(tokens, end) in ("de", "of") else 0
        month = months.get(word_at(tokens, end))
        end += 1
    if month is None or day is None:
        return None
    year, end = _year(tokens, end)
    found = _day(year, month, day) if year else _nearest_year(month, day, clock)
    return (found, end) if found else None


def _year(tokens: Tokens, place: int) -> tuple[int, int]:
    start = place + (1 if _mark(tokens, place, ",") or word_at(tokens, place) in ("de", "del") else 0)
    year = figure_at(tokens, start)
    return (year, start + 1) if year is not None and 2000 <= year < 2100 else (0, place)


def _day_of_month(tokens: Tokens, place: int, clock: Clock, *, asked: bool) -> tuple[date, int] | None:
    """ "the 28th", "el dia 28"; "el 28" alone only where a date is asked for: elsewhere it may be in a list."""
    start = place + (1 if word_at(tokens, place) in ("the", "el", "on") else 0)
    start += 1 if word_at(tokens, start) == "the" else 0
    dia = word_at(tokens, start) == "dia"
    day, end = _ordinal(tokens, start + (1 if dia else 0))
    written_so = word_at(tokens, end - 1) in ("st", "nd", "rd", "th")
    spoken_so = start > place and word_at(tokens, end - 1) in table("calendar")["ordinals"] and asked
    if day is None or not (dia or (written_so and start > place) or spoken_so or asked):
        return None
    for months_ahead in range(3):
        month = (clock.today.month - 1 + months_ahead) % 12 + 1
        year = clock.today.year + (clock.today.month - 1 + months_ahead) // 12
        found = _day(year, month, day)
        if found and found >= clock.today:
            return found, end
    return None


def _ordinal(tokens: Tokens, place: int) -> tuple[int | None, int]:
    """ "28", "28th", "twenty eighth", "twenty-eighth", "fifth"."""
    ordinals = table("calendar")["ordinals"]
    word = word_at(tokens, place)
    if word in ordinals:
        return ordinals[word], place + 1
    day = figure_at(tokens, place)
    if day is None or not 1 <= day <= 31:
        return None, place + 1
    after = place + (2 if _mark(tokens, place + 1, "-") else 1)
    unit = ordinals.get(word_at(tokens, after), 0)
    if day in (20, 30) and tokens[place].end - tokens[place].start > 2 and 1 <= unit <= 9:
        return day + unit, after + 1
    suffixed = word_at(tokens, place + 1) in ("st", "nd", "rd", "th")
    return day, place + (2 if suffixed else 1)


def _nearest_year(month: int, day: int, clock: Clock) -> date | None:
    for year in range(clock.today.year, clock.today.year + 5):
        found = _day(year, month, day)
        if found and found >= clock.today - _LONGEST_PAST:
            return found
        if found is None and not (month == 2 and day == 29):
            return None
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _mark(tokens: Tokens, place: int, mark: str) -> bool:
    return place < len(tokens) and tokens[place].kind == "mark" and tokens[place].text == mark
