"""From the posting to the award: who hears of it, when it closes, what each signup is told."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models.details.posting import plan_posting
from models.session import Database
from tests.cast import MONDAY, Cast, Posted, add_detail, assigns, at, post_detail, signs_up
from tests.workers.duties.doing import do, planned, said, state_of, texts

STARTS = MONDAY + timedelta(days=3)
CLOSES = MONDAY + timedelta(hours=1)


@pytest.fixture
def awarded(database: Database, cast: Cast) -> Posted:
    """One slot, won by Alvarez; Brooks and Chen went without."""
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        for who in (cast.chen, cast.brooks, cast.alvarez):
            signs_up(work, cast.millbrook, who, about)
    do(database, cast.millbrook, CLOSES, "run_award", about.posting_id or 0)
    return about


def test_opening_a_posting_plans_its_telling_its_close_its_award_and_its_end(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = add_detail(work, cast.millbrook, STARTS)
        opens, awards = MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=9)
        posting_id = plan_posting(
            work, cast.millbrook.id, about.opening.detail_id, opens, MONDAY + timedelta(hours=8), awards
        )
    assert planned(database, cast.millbrook, "open_posting") == [(posting_id, opens)]
    do(database, cast.millbrook, opens, "open_posting", posting_id)
    do(database, cast.millbrook, opens, "open_posting", posting_id)
    assert state_of(database, cast.millbrook, "detail", about.opening.detail_id) == "posted"
    assert planned(database, cast.millbrook, "announce_posting") == [(posting_id, opens)]
    assert planned(database, cast.millbrook, "close_posting") == [(posting_id, MONDAY + timedelta(hours=8))]
    assert planned(database, cast.millbrook, "run_award") == [(posting_id, awards)]
    assert planned(database, cast.millbrook, "finish_detail") == [
        (about.opening.detail_id, STARTS + timedelta(hours=8))
    ]


def test_a_posting_is_told_to_those_who_may_take_it_and_to_nobody_else(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        assigns(work, cast.millbrook, cast.brooks, add_detail(work, cast.millbrook, STARTS))
        work.conn.execute(sa.text("update officer set status = 'sick' where id = :o"), {"o": cast.chen.id})
        about = post_detail(work, cast.millbrook, STARTS)
    do(database, cast.millbrook, MONDAY, "announce_posting", about.posting_id or 0)
    for who in (cast.alvarez, cast.diaz, cast.grant_in_millbrook):
        assert said(database, cast.millbrook, who) == ["posting.new"]
    for who in (cast.brooks, cast.chen, cast.evans):
        assert said(database, cast.millbrook, who) == []
    assert about.opening.code in texts(database, cast.millbrook, cast.alvarez)[0].body


def test_a_posting_is_not_told_to_who_has_not_agreed_to_be_texted(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        work.conn.execute(
            sa.text("update consent set withdrawn_at = given_at where person_id = :p"), {"p": cast.alvarez.person_id}
        )
    do(database, cast.millbrook, MONDAY, "announce_posting", about.posting_id or 0)
    assert said(database, cast.millbrook, cast.alvarez) == []
    assert said(database, cast.millbrook, cast.diaz) == ["posting.new"]


def test_the_close_ends_sign_up_once(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
    for _ in range(2):
        do(database, cast.millbrook, CLOSES, "close_posting", about.posting_id or 0)
    assert state_of(database, cast.millbrook, "posting", about.posting_id or 0) == "closed"


def test_the_winner_is_to_be_told_and_each_of_the_others_why_not(
    database: Database, cast: Cast, awarded: Posted
) -> None:
    [(assignment_id, _)] = planned(database, cast.millbrook, "tell_award")
    do(database, cast.millbrook, CLOSES, "tell_award", assignment_id)
    for verdict_id, _ in planned(database, cast.millbrook, "tell_verdict"):
        do(database, cast.millbrook, CLOSES, "tell_verdict", verdict_id)
    assert said(database, cast.millbrook, cast.alvarez) == ["award.awarded"]
    assert said(database, cast.millbrook, cast.brooks) == ["award.standby"]
    assert "1st standby" in texts(database, cast.millbrook, cast.brooks)[0].body
    assert "2nd standby" in texts(database, cast.millbrook, cast.chen)[0].body


def test_who_became_ineligible_meanwhile_is_told_that_it_is_not_his(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        signs_up(work, cast.millbrook, cast.alvarez, about)
        work.conn.execute(sa.text("update officer set status = 'suspended' where id = :o"), {"o": cast.alvarez.id})
    do(database, cast.millbrook, CLOSES, "run_award", about.posting_id or 0)
    [(verdict_id, _)] = planned(database, cast.millbrook, "tell_verdict")
    do(database, cast.millbrook, CLOSES, "tell_verdict", verdict_id)
    assert said(database, cast.millbrook, cast.alvarez) == ["award.not_awarded"]


def test_a_second_duty_for_postings_awarded_together_finds_nothing_to_do(
    database: Database, cast: Cast, awarded: Posted
) -> None:
    do(database, cast.millbrook, CLOSES, "run_award", awarded.posting_id or 0)
    assert len(planned(database, cast.millbrook, "tell_award")) == 1


def test_slots_nobody_signed_up_for_go_on_by_the_replacement_rule(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS, count_slots=2)
        signs_up(work, cast.millbrook, cast.alvarez, about)
    do(database, cast.millbrook, CLOSES, "run_award", about.posting_id or 0)
    assert [subject for subject, _ in planned(database, cast.millbrook, "fill_slot")] == [about.slot_ids[1]]


def test_at_its_end_a_detail_is_finished_and_its_free_slots_are_written_down(
    database: Database, cast: Cast, awarded: Posted
) -> None:
    do(database, cast.millbrook, STARTS + timedelta(hours=8), "finish_detail", awarded.opening.detail_id)
    assert state_of(database, cast.millbrook, "detail", awarded.opening.detail_id) == "finished"
    assert state_of(database, cast.millbrook, "slot", awarded.slot_id) == "held"
