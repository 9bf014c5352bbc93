"""Times of day and lengths of time as they are written and said, read from the tokens at a place; days: `days.py`.

Every reader returns what it read and the place after it, or None.
"""

import re
from collections.abc import Sequence

from bot.dialog.understanding.tokens import Token
from bot.dialog.understanding.words import table, word_set
from flows.clock_times import ClockTime, read_clock_time

Tokens = Sequence[Token]
DOTTED = re.compile(r"\d{1,2}\.\d{2}")
_PAST = ("past", "after")
_TO = ("to", "til", "till", "until", "before", "of")
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
    return (
        _named_hour(tokens, place)
        or read_minutes_to(tokens, place, asked=asked)
        or _figures(tokens, place, asked=asked)
    )


def _named_hour(tokens: Tokens, place: int) -> tuple[ClockTime, int] | None:
    word = word_at(tokens, place)
    if word == "twelve" or (figure_at(tokens, place) == 12 and word_at(tokens, place + 1) in table("calendar")["noon"]):
        return ClockTime(table("calendar")["noon"][word_at(tokens, place + 1)], 0, settled=True), place + 2
    hour = table("calendar")["noon"].get(word)
    return None if hour is None else (ClockTime(hour, 0, settled=True), place + 1)


def read_minutes_to(tokens: Tokens, place: int, *, asked: bool) -> tuple[ClockTime, int] | None:
    """ "half past one", "quarter to midnight", "ten to six"; minutes in figures only where a time is asked for."""
    minutes = {"half": 30, "quarter": 15}.get(word_at(tokens, place))
    if word_at(tokens, place) == "a" and word_at(tokens, place + 1) == "quarter":
        minutes, place = 15, place + 1
    if figure_at(tokens, place) == 1 and word_at(tokens, place + 1) == "cuarto":
        place += 1
    if minutes is None and asked and tokens[place].text in _MINUTES_TO:
        minutes = figure_at(tokens, place)
        place += word_at(tokens, place + 1) in table("calendar")["minutes"]
    spanish = _quarter_before(tokens, place, minutes)
    if spanish:
        return spanish
    relation = word_at(tokens, place + 1)
    hour = figure_at(tokens, place + 2)
    named = table("calendar")["noon"].get(word_at(tokens, place + 2))
    if minutes is not None and named is not None and relation in (*_PAST, *_TO):
        minute = named * 60 + (minutes if relation in _PAST else -minutes)
        return ClockTime(minute // 60 % 24, minute % 60, settled=True), place + 3
    if minutes is None or hour is None or not 1 <= hour <= 12:
        return None
    if relation in _PAST:
        return _with_half(hour, minutes, tokens, place + 3)
    if relation in _TO:
        return _with_half((hour - 2) % 12 + 1, 60 - minutes, tokens, place + 3)
    return None


def _quarter_before(tokens: Tokens, place: int, minutes: int | None) -> tuple[ClockTime, int] | None:
    """ "un cuarto para las tres", "quince para la una"."""
    minutes = 15 if word_at(tokens, place) == "cuarto" else minutes
    hour = figure_at(tokens, place + 3)
    led = word_at(tokens, place + 1) == "para" and word_at(tokens, place + 2) in ("las", "la")
    if minutes is None or not led or hour is None or not 1 <= hour <= 12:
        return None
    return _with_half((hour - 2) % 12 + 1, 60 - minutes, tokens, place + 4)


def _figures(tokens: Tokens, place: int, *, asked: bool) -> tuple[ClockTime, int] | None:
    token = tokens[place]
    if token.kind == "clock":
        return _written(token.text, tokens, place + 1)
    if (
        token.kind == "number"
        and DOTTED.fullmatch(token.text)
        and (asked or word_at(tokens, place + 1) in ("am", "pm"))
    ):
        return _written(token.text.replace(".", ":"), tokens, place + 1)
    if token.kind != "number" or not token.text.isdecimal() or len(token.text) > 4:
        return None
    said = _said_figures(token)
    if said is None:
        return None
    hour, minute, military = said
    end = place + 1
    following = figure_at(tokens, end)
    if not minute and following is not None and 10 <= following < 60 and len(token.text) <= 2:
        minute, end = (following, end + 1) if asked or word_at(tokens, end + 1) in ("am", "pm") else (0, end)
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
    if hour == 12 and half and word_at(tokens, further - 1) in ("night", "noche"):
        return ClockTime(0, minute, settled=True), further  # "las doce de la noche"
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
    if word_at(tokens, place) in ("am", "pm", "tonight"):
        return halves[tokens[place].text], place + 1
    for skipped in ({"in", "de", "por", "at"}, {"the", "la"}):
        if word_at(tokens, place) in skipped:
            place += 1
        elif "in" in skipped:
            return None, place
    half = halves.get(word_at(tokens, place))
    return (half, place + 1) if half is not None else (None, place)


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
    ("3 cuartos de hora", 45),
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
    bare = len(tokens) == 1 or word_at(tokens, start + 1) in ("and", "y", "con")  # "hora y media", not "a que hora"
    if word_at(tokens, start) in (hour_words if start > place else ("hour", "hr", "hora") if bare else ()):
        hours, end = 60.0, start + 1
    else:
        amount = _amount(tokens, start)
        if amount is None:
            return None
        if start + 1 < len(tokens) and tokens[start + 1].text == "1/2":
            amount, start = amount + 0.5, start + 1  # "2 1/2 hours"
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
    if amount is not None and word_at(tokens, place + 1) in table("calendar")["day_units"]:
        return round(amount * 24 * 60), place + 2
    if amount is None or word_at(tokens, place + 1) not in table("calendar")["minutes"]:
        return None
    return round(amount), place + 2


def _amount(tokens: Tokens, place: int) -> float | None:
    if not 0 <= place < len(tokens) or tokens[place].kind != "number" or len(tokens[place].groups) > 1:
        return None
    return float(tokens[place].text) if len(tokens[place].text) <= 6 else None
