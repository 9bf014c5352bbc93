"""An award by hand: before its time, for a reason that goes on record, and only of what was named."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models.awarding.asking.offer import open_offers
from models.awarding.deciding.award import replay, run_award, signed_up_for
from models.awarding.deciding.giving import Given, give_by_hand
from models.details.opening import opening
from models.people.by_hand import ByHandAct, ByHandRefused, allow
from models.people.officer import Officer
from models.rules.reasons import Reason
from models.session import Database
from models.working.assignment import assignments
from tests.cast import MONDAY, Cast, Posted, assigns, at, offers, post_detail, signs_up
from tests.workers.duties.doing import do, handed_off, planned


def test_only_the_named_detail_is_awarded_and_the_reason_is_on_record(database: Database, cast: Cast):
    with at(database, cast.millbrook) as work:
        named, other = (post_detail(work, cast.millbrook, MONDAY + timedelta(days=days)) for days in (5, 6))
        signs_up(work, cast.millbrook, cast.alvarez, named, other)
    with at(database, cast.millbrook) as work:
        award_id = run_award(work, cast.millbrook, [named.posting_id], "site opens early")
    with at(database, cast.millbrook) as work:
        states = work.conn.execute(
            sa.text("select id, state from posting where department_id = :d"), {"d": cast.millbrook.id}
        ).all()
        reason = work.conn.execute(
            sa.text("select data ->> 'reason' from event where department_id = :d and name = 'award_made'"),
            {"d": cast.millbrook.id},
        ).scalar_one()
    assert award_id is not None
    assert {row.id: row.state for row in states} == {named.posting_id: "awarded", other.posting_id: "open"}
    assert reason == "site opens early"


def test_what_was_awarded_is_not_awarded_again(database: Database, cast: Cast):
    with at(database, cast.millbrook) as work:
        named = post_detail(work, cast.millbrook, MONDAY + timedelta(days=5))
        first = run_award(work, cast.millbrook, [named.posting_id], "site opens early")
        again = run_award(work, cast.millbrook, [named.posting_id], "site opens early")
    assert (first is None, again) == (False, None)


def test_who_signed_up_does_not_award_it_by_hand_unless_he_breaks_the_glass(database: Database, cast: Cast):
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, MONDAY + timedelta(days=5))
        signs_up(work, cast.millbrook, cast.alvarez, about)
        gaining = signed_up_for(work, cast.millbrook.id, [about.posting_id or 0])
        assert gaining == {cast.alvarez.id}
        allow(work, cast.millbrook, ByHandAct("award", cast.brooks.badge, "site opens early", gaining))
        allow(work, cast.millbrook, ByHandAct("award", "the desk", "site opens early", gaining))
        with pytest.raises(ByHandRefused, match="nobody decides what he gains by"):
            allow(work, cast.millbrook, ByHandAct("award", cast.alvarez.badge, "site opens early", gaining))
    assert handed_off(database, cast.millbrook) == []
    with at(database, cast.millbrook) as work:
        broken = ByHandAct("award", cast.alvarez.badge, "nobody else is here", gaining, break_glass=True)
        allow(work, cast.millbrook, broken)
    with at(database, cast.millbrook) as work:
        told = work.conn.execute(sa.text("select data from event where name = 'glass_broken'")).scalar_one()
    assert handed_off(database, cast.millbrook) == ["glass_broken"]
    assert (told["verb"], told["against"], told["words"]) == ("award", "own_benefit", "nobody else is here")


STARTS = MONDAY + timedelta(days=5)


def _gives(database: Database, cast: Cast, about: Posted, who: Officer) -> Given:
    with at(database, cast.millbrook) as work:
        now = opening(work, cast.millbrook.id, about.id)
        return give_by_hand(work, cast.millbrook, who, now, "Capt. Hale", "he knows the site")


def _held(database: Database, cast: Cast, about: Posted) -> list[tuple[int, str]]:
    with at(database, cast.millbrook) as work:
        query = sa.select(assignments.c.officer_id, assignments.c.state).where(assignments.c.opening_id == about.id)
        return [(row.officer_id, row.state) for row in work.conn.execute(query.order_by(assignments.c.id))]


def test_a_slot_is_given_to_who_was_named_with_its_reason_and_comes_out_the_same_again(database: Database, cast: Cast):
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS, count_slots=2)
        signs_up(work, cast.millbrook, cast.alvarez, about)
    given = _gives(database, cast, about, cast.diaz)
    assert _held(database, cast, about) == [(cast.diaz.id, "awarded")]
    assert len(planned(database, cast.millbrook, "tell_award")) == 1
    with at(database, cast.millbrook) as work:
        assert given.award_id is not None
        assert replay(work, cast.millbrook.id, given.award_id) == []
        told = work.conn.execute(sa.text("select data from event where name = 'slot_given_by_hand'")).scalar_one()
        assert (told["by"], told["words"]) == ("Capt. Hale", "he knows the site")
        run_award(work, cast.millbrook, [about.posting_id], "its time")
    assert _held(database, cast, about) == [(cast.diaz.id, "awarded"), (cast.alvarez.id, "awarded")]


def test_who_signed_up_for_the_only_slot_hears_after_its_award_that_none_was_left(database: Database, cast: Cast):
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        signs_up(work, cast.millbrook, cast.alvarez, about)
    _gives(database, cast, about, cast.diaz)
    with at(database, cast.millbrook) as work:
        run_award(work, cast.millbrook, [about.posting_id], "its time")
        query = sa.text("select outcome, reason from verdict where officer_id = :o")
        assert [tuple(row) for row in work.conn.execute(query, {"o": cast.alvarez.id})] == [("standby", "no_free_slot")]
    assert _held(database, cast, about) == [(cast.diaz.id, "awarded")]


def test_nobody_is_given_what_the_rules_keep_from_him_or_what_is_not_free(database: Database, cast: Cast):
    with at(database, cast.millbrook) as work:
        busy, about = (post_detail(work, cast.millbrook, STARTS) for _ in range(2))
        assigns(work, cast.millbrook, cast.diaz, busy)
    refused = _gives(database, cast, about, cast.diaz).refusal
    assert refused is not None
    assert refused.reason == Reason.OVERLAPS_ASSIGNMENT
    assert _held(database, cast, about) == []
    assert _gives(database, cast, busy, cast.alvarez) == Given()


def test_whoever_was_being_asked_for_the_last_slot_is_told_that_it_is_gone(database: Database, cast: Cast):
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        offers(work, cast.millbrook, cast.brooks, about)
    _gives(database, cast, about, cast.diaz)
    with at(database, cast.millbrook) as work:
        assert open_offers(work, cast.millbrook.id, about.id) == []
    assert len(planned(database, cast.millbrook, "tell_offer_gone")) == 1


def _fill(database: Database, cast: Cast) -> None:
    for slot_id, _ in planned(database, cast.millbrook, "fill_slot"):
        do(database, cast.millbrook, MONDAY + timedelta(hours=2), "fill_slot", slot_id)


def test_nobody_is_asked_any_more_for_a_slot_that_was_given_by_hand(database: Database, cast: Cast):
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        run_award(work, cast.millbrook, [about.posting_id], "its time")
    _fill(database, cast)
    _gives(database, cast, about, cast.diaz)
    _fill(database, cast)
    with at(database, cast.millbrook) as work:
        assert open_offers(work, cast.millbrook.id, about.id) == []
        assert work.conn.execute(sa.text("select state from call_out")).scalars().all() == ["filled"]


def test_what_goes_first_come_is_taken_up_by_the_last_slot_that_is_given_by_hand(database: Database, cast: Cast):
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        work.conn.execute(sa.text("update posting set method = 'first_come' where id = :id"), {"id": about.posting_id})
    _gives(database, cast, about, cast.diaz)
    with at(database, cast.millbrook) as work:
        assert opening(work, cast.millbrook.id, about.id).posting_state == "awarded"
