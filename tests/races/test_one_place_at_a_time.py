"""An officer is never in two places, whoever gives him the time and in however many departments at once."""

from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from models.awarding.asking.offer import accept_offer
from models.awarding.deciding.award import run_award
from models.people.department import Department
from models.people.officer import Officer
from models.people.person import lock_persons
from models.retry import whole
from models.session import Database
from models.working.assignment import AlreadyCommitted, SlotTaken
from tests.cast import MONDAY, Cast, Posted, assigns, at, offers, post_detail, signs_up
from tests.races.racing import race

ROUNDS = 12
STARTS = MONDAY + timedelta(days=3)


def _taken(database: Database, cast: Cast, person_id: int) -> int:
    """How many live assignments the person has, in both departments."""
    with at(database, [cast.millbrook, cast.harbor]) as work:
        return work.conn.execute(
            sa.text("select count(*) from assignment where person_id = :p and ended_at is null"), {"p": person_id}
        ).scalar_one()


def _assign(database: Database, where: Department, who: Officer, about: Posted) -> int:
    with at(database, where) as work:
        return assigns(work, where, who, about)


@pytest.mark.parametrize("is_locked", [True, False], ids=["locked", "lock forgotten"])
def test_given_two_details_at_one_time_in_two_departments_he_gets_one(
    database: Database, cast: Cast, is_locked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_locked:
        monkeypatch.setattr("tests.cast.lock_persons", lambda *_: None)
    for day in range(ROUNDS):
        starts_at = STARTS + timedelta(days=day)
        with at(database, cast.millbrook) as work:
            here = post_detail(work, cast.millbrook, starts_at)
        with at(database, cast.harbor) as work:
            there = post_detail(work, cast.harbor, starts_at + timedelta(hours=1))
        ends = race(
            [
                partial(_assign, database, cast.millbrook, cast.grant_in_millbrook, here),
                partial(_assign, database, cast.harbor, cast.grant_in_harbor, there),
            ]
        )
        lost = [end for end in ends if not isinstance(end, int)]
        assert len(lost) == 1, ends
        assert isinstance(lost[0], SlotTaken), ends
        assert str(lost[0]) == "", "the loser learns nothing of the other department"
        assert _taken(database, cast, cast.grant_in_millbrook.person_id) == day + 1


def test_the_refusal_names_no_department_detail_or_time(database: Database, cast: Cast) -> None:
    with at(database, cast.harbor) as work:
        assigns(work, cast.harbor, cast.grant_in_harbor, post_detail(work, cast.harbor, STARTS))
    with at(database, cast.millbrook) as work:
        here = post_detail(work, cast.millbrook, STARTS)
        with pytest.raises(AlreadyCommitted) as refusal:
            assigns(work, cast.millbrook, cast.grant_in_millbrook, here)
    assert refusal.value.args == ()


def test_back_to_back_details_in_two_departments_are_both_his(database: Database, cast: Cast) -> None:
    with at(database, cast.harbor) as work:
        assigns(work, cast.harbor, cast.grant_in_harbor, post_detail(work, cast.harbor, STARTS, hours=4))
    with at(database, cast.millbrook) as work:
        later = post_detail(work, cast.millbrook, STARTS + timedelta(hours=4))
        assert assigns(work, cast.millbrook, cast.grant_in_millbrook, later)


def _accept(database: Database, where: Department, who: Officer, offer_id: int) -> str:
    def attempt() -> str:
        with at(database, where) as work:
            lock_persons(work, [who.person_id])
            return accept_offer(work, where, who, offer_id).outcome

    return whole(attempt)


def test_accepting_offers_of_two_departments_at_once_he_gets_one(database: Database, cast: Cast) -> None:
    for day in range(ROUNDS):
        starts_at = STARTS + timedelta(days=day)
        with at(database, cast.millbrook) as work:
            here = offers(work, cast.millbrook, cast.grant_in_millbrook, post_detail(work, cast.millbrook, starts_at))
        with at(database, cast.harbor) as work:
            there = offers(work, cast.harbor, cast.grant_in_harbor, post_detail(work, cast.harbor, starts_at))
        ends = race(
            [
                partial(_accept, database, cast.millbrook, cast.grant_in_millbrook, here),
                partial(_accept, database, cast.harbor, cast.grant_in_harbor, there),
            ]
        )
        assert sorted(map(str, ends)) in (["accepted", "committed"], ["accepted", "ineligible"]), ends
        assert _taken(database, cast, cast.grant_in_millbrook.person_id) == day + 1


def _award(database: Database, where: Department) -> int | None:
    def attempt() -> int | None:
        with at(database, where, MONDAY + timedelta(hours=2)) as work:
            return run_award(work, where)

    return whole(attempt, lost=(SlotTaken,))


def test_awarded_by_two_departments_at_once_he_gets_one_and_neither_run_fails(database: Database, cast: Cast) -> None:
    for day in range(ROUNDS):
        starts_at = STARTS + timedelta(days=day)
        with at(database, cast.millbrook) as work:
            signs_up(work, cast.millbrook, cast.grant_in_millbrook, post_detail(work, cast.millbrook, starts_at))
        with at(database, cast.harbor) as work:
            signs_up(work, cast.harbor, cast.grant_in_harbor, post_detail(work, cast.harbor, starts_at))
        ends = race([partial(_award, database, cast.millbrook), partial(_award, database, cast.harbor)])
        assert all(isinstance(end, int) for end in ends), ends
        assert _taken(database, cast, cast.grant_in_millbrook.person_id) == day + 1


def test_an_award_and_an_accepted_offer_of_another_department_at_once_give_him_one(
    database: Database, cast: Cast
) -> None:
    for day in range(ROUNDS):
        starts_at = STARTS + timedelta(days=day)
        with at(database, cast.millbrook) as work:
            signs_up(work, cast.millbrook, cast.grant_in_millbrook, post_detail(work, cast.millbrook, starts_at))
        with at(database, cast.harbor) as work:
            there = offers(work, cast.harbor, cast.grant_in_harbor, post_detail(work, cast.harbor, starts_at))
        ends = race(
            [
                partial(_award, database, cast.millbrook),
                partial(_accept, database, cast.harbor, cast.grant_in_harbor, there),
            ]
        )
        assert isinstance(ends[0], int), ends
        assert ends[1] in ("accepted", "committed", "ineligible"), ends
        assert _taken(database, cast, cast.grant_in_millbrook.person_id) == day + 1
