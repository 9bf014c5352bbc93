"""Which option of a list is meant: by its number, its place, its words, its day or its time of day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache

from bot.dialog.understanding.clock import Clock
from bot.dialog.understanding.days import read_date
from bot.dialog.understanding.moments import figure_at, read_time, word_at
from bot.dialog.understanding.spelling import distance
from bot.dialog.understanding.tokens import Token, fold, tokens_of
from bot.dialog.understanding.words import table, word_set

_ENOUGH = 0.5
"""What share of what was said must belong to the option."""
_REFUSED = frozenset(("or", "not", "nor", "o", "neither", "but", "both", "ni", "except", "ambos"))
_LAST = frozenset(("last", "ultimo", "ultima", "bottom", "final"))
_PARTS = {
    "morning": range(4, 12),
    "am": range(12),
    "madrugada": range(7),
    "afternoon": range(12, 18),
    "tarde": range(12, 19),
    "pm": range(12, 24),
    "evening": range(16, 24),
    "night": range(17, 24),
    "noche": range(17, 24),
}
"""The hours at which a detail of the morning, the evening … begins."""


@dataclass(frozen=True, slots=True)
class Features:
    """What can be told of an option or of an answer: its words, its days, and the hours that are or may be meant."""

    words: tuple[str, ...]
    days: frozenset[date]
    times: tuple[frozenset[time], ...]
    parts: tuple[range, ...] = ()

    @property
    def weight(self) -> int:
        """How many things were said."""
        return len(self.words) + len(self.days) + len(self.times) + len(self.parts)


def chosen_option(tokens: Sequence[Token], options: Sequence[str], clock: Clock) -> int | None:
    """The number of the option that the answer fits, if it fits no other; None when it fits none, or several."""
    words = {token.text for token in tokens if token.kind != "mark"}
    if words & _REFUSED:
        return None
    described = _described(tokens, options, clock)
    if described is not None:
        return described
    return _counted(tokens, len(options))


def chosen_options(tokens: Sequence[Token], options: Sequence[str], clock: Clock) -> list[int] | None:
    """The numbers of all options that the answer names, in the order said ("1 and 3", "the first two", "all of em",
    "both saturdays"); None when a part of it fits none, or several."""
    left_out = next((place for place, token in enumerate(tokens) if token.text in _LEFT_OUT), None)
    if left_out and tokens[0].text in _ALL:
        refused = chosen_options(tokens[left_out + 1 :], options, clock)
        return [place for place in range(1, len(options) + 1) if place not in refused] or None if refused else None
    if {token.text for token in tokens} & (_REFUSED - _BOTH):
        return None
    counted = _all_or_ends(tokens, options, clock)
    if counted is not None:
        return counted or None
    picked = [chosen_option(part, options, clock) for part in _parts(tokens)]
    if not picked or None in picked:
        picked = [chosen_option(tokens, options, clock)]
    return list(dict.fromkeys(one for one in picked if one is not None)) or None


def _all_or_ends(tokens: Sequence[Token], options: Sequence[str], clock: Clock) -> list[int] | None:
    """All of them, so many from the top or the bottom, or all that fit; none at all where the count is not right."""
    words = [token.text for token in tokens if token.kind != "mark"]
    counts = [token for token in tokens if token.kind == "number" and token.text.isdecimal()]
    many = [int(token.text) for token in counts if token.end - token.start > 1]
    many += [int(token.text) for token in counts if _stands_by_an_end(tokens, token)]
    every, count = list(range(1, len(options) + 1)), many[0] if many and 1 < many[0] <= len(options) else 0
    if count and len(set(many)) == 1 and _ENDS & set(words):
        return every[:count] if set(words) & _FIRST else every[-count:]
    is_all = set(words) & _ALL or (count == len(options) and set(words) <= _ARTICLES | {str(count)})
    if set(words) & _SET_PHRASE or not is_all:
        return None
    if many and not count:
        return []  # "all four" of three.
    fitting = _fitting([token for token in tokens if token.text not in _ALL and token.kind != "number"], options, clock)
    expected = count or (2 if set(words) & _BOTH else len(fitting))
    return fitting if len(fitting) == expected else []


def _stands_by_an_end(tokens: Sequence[Token], figure: Token) -> bool:
    place = tokens.index(figure)
    return bool({word_at(tokens, place - 1), word_at(tokens, place + 1)} & _ENDS)


def _fitting(tokens: Sequence[Token], options: Sequence[str], clock: Clock) -> list[int]:
    """The options that what is told fits wholly; all where nothing is told."""
    said = features_of(tokens, clock)
    scores = [_score(said, features_of(tokens_of(fold(option)), clock)) if said.weight else 1.0 for option in options]
    return [place for place, score in enumerate(scores, start=1) if score == 1.0]


def _parts(tokens: Sequence[Token]) -> list[list[Token]]:
    """What stands between the joints, where anything does."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        in_row = token.kind == "number" and bool(parts[-1]) and parts[-1][-1].kind == "number"
        if token.text in _JOINTS or in_row:
            parts.append([] if token.text in _JOINTS else [token])
        else:
            parts[-1].append(token)
    return [part for part in parts if any(token.kind != "mark" for token in part)]


