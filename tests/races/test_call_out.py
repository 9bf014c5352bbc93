"""A call-out stops at the last slot, however many answer, decline and are asked at the same moment."""

from collections import Counter
from datetime import date, timedelta
from functools import partial

import sqlalchemy as sa

from models.awarding.asking.offer import accept_offer, end_offer
from models.awarding.asking.replacement import ask_next
from models.people.officer import Officer
from models.people.person import lock_persons
from models.retry import whole
from models.rules.handbook import Handbook
from models.session import Database
from tests.cast import MONDAY, Cast, Posted, assemble, at, enlist, post_detail
from tests.races.racing import race

STARTS = MONDAY + timedelta(hours=10)
LADDER = Handbook.model_validate(
    {"notice": {"bands": [{"name": "short", "method": "ladder", "ladder": {"at_once": 4}}]}}
)
SLOTS = 3


def _cast(database: Database) -> tuple[Cast, dict[int, Officer], Posted]:
    cast = assemble(database, LADDER)
    with at(database, cast.millbrook) as work:
        made = [enlist(work, cast.millbrook, f"Officer{n}", seniority_on=date(2012, 1, 1)) for n in range(8)]
        about = post_detail(work, cast.millbrook, STARTS, band="short", count_slots=SLOTS, closes_at=STARTS)
    everybody = [*made, cast.alvarez, cast.brooks, cast.chen, cast.diaz, cast.grant_in_millbrook]
    return cast, {each.id: each for each in everybody}, about


def _ask(database: Database, cast: Cast, slot_id: int) -> int:
    def attempt() -> int:
        with at(database, cast.millbrook) as work:
            return ask_next(work, cast.millbrook, slot_id)

    return whole(attempt)


def _accept(database: Database, cast: Cast, who: Officer, offer_id: int) -> str:
    with at(database, cast.millbrook) as work:
        lock_persons(work, [who.person_id])
        return accept_offer(work, cast.millbrook, who, offer_id).outcome


def _decline(database: Database, cast: Cast, who: Officer, offer_id: int) -> str:
    with at(database, cast.millbrook) as work:
        lock_persons(work, [who.person_id])
        return "declined" if end_offer(work, cast.millbrook.id, offer_id, "decline") else "too late"


def _open(database: Database, cast: Cast) -> list[tuple[int, int]]:
    with at(database, cast.millbrook) as work:
        rows = work.conn.execute(sa.text("select id, officer_id from offer where state = 'open' order by id"))
        return [(row.id, row.officer_id) for row in rows]


def test_all_slots_asked_for_at_once_ask_each_officer_once(database: Database) -> None:
    cast, _, about = _cast(database)
    asked = race([partial(_ask, database, cast, slot_id) for slot_id in about.slot_ids * 2])
    assert sum(asked) == SLOTS * 4, asked
    officers = [officer_id for _, officer_id in _open(database, cast)]
    assert len(officers) == len(set(officers)) == SLOTS * 4


def test_of_twelve_who_answer_at_once_three_have_a_slot_and_nobody_who_may_have_one_hears_that_it_is_gone(
    database: Database,
) -> None:
    cast, officers, about = _cast(database)
    _ask(database, cast, about.slot_id)
    offers = _open(database, cast)
    answers = [
        partial(_decline if place % 4 == 3 else _accept, database, cast, officers[officer_id], offer_id)
        for place, (offer_id, officer_id) in enumerate(offers)
    ]
    ends = Counter(map(str, race(answers)))
    assert ends["accepted"] == SLOTS, ends
    assert set(ends) <= {"accepted", "gone", "declined", "too late"}, ends
    with at(database, cast.millbrook) as work:
        held = work.conn.execute(
            sa.text("select count(distinct slot_id) from assignment where opening_id = :o and ended_at is null"),
            {"o": about.id},
        )
        assert held.scalar_one() == SLOTS
    assert _open(database, cast) == []
    _ask(database, cast, about.slot_id)
    with at(database, cast.millbrook) as work:
        states = work.conn.execute(sa.text("select state from call_out where opening_id = :o"), {"o": about.id})
        assert states.scalars().all() == ["filled"]


def test_who_was_offered_a_slot_that_another_took_has_the_next_free_one(database: Database) -> None:
    cast, officers, about = _cast(database)
    _ask(database, cast, about.slot_id)
    with at(database, cast.millbrook) as work:
        rows = work.conn.execute(
            sa.text("select id, officer_id from offer where slot_id = :s and state = 'open'"), {"s": about.slot_id}
        ).all()
    taken = [_accept(database, cast, officers[row.officer_id], row.id) for row in rows]
    assert taken == ["accepted"] * 3 + ["gone"], "three slots, four who were asked for the first of them"
