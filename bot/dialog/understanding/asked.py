"""An answer to a question of a known kind, in whatever words: a yes, a time, a date, a number, a choice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

import phonenumbers

from bot.dialog.understanding.clock import Clock
from bot.dialog.understanding.corrections import last_said
from bot.dialog.understanding.moments import figure_at, read_date, read_duration, read_time, word_at
from bot.dialog.understanding.normalise import plain
from bot.dialog.understanding.spelling import distance
from bot.dialog.understanding.tokens import Token, fold, tokens_of
from bot.dialog.understanding.words import lists, table, word_set

Value = str | int | None
_LONGEST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: its kind, the clock it is read against, and the options of a choice."""

    kind: str
    clock: Clock
    options: tuple[str, ...] = ()
    spoken: bool = False


def read_asked(text: str, asked: Asked) -> Value:
    """ "yes" or "no", HH:MM, YYYY-MM-DD, minutes, a number, E.164, or an option's number; None when it is none."""
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
    for value in ("no", "yes"):
        if said in _sayings(f"{value}_whole"):
            return value
    return _leading(words)


def _leading(words: Sequence[str]) -> str | None:
    """The first words decide, unless the rest says the other."""
    for size in (4, 3, 2, 1):
        first = " ".join(words[:size])
        for value, other in (("no", "yes"), ("yes", "no")):
            if len(words) >= size and first in _sayings(value):
                rest = words[size:]
                return None if _contradicts(rest, other) or len(rest) > 8 else value
    return None


def _contradicts(rest: Sequence[str], other: str) -> bool:
    doubtful = {"but", "if", "maybe", "pero", "tal", "unless", "or", "quizas", "what", "why", "how"}
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
        if token.kind == "number" and "." in token.text and len(token.text.split(".")[1]) == 2:
            return read_time_answer(tokens_of(token.text.replace(".", ":")), asked)
    return None


def _counted_from_now(tokens: Sequence[Token], clock: Clock) -> str | None:
    """ "now", "in two hours", "half an hour ago", "hace 20 minutos": by a running watch."""
    words = {token.text for token in tokens if token.kind == "word"}
    if words & _NOW and not any(token.kind in ("number", "clock") for token in tokens):
        return f"{clock.now:%H:%M}"
    sign = -1 if words & {"ago", "hace"} else 1 if words & {"in", "en", "dentro", "from"} else 0
    for place in range(len(tokens)):
        found = read_duration(tokens, place) if sign else None
        if found:
            return f"{clock.after(sign * timedelta(minutes=found[0])):%H:%M}"
    return None


def read_date_answer(tokens: Sequence[Token], asked: Asked) -> Value:
    """YYYY-MM-DD; None when two different days are named."""
    days = []
    place = 0
    while place < len(tokens):
        found = (
            None if tokens[place].kind == "mark" else read_date(tokens, place, asked.clock, asked=_may_be_day(tokens))
        )
        if found:
            days.append(found[0])
        place = found[1] if found else place + 1
    return days[0].isoformat() if len(set(days)) == 1 else None


def _may_be_day(tokens: Sequence[Token]) -> bool:
    """A bare figure is a day of the month when no more than an article stands beside it."""
    return len(tokens) <= 4 and not any(token.kind == "clock" or token.text in ("/", "hours") for token in tokens)


def read_duration_answer(tokens: Sequence[Token], asked: Asked) -> Value:
    """Minutes. A bare figure is hours up to sixteen, minutes above; "1:30" is an hour and a half."""
    for place in range(len(tokens)):
        found = read_duration(tokens, place)
        if found:
            return found[0]
    figures = [token for token in tokens if token.kind in ("number", "clock")]
    if len(figures) != 1 or not _rest_is_light(tokens, tokens.index(figures[0]), tokens.index(figures[0]) + 1):
        return None
    if figures[0].kind == "clock":
        hours, minutes = figures[0].text.split(":")
        return int(hours) * 60 + int(minutes)
    amount = float(figures[0].text) if len(figures[0].text) <= 6 and len(figures[0].groups) == 1 else 0
    if not 0 < amount <= 1440:
        return None
    return round(amount * 60) if amount <= 16 else round(amount)


