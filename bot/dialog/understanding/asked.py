"""An answer to a question of a known kind, in whatever words: a yes, a time, a date, a number, a choice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

import phonenumbers

from bot.dialog.understanding.choosing import chosen_option, chosen_options
from bot.dialog.understanding.clock import Clock
from bot.dialog.understanding.corrections import last_said
from bot.dialog.understanding.days import read_date
from bot.dialog.understanding.moments import read_duration, read_time, word_at
from bot.dialog.understanding.normalise import plain
from bot.dialog.understanding.tokens import Token, fold, tokens_of
from bot.dialog.understanding.words import lists, table, word_set

Value = str | int | list[int] | None
_LONGEST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: its kind, the clock it is read against, and the options of a choice."""

    kind: str
    clock: Clock
    options: tuple[str, ...] = ()
    spoken: bool = False


def read_asked(text: str, asked: Asked) -> Value:
    """ "yes" or "no", HH:MM, YYYY-MM-DD, minutes, a number, E.164, an option's number or several; None if none."""
    if asked.kind == "yes_no":
        return read_yes_no(text)
    spoken = asked.spoken or asked.kind == "phone"
    tokens = _spelt(tokens_of(fold(text), spoken=spoken))
    if not tokens or len(tokens) > _LONGEST_WORDS:
        return None
    latest = last_said(tokens)
    found = READERS[asked.kind](latest, asked)
    return found if found is not None or latest == tokens else READERS[asked.kind](tokens, asked)


def read_yes_no(text: str) -> str | None:
    """Yes or no in either language, in a sentence or as a thumb; None for both at once and for neither."""
    thumbs = {value for sign, value in _THUMBS.items() if sign in text}
    if len(thumbs) == 1 and not plain(text.upper()).strip():
        return thumbs.pop()
    tokens = _spelt(tokens_of(fold(text)))
    words = [f"10-{token.text[3:]}" if token.kind == "ten" else token.text for token in tokens if token.kind != "mark"]
    said = " ".join(word for word in words if word not in ("please", "sir", "maam", "senor", "senora", "favor"))
    if words == ["please"]:
        return "yes"
    for value in ("no", "yes"):
        if said in _sayings(f"{value}_whole"):
            return value
    return _said_twice(words) or _leading(words)


def _said_twice(words: Sequence[str]) -> str | None:
    """ "i guess so yeah", "nah im good": two sayings of the same."""
    for value in ("no", "yes"):
        known = _sayings(f"{value}_whole") | _sayings(value)
        if any(" ".join(words[:at]) in known and " ".join(words[at:]) in known for at in range(1, len(words))):
            return value
    return None


def _leading(words: Sequence[str]) -> str | None:
    """The first words decide, unless the rest says the other."""
    while len(words) > 1 and words[0] in _PREFACES:
        words = words[1:]
    for size in (4, 3, 2, 1):
        first = " ".join(words[:size])
        for value, other in (("no", "yes"), ("yes", "no")):
            if len(words) >= size and first in _sayings(value):
                rest = words[size:]
                return None if _contradicts(rest, other) or len(rest) > 8 else value
    return None


_PREFACES_EN = ("unfortunately", "sorry", "well", "um", "uh", "oh", "hey", "lol", "so")
_PREFACES_ES = ("desafortunadamente", "lamentablemente", "disculpe", "perdon", "pues", "hola")
_PREFACES = frozenset((*_PREFACES_EN, *_PREFACES_ES))


def _contradicts(rest: Sequence[str], other: str) -> bool:
    doubtful = {"but", "se", "idea", "if", "maybe", "pero", "tal", "unless", "or", "quizas", "what", "why", "how"}
    opposite = _sayings(other) | ({"cant", "dont", "wont", "not", "nunca"} if other == "no" else set())
    pairs = {" ".join(rest[at : at + 2]) for at in range(len(rest))}
    return bool((set(rest) | pairs) & opposite or set(rest) & doubtful)


def read_time_answer(tokens: Sequence[Token], asked: Asked) -> Value:
    """HH:MM."""
    shifted = _counted_from_now(tokens, asked.clock)
    if shifted:
        return shifted
    for place, token in enumerate(tokens):
        if token.kind == "mark":
            continue
        found = read_time(tokens, place, asked=True)
        if found and _rest_is_light(tokens, place, found[1]):
            return f"{asked.clock.settle(found[0]):%H:%M}"
    return None


