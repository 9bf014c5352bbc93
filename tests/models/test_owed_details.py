"""A detail is owed to an officer who was passed over: it is offered to him before its award, and every step is told."""

from datetime import timedelta
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from models.awarding.asking import owed_detail
from models.awarding.asking.confirmation import end_award
from models.awarding.asking.offer import accept_offer, end_offer
from models.awarding.asking.owed_detail import Owing
from models.awarding.deciding.award import run_award
from models.people.officer import Officer
from models.people.person import lock_persons
from models.rules.clauses.working import Replacement
from models.rules.handbook import Handbook
from models.session import Database
from tests.cast import MONDAY, Cast, Posted, assemble, at, by_text, post_detail, signs_up
from tests.workers.duties.doing import do, planned, said, state_of

STARTS = MONDAY + timedelta(days=5)
AWARD = MONDAY + timedelta(hours=6)
LATER = MONDAY + timedelta(minutes=5)


class EarlyAward(NamedTuple):
    """An award made by hand while an owed slot of the detail waits for its officer's answer."""

    cast: Cast
    about: Posted
    offer_id: int


@pytest.fixture
def missed(database: Database, cast: Cast) -> Posted:
    """What Diaz, the most junior, should have had."""
    with at(database, cast.millbrook) as work:
        return post_detail(work, cast.millbrook, STARTS - timedelta(days=1))


def _owed(database: Database, cast: Cast, missed: Posted) -> int:
    with at(database, cast.millbrook) as work:
        made = owed_detail.owe(work, cast.millbrook, cast.diaz, missed.opening, Owing("Chief Hale", "wrong rank"))
        assert made is not None
        assert owed_detail.owe(work, cast.millbrook, cast.diaz, missed.opening, Owing("Chief Hale", "again")) is None
        return made


def _offered(database: Database, cast: Cast, owed_id: int) -> tuple[Posted, int]:
    """A detail that all of them want, of which Diaz is offered a slot before its award."""
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS, closes_at=AWARD, count_slots=2)
        for who in (cast.alvarez, cast.brooks):
            signs_up(work, cast.millbrook, who, about)
    with at(database, cast.millbrook, LATER) as work:
        work.conn.execute(sa.text("update posting set state = 'withdrawn' where id <> :p"), {"p": about.posting_id})
        offer_id = owed_detail.offer_next(work, cast.millbrook, owed_id)
    assert offer_id is not None
    return about, offer_id


def _holders(database: Database, cast: Cast, about: Posted) -> set[int]:
    with at(database, cast.millbrook) as work:
        rows = work.conn.execute(
            sa.text("select officer_id from assignment where opening_id = :o and ended_at is null"), {"o": about.id}
        )
        return set(rows.scalars())


def _state(database: Database, cast: Cast, owed_id: int) -> str:
    with at(database, cast.millbrook) as work:
        return str(owed_detail.owed(work, cast.millbrook.id, owed_id).state)


def test_who_takes_what_he_is_owed_has_it_and_the_award_has_one_slot_less(
    database: Database, cast: Cast, missed: Posted
) -> None:
    owed_id = _owed(database, cast, missed)
    about, offer_id = _offered(database, cast, owed_id)
    do(database, cast.millbrook, LATER, "tell_owed", owed_id, fence="owed")
    do(database, cast.millbrook, LATER, "tell_offer", offer_id)
    with at(database, cast.millbrook, LATER, by_text(cast.diaz)) as work:
        lock_persons(work, [cast.diaz.person_id])
        assert accept_offer(work, cast.millbrook, cast.diaz, offer_id).outcome == "accepted"
    do(database, cast.millbrook, LATER, "settle_owed", offer_id)
    with at(database, cast.millbrook, AWARD) as work:
        run_award(work, cast.millbrook, [about.posting_id or 0], "by hand")
    assert _state(database, cast, owed_id) == "used"
    assert _holders(database, cast, about) == {cast.alvarez.id, cast.diaz.id}
    assert said(database, cast.millbrook, cast.diaz) == ["owed.owed", "offer.owed"]


def test_a_slot_that_is_still_offered_is_no_part_of_an_award(database: Database, cast: Cast, missed: Posted) -> None:
    about, _ = _offered(database, cast, _owed(database, cast, missed))
    with at(database, cast.millbrook, LATER) as work:
        run_award(work, cast.millbrook, [about.posting_id or 0], "by hand")
    assert _holders(database, cast, about) == {cast.alvarez.id}


@pytest.mark.parametrize(("verb", "state"), [("decline", "refused"), ("expire", "owed"), ("lose_contact", "owed")])
def test_a_no_ends_it_and_silence_does_not(
    database: Database, cast: Cast, missed: Posted, verb: str, state: str
) -> None:
    owed_id = _owed(database, cast, missed)
    _, offer_id = _offered(database, cast, owed_id)
    with at(database, cast.millbrook, LATER) as work:
        assert end_offer(work, cast.millbrook.id, offer_id, verb)
    assert planned(database, cast.millbrook, "fill_slot") == []
    do(database, cast.millbrook, LATER, "settle_owed", offer_id)
    assert _state(database, cast, owed_id) == state


