"""Segments are counted as carriers bill them (GSM 03.38)."""

import pytest

from models.line.segments import encoding_of, segments


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 0),
        ("IN", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "[" + "a" * 151, 2),
        ("a" * 152 + "[" + "a" * 152, 3),
        ("\u2019" + "a" * 69, 1),
        ("\u2019" + "a" * 70, 2),
        ("\u2019" * 134, 2),
        ("\u2019" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("😀" * 66, 2),
        ("😀" * 67, 3),
    ],
)
def test_segments_are_counted_by_the_units_that_fit(text, parts):
    assert segments(text) == parts


@pytest.mark.parametrize("text", ["Drop it? ¿Sí? ¡No!", "Señor Müller: £5", "[A] {B} ~ ^ | \\ €", "two\nlines"])
def test_what_the_gsm_alphabet_holds_stays_cheap(text):
    expected = "UCS-2" if "í" in text else "GSM-7"
    assert encoding_of(text) == expected


@pytest.mark.parametrize("character", ["\u2019", "\u201c", "\u2013", "\u00a0", "…", "`", "á", "ñ́", "😀"])
def test_one_foreign_character_doubles_the_bill(character):
    assert encoding_of("Your detail" + character) == "UCS-2"


def test_every_character_of_an_emoji_costs_two_and_is_never_torn():
    # 66 plain units leave one free in the first part of 67, which an emoji of two cannot take.
    assert segments("\u2019" * 66 + "😀" + "\u2019" * 65) == 2
    assert segments("\u2019" * 66 + "😀" + "\u2019" * 66) == 3