def _counted_from_now(tokens: Sequence[Token], clock: Clock) -> str | None:
    """ "now", "in two hours", "half an hour ago", "hace 20 minutos": by a running watch."""
    words = {token.text for token in tokens if token.kind == "word"}
    sign = -1 if words & {"ago", "hace"} else 1 if words & {"in", "en", "dentro", "from"} else 0
    if (
        words & _NOW
        and sign <= 0
        and not words & _NOT_YET
        and not any(token.kind in ("number", "clock") for token in tokens)
    ):
        return f"{clock.now:%H:%M}"
    for place in range(len(tokens)):
        found = read_duration(tokens, place) if sign else None
        if found:
            return f"{clock.after(sign * timedelta(minutes=found[0])):%H:%M}"
    return None


def read_date_answer(tokens: Sequence[Token], asked: Asked) -> Value:
    """YYYY-MM-DD; None when two different days are named."""
    days = []
    place = 0
    if {token.text for token in tokens} & _NOW and len(tokens) <= 3:
        return asked.clock.today.isoformat()
    while place < len(tokens):
        if word_at(tokens, place) in table("calendar")["months"] and not read_date(tokens, place, asked.clock):
            return None  # "feb 31" is no day, and not the 31st of another month either.
        skipped = tokens[place].kind == "mark" or _is_hour(tokens, place)
        found = None if skipped else read_date(tokens, place, asked.clock, asked=_may_be_day(tokens))
        if found:
            days.append(found[0])
        place = found[1] if found else place + 1
    return days[0].isoformat() if len(set(days)) == 1 else None


def _is_hour(tokens: Sequence[Token], place: int) -> bool:
    """ "friday at 6", "viernes a las 6", "6 pm": not the sixth."""
    led = place > 0 and word_at(tokens, place - 1) in ("at", "las", "around", "by")
    return tokens[place].kind == "number" and (led or word_at(tokens, place + 1) in ("am", "pm", "oclock"))


def _may_be_day(tokens: Sequence[Token]) -> bool:
    """A bare figure is a day of the month when no more than an article stands beside it."""
    return len(tokens) <= 4 and not any(token.kind == "clock" or token.text in ("/", "hours") for token in tokens)


def read_duration_answer(tokens: Sequence[Token], asked: Asked) -> Value:
    """Minutes. A bare figure is hours up to sixteen, minutes above; "1:30" is an hour and a half."""
    words = {token.text for token in tokens if token.kind == "word"}
    if words & {"until", "till", "til", "hasta"} or (words & {"or", "o"} and len(_figures_of(tokens)) > 1):
        return None
    for place in range(len(tokens)):
        found = read_duration(tokens, place)
        if found:
            return found[0]
    return _bare_duration(tokens)


def _bare_duration(tokens: Sequence[Token]) -> Value:
    figures = _figures_of(tokens)
    if len(tokens) > 1 and any(token.text == "1" and token.end - token.start > 1 for token in figures):
        return None  # "un rato" is an article.
    if len(figures) != 1 or not _rest_is_light(tokens, tokens.index(figures[0]), tokens.index(figures[0]) + 1):
        return None
    if figures[0].kind == "clock":
        hours, minutes = figures[0].text.split(":")
        return int(hours) * 60 + int(minutes)
    amount = float(figures[0].text) if len(figures[0].text) <= 6 and len(figures[0].groups) == 1 else 0
    if not 0 < amount <= 1440:
        return None
    return round(amount * 60) if amount <= 16 else round(amount)


def _figures_of(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.kind in ("number", "clock")]


def read_number_answer(tokens: Sequence[Token], asked: Asked) -> Value:
    """A whole number; None when two are said, or one with a fraction."""
    words = [token.text for token in tokens if token.kind == "word"]
    if "dozen" in words or "docena" in words:
        counted = [int(token.text) for token in tokens if token.kind == "number" and token.text.isdecimal()]
        return 6 if words[0] in ("half", "media") else 12 * (counted[0] if counted else 1)
    figures = [token for token in tokens if token.kind == "number"]
    if " ".join(words) in _JUST_ONE:
        return 1
    if not figures:
        fixed = [_AMOUNTS[word] for word in words if word in _AMOUNTS]
        return fixed[0] if len(fixed) == 1 and len(words) <= 4 else None
    if len({token.text for token in figures}) != 1 or not figures[0].text.isdecimal() or len(figures[0].text) > 12:
        return None
    place = tokens.index(figures[0])
    if not _rest_is_light(tokens, place, place + 1, most=6) or word_set("negators") - {"no"} & set(words):
        return None
    negative = place > 0 and tokens[place - 1].text in ("-", "minus", "menos")
    return -int(figures[0].text) if negative else int(figures[0].text)