def test_it_runs_out_after_two_weeks_and_leave_puts_that_off(database: Database, cast: Cast, missed: Posted) -> None:
    owed_id = _owed(database, cast, missed)
    [(_, until_at)] = planned(database, cast.millbrook, "end_owed")
    with at(database, cast.millbrook) as work:
        work.conn.execute(
            sa.text(
                "insert into tour (department_id, officer_id, during, kind)"
                " values (:d, :o, tstzrange(:f, :u, '[)'), 'leave')"
            ),
            {"d": cast.millbrook.id, "o": cast.diaz.id, "f": MONDAY + timedelta(days=3), "u": STARTS},
        )
    do(database, cast.millbrook, until_at, "end_owed", owed_id)
    assert _state(database, cast, owed_id) == "owed"
    [_, (_, later)] = planned(database, cast.millbrook, "end_owed")
    assert (later - until_at).days == 3
    do(database, cast.millbrook, later, "end_owed", owed_id)
    do(database, cast.millbrook, later, "tell_owed", owed_id, fence="run_out")
    assert (_state(database, cast, owed_id), said(database, cast.millbrook, cast.diaz)) == ("run_out", ["owed.run_out"])


@pytest.fixture(params=[1, 3], ids=lambda at_once: f"{at_once} at once")
def cast_asked(database: Database, request: pytest.FixtureRequest) -> Cast:
    """A department that asks officers for each slot one by one, and one that asks three at once."""
    return assemble(database, Handbook(replacement=Replacement(at_once=request.param)))


@pytest.fixture
def awarded_early(database: Database, cast_asked: Cast) -> EarlyAward:
    """Of two slots Alvarez is awarded one by hand, before its time, while Diaz is being offered the other."""
    cast = cast_asked
    with at(database, cast.millbrook) as work:
        missed = post_detail(work, cast.millbrook, STARTS - timedelta(days=1))
    owed_id = _owed(database, cast, missed)
    about, offer_id = _offered(database, cast, owed_id)
    with at(database, cast.millbrook, LATER) as work:
        run_award(work, cast.millbrook, [about.posting_id or 0], "by hand")
    return EarlyAward(cast, about, offer_id)


def test_a_slot_that_is_owed_is_offered_to_nobody_else_after_an_award_by_hand(
    database: Database, awarded_early: EarlyAward
) -> None:
    """Brooks is standby and hears nothing while Diaz may still say yes."""
    cast, about, offer_id = awarded_early
    _fill(database, cast)
    assert _asked(database, about, cast) == {cast.diaz.id}
    assert _takes(database, cast, cast.diaz, offer_id) == "accepted"
    assert _holders(database, cast, about) == {cast.alvarez.id, cast.diaz.id}


def test_an_owed_slot_that_is_refused_after_an_award_by_hand_goes_on_to_the_standby(
    database: Database, awarded_early: EarlyAward
) -> None:
    cast, about, offer_id = awarded_early
    with at(database, cast.millbrook, LATER) as work:
        assert end_offer(work, cast.millbrook.id, offer_id, "decline")
    _fill(database, cast)
    assert cast.brooks.id in _asked(database, about, cast)


def test_the_other_slot_goes_on_and_its_taker_does_not_take_the_owed_one_with_it(
    database: Database, awarded_early: EarlyAward
) -> None:
    """Alvarez declines hers and Brooks takes it: that was the last for everybody else, and Diaz is still asked."""
    cast, about, offer_id = awarded_early
    with at(database, cast.millbrook, LATER) as work:
        hers = work.conn.execute(sa.text("select id from assignment where opening_id = :o"), {"o": about.id})
        assert end_award(work, cast.millbrook, hers.scalar_one(), "decline")
    _fill(database, cast)
    with at(database, cast.millbrook, LATER) as work:
        found = work.conn.execute(
            sa.text("select officer_id, id from offer where opening_id = :o and not is_owed order by id"),
            {"o": about.id},
        ).all()
    assert _takes(database, cast, cast.brooks, found[0].id) == "accepted"
    assert found[0].officer_id == cast.brooks.id
    for row in found[1:]:
        assert state_of(database, cast.millbrook, "offer", row.id) == "withdrawn"
    assert _takes(database, cast, cast.diaz, offer_id) == "accepted"
    assert _holders(database, cast, about) == {cast.brooks.id, cast.diaz.id}


def _fill(database: Database, cast: Cast) -> None:
    for slot_id, _ in planned(database, cast.millbrook, "fill_slot"):
        do(database, cast.millbrook, LATER, "fill_slot", slot_id)


def _takes(database: Database, cast: Cast, who: Officer, offer_id: int) -> str:
    with at(database, cast.millbrook, LATER, by_text(who)) as work:
        lock_persons(work, [who.person_id])
        return accept_offer(work, cast.millbrook, who, offer_id).outcome


def _asked(database: Database, about: Posted, cast: Cast) -> set[int]:
    with at(database, cast.millbrook) as work:
        rows = work.conn.execute(sa.text("select officer_id from offer where opening_id = :o"), {"o": about.id})
        return set(rows.scalars())
