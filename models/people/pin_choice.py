"""Which PINs a person may choose, and drawing one for him: nothing that a colleague would try first."""

import secrets
from collections.abc import Iterable
from itertools import pairwise
from typing import Literal

Refusal = Literal["length", "repeats", "run", "year", "common", "own_badge", "own_phone"]
"""Why a PIN is not taken; the prompts of flows/pin.py say each."""

LEAST_DIGITS, MOST_DIGITS = 4, 8
DRAWN_DIGITS = 6

# Those that lists of leaked PINs begin with and that no other rule here refuses.
_COMMON = frozenset(("0852", "1004", "1122", "1342", "2580", "3344", "4455", "5683", "6969", "0911", "1357", "2468"))


def refusal(pin: str, badges: Iterable[str], numbers: Iterable[str]) -> Refusal | None:
    """Why `pin` is too easily guessed for who wears these badges and has these numbers; None when it will do."""
    if not (pin.isascii() and pin.isdecimal() and LEAST_DIGITS <= len(pin) <= MOST_DIGITS):
        return "length"
    guessed: dict[Refusal, bool] = {
        "repeats": _repeats(pin),
        "run": _runs(pin),
        "year": len(pin) == 4 and 1900 <= int(pin) <= 2099,
        "common": pin in _COMMON,
        "own_badge": any(_digits(badge) == pin.lstrip("0") for badge in badges),
        "own_phone": any(number.endswith(pin) for number in numbers),
    }
    return next((why for why, is_so in guessed.items() if is_so), None)


def draw(badges: Iterable[str], numbers: Iterable[str]) -> str:
    """A PIN by lot that would not be refused."""
    badges, numbers = tuple(badges), tuple(numbers)
    while True:
        pin = "".join(secrets.choice("0123456789") for _ in range(DRAWN_DIGITS))
        if refusal(pin, badges, numbers) is None:
            return pin


def _repeats(pin: str) -> bool:
    """One figure throughout, or one group of figures again and again: 0000, 1212, 123123."""
    return any(len(pin) % size == 0 and pin == pin[:size] * (len(pin) // size) for size in range(1, len(pin) // 2 + 1))


def _runs(pin: str) -> bool:
    """Up or down by one throughout, also over the edge: 1234, 7890, 4321, 3210."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({1}, {9})


def _digits(badge: str) -> str:
    return "".join(character for character in badge if character.isdecimal()).lstrip("0")
