"""Words that end a call, in either language."""

from functools import cache

from bot.dialog.understanding.normalise import normalise, plain
from bot.dialog.understanding.words import word_set


def is_goodbye(text: str) -> bool:
    """Whether somebody takes his leave and says nothing else."""
    words = plain(normalise(text)).lower().split()
    return bool(set(words) & _leaving()) and all(word in _leaving() | word_set("courtesies") for word in words)


@cache
def _leaving() -> frozenset[str]:
    return word_set("leaving")
