"""Codes of openings: one wrong digit, or two neighbours swapped, never hits another code."""

from itertools import pairwise

import pytest

from models.rules.codes import capacity, digits_needed, is_code, spread_code, with_check_digit

FOUR = [spread_code(position) for position in range(capacity(4))]


def test_every_code_of_a_length_is_visited_once() -> None:
    assert len(set(FOUR)) == 900
    assert all(is_code(code) and len(code) == 4 for code in FOUR)
    five = {spread_code(position, 5) for position in range(capacity(5))}
    assert len(five) == 9000
    assert all(is_code(code) for code in five)


def test_one_wrong_digit_is_never_a_code() -> None:
    for code in FOUR:
        for place in range(4):
            wrong = {code[:place] + digit + code[place + 1 :] for digit in "0123456789"} - {code}
            assert not any(is_code(each) for each in wrong)


def test_two_neighbouring_digits_swapped_are_never_a_code() -> None:
    for code in FOUR:
        for place in range(3):
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            assert swapped == code or not is_code(swapped)


def test_the_published_example_checks() -> None:
    assert with_check_digit(572) == "5724"


@pytest.mark.parametrize("text", ["", "572", "05724", "57a4", "٥٧٢٤", "5723", " 5724", "5724\n", "57240000"])
def test_what_is_no_code(text: str) -> None:
    assert not is_code(text)


def test_codes_grow_with_need() -> None:
    assert [digits_needed(live) for live in (0, 449, 450, 4499, 4500, 10**6)] == [4, 4, 5, 5, 6, 6]


def test_details_made_one_after_the_other_have_codes_that_are_far_apart() -> None:
    neighbours = pairwise(FOUR)
    assert min(abs(int(one) - int(other)) for one, other in neighbours) > 1000
