"""When sign-up closes and an answer is due."""

import pytest

from models.rules.handbook import Handbook
from models.rules.time.timing import answer_due_at, answer_reminders_at, award_at, signup_closes_at
from tests.rules.cast import at

START = "2026-11-10 08:00"

# told at, due at: four hours to answer, ending two hours before the start, ten minutes at least
DUE = [
    ("2026-11-09 12:00", "2026-11-09 16:00"),
    ("2026-11-10 04:00", "2026-11-10 06:00"),
    ("2026-11-10 05:55", "2026-11-10 06:05"),
    ("2026-11-10 07:55", "2026-11-10 08:00"),
]


@pytest.mark.parametrize(("told_at", "due_at"), DUE)
def test_when_an_answer_is_due(told_at: str, due_at: str) -> None:
    assert answer_due_at(Handbook(), at(told_at), at(START)) == at(due_at)


def test_reminders_lie_before_the_answer_is_due() -> None:
    handbook = Handbook.model_validate({"answer": {"remind_after_minutes": [60, 120, 180]}})
    told_at = at("2026-11-10 04:00")
    assert answer_reminders_at(handbook, told_at, answer_due_at(handbook, told_at, at(START))) == (
        at("2026-11-10 05:00"),
    )


def test_sign_up_closes_and_the_award_is_made_by_the_handbook_where_the_posting_is_silent() -> None:
    handbook = Handbook.model_validate({"signup": {"closes_hours_before": 12, "award_after_close_minutes": 30}})
    closes_at = signup_closes_at(handbook, at("2026-11-01 08:00"))
    assert closes_at == at("2026-10-31 21:00")  # twelve real hours over the night that has 25
    assert award_at(handbook, closes_at) == at("2026-10-31 21:30")
