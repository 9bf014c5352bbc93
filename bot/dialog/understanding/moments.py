"""Dates, times of day and lengths of time as they are written and said, read from the tokens at a place.

Every reader returns what it read and the place after it, or None.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.dialog.understanding.clock import Clock
from bot.dialog.understanding.tokens import Token
from bot.dialog.understanding.words import table, word_set
from flows.clock_times import ClockTime, read_clock_time

Tokens = Sequence[Token]
_LONGEST_PAST = timedelta(days=45)
"""A day and a month without a year may lie so far back; what is longer ago is next year's."""
_MINUTES_TO = frozenset(("5", "10", "15", "20", "25"))


def word_at(tokens: Tokens, place: int) -> str:
    """The word there; empty for anything else, and beyond the ends."""
    return tokens[place].text if 0 <= place < len(tokens) and tokens[place].kind == "word" else ""


def figure_at(tokens: Tokens, place: int) -> int | None:
    """The whole number there, said as one figure."""
    if not 0 <= place < len(tokens) or tokens[place].kind != "number" or len(tokens[place].groups) != 1:
        return None
    return int(tokens[place].text) if tokens[place].text.isdecimal() and len(tokens[place].text) <= 9 else None


# Times of day


def read_time(tokens: Tokens, place: int, *, asked: bool = False) -> tuple[ClockTime, int] | None:
    """ "1:30", "130 pm", "half past one", "las dos de la tarde"; a bare "7" only where one is `asked` for or led in."""
    return _named_hour(tokens, place) or _past_or_to(tokens, place, asked=asked) or _figures(tokens, place, asked=asked)


def _named_hour(tokens: Tokens, place: int) -> tuple[ClockTime, int] | None:
    word = word_at(tokens, place)
    if word == "twelve" or (figure_at(tokens, place) == 12 and word_at(tokens, place + 1) in table("calendar")["noon"]):
        return ClockTime(table("calendar")["noon"][word_at(tokens, place + 1)], 0, settled=True), place + 2
    hour = table("calendar")["noon"].get(word)
    return None if hour is None else (ClockTime(hour, 0, settled=True), place + 1)


def _past_or_to(tokens: Tokens, place: int, *, asked: bool) -> tuple[ClockTime, int] | None:
    """ "half past one", "quarter to seven", "ten to six"; minutes in figures only where a time is asked for."""
    minutes = {"half": 30, "quarter": 15}.get(word_at(tokens, place))
    if word_at(tokens, place) == "a" and word_at(tokens, place + 1) == "quarter":
        minutes, place = 15, place + 1
    if minutes is None and asked and tokens[place].text in _MINUTES_TO:
        minutes = figure_at(tokens, place)
    relation = word_at(tokens, place + 1)
    hour = figure_at(tokens, place + 2)
    if minutes is None or hour is None or not 1 <= hour <= 12:
        return None
    if relation in ("past", "after"):
        return _with_half(hour, minutes, tokens, place + 3)
    if relation in ("to", "til", "till", "before", "of"):
        return _with_half((hour - 2) % 12 + 1, 60 - minutes, tokens, place + 3)
    return None


def _figures(tokens: Tokens, place: int, *, asked: bool) -> tuple[ClockTime, int] | None:
    token = tokens[place]
    if token.kind == "clock":
        return _written(token.text, tokens, place + 1)
    if token.kind != "number" or not token.text.isdecimal() or len(token.text) > 4:
        return None
    said = _said_figures(token)
    if said is None:
        return None
    hour, minute, military = said
    end = place + 1
    following = figure_at(tokens, end)
    if not minute and following is not None and 10 <= following < 60 and len(token.text) <= 2:
        minute, end = (following, end + 1) if word_at(tokens, end + 1) in ("am", "pm") else (0, end)
    spanish = _y_media(tokens, end, hour, minute)
    if spanish:
        return spanish
    led = asked or word_at(tokens, place - 1) in word_set("time_leads")
    return _told(hour, minute, tokens, end, led=led, military=military)


def _said_figures(token: Token) -> tuple[int, int, bool] | None:
    """Hour, minute, and whether it was said by the 24-hour clock: "1330", "one thirty", "oh six forty five"."""
    groups = token.groups
    if len(groups) == 1:
        figures = groups[0]
        hour, minute = (int(figures[:-2]), int(figures[-2:])) if len(figures) > 2 else (int(figures), 0)
        military = len(figures) > 2 and (figures.startswith("0") or hour > 12)
    else:
        leading = groups[0] == "0"
        spoken = groups[1:] if leading else groups
        hour = int(spoken[0]) if len(spoken[0]) <= 2 else 99
        rest = "".join(spoken[1:])
        minute, military = int(rest or 0) if len(rest) <= 2 else 99, leading or hour > 12
        if len(rest) == 1 and rest != "0":
            return None
        if len(groups) == 2 and len(spoken[0]) > 2:
            hour, minute = int(spoken[0][:-2]), int(spoken[0][-2:])
    return (hour, minute, military) if hour <= 23 and minute <= 59 else None


