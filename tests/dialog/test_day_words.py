"""Days as people write them after AWAY."""

import re
from datetime import date

import pytest

from flows.day_words import day_pattern, days_said, read_days

# A Wednesday.
TODAY = date(2026, 11, 25)

SAID = [
    ("NOV 28-30", "2026-11-28", "2026-11-30"),
    ("NOV 28 - DEC 2", "2026-11-28", "2026-12-02"),
    ("28-30 NOV", "2026-11-28", "2026-11-30"),
    ("28 DE NOVIEMBRE AL 2 DE DICIEMBRE", "2026-11-28", "2026-12-02"),
    ("FROM NOV 28 THROUGH NOV 30", "2026-11-28", "2026-11-30"),
    ("DEC 24TH TO JAN 2", "2026-12-24", "2027-01-02"),
    ("11/28-11/30", "2026-11-28", "2026-11-30"),
    ("SAT", "2026-11-28", "2026-11-28"),
    ("FRI-SUN", "2026-11-27", "2026-11-29"),
    ("LUN A MIE", "2026-11-30", "2026-12-02"),
    ("FRI DEC 4", "2026-12-04", "2026-12-04"),
    ("SAT NOV 28 - MON NOV 30", "2026-11-28", "2026-11-30"),
    ("TODAY", "2026-11-25", "2026-11-25"),
    ("MANANA", "2026-11-26", "2026-11-26"),
    ("UNTIL FRIDAY", "2026-11-25", "2026-11-27"),
    ("HASTA EL VIERNES", "2026-11-25", "2026-11-27"),
    ("MAR 3", "2027-03-03", "2027-03-03"),
    ("MAR", "2026-12-01", "2026-12-01"),
    ("NEXT WEEK", "2026-11-30", "2026-12-06"),
    ("THIS WEEKEND", "2026-11-28", "2026-11-29"),
    ("LA PROXIMA SEMANA", "2026-11-30", "2026-12-06"),
    ("LA SEMANA QUE VIENE", "2026-11-30", "2026-12-06"),
    ("ESTE FIN DE SEMANA", "2026-11-28", "2026-11-29"),
    ("FOR 3 DAYS", "2026-11-25", "2026-11-27"),
    ("POR DOS SEMANAS", "2026-11-25", "2026-12-08"),
    # Said on a Wednesday.
    ("UNTIL WEDNESDAY", "2026-11-25", "2026-12-02"),
]


@pytest.mark.parametrize(("said", "first", "last"), SAID)
def test_days_are_read_as_they_are_written(said: str, first: str, last: str) -> None:
    assert read_days(said, TODAY) == (date.fromisoformat(first), date.fromisoformat(last))
    assert re.fullmatch(day_pattern(), said)


@pytest.mark.parametrize("said", ["NOV 31", "30", "13/45", "FROM", ""])
def test_what_names_no_day_is_none(said: str) -> None:
    assert read_days(said, TODAY) is None


@pytest.mark.parametrize("said", ["FROM 4821", "FOR THE BRIDGE", "4821", "SAT 6AM"])
def test_what_holds_more_than_days_is_not_taken_for_days(said: str) -> None:
    assert re.fullmatch(day_pattern(), said) is None


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("i'm on vacation until monday", "UNTIL MONDAY"),
        ("voy a estar de vacaciones del 28 al 30 de noviembre", "DEL 28 AL 30 DE NOVIEMBRE"),
        ("i am on leave for two weeks", "FOR TWO WEEKS"),
        ("i want to be away", ""),
    ],
)
def test_the_piece_of_a_sentence_that_names_days_is_found(sentence: str, days: str) -> None:
    assert days_said(sentence) == days
