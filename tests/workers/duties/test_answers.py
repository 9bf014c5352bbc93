"""Waiting for an answer: declined, no answer and unreachable are three facts, and none is guessed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models.awarding.asking.confirmation import accept_award
from models.session import Database
from tests.cast import MONDAY, Cast, at, post_detail, signs_up, stands_in_rotation
from tests.workers.duties.doing import carried, do, handed_off, planned, said, state_of, texts, without_phone

STARTS = MONDAY + timedelta(days=3)
CLOSES = MONDAY + timedelta(hours=1)
DUE = CLOSES + timedelta(minutes=240)


@pytest.fixture
def assignment_id(database: Database, cast: Cast) -> int:
    """Alvarez was awarded the only slot and told so at CLOSES; Brooks is standby."""
    with at(database, cast.millbrook) as work:
        stands_in_rotation(work, cast.millbrook, cast.alvarez, cast.brooks)
        about = post_detail(work, cast.millbrook, STARTS)
        for who in (cast.alvarez, cast.brooks):
            signs_up(work, cast.millbrook, who, about)
    do(database, cast.millbrook, CLOSES, "run_award", about.posting_id or 0)
    [(awarded, _)] = planned(database, cast.millbrook, "tell_award")
    do(database, cast.millbrook, CLOSES, "tell_award", awarded)
    return awarded


def _minutes(database: Database, cast: Cast) -> int:
    with at(database, cast.millbrook) as work:
        return work.conn.execute(
            sa.text("select minutes from hours_count where officer_id = :o"), {"o": cast.alvarez.id}
        ).scalar_one()


def test_telling_an_award_plans_its_reminder_and_what_follows_silence(
    database: Database, cast: Cast, assignment_id: int
) -> None:
    assert planned(database, cast.millbrook, "remind_answer") == [(assignment_id, CLOSES + timedelta(minutes=120))]
    assert planned(database, cast.millbrook, "lapse_award") == [(assignment_id, DUE)]
    [text] = texts(database, cast.millbrook, cast.alvarez)
    assert (text.subject_kind, text.subject_id) == ("assignment", assignment_id)


def test_who_has_answered_is_neither_told_again_nor_reminded_nor_lapsed(
    database: Database, cast: Cast, assignment_id: int
) -> None:
    with at(database, cast.millbrook, CLOSES) as work:
        assert accept_award(work, cast.millbrook, assignment_id)
    for kind in ("tell_award", "remind_answer", "lapse_award", "award_unreachable"):
        do(database, cast.millbrook, DUE, kind, assignment_id)
    assert said(database, cast.millbrook, cast.alvarez) == ["award.awarded"]
    assert state_of(database, cast.millbrook, "assignment", assignment_id) == "confirmed"


def test_silence_is_reminded_and_then_passed_on_to_the_next(database: Database, cast: Cast, assignment_id: int) -> None:
    carried(database, cast.millbrook, cast.alvarez, CLOSES)
    do(database, cast.millbrook, CLOSES + timedelta(hours=2), "remind_answer", assignment_id)
    do(database, cast.millbrook, DUE, "lapse_award", assignment_id)
    assert said(database, cast.millbrook, cast.alvarez) == ["award.awarded", "award.remind", "award.lapsed"]
    assert state_of(database, cast.millbrook, "assignment", assignment_id) == "lapsed"
    assert _minutes(database, cast) == 0
    assert len(planned(database, cast.millbrook, "fill_slot")) == 1


def test_the_time_to_answer_runs_from_when_the_carrier_took_the_text(
    database: Database, cast: Cast, assignment_id: int
) -> None:
    carried(database, cast.millbrook, cast.alvarez, CLOSES + timedelta(hours=1))
    do(database, cast.millbrook, DUE, "lapse_award", assignment_id)
    assert state_of(database, cast.millbrook, "assignment", assignment_id) == "awarded"
    assert (assignment_id, DUE + timedelta(hours=1)) in planned(database, cast.millbrook, "lapse_award")
    do(database, cast.millbrook, DUE + timedelta(hours=1), "lapse_award", assignment_id)
    assert state_of(database, cast.millbrook, "assignment", assignment_id) == "lapsed"


def test_a_text_that_never_left_until_the_start_is_unreachable_and_no_silence(
    database: Database, cast: Cast, assignment_id: int
) -> None:
    now, hops = DUE, 0
    while state_of(database, cast.millbrook, "assignment", assignment_id) == "awarded":
        do(database, cast.millbrook, now, "lapse_award", assignment_id)
        now, hops = max(due_at for _, due_at in planned(database, cast.millbrook, "lapse_award")), hops + 1
        assert hops < 60
    assert state_of(database, cast.millbrook, "assignment", assignment_id) == "unreachable"
    assert now <= STARTS
    assert said(database, cast.millbrook, cast.alvarez)[-1] == "award.unreachable"


def test_unreachable_keeps_his_place_and_his_hours_and_asks_the_next(
    database: Database, cast: Cast, assignment_id: int
) -> None:
    assert _minutes(database, cast) == 480
    do(database, cast.millbrook, CLOSES + timedelta(minutes=20), "award_unreachable", assignment_id)
    assert state_of(database, cast.millbrook, "assignment", assignment_id) == "unreachable"
    assert _minutes(database, cast) == 0
    assert len(planned(database, cast.millbrook, "fill_slot")) == 1


def test_who_has_no_number_that_takes_texts_is_called_by_a_person_and_counts_as_unreachable(
    database: Database, cast: Cast
) -> None:
    without_phone(database, cast.millbrook, cast.alvarez)
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        signs_up(work, cast.millbrook, cast.alvarez, about)
    do(database, cast.millbrook, CLOSES, "run_award", about.posting_id or 0)
    [(awarded, _)] = planned(database, cast.millbrook, "tell_award")
    do(database, cast.millbrook, CLOSES, "tell_award", awarded)
    assert said(database, cast.millbrook, cast.alvarez) == []
    assert handed_off(database, cast.millbrook) == ["officer_cannot_be_texted"]
    assert planned(database, cast.millbrook, "award_unreachable") == [(awarded, CLOSES)]