def _told(
    hour: int, minute: int, tokens: Tokens, end: int, *, led: bool, military: bool
) -> tuple[ClockTime, int] | None:
    """What follows decides: a half of the day, "o clock", "hours"; without any of it, a lead."""
    after = _after_o_clock(tokens, end)
    half, further = _half(tokens, after)
    if half is not None and 1 <= hour <= 12:
        return ClockTime(_in_half(hour, half), minute, settled=True), further
    hours = word_at(tokens, end) in table("calendar")["hours"]
    if (
        hours
        and (minute or hour > 12 or military)
        and tokens[end - 1].text.isdecimal()
        and len(tokens[end - 1].text) > 2
    ):
        return ClockTime(hour, minute, settled=True), end + 1
    if after > end:
        return ClockTime(hour, minute, settled=military or hour > 12 or hour == 0), after
    if not led or word_at(tokens, end) in (*table("calendar")["hours"], *table("calendar")["minutes"]):
        return None
    return ClockTime(hour, minute, settled=military or hour > 12 or hour == 0), further


def _written(text: str, tokens: Tokens, end: int) -> tuple[ClockTime, int] | None:
    said = read_clock_time(text)
    if said is None:
        return None
    half, further = _half(tokens, end)
    if half is not None and 1 <= said.hour <= 12:
        return ClockTime(_in_half(said.hour, half), said.minute, settled=True), further
    hours = 1 if word_at(tokens, end) in table("calendar")["hours"] else 0
    return said, further + hours


def _y_media(tokens: Tokens, end: int, hour: int, minute: int) -> tuple[ClockTime, int] | None:
    """ "la una y media", "las siete menos cuarto", "las dos y diez"."""
    joint = word_at(tokens, end)
    if joint not in ("y", "menos") or minute or not 1 <= hour <= 12:
        return None
    minutes = {"media": 30, "cuarto": 15}.get(word_at(tokens, end + 1)) or figure_at(tokens, end + 1)
    if minutes is None or not 1 <= minutes <= 59:
        return None
    if joint == "menos":
        return _with_half((hour - 2) % 12 + 1, 60 - minutes, tokens, end + 2)
    return _with_half(hour, minutes, tokens, end + 2)


def _with_half(hour: int, minute: int, tokens: Tokens, end: int) -> tuple[ClockTime, int]:
    half, further = _half(tokens, end)
    if half is None:
        return ClockTime(hour, minute, settled=False), end
    return ClockTime(_in_half(hour, half), minute, settled=True), further


def _in_half(hour: int, half: int) -> int:
    return hour % 12 + half


def _after_o_clock(tokens: Tokens, place: int) -> int:
    if word_at(tokens, place) == "oclock":
        return place + 1
    if word_at(tokens, place) in ("o", "oh") and word_at(tokens, place + 1) == "clock":
        return place + 2
    return place + 2 if (word_at(tokens, place), word_at(tokens, place + 1)) == ("en", "punto") else place


def _half(tokens: Tokens, place: int) -> tuple[int | None, int]:
    """ "pm", "in the morning", "at night", "de la tarde"."""
    halves = table("calendar")["half"]
    if word_at(tokens, place) in ("am", "pm"):
        return halves[tokens[place].text], place + 1
    for skipped in ({"in", "de", "por", "at"}, {"the", "la"}):
        if word_at(tokens, place) in skipped:
            place += 1
        elif "in" in skipped:
            return None, place
    half = halves.get(word_at(tokens, place))
    return (half, place + 1) if half is not None else (None, place)


# Dates


def read_date(tokens: Tokens, place: int, clock: Clock, *, asked: bool = False) -> tuple[date, int] | None:
    """ "tomorrow", "next friday", "nov 28", "el 28 de noviembre", "11/28", "in 4 days"; None for a day that is none."""
    token = tokens[place]
    if token.kind == "day":
        found = _written_day(token.text, clock)
        return (found, place + 1) if found else None
    return (
        _counted_days(tokens, place, clock)
        or _weekday(tokens, place, clock)
        or _relative_day(tokens, place, clock)
        or _month_and_day(tokens, place, clock)
        or _day_of_month(tokens, place, clock, asked=asked)
    )


def _written_day(text: str, clock: Clock) -> date | None:
    parts = [int(part) for part in text.replace("/", "-").split("-")]
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
    if count is None or not days or not (led or ago) or count > 1000:
        return None
    sign = -1 if ago else led
    return clock.today + timedelta(days=sign * days * count), start + (3 if ago else 2)


