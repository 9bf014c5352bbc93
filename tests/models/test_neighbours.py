"""Neighbouring departments last: both handbooks must allow it, the first has it, neither sees the other's roster."""

from datetime import date, timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from models.awarding.asking.invitation import invitation_by_code
from models.awarding.asking.lending import LendingAnswer, take_invitation, turn_of, who_may_take
from models.awarding.asking.replacement import ask_next
from models.awarding.deciding.award import run_award
from models.line.telling_choice import choose
from models.people.department import Department
from models.people.handbook import publish
from models.people.handbook_versions import known_people
from models.people.officer import Officer
from models.people.person import lock_persons
from models.rules.asking.telling import Choice
from models.rules.checking import check
from models.rules.handbook import Handbook
from models.rules.reasons import Reason
from models.rules.verdict import Verdict
from models.session import Database, Work
from tests.cast import (
    MONDAY,
    TODAY_SINCE,
    Cast,
    Posted,
    at,
    by_text,
    enlist,
    found_department,
    handbook_of,
    post_detail,
)
from tests.races.racing import race
from tests.workers.duties.doing import do, said

STARTS = MONDAY + timedelta(days=3)


def _publish(database: Database, where: Department, **neighbours: object) -> None:
    rules = {"neighbours": neighbours, "replacement": {"then": "nobody"}}
    with at(database, where) as work:
        publish(work, where.id, TODAY_SINCE, Handbook.model_validate(rules))


def _nobody_wants_it(database: Database, where: Department, count_slots: int = 1) -> Posted:
    """A detail that was awarded to nobody, and whom nobody of the department is left to ask."""
    with at(database, where) as work:
        posted = post_detail(work, where, STARTS, count_slots=count_slots)
    with at(database, where) as work:
        run_award(work, where, [posted.posting_id], "by hand")
    with at(database, where) as work:
        for slot_id in posted.slot_ids:
            ask_next(work, where, slot_id)
    return posted


def _invited(work: Work, where: Department, code: str) -> list[int]:
    found = invitation_by_code(work, where.id, code)
    return [] if found is None else who_may_take(work, where, handbook_of(work, where), found)


def _takes(database: Database, where: Department, who: Officer, code: str) -> LendingAnswer:
    """As a text message is taken in: the person locked for the turn, one transaction."""
    with at(database, where, actor=by_text(who)) as work:
        lock_persons(work, [who.person_id])
        found = invitation_by_code(work, where.id, code)
        assert found is not None
        return take_invitation(work, where, handbook_of(work, where), who, found)


def _visit_and_fail(work: Work, where: Department) -> None:
    with work.savepoint(), work.visiting(where.id):
        enlist(work, where, "Hale")
        raise KeyError


def _count(database: Database, where: Department, what: str) -> int:
    with at(database, where) as work:
        return work.conn.execute(sa.text(f"select count(*) from {what}")).scalar_one()


