"""Calls for help: heard anywhere in a text, in either language, before anything else."""

from functools import cache

from bot.dialog.understanding.words import emergency_words


def is_call_for_help(heard: str, bare: str) -> bool:
    """Whether a text calls for help. `heard` as `normalise` leaves it, `bare` as `plain` does.

    What only borrows the word ("family emergency", "salida de emergencia") is taken out before it is searched.
    """
    words = emergency_words()
    if bare in words.alone:
        return True
    padded = f" {bare.replace(':', ' ')} "
    for phrase in _borrowed():
        padded = padded.replace(f" {phrase} ", " ")
    return any(f" {phrase} " in padded for phrase in words.anywhere)


@cache
def _borrowed() -> tuple[str, ...]:
    return tuple(sorted(emergency_words().borrowed, key=len, reverse=True))