def _weekday(tokens: Tokens, place: int, clock: Clock) -> tuple[date, int] | None:
    calendar = table("calendar")
    start = place
    shift = ""
    if word_at(tokens, place) in (*calendar["next"], *calendar["last"]):
        shift = "next" if word_at(tokens, place) in calendar["next"] else "last"
        start += 1
    weekday = calendar["weekdays"].get(word_at(tokens, start))
    if weekday is None:
        return None
    end = start + 1
    if not shift and word_at(tokens, end) in ("que", "proximo", "pasado"):
        shift = "last" if word_at(tokens, end) == "pasado" else "coming"
        end += 2 if (word_at(tokens, end), word_at(tokens, end + 1)) == ("que", "viene") else 1
    named = _named_after(tokens, end, clock)
    if named:
        return named
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


def _on_weekday(weekday: int, shift: str, clock: Clock) -> date:
    coming = clock.today + timedelta(days=(weekday - clock.today.weekday()) % 7)
    if shift == "last":
        return coming - timedelta(days=7)
    if shift == "next":
        return clock.today + timedelta(days=7 - clock.today.weekday() + weekday)
    return coming


def _relative_day(tokens: Tokens, place: int, clock: Clock) -> tuple[date, int] | None:
    word, following = word_at(tokens, place), word_at(tokens, place + 1)
    if word in ("pasado", "day") and following in ("manana", "after"):
        return clock.today + timedelta(days=2), place + (2 if word == "pasado" else 3)
    if word == "esta" and following == "noche":
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


# Lengths of time


def read_duration(tokens: Tokens, place: int) -> tuple[int, int] | None:
    """In minutes: "8 hours", "an hour and a half", "1h30", "2 hrs 15", "hora y media", "three quarters of an hour"."""
    return _half_hours(tokens, place) or _hours_and_more(tokens, place) or _minutes(tokens, place)


def _half_hours(tokens: Tokens, place: int) -> tuple[int, int] | None:
    said = " ".join(
        word_at(tokens, at) or (tokens[at].text if at < len(tokens) else "") for at in range(place, place + 5)
    )
    for phrase, minutes in _FIXED:
        if said == phrase or said.startswith(f"{phrase} "):
            return minutes, place + len(phrase.split())
    return None


_FIXED = (
    ("3 quarters of an hour", 45),
    ("half of an hour", 30),
    ("half an hour", 30),
    ("half a hour", 30),
    ("quarter of an hour", 15),
    ("quarter hour", 15),
    ("cuarto de hora", 15),
    ("half hour", 30),
    ("media hora", 30),
    ("couple of hours", 120),
    ("couple hours", 120),
    ("par de horas", 120),
)


def _hours_and_more(tokens: Tokens, place: int) -> tuple[int, int] | None:
    start = place + (1 if word_at(tokens, place) in ("a", "an", "un", "una") else 0)
    hour_words = table("calendar")["hours"]
    if word_at(tokens, start) in hour_words:
        hours, end = 60.0, start + 1
    else:
        amount = _amount(tokens, start)
        if amount is None:
            return None
        halved = [word_at(tokens, start + ahead) for ahead in (1, 2, 3)] == ["and", "a", "half"]
        spanish = [word_at(tokens, start + ahead) for ahead in (1, 2)] == ["y", "media"]
        unit = start + (4 if halved else 3 if spanish else 1)
        if word_at(tokens, unit) not in hour_words:
            return None
        hours, end = amount * 60 + (30 if halved or spanish else 0), unit + 1
    more, end = _and_minutes(tokens, end)
    return (round(hours + more), end)


def _and_minutes(tokens: Tokens, place: int) -> tuple[int, int]:
    """ "and a half", "y cuarto", "and 15 minutes", "30"."""
    start = place + (1 if word_at(tokens, place) in ("and", "y", "con") else 0)
    bare = start + (1 if word_at(tokens, start) == "a" and start > place else 0)
    fixed = {"half": 30, "media": 30, "quarter": 15, "cuarto": 15}.get(word_at(tokens, bare))
    if fixed and start > place:
        return fixed, bare + 1
    minutes = figure_at(tokens, start)
    if minutes is None or not 0 < minutes < 60 or word_at(tokens, start + 1) in table("calendar")["hours"]:
        return 0, place
    unit = word_at(tokens, start + 1) in table("calendar")["minutes"]
    return (minutes, start + 2) if unit else (minutes, start + 1) if start == place else (0, place)


def _minutes(tokens: Tokens, place: int) -> tuple[int, int] | None:
    amount = _amount(tokens, place)
    if amount is None or word_at(tokens, place + 1) not in table("calendar")["minutes"]:
        return None
    return round(amount), place + 2


def _amount(tokens: Tokens, place: int) -> float | None:
    if not 0 <= place < len(tokens) or tokens[place].kind != "number" or len(tokens[place].groups) > 1:
        return None
    return float(tokens[place].text) if len(tokens[place].text) <= 6 else None
