"""Penalties: the ladder on record, and what a person decides about one; the officer hears of each."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models.rules.handbook import Handbook
from models.session import Database
from models.working import penalty
from models.working.assignment_drop import Told, drop_assignment, drop_price
from models.working.attendance import check_in
from models.working.no_show import miss_assignment
from models.working.penalty import Decision
from tests.cast import MONDAY, Cast, assemble, assigns, at, handbook_of, post_detail
from tests.workers.duties.doing import do, handed_off, planned, said

LADDER = {"drops": {"ladders": [{"on": on, "steps": [30, 60], "also": ["no_show"]} for on in ("no_show", "late_drop")]}}
CHIEF = Decision("Chief Hale", "he was in hospital")


@pytest.fixture
def strict(database: Database) -> Cast:
    """Departments that have a ladder."""
    return assemble(database, Handbook.model_validate(LADDER))


def _misses(database: Database, cast: Cast, days: int) -> int:
    """Alvarez does not come to a detail so many days from now; returns the penalty's id."""
    starts_at = MONDAY + timedelta(days=days)
    with at(database, cast.millbrook) as work:
        held = assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, starts_at))
    with at(database, cast.millbrook, starts_at + timedelta(hours=1)) as work:
        assert miss_assignment(work, cast.millbrook, held)
        return work.conn.execute(
            sa.text("select id from penalty where department_id = :d and assignment_id = :a"),
            {"d": cast.millbrook.id, "a": held},
        ).scalar_one()


def test_the_second_no_show_is_the_second_step_and_an_appeal_that_is_granted_takes_it_back(
    database: Database, strict: Cast
) -> None:
    first, second = _misses(database, strict, 3), _misses(database, strict, 4)
    later = MONDAY + timedelta(days=5)
    with at(database, strict.millbrook, later) as work:
        rows = [penalty.penalty(work, strict.millbrook.id, one) for one in (first, second)]
        assert [(row.step, (row.until_at - row.from_at).days) for row in rows] == [(1, 30), (2, 60)]
        assert penalty.appeal(work, strict.millbrook.id, second, Decision("union", "he was in hospital"))
        assert penalty.lift(work, strict.millbrook.id, second, CHIEF)
        assert not penalty.lift(work, strict.millbrook.id, second, CHIEF)
        past = penalty.past_penalties(
            work, strict.millbrook.id, strict.alvarez.id, handbook_of(work, strict.millbrook).rules
        )
    assert sorted(each.is_lifted for each in past) == [False, True]
    assert "penalty_appealed" in handed_off(database, strict.millbrook)
    do(database, strict.millbrook, later, "tell_penalty", second, fence="lifted")
    assert said(database, strict.millbrook, strict.alvarez) == ["penalty.lifted"]


def test_a_drop_is_told_at_the_price_of_its_step_and_done_at_no_dearer_one(database: Database, strict: Cast) -> None:
    _misses(database, strict, 3)
    starts_at = MONDAY + timedelta(days=6)
    with at(database, strict.millbrook, starts_at - timedelta(hours=20)) as work:
        held = assigns(work, strict.millbrook, strict.alvarez, post_detail(work, strict.millbrook, starts_at))
        cost = drop_price(work, strict.millbrook, held)[0]
        outcome, _ = drop_assignment(work, strict.millbrook, strict.alvarez, held, Told(is_free=False, bar_days=30))
    assert (cost.step, cost.bar_days, outcome) == (2, 60, "price_changed")


def test_who_checks_in_late_is_warned_and_then_barred(database: Database) -> None:
    ladder = {"drops": {"ladders": [{"on": "late", "steps": [0, 7]}]}}
    cast = assemble(database, Handbook.model_validate(ladder))
    for day, minutes, fences in ((3, 4, []), (4, 5, ["late_warned"]), (5, 30, ["late", "over"])):
        starts_at = MONDAY + timedelta(days=day)
        with at(database, cast.millbrook) as work:
            held = assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, starts_at))
        with at(database, cast.millbrook, starts_at + timedelta(minutes=minutes)) as work:
            assert check_in(work, cast.alvarez, held).outcome == "done"
        with at(database, cast.millbrook) as work:
            found = work.conn.execute(
                sa.text(
                    "select fence from duty d join penalty p on p.department_id = d.department_id"
                    " and p.id = d.subject_id where d.kind = 'tell_penalty' and p.assignment_id = :a order by fence"
                ),
                {"a": held},
            )
            assert list(found.scalars()) == fences


def test_a_bar_by_hand_is_told_and_its_end_too(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        made = penalty.impose(work, cast.millbrook, cast.alvarez, 10, CHIEF)
        ends_at = penalty.penalty(work, cast.millbrook.id, made).until_at
        assert [row["id"] for row in penalty.listed(work, cast.millbrook.id)] == [made]
        assert not penalty.uphold(work, cast.millbrook.id, made, CHIEF)
        assert penalty.appeal(work, cast.millbrook.id, made, CHIEF)
        assert penalty.uphold(work, cast.millbrook.id, made, CHIEF)
    assert (made, ends_at) in planned(database, cast.millbrook, "tell_penalty")
    for when, fence in ((MONDAY, "imposed"), (MONDAY, "upheld"), (ends_at, "over")):
        do(database, cast.millbrook, when, "tell_penalty", made, fence=fence)
    assert said(database, cast.millbrook, cast.alvarez) == ["penalty.imposed", "penalty.upheld", "penalty.over"]


def test_a_lifted_bar_does_not_end_a_second_time(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        made = penalty.impose(work, cast.millbrook, cast.alvarez, 10, CHIEF)
        ends_at = penalty.penalty(work, cast.millbrook.id, made).until_at
        penalty.lift(work, cast.millbrook.id, made, CHIEF)
    do(database, cast.millbrook, ends_at, "tell_penalty", made, fence="over")
    assert said(database, cast.millbrook, cast.alvarez) == []