@pytest.mark.parametrize(
    ("asks", "lends", "is_invited"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_both_handbooks_must_allow_it(database: Database, cast: Cast, asks: bool, lends: bool, is_invited: bool):
    _publish(database, cast.millbrook, ask=[cast.harbor.slug] if asks else [])
    _publish(database, cast.harbor, lend_to=[cast.millbrook.slug] if lends else [])
    posted = _nobody_wants_it(database, cast.millbrook)
    with at(database, cast.harbor) as work:
        invited = _invited(work, cast.harbor, posted.opening.code)
    assert invited == ([cast.evans.id, cast.ford.id, cast.grant_in_harbor.id] if is_invited else [])
    assert _count(database, cast.millbrook, "hand_off where reason = 'slot_not_filled'") == (0 if is_invited else 1)


def test_nobody_of_them_takes_it_and_a_person_decides(database: Database, cast: Cast):
    _publish(database, cast.millbrook, ask=[cast.harbor.slug, "nowhere"], answer_minutes=60)
    _publish(database, cast.harbor, lend_to=[cast.millbrook.slug])
    posted = _nobody_wants_it(database, cast.millbrook)
    assert _count(database, cast.millbrook, "duty where kind = 'fill_slot' and fence like 'invited%'") == 1
    with at(database, cast.millbrook, MONDAY + timedelta(minutes=60)) as work:
        ask_next(work, cast.millbrook, posted.slot_id)
    assert _count(database, cast.millbrook, "hand_off where reason = 'slot_not_filled'") == 1
    assert _count(database, cast.harbor, "invitation") == 1
    with at(database, cast.harbor, MONDAY + timedelta(minutes=60)) as work:
        found = invitation_by_code(work, cast.harbor.id, posted.opening.code)
        assert found is not None
        late = take_invitation(work, cast.harbor, handbook_of(work, cast.harbor), cast.evans, found)
    assert late.outcome == "gone"


def test_two_slots_are_one_invitation_and_no_person_is_called_for_either(database: Database, cast: Cast):
    _publish(database, cast.millbrook, ask=[cast.harbor.slug])
    _publish(database, cast.harbor, lend_to=[cast.millbrook.slug])
    code = _nobody_wants_it(database, cast.millbrook, count_slots=2).opening.code
    assert _count(database, cast.millbrook, "hand_off where reason = 'slot_not_filled'") == 0
    assert _count(database, cast.harbor, "duty where kind = 'tell_invitation'") == 1
    assert [_takes(database, cast.harbor, who, code).outcome for who in (cast.evans, cast.ford)] == ["taken"] * 2


def test_of_two_departments_who_take_the_last_slot_at_once_one_has_it(database: Database, cast: Cast):
    with database.begin(()) as work:
        quincy = found_department(database, work, "Quincy")
        irving = enlist(work, quincy, "Irving", seniority_on=date(2014, 1, 1))
    _publish(database, cast.millbrook, ask=[cast.harbor.slug, quincy.slug])
    for lender in (cast.harbor, quincy):
        _publish(database, lender, lend_to=[cast.millbrook.slug])
    posted = _nobody_wants_it(database, cast.millbrook)
    code = posted.opening.code
    ends = race(
        [partial(_takes, database, cast.harbor, cast.evans, code), partial(_takes, database, quincy, irving, code)]
    )
    assert sorted(one.outcome for one in ends) == ["gone", "taken"], ends
    assert _count(database, cast.millbrook, "assignment where state = 'confirmed'") == 1
    assert _count(database, cast.millbrook, "officer where status = 'guest'") == 1


def test_an_officer_who_is_a_member_there_is_sent_there_and_nobody_is_in_two_places(database: Database, cast: Cast):
    _publish(database, cast.millbrook, ask=[cast.harbor.slug])
    _publish(database, cast.harbor, lend_to=[cast.millbrook.slug])
    first, second = (_nobody_wants_it(database, cast.millbrook).opening.code for _ in range(2))
    assert _takes(database, cast.harbor, cast.grant_in_harbor, first).outcome == "member"
    assert _takes(database, cast.harbor, cast.evans, first).outcome == "taken"
    assert _takes(database, cast.harbor, cast.evans, second).outcome == "ineligible"


def test_neither_department_sees_the_roster_of_the_other(database: Database, cast: Cast):
    _publish(database, cast.millbrook, ask=[cast.harbor.slug])
    _publish(database, cast.harbor, lend_to=[cast.millbrook.slug])
    code = _nobody_wants_it(database, cast.millbrook).opening.code
    members, consents = (_count(database, cast.millbrook, one) for one in ("officer", "consent"))
    assert _count(database, cast.harbor, "invitation") == 1
    assert _takes(database, cast.harbor, cast.evans, code).outcome == "taken"
    with at(database, cast.millbrook) as work:
        assert work.conn.execute(sa.text("select current_user")).scalar_one() == "dutyline_app"
        guest = work.conn.execute(
            sa.text("select badge, rank, unit, status from officer where person_id = :p"), {"p": cast.evans.person_id}
        ).one()
    assert tuple(guest) == (f"{cast.harbor.slug}-{cast.evans.badge}", "Guest", None, "guest")
    assert _count(database, cast.millbrook, "officer") == members + 1
    assert _count(database, cast.millbrook, "consent") == consents + 1
    assert _count(database, cast.millbrook, "invitation") == 0
    for nothing in ("assignment", "opening", "slot", "hand_off"):
        assert _count(database, cast.harbor, nothing) == 0
    assert _count(database, cast.harbor, "officer") == 3
    assert _count(database, cast.harbor, "event where name = 'assignment_confirmed'") == 0
    with at(database, cast.harbor) as work:
        elsewhere = work.conn.execute(
            sa.text("select person_id from committed_elsewhere(array[cast(:p as bigint)], tstzrange(:a, :b))"),
            {"p": cast.evans.person_id, "a": STARTS, "b": STARTS + timedelta(hours=1)},
        ).scalars()
        assert list(elsewhere) == [cast.evans.person_id]


def test_a_visit_that_fails_leaves_nothing_there_and_comes_home(database: Database, cast: Cast):
    with at(database, cast.harbor) as work:
        with pytest.raises(KeyError):
            _visit_and_fail(work, cast.millbrook)
        assert work.departments == (cast.harbor.id,)
        seen = work.conn.execute(sa.text("select distinct department_id from officer")).scalars()
        assert list(seen) == [cast.harbor.id]
    assert _count(database, cast.millbrook, "officer o join person p on p.id = o.person_id where name = 'Hale'") == 0


def test_they_are_invited_again_as_often_as_the_handbook_says(database: Database, cast: Cast) -> None:
    _publish(database, cast.millbrook, ask=[cast.harbor.slug], answer_minutes=60, times=2)
    _publish(database, cast.harbor, lend_to=[cast.millbrook.slug])
    posted = _nobody_wants_it(database, cast.millbrook)

    def due() -> list[timedelta]:
        with at(database, cast.harbor) as work:
            found = invitation_by_code(work, cast.harbor.id, posted.opening.code)
            assert found is not None
            return [found.answer_due_at - MONDAY]

    assert due() == [timedelta(hours=1)]
    for hour, expected in ((1, 2), (2, 2)):
        with at(database, cast.millbrook, MONDAY + timedelta(hours=hour)) as work:
            ask_next(work, cast.millbrook, posted.slot_ids[0])
        assert due() == [timedelta(hours=expected)]


def test_who_has_quiet_hours_hears_of_it_when_they_are_over(database: Database, cast: Cast) -> None:
    """Evans sleeps until nine; Ford hears at eight."""
    _publish(database, cast.millbrook, ask=[cast.harbor.slug])
    _publish(database, cast.harbor, lend_to=[cast.millbrook.slug])
    rules = {"neighbours": {"lend_to": [cast.millbrook.slug]}, "telling": {"urgent_breaks_quiet": False}}
    with at(database, cast.harbor) as work:
        publish(work, cast.harbor.id, TODAY_SINCE, Handbook.model_validate(rules))
        choose(work, cast.evans, Choice(quiet=(0, 9 * 60)))
    posted = _nobody_wants_it(database, cast.millbrook)
    with at(database, cast.harbor) as work:
        found = invitation_by_code(work, cast.harbor.id, posted.opening.code)
        assert found is not None
    do(database, cast.harbor, MONDAY, "tell_invitation", found.id)
    assert (said(database, cast.harbor, cast.evans), said(database, cast.harbor, cast.ford)) == (
        [],
        ["invitation.made"],
    )
    fences = _fences(database, cast.harbor, found.id)
    nine = MONDAY.replace(hour=13)
    do(database, cast.harbor, nine, "tell_invitation", found.id, fence=fences[-1])
    assert said(database, cast.harbor, cast.evans) == ["invitation.made"]
    assert said(database, cast.harbor, cast.ford) == ["invitation.made"]


def _fences(database: Database, where: Department, invitation_id: int) -> list[str]:
    with at(database, where) as work:
        rows = work.conn.execute(
            sa.text("select fence from duty where kind = 'tell_invitation' and subject_id = :i order by id"),
            {"i": invitation_id},
        )
        return list(rows.scalars())


def test_a_department_that_is_asked_and_is_not_there_is_an_error_with_its_place(database: Database, cast: Cast) -> None:
    asks = Handbook.model_validate({"neighbours": {"ask": [cast.harbor.slug, "harbr", cast.millbrook.slug]}})
    with at(database, cast.millbrook) as work:
        found = check(asks, known_people(work, cast.millbrook))
    errors = [(each.path, each.severity) for each in found if each.path[0] == "neighbours"]
    assert errors == [(("neighbours", "ask", 1), "error"), (("neighbours", "ask", 2), "error")]
    assert not [each for each in check(asks) if each.path[0] == "neighbours"]


def test_where_they_are_lent_in_turn_each_hears_of_it_and_may_take_it_in_his(database: Database, cast: Cast):
    """Illustrative: the most junior first, a quarter of an hour apart, within forty minutes: Grant, Ford, Evans."""
    _publish(database, cast.millbrook, ask=[cast.harbor.slug], answer_minutes=40)
    junior_first = [{"key": "seniority", "direction": "down"}]
    lends = {"lend_to": [cast.millbrook.slug], "lend_order": junior_first, "lend_minutes_apart": 15}
    _publish(database, cast.harbor, **lends)
    posted = _nobody_wants_it(database, cast.millbrook)
    code = posted.opening.code
    with at(database, cast.harbor) as work:
        found = invitation_by_code(work, cast.harbor.id, code)
        assert found is not None
        assert _invited(work, cast.harbor, code) == [cast.grant_in_harbor.id, cast.ford.id, cast.evans.id]
    do(database, cast.harbor, MONDAY, "tell_invitation", found.id)
    early = _takes(database, cast.harbor, cast.ford, code)
    not_yet = Verdict(Reason.LENT_NOT_YET, {"opens_at": MONDAY + timedelta(minutes=15)})
    assert early == LendingAnswer("ineligible", not_yet)
    for minutes, who in ((0, cast.grant_in_harbor), (15, cast.ford)):
        assert said(database, cast.harbor, who) == []
        now = MONDAY + timedelta(minutes=minutes)
        do(database, cast.harbor, now, "tell_invitation", found.id, fence=turn_of(who.id, found))
        assert said(database, cast.harbor, who) == ["invitation.made"]
    with at(database, cast.harbor, MONDAY + timedelta(minutes=16)) as work:
        lock_persons(work, [cast.ford.person_id])
        taken = take_invitation(work, cast.harbor, handbook_of(work, cast.harbor), cast.ford, found)
    assert taken.outcome == "taken"
    # It is gone: whose turn comes now is not told of what he cannot have.
    last = MONDAY + timedelta(minutes=30)
    do(database, cast.harbor, last, "tell_invitation", found.id, fence=turn_of(cast.evans.id, found))
    assert said(database, cast.harbor, cast.evans) == []
