"""
Codes of openings: digits with a check digit, so that one wrong digit or two neighbours swapped never hit another
code. The check digit is H. M. Damm's (Total anti-symmetrische Quasigruppen, Marburg 2004).
"""

from math import gcd

_SQUARE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
LEAST_DIGITS = 4
MOST_DIGITS = 6


def with_check_digit(number: int) -> str:
    """The digits of a number, 1 or more, with the check digit behind them."""
    if number < 1:
        raise ValueError("a code is made of a number from 1")
    return f"{number}{_damm(str(number))}"


def is_code(text: str) -> bool:
    """Whether the text is four to six ASCII digits, the last of which checks; a code never begins with 0."""
    has_form = LEAST_DIGITS <= len(text) <= MOST_DIGITS and text.isascii() and text.isdigit() and text[0] != "0"
    return has_form and _damm(text) == 0


def _damm(digits: str) -> int:
    check = 0
    for digit in digits:
        check = _SQUARE[check][int(digit)]
    return check


def capacity(digits: int) -> int:
    """How many codes of so many digits there are."""
    return int(9 * 10 ** (digits - 2))


def spread_code(position: int, digits: int = LEAST_DIGITS) -> str:
    """
    The code at a position, from 0, of a fixed sequence that visits every code of that length once, with
    neighbours far apart, so that two details made one after the other are not mixed up. It repeats after all.
    """
    codes = capacity(digits)
    step = int(codes * 0.618)
    while gcd(step, codes) != 1:
        step += 1
    return with_check_digit(10 ** (digits - 2) + (position * step + codes // 3) % codes)


def digits_needed(live: int) -> int:
    """How long new codes should be with so many in use: at most half of a length is used before it grows."""
    return next((digits for digits in range(LEAST_DIGITS, MOST_DIGITS) if live < capacity(digits) // 2), MOST_DIGITS)
