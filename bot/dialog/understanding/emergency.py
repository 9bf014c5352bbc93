"""Calls for help: heard anywhere in a text, in either language, before anything else."""

from collections.abc import Sequence
from functools import cache, lru_cache

from bot.dialog.understanding.phrases import known_words
from bot.dialog.understanding.spelling import SHORTEST, nearest
from bot.dialog.understanding.words import emergency_words


def is_call_for_help(heard: str, bare: str) -> bool:
    """Whether a text calls for help, also misspelt. `heard` as `normalise` leaves it, `bare` as `plain` does.

    What only borrows the word ("family emergency", "salida de emergencia") is taken out before it is searched.
    """
    if bare in emergency_words().alone:
        return True
    padded = f" {bare.replace(':', ' ')} "
    for phrase in _borrowed():
        padded = padded.replace(f" {phrase} ", " ")
    said = padded.split()
    if _holds_a_call(said) or len(said) > _LONGEST:
        return _holds_a_call(said)
    mended = [_mended(word) for word in said]
    return mended != said and _holds_a_call(mended)


_LONGEST = 400
"""Words: what is longer is no text that somebody mistyped in danger."""


def _holds_a_call(said: Sequence[str]) -> bool:
    padded = f" {' '.join(said)} "
    return any(f" {phrase} " in padded for word in set(said) for phrase in _by_first_word().get(word, ()))


@lru_cache(maxsize=20_000)
def _mended(word: str) -> str:
    """A word of a call for help that this is a slip of; itself when it is a word we know."""
    low = word.lower()
    if len(low) < SHORTEST or not low.isalpha() or low in known_words() or low in _vocabulary():
        return word
    return (nearest(low, _vocabulary()) or low).upper()


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset(word.lower() for phrase in emergency_words().anywhere for word in phrase.split() if word.isalpha())


@cache
def _by_first_word() -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = {}
    for phrase in emergency_words().anywhere:
        index.setdefault(phrase.split()[0], []).append(phrase)
    return {word: tuple(phrases) for word, phrases in index.items()}


@cache
def _borrowed() -> tuple[str, ...]:
    return tuple(sorted(emergency_words().borrowed, key=len, reverse=True))