def read_number_answer(tokens: Sequence[Token], asked: Asked) -> Value:
    """A whole number; None when two are said, or one with a fraction."""
    words = [token.text for token in tokens if token.kind == "word"]
    if "dozen" in words or "docena" in words:
        counted = [int(token.text) for token in tokens if token.kind == "number" and token.text.isdecimal()]
        return 6 if words[0] in ("half", "media") else 12 * (counted[0] if counted else 1)
    figures = [token for token in tokens if token.kind == "number"]
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
    """The number of the option: by its number, its place, or its words, if they are those of no other."""
    words = [token.text for token in tokens if token.kind != "mark"]
    by_words = _by_words(words, asked.options)
    if by_words:
        return by_words
    picked = {place for place in _places(tokens, len(asked.options)) if place is not None}
    stray = [word for word in words if len(word) > 3 and not word.isdigit() and word not in _choice_words()]
    if len(picked) != 1 or len(stray) > 1 or {"or", "not", "nor", "o", "neither"} & set(words):
        return None
    place = picked.pop()
    return place if 1 <= place <= len(asked.options) else None


def _places(tokens: Sequence[Token], count: int) -> list[int | None]:
    ordinals = table("calendar")["ordinals"]
    found: list[int | None] = []
    for place, token in enumerate(tokens):
        word = word_at(tokens, place)
        before = word_at(tokens, place - 1)
        if word in ("last", "ultimo", "ultima"):
            found.append(count)
        elif word in ordinals:
            found.append(ordinals[word])
        elif len(word) == 1 and word in "abcdefgh" and len(tokens) <= 2 and word != "a":
            found.append("abcdefgh".index(word) + 1)
        elif token.kind == "number" and not (token.text == "1" and before and _names_other(tokens, place)):
            found.append(figure_at(tokens, place))
    return found


def _names_other(tokens: Sequence[Token], place: int) -> bool:
    """In "the second one" the one is no number."""
    return word_at(tokens, place - 1) in (
        *table("calendar")["ordinals"],
        "last",
        "ultimo",
        "ultima",
        "this",
        "that",
        "st",
        "nd",
        "rd",
        "th",
    )


def _by_words(words: Sequence[str], options: Sequence[str]) -> int | None:
    said = [word for word in words if word not in _choice_words()]
    if not said:
        return None
    scores = [
        _score(said, [token.text for token in tokens_of(fold(option)) if token.kind != "mark"]) for option in options
    ]
    best = max(scores, default=0.0)
    return scores.index(best) + 1 if best >= 0.6 and scores.count(best) == 1 else None


def _score(said: Sequence[str], option: Sequence[str]) -> float:
    """How much of what was said is of this option, and how much of its weighty words was said."""
    weighty = [word for word in option if word not in _choice_words()] or list(option)
    hit = sum(any(_alike(word, other) for other in weighty) for word in said)
    return hit / max(len(said), 1) if hit else 0.0


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    return len(one) >= 4 and len(other) >= 4 and distance(one, other, 2) <= 1


@cache
def _choice_words() -> frozenset[str]:
    return word_set("choice_fillers") | frozenset(table("calendar")["ordinals"])


def _rest_is_light(tokens: Sequence[Token], start: int, end: int, most: int = 8) -> bool:
    """What stands around an answer weighs nothing, or little."""
    around = [token for place, token in enumerate(tokens) if not start <= place < end and token.kind != "mark"]
    figures = sum(token.kind in ("number", "clock", "day") for token in around)
    unknown = sum(token.kind == "word" and token.text not in word_set("harmless") for token in around)
    return len(around) <= most and not figures and unknown <= 1


def _spelt(tokens: Sequence[Token]) -> list[Token]:
    out: list[Token] = []
    for token in tokens:
        written = lists("speech")["spellings"].get(token.text) if token.kind == "word" and len(token.text) > 1 else None
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
_AMOUNTS = {
    "couple": 2,
    "both": 2,
    "pair": 2,
    "none": 0,
    "ninguno": 0,
    "nobody": 0,
    "par": 2,
    "ambos": 2,
    "single": 1,
    "alone": 1,
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
}
KINDS = ("yes_no", *READERS)
