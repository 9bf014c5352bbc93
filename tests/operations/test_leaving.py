"""An officer leaves: his slots go to others by the handbook, his access closes, and what he did stays on record."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from models.people.leaving import leave, plan_for_separated
from models.people.membership import memberships
from models.people.officer import Officer, officers
from models.session import Database
from tests.cast import MONDAY, Cast, Posted, assemble, assigns, at, offers, post_detail, signed_up, signs_up
from tests.workers.duties.doing import do, planned, state_of

STARTS = MONDAY + timedelta(days=3)
TODAY, ON_THURSDAY = date(2026, 6, 1), date(2026, 6, 4)


@pytest.fixture
def cast(database: Database) -> Cast:
    return assemble(database)


@pytest.fixture
def about(database: Database, cast: Cast) -> Posted:
    with at(database, cast.millbrook) as work:
        return post_detail(work, cast.millbrook, STARTS, count_slots=2)


def _departments(database: Database, cast: Cast, who: Officer) -> list[str]:
    """Where the line knows him."""
    with at(database, [cast.millbrook, cast.harbor]) as work:
        return [one.department.name for one in memberships(work, who.person_id, 0, "")]


def _events(database: Database, cast: Cast) -> list[str]:
    with at(database, cast.millbrook) as work:
        return list(work.conn.execute(sa.text("select name from event order by id")).scalars())


def test_what_he_would_have_worked_is_free_and_offered_by_the_handbook(
    database: Database, cast: Cast, about: Posted
) -> None:
    with at(database, cast.millbrook) as work:
        held = assigns(work, cast.millbrook, cast.alvarez, about)
    with at(database, cast.millbrook) as work:
        left = leave(work, cast.millbrook, cast.alvarez, TODAY)
    assert (left.assignments, left.has_left) == (1, True)
    assert state_of(database, cast.millbrook, "assignment", held) == "released"
    assert state_of(database, cast.millbrook, "slot", about.slot_id) == "open"
    assert [subject for subject, _ in planned(database, cast.millbrook, "fill_slot")] == [about.slot_id]
    assert {"assignment_released", "officer_left"} <= set(_events(database, cast))
    do(database, cast.millbrook, MONDAY, "fill_slot", about.slot_id)
    with at(database, cast.millbrook) as work:
        asked = work.conn.execute(sa.text("select officer_id from offer where state = 'open'")).scalars().all()
    assert asked
    assert cast.alvarez.id not in asked


def test_what_he_signed_up_for_and_was_offered_is_taken_back(database: Database, cast: Cast, about: Posted) -> None:
    with at(database, cast.millbrook) as work:
        signs_up(work, cast.millbrook, cast.alvarez, about)
        signs_up(work, cast.millbrook, cast.brooks, about)
        other = post_detail(work, cast.millbrook, STARTS + timedelta(days=1))
        offer_id = offers(work, cast.millbrook, cast.alvarez, other)
    with at(database, cast.millbrook) as work:
        left = leave(work, cast.millbrook, cast.alvarez, TODAY)
    assert (left.signups, left.offers) == (1, 1)
    assert state_of(database, cast.millbrook, "offer", offer_id) == "withdrawn"
    with at(database, cast.millbrook) as work:
        assert signed_up(work, cast.millbrook, about) == {cast.brooks.id}


def test_the_line_does_not_know_him_there_any_more_and_goes_on_knowing_him_elsewhere(
    database: Database, cast: Cast
) -> None:
    assert _departments(database, cast, cast.grant_in_millbrook) == ["Millbrook", "Harbor"]
    with at(database, cast.millbrook) as work:
        leave(work, cast.millbrook, cast.grant_in_millbrook, TODAY)
    assert _departments(database, cast, cast.grant_in_millbrook) == ["Harbor"]


def test_who_leaves_later_keeps_what_comes_before_and_his_access_until_then(
    database: Database, cast: Cast, about: Posted
) -> None:
    with at(database, cast.millbrook) as work:
        before = post_detail(work, cast.millbrook, MONDAY + timedelta(days=1))
        kept = assigns(work, cast.millbrook, cast.alvarez, before)
        passed_on = assigns(work, cast.millbrook, cast.alvarez, about)
    with at(database, cast.millbrook) as work:
        assert not leave(work, cast.millbrook, cast.alvarez, ON_THURSDAY).has_left
    assert state_of(database, cast.millbrook, "assignment", kept) == "confirmed"
    assert state_of(database, cast.millbrook, "assignment", passed_on) == "released"
    assert _departments(database, cast, cast.alvarez) == ["Millbrook"]
    # The day begins by the department's own clock.
    [(subject, due_at)] = planned(database, cast.millbrook, "officer_leaves")
    assert (subject, due_at.isoformat()) == (cast.alvarez.id, "2026-06-04T04:00:00+00:00")
    do(database, cast.millbrook, due_at, "officer_leaves", subject, ON_THURSDAY.isoformat())
    assert _departments(database, cast, cast.alvarez) == []


def test_leaving_twice_is_leaving_once(database: Database, cast: Cast, about: Posted) -> None:
    with at(database, cast.millbrook) as work:
        assigns(work, cast.millbrook, cast.alvarez, about)
    for passed_on in (1, 0):
        with at(database, cast.millbrook) as work:
            assert leave(work, cast.millbrook, cast.alvarez, TODAY).assignments == passed_on
    assert _events(database, cast).count("officer_left") == 1


def test_a_roster_that_says_he_left_has_the_same_done(database: Database, cast: Cast, about: Posted) -> None:
    with at(database, cast.millbrook) as work:
        held = assigns(work, cast.millbrook, cast.alvarez, about)
        work.conn.execute(sa.update(officers).where(officers.c.id == cast.alvarez.id).values(status="separated"))
        plan_for_separated(work, cast.millbrook)
    [(subject, _)] = planned(database, cast.millbrook, "officer_leaves")
    do(database, cast.millbrook, MONDAY, "officer_leaves", subject, TODAY.isoformat())
    assert state_of(database, cast.millbrook, "assignment", held) == "released"
