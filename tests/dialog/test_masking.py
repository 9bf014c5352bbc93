"""A PIN that is texted is answered with how to do it instead, and stands nowhere in the clear."""

import pytest

from tests.dialog.street import Street


@pytest.mark.parametrize(
    ("texted", "kept"),
    [
        ("PIN 583914", "PIN ****"),
        ("my pin is 5839", "my pin is ****"),
        ("set my pin to 58 39 14", "set my pin to ****"),
        ("Mi NIP es 58391406", "Mi NIP es ****"),
        ("DROP 4821", "DROP 4821"),
        ("583914", "583914"),
        ("pin 978-555-0142", "pin 978-555-0142"),
        ("spin 4821", "spin 4821"),
    ],
)
def test_figures_beside_the_word_are_masked_before_the_row(street: Street, texted: str, kept: str) -> None:
    where = street.cast.millbrook
    street.text(street.cast.alvarez, texted)
    assert street.rows(where, "select body from message_in where department_id = :d") == [kept]
    remembered = street.rows(where, "select dialog from conversation where department_id = :d")
    assert "5839" not in str(remembered)


@pytest.mark.parametrize("texted", ["PIN 583914", "new pin", "change my pin", "PIN"])
def test_who_texts_one_is_told_to_call(street: Street, texted: str) -> None:
    line = street.number(street.cast.millbrook)
    said = street.text(street.cast.alvarez, texted) or ""
    assert said.startswith("A PIN is never texted")
    assert f"call {line[2:5]}-{line[5:8]}-{line[8:]}" in said