def read_phone_answer(tokens: Sequence[Token], asked: Asked) -> Value:
    """E.164; a number without a country is one of the North American plan."""
    international = any(token.text == "+" for token in tokens)
    figures = "".join(figure for token in tokens for figure in token.text if figure.isdigit())
    if not 10 <= len(figures) <= 15:
        return None
    if not international and len(figures) > 10 and not (len(figures) == 11 and figures[0] == "1"):
        return None
    try:
        parsed = phonenumbers.parse(f"+{figures}" if international else figures[-10:], "US")
    except phonenumbers.NumberParseException:
        return None
    e164: str = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return e164 if _is_dialable(e164) and phonenumbers.is_possible_number(parsed) else None


def _is_dialable(e164: str) -> bool:
    """In the North American plan neither area code nor exchange begins with 0 or 1."""
    return not e164.startswith("+1") or (len(e164) == 12 and e164[2] in "23456789" and e164[5] in "23456789")


def read_choice_answer(tokens: Sequence[Token], asked: Asked) -> Value:
    """The number of the option: by its number, its place, or what is told of it, if that fits no other."""
    return chosen_option(tokens, asked.options, asked.clock)


def read_choices_answer(tokens: Sequence[Token], asked: Asked) -> Value:
    """The numbers of all options meant, in the order said."""
    return chosen_options(tokens, asked.options, asked.clock)


def _rest_is_light(tokens: Sequence[Token], start: int, end: int, most: int = 8) -> bool:
    """What stands around an answer weighs nothing, or little."""
    around = [token for place, token in enumerate(tokens) if not start <= place < end and token.kind != "mark"]
    figures = sum(token.kind in ("number", "clock", "day") for token in around)
    unknown = sum(token.kind == "word" and token.text not in _light() for token in around)
    return len(around) <= most and not figures and unknown <= 1


@cache
def _light() -> frozenset[str]:
    return word_set("harmless") | word_set("transparent")


def _spelt(tokens: Sequence[Token]) -> list[Token]:
    out: list[Token] = []
    for token in tokens:
        is_short = len(token.text) == 1 and (token.text != "n" or len(tokens) <= 2)  # A lone "n" is a no.
        written = lists("speech")["spellings"].get(token.text) if token.kind == "word" and not is_short else None
        words = written.split() if written else [token.text]
        out.extend(
            Token(token.kind, word, token.start, token.end, token.groups, token.value)
            if len(words) > 1 or written
            else token
            for word in words
        )
    return out


@cache
def _sayings(name: str) -> frozenset[str]:
    return frozenset(lists("answers")[name])


_NOW = frozenset(("now", "ahora", "ahorita", "ya"))
_NOT_YET = frozenset(("que", "cuando", "when", "once", "not", "no"))
_JUST_ONE = frozenset(("just me", "only me", "me", "myself", "just myself", "solo yo", "yo solo", "nada mas yo", "yo"))
_AMOUNTS = {
    "couple": 2,
    "both": 2,
    "pair": 2,
    "none": 0,
    "ninguno": 0,
    "nobody": 0,
    "nadie": 0,
    "par": 2,
    "ambos": 2,
    "single": 1,
    "alone": 1,
    "nothing": 0,
    "nada": 0,
    "zip": 0,
    "to": 2,
    "too": 2,
    "tree": 3,
    "solo": 1,
}
_THUMBS = {
    "\U0001f44d": "yes",
    "\u2705": "yes",
    "\U0001f44c": "yes",
    "\u2714": "yes",
    "\U0001f44e": "no",
    "\u274c": "no",
}

READERS: dict[str, Callable[[Sequence[Token], Asked], Value]] = {
    "time": read_time_answer,
    "date": read_date_answer,
    "duration": read_duration_answer,
    "number": read_number_answer,
    "phone": read_phone_answer,
    "choice": read_choice_answer,
    "choices": read_choices_answer,
}
KINDS = ("yes_no", *READERS)
