"""The phrases of every command, in both languages, and where they stand in a text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from bot.dialog.understanding.words import lists, table, word_set

Sort = Literal["alone", "coded", "numbered", "timed", "dated", "sure", "near"]
SORTS: tuple[Sort, ...] = ("alone", "coded", "numbered", "timed", "dated", "sure", "near")
LANGUAGES = ("en", "es")

_ELEMENT = re.compile(r"\(([^)]*)\)|\[([^\]]*)\]|(\S+)")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a command: for each of its elements the ways to say it, one of which may be to say nothing.

    One of the words of `needs`, where there are any, stands in every text that holds the phrase: a quick look at them
    spares most of the search.
    """

    command: str
    sort: Sort
    elements: tuple[frozenset[Words], ...]
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: the words from `start` to `end` are it."""

    phrase: Phrase
    start: int
    end: int

    @property
    def length(self) -> int:
        """How many words it covers."""
        return self.end - self.start


def matches(words: Sequence[str]) -> Iterator[Match]:
    """Every phrase that stands in the words, at its longest, place by place."""
    index, said = _by_first_word(), frozenset(words)
    for start, word in enumerate(words):
        named = index.get(NAME, ()) if word not in index and is_name(word) else ()
        for phrase in (*index.get(word, ()), *named):
            end = start if phrase.needs and phrase.needs.isdisjoint(said) else _end(phrase, words, start)
            if end > start:
                yield Match(phrase, start, end)


def _end(phrase: Phrase, words: Sequence[str], start: int) -> int:
    places = {start}
    for element in phrase.elements:
        reached = {_after(words, place, said, start) for place in places for said in element}
        places = {place for place in reached if place >= 0}
        if not places:
            return -1
    return max(places)


def _after(words: Sequence[str], place: int, said: Words, start: int) -> int:
    for expected in said:
        if place > start and place < len(words) and words[place] != expected and _is_code(words[place]):
            place += 1
        if place >= len(words) or not (words[place] == expected or (expected == NAME and is_name(words[place]))):
            return -1
        place += 1
    return place


NAME = "<name>"
"""In a phrase: somebody's name or badge, which is any word that means nothing else to us."""


def is_name(word: str) -> bool:
    """Whether a word may be somebody's name or badge: it means nothing else to us."""
    return (word.isalpha() and len(word) > 2 and word not in known_words()) or _is_code(word)


def _is_code(word: str) -> bool:
    """A code may stand between the words of a phrase: "give 4821 back"."""
    return 3 <= len(word) <= 6 and word.isdecimal()


def spelled(words: Sequence[str]) -> list[str]:
    """Short forms written out, contractions in one form, and what weighs nothing left out."""
    out = [part for word in words for part in _spelling(word)]
    return [word for word in contracted(out) if word not in word_set("transparent")]


def contracted(words: Sequence[str]) -> list[str]:
    """ "do not" is "dont", "i will not be able to" is "wont able to", each in the one form that phrases are kept in."""
    joined = list(words)
    place = 0
    while place < len(joined):
        for length in (4, 3, 2):
            short = (
                _contractions().get(" ".join(joined[place : place + length])) if place + length <= len(joined) else None
            )
            if short is not None and short != joined[place : place + length]:
                joined[place : place + length] = short
                place = max(place - 2, -1)
                break
        place += 1
    return joined


@cache
def keywords() -> frozenset[str]:
    """Every word that stands in a phrase of a command."""
    return frozenset(word for phrase in phrases() if phrase.command != "nothing" for word in _words_in(phrase))


def _words_in(phrase: Phrase) -> Iterator[str]:
    return (word for element in phrase.elements for said in element for word in said)


@cache
def known_words() -> frozenset[str]:
    """Every word that is one as it stands."""
    speech = (
        "transparent",
        "harmless",
        "reasons",
        "negators",
        "questions",
        "doubts",
        "others",
        "not_slips",
        "courtesies",
        "streets",
    )
    corrections = (word for name in ("corrections", "soft_corrections", "retractions") for word in word_set(name))
    said_again = {part for words in corrections for part in words.split()}
    calendar = (
        word for name in ("weekdays", "months", "days", "half", "noon", "ordinals") for word in table("calendar")[name]
    )
    return frozenset(word for phrase in phrases() for word in _words_in(phrase)).union(
        said_again, calendar, _OF_TIME, *(word_set(name) for name in (*speech, "past", "subjects", "officers"))
    )


_OF_TIME = frozenset(("cuarto", "media", "menos", "rato", "hora", "horas", "minuto", "minutos", "hour", "minute"))


@cache
def phrases() -> tuple[Phrase, ...]:
    """All of them, of all commands and both languages."""
    return tuple(
        _phrase(command, sort, tuple(_elements(text)))
        for language in LANGUAGES
        for name in ("commands", "working")
        for command, sorts in lists(f"{name}.{language}").items()
        for sort in SORTS
        for text in sorts.get(sort, ())
    )


def _phrase(command: str, sort: Sort, elements: tuple[frozenset[Words], ...]) -> Phrase:
    """The first element is what phrases are looked up by, so another says more about whether one can be there."""
    last = [frozenset(said[-1] for said in element) for element in elements[1:] if () not in element]
    return Phrase(command, sort, elements, min((one for one in last if NAME not in one), key=len, default=frozenset()))


def _elements(text: str) -> Iterator[frozenset[Words]]:
    for found in _ELEMENT.finditer(_plain_runs(text.replace('"', ""))):
        choices = (found[1] or found[2] or found[3]).split("|")
        said = {tuple(spelled(choice.split())) for choice in choices} - {()}
        if said:
            yield frozenset(said | {()}) if found[2] else frozenset(said)


def _plain_runs(text: str) -> str:
    """Words that stand side by side outside of brackets become one element, so that they are contracted together."""
    return re.sub(r"(?:^|(?<=[)\]]))([^()\[\]]+)", lambda run: f" ({run[1].strip()}) " if run[1].strip() else " ", text)


@cache
def _by_first_word() -> dict[str, tuple[Phrase, ...]]:
    index: dict[str, list[Phrase]] = {}
    for phrase in phrases():
        for word in _first_words(phrase):
            index.setdefault(word, []).append(phrase)
    return {word: tuple(found) for word, found in index.items()}


def _first_words(phrase: Phrase) -> set[str]:
    first: set[str] = set()
    for element in phrase.elements:
        first |= {said[0] for said in element if said}
        if () not in element:
            break
    return first


@cache
def _spelling(word: str) -> tuple[str, ...]:
    return tuple(lists("speech")["spellings"].get(word, word).split())


@cache
def _contractions() -> dict[str, list[str]]:
    return {long: short.split() for long, short in lists("speech")["contractions"].items()}