_JOINTS = frozenset(("and", "y", "e", "then", "luego", "plus", "also", "tambien", "&", "+", ",", ";"))
_ALL = frozenset(("all", "every", "everything", "each", "todos", "todas", "todo", "both", "ambos", "ambas"))
_LEFT_OUT = frozenset(("but", "except", "accept", "menos", "excepto"))
_SET_PHRASE = frozenset(("thats", "that", "set", "good", "done", "bien", "eso", "es", "at", "no"))
"""In "thats all", "all set" and "not at all" nothing is chosen."""
_BOTH = frozenset(("both", "ambos", "ambas"))
_FIRST = frozenset(("first", "top", "primeros", "primeras"))
_ENDS = _FIRST | {"last", "bottom", "ultimos", "ultimas"}
_ARTICLES = frozenset(("the", "los", "las"))


def _described(tokens: Sequence[Token], options: Sequence[str], clock: Clock) -> int | None:
    said = features_of(tokens, clock)
    if not said.weight:
        return None
    scores = [_score(said, features_of(tokens_of(fold(option)), clock)) for option in options]
    best = max(scores, default=0.0)
    return scores.index(best) + 1 if best >= _ENOUGH and scores.count(best) == 1 else None


def features_of(tokens: Sequence[Token], clock: Clock) -> Features:
    """The words, days and times of day in the tokens; a figure that is neither is a word."""
    words: list[str] = []
    days: set[date] = set()
    times: list[frozenset[time]] = []
    parts: list[range] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        day = read_date(tokens, place, clock) if token.kind != "mark" else None
        hour = None if day or token.kind == "mark" or _is_ordinal(tokens, place) else _hour(tokens, place)
        if day:
            days.add(day[0])
        elif hour:
            times.append(frozenset(hour[0]))
        elif token.kind == "word" and token.text in _PARTS:
            parts.append(_PARTS[token.text])
        elif token.kind != "mark" and token.text not in _fillers():
            words.append(token.text)
        place = day[1] if day else hour[1] if hour else place + 1
    return Features(tuple(words), frozenset(days), tuple(times), tuple(parts))


def _hour(tokens: Sequence[Token], place: int) -> tuple[tuple[time, ...], int] | None:
    found = read_time(tokens, place)
    return (found[0].readings(), found[1]) if found else None


def _is_ordinal(tokens: Sequence[Token], place: int) -> bool:
    return word_at(tokens, place) in table("calendar")["ordinals"]


def _score(said: Features, option: Features) -> float:
    """The share of what was said that is of this option; nothing where a day or a time is another one's."""
    starts = {reading for readings in option.times[:1] for reading in readings}
    if said.days and not said.days <= option.days:
        return 0.0
    if any(not readings & starts for readings in said.times):
        return 0.0
    if any(not any(start.hour in part for start in starts) for part in said.parts):
        return 0.0
    hit = sum(any(alike(word, other) for other in option.words) for word in said.words)
    return (hit + len(said.days) + len(said.times) + len(said.parts)) / said.weight


def alike(one: str, other: str) -> bool:
    """Whether two words are one, give or take a slip and an ending ("traffic", "trafic"; "saturdays")."""
    if one == other:
        return True
    if len(one) < 4 or len(other) < 4:
        return False
    return distance(one, other, 2) <= 1 or (len(one) >= 5 and len(other) >= 4 and _shares_stem(one, other))


def _shares_stem(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) and len(longer) - len(shorter) <= 5


# By number and place


def _counted(tokens: Sequence[Token], count: int) -> int | None:
    words = [token.text for token in tokens if token.kind != "mark"]
    picked = {place for place in _places(tokens, count) if place is not None}
    stray = [word for word in words if len(word) > 3 and not word.isdigit() and word not in _fillers()]
    if len(picked) != 1 or len(stray) > 1:
        return None
    place = picked.pop()
    return place if 1 <= place <= count else None


def _places(tokens: Sequence[Token], count: int) -> list[int | None]:
    ordinals = table("calendar")["ordinals"]
    if " ".join(word_at(tokens, place) for place in range(len(tokens))).startswith(("second to last", "next to last")):
        return [count - 1]
    found: list[int | None] = []
    for place, token in enumerate(tokens):
        word = word_at(tokens, place)
        if word in _LAST:
            found.append(count)
        elif word in ("middle", "medio") and count % 2:
            found.append((count + 1) // 2)
        elif word == "top":
            found.append(1)
        elif word in ordinals:
            found.append(ordinals[word])
        elif len(word) == 1 and word in "abcdefgh" and (len(tokens) == 1 or (len(tokens) == 2 and word != "a")):
            found.append("abcdefgh".index(word) + 1)
        elif token.kind == "number" and not _is_pronoun(tokens, place):
            found.append(figure_at(tokens, place))
    return found


def _is_pronoun(tokens: Sequence[Token], place: int) -> bool:
    """In "the second one" and "the one on sunday" the one is no number."""
    token = tokens[place]
    spelt = token.text == "1" and token.end - token.start > 1
    before = word_at(tokens, place - 1)
    return spelt and before not in ("", "number", "option", "choice", "numero", "opcion", "el", "la", "with", "pick")


@cache
def _fillers() -> frozenset[str]:
    return word_set("choice_fillers") | frozenset(table("calendar")["ordinals"]) | _LAST | {"top", "middle", "1"}
