"""A text as tokens: words, figures (written or in words) and marks, each with its place in the text."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal

from bot.dialog.understanding.normalise import TRANSLATED
from bot.dialog.understanding.words import table
from flows.clock_times import ClockTime

Kind = Literal[
    "word", "number", "clock", "day", "mark", "date", "time", "range", "duration", "officers", "ten", "phone"
]

_TOKEN = re.compile(
    r"(?P<iso>\d{4}-\d{1,2}-\d{1,2}(?!\d))|(?P<day>\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}-\d{1,2}-\d{2,4})(?!\d)"
    r"|(?P<clock>\d{1,2}[:;]\d{2})(?!\d)|(?P<number>\d{1,3}(?:,\d{3})+(?!\d)|\d+\.\d+|\d+)"
    r"|(?P<word>(?:un-)?[a-z]+(?:'[a-z]+)*)|(?P<mark>[?!.,;:\"\u00bf@&+*-])",
    re.ASCII,
)

_HALF = re.compile(r"(?<![a-z'])([ap])[. ]{0,2}m\b(?!')\.?")
"""The halves of the day: "p.m.", "p m", as long as they were."""


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a text. `groups` are the figures of a number as they were said ("48", "21"); `text` is all of it.

    Slots that were found stand in the same list as one token each, with what they mean in `value`.
    """

    kind: Kind
    text: str
    start: int
    end: int
    groups: tuple[str, ...] = ()
    value: "date | ClockTime | tuple[ClockTime, ClockTime] | int | None" = None


def fold(text: str) -> str:
    """Lower case, no accents, plain quotes; as long as the text put into one form, so that places agree."""
    composed = unicodedata.normalize("NFKC", text).translate(TRANSLATED)
    low = composed.lower() if composed.isascii() else "".join(_folded(character) for character in composed)
    return _HALF.sub(lambda found: f"{found[1]}m".ljust(len(found[0])), low)


def tokens_of(folded: str, *, spoken: bool = False) -> list[Token]:
    """The tokens of a folded text. With `spoken`, "to" and "for" between figures are figures too."""
    return list(_numbers(_repeated(_joined(_raw(folded))), spoken=spoken))


def in_figures(text: str) -> str:
    """The text with every number that is written out in words in figures: "under eight hours" is "under 8 hours"."""
    written, end = "", 0
    for token in tokens_of(fold(text)):
        if token.kind == "number":
            written += text[end : token.start] + token.text
            end = token.end
    return written + text[end:]


def _folded(character: str) -> str:
    if character.isascii():
        return character.lower()
    figure = unicodedata.decimal(character, None)
    if figure is not None:
        return str(figure)
    low = unicodedata.normalize("NFD", character)[0].lower()
    return low if len(low) == 1 else " "


