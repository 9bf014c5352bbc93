"""Slips of the thumb: the one known word that a wrong one is nearest to, or none."""

from collections.abc import Iterable
from functools import lru_cache

from bot.dialog.understanding.phrases import keywords, known_words

SHORTEST = 4
"""Shorter words have too many neighbours: their usual slips are listed, never guessed."""


@lru_cache(maxsize=20_000)
def corrected(word: str) -> str:
    """The word of a command that `word` is a slip of; itself when it is a word we know, or near none or two."""
    if len(word) < SHORTEST or len(word) > 16 or word in known_words():
        return word
    return nearest(word, keywords()) or word


def nearest(word: str, among: Iterable[str]) -> str:
    """The nearest of them within reach of a slip; empty when none is, or two are equally near."""
    # Forms of verbs are alike at their ends: "comiendo" is no slip of "comenzando".
    reach = 2 if len(word) >= 8 and not word.endswith(("ando", "iendo", "ing")) else 1
    best, found, tied = reach + 1, "", False
    for other in among:
        if len(other) < SHORTEST or abs(len(other) - len(word)) > reach or not _same_start(word, other):
            continue
        apart = distance(word, other, best + 1)
        if apart < best:
            best, found, tied = apart, other, False
        elif apart == best <= reach:
            if sorted(word) == sorted(found):
                continue  # Letters that only changed places are the likelier slip: "waht" is "what", not "wait".
            found, tied = (other, False) if sorted(word) == sorted(other) else (found, True)
    return "" if tied else found


def _same_start(word: str, other: str) -> bool:
    return word[0] == other[0] or word[:2] == other[1::-1]


def distance(one: str, other: str, enough: int = 99) -> int:
    """Insertions, deletions, substitutions and swapped neighbours between two words; stops counting at `enough`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [place] + [0] * len(other)
        for column, against in enumerate(other, start=1):
            cost = before[column - 1] + (letter != against)
            row[column] = min(cost, before[column] + 1, row[column - 1] + 1)
            if place > 1 and column > 1 and letter == other[column - 2] and one[place - 2] == against:
                row[column] = min(row[column], earlier[column - 2] + 1)
        if min(row) >= enough and min(before) >= enough:
            return enough
    return row[-1]