def _raw(folded: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(folded):
        kind, text = found.lastgroup or "mark", found[0]
        if kind == "word":
            yield Token("word", text.replace("'", "").replace("-", ""), found.start(), found.end())
        elif kind == "number":
            figures = text.replace(",", "")
            yield Token("number", figures, found.start(), found.end(), groups=(figures,))
        elif kind == "clock":
            yield Token("clock", text.replace(";", ":"), found.start(), found.end())
        elif kind == "mark":
            yield Token("mark", text, found.start(), found.end())
        else:
            yield Token("day", text, found.start(), found.end())


_TO_DAYS = {
    **dict.fromkeys(("morrow", "moro", "mrw", "mro", "morow", "morow"), "tomorrow"),
    "day": "today",
    "nite": "tonight",
    "night": "tonight",
}
"""What thumbs write behind a 2."""


def _joined(tokens: Iterator[Token]) -> list[Token]:
    """A glued "p" is "pm"; the pieces of a ten-code are one."""
    kept: list[Token] = []
    for token in tokens:
        last = kept[-1] if kept else None
        glued = last is not None and last.kind in ("number", "clock") and last.end == token.start
        if glued and last is not None and last.text == "2" and token.text in _TO_DAYS:
            kept[-1] = Token("word", _TO_DAYS[token.text], last.start, token.end)
            continue
        kept.append(replace(token, text=f"{token.text}m") if glued and token.text in ("a", "p") else token)
    return _ten_codes(kept)


_TENS = frozenset(("4", "13", "23", "24", "33", "41", "42", "74", "97", "98", "99"))


def _is_spoken_ten(kept: Sequence[Token], token: Token) -> bool:
    """ "ten 97", and "10 97" where a text begins with it: anywhere else these are two figures."""
    if token.kind != "number" or token.text not in _TENS or not kept:
        return False
    return kept[-1].text == "ten" or (len(kept) == 1 and kept[0].text == "10")


def _ten_codes(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        if _is_spoken_ten(kept, token):
            kept[-1:] = [Token("ten", f"10-{token.text}", kept[-1].start, token.end)]
            continue
        ten_code = (
            token.kind == "number"
            and len(token.text) <= 2
            and len(kept) > 1
            and kept[-1].text == "-"
            and kept[-2].text in ("10", "ten")
            and kept[-1].end == token.start
        )
        if ten_code:
            kept[-2:] = [Token("ten", f"10-{token.text}", kept[-2].start, token.end)]
        else:
            kept.append(token)
    return kept


# Figures in words


def _repeated(tokens: Sequence[Token]) -> list[Token]:
    """ "triple five" is said for "five five five"."""
    out: list[Token] = []
    for place, token in enumerate(tokens):
        times = _TIMES.get(token.text, 0) if token.kind == "word" else 0
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if times and following is not None and following.text in table("numbers")["units"]:
            out.extend([replace(following, start=token.start)] * (times - 1))
        else:
            out.append(token)
    return out


_TIMES = {"double": 2, "triple": 3, "doble": 2}


def _numbers(tokens: Sequence[Token], *, spoken: bool) -> Iterator[Token]:
    place = 0
    while place < len(tokens):
        led = spoken and _leads_figures(tokens, place)
        end = _run(tokens, place + led, spoken=spoken)
        if spoken and _is_preposition(tokens, place, end):
            yield replace(tokens[place], text="to" if tokens[place].text == "two" else "for")
            place += 1
        elif end > place + led:
            yield _number(tokens[place:end])
            place = end
        else:
            yield tokens[place]
            place += 1


def _leads_figures(tokens: Sequence[Token], place: int) -> bool:
    """By ear "detail for eight to one" is 4821: a "for" that makes four figures of three behind such a word."""
    before = tokens[place - 1].text if place else ""
    if tokens[place].text not in ("for", "to", "too") or before not in _CODE_NOUNS or place + 1 == len(tokens):
        return False
    end = _run(tokens, place + 1, spoken=True)
    return end > place + 1 and len(_number(tokens[place + 1 : end]).text) == _USUAL_CODE - 1


def _is_preposition(tokens: Sequence[Token], place: int, end: int) -> bool:
    """By ear "make it two forty eight twenty one" is "make it to 4821"."""
    before = tokens[place - 1].text if place else ""
    if tokens[place].text not in ("two", "four") or before not in _BEFORE_TO or end < place + 2:
        return False
    return len(_number(tokens[place:end]).text) == _USUAL_CODE + 1


_CODE_NOUNS = frozenset(("detail", "number", "code", "job"))
_BEFORE_TO = frozenset(
    ("it", "up", "in", "down", "go", "get", "back", "out", "me", "name", "make", "coming", "interested")
)
_USUAL_CODE = 4


def _run(tokens: Sequence[Token], place: int, *, spoken: bool) -> int:
    """Where the run of figures in words that begins here ends."""
    if not _is_figure(tokens[place]) or tokens[place].text in ("oh", *_multipliers()):
        starts_with_oh = tokens[place].text == "oh" and place + 1 < len(tokens) and _is_figure(tokens[place + 1])
        if not starts_with_oh:
            return place
    end = place + 1
    while end < len(tokens):
        joins = (_is_joint(tokens, end, spoken=spoken)) and end + 1 < len(tokens) and _is_figure(tokens[end + 1])
        if not (_is_figure(tokens[end]) or joins or (spoken and _sounds_like_unit(tokens, end))):
            break
        end += 1
    return end


def _sounds_like_unit(tokens: Sequence[Token], place: int) -> bool:
    """ "forty ate", "twenty won"."""
    known = table("numbers")
    return tokens[place].text in _UNITS_BY_EAR and tokens[place - 1].text in (*known["tens"], *known["units"])


_UNITS_BY_EAR = {"ate": 8, "won": 1}


def _is_figure(token: Token) -> bool:
    return token.kind == "word" and token.text in _figures()


def _is_joint(tokens: Sequence[Token], place: int, *, spoken: bool) -> bool:
    """ "forty-eight", "cuarenta y ocho", "eight hundred and two"; by ear also "four eight to one"."""
    token, before, after = (
        tokens[place],
        tokens[place - 1].text,
        tokens[place + 1].text if place + 1 < len(tokens) else "",
    )
    if token.text == "-":
        return token.start == tokens[place - 1].end and before in table("numbers")["tens"]
    if token.text == "y":
        return before in table("numbers")["tens"] and 1 <= table("numbers")["units"].get(after, 0) <= 9
    if token.text == "and":
        return before in _multipliers()
    units = table("numbers")["units"]
    return spoken and token.text in table("numbers")["misheard"] and before in units and after in units


def _number(run: Sequence[Token]) -> Token:
    words = [token.text for token in run if token.text not in ("-", "y", "and")]
    groups = tuple(_groups(words))
    if words[0] == "ten" and groups[1:] in (("4",), ("7",), ("8",), ("97",), ("98",)):
        return Token("ten", f"10-{groups[1]}", run[0].start, run[-1].end)
    return Token("number", "".join(groups), run[0].start, run[-1].end, groups=groups)


def _groups(words: Sequence[str]) -> Iterator[str]:
    """ "forty eight twenty one" is said as 48 and 21, "four thousand eight hundred" as one."""
    place = 0
    while place < len(words):
        value, place = _group(words, place)
        yield str(value)


def _group(words: Sequence[str], place: int) -> tuple[int, int]:
    value, place = _below_thousand(words, place)
    if place < len(words) and words[place] in table("numbers")["thousand"]:
        value, place = max(value, 1) * 1000, place + 1
        if place < len(words):
            rest, place = _below_thousand(words, place)
            value += rest
    return value, place


def _below_thousand(words: Sequence[str], place: int) -> tuple[int, int]:
    known = table("numbers")
    if words[place] in known["hundreds"]:
        value, place = known["hundreds"][words[place]], place + 1
    else:
        value, place = _below_hundred(words, place)
        if place == len(words) or words[place] not in known["hundred"]:
            return value, place
        value, place = value * 100, place + 1
    if place < len(words) and _figures().get(words[place], 100) < 100:
        rest, place = _below_hundred(words, place)
        value += rest
    return value, place


def _below_hundred(words: Sequence[str], place: int) -> tuple[int, int]:
    known, word = table("numbers"), words[place]
    if word in _multipliers():
        return 1, place
    if word in known["tens"]:
        following = words[place + 1] if place + 1 < len(words) else ""
        unit = known["units"].get(following, _UNITS_BY_EAR.get(following, 0))
        return known["tens"][word] + unit, place + (2 if unit else 1)
    return _figures().get(word, known["misheard"].get(word, 0)), place + 1


@cache
def _figures() -> dict[str, int]:
    known = table("numbers")
    said = {**known["units"], **known["teens"], **known["tens"], **known["hundreds"]}
    return {**said, **dict.fromkeys(_multipliers(), 1000)}


@cache
def _multipliers() -> frozenset[str]:
    known = table("numbers")
    return frozenset((*known["hundred"], *known["thousand"]))
