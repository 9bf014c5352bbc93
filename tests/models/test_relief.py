"""The rest of a detail changes hands: asked once, taken by one, and nobody goes before the other is there."""

from datetime import datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from models.awarding.asking.offer import accept_offer, make_offer
from models.people.officer import Officer
from models.people.person import lock_persons
from models.rules.handbook import Handbook
from models.session import Database
from models.working.assignment import assignment
from models.working.attendance import check_in, check_out
from models.working.relief import ask_for_relief, asked_relief, begin_relief, take_back_relief
from tests.cast import MONDAY, Cast, assemble, assigns, at, by_text, handbook_of, post_detail
from tests.dialog.street import Street, now
from tests.races.racing import race
from tests.workers.duties.doing import do, said, state_of

STARTS = MONDAY + timedelta(days=3)
ENDS = STARTS + timedelta(hours=8)
ASKED = STARTS + timedelta(hours=3)
RELIEVED = Handbook.model_validate({"staying": {"relief": "yes", "relief_lead_minutes": 60, "most_minutes": 120}})


@pytest.fixture
def cast(database: Database) -> Cast:
    """Whoever wants to may be relieved."""
    return assemble(database, RELIEVED)


@pytest.fixture
def held(database: Database, cast: Cast) -> int:
    """Alvarez is on the detail."""
    with at(database, cast.millbrook) as work:
        one = assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, STARTS))
    with at(database, cast.millbrook, STARTS, by_text(cast.alvarez)) as work:
        assert check_in(work, cast.alvarez, one).outcome == "done"
    return one


def _asks(database: Database, cast: Cast, held: int, when: datetime = ASKED) -> tuple[str, int]:
    with at(database, cast.millbrook, when, by_text(cast.alvarez)) as work:
        outcome = ask_for_relief(work, assignment(work, cast.millbrook.id, held), "hours")
        found = work.conn.execute(sa.text("select max(id) from relief where assignment_id = :a"), {"a": held})
        return outcome, found.scalar_one() or 0


def _opened(database: Database, cast: Cast, relief_id: int) -> tuple[int, int]:
    """The rest as an opening, and its slot."""
    with at(database, cast.millbrook, ASKED) as work:
        begin_relief(work, cast.millbrook, relief_id)
        row = work.conn.execute(
            sa.text("select o.id, s.id from opening o join slot s on s.opening_id = o.id where o.relief_id = :r"),
            {"r": relief_id},
        ).one()
        return row[0], row[1]


# when it is asked for, and what comes of it: somebody else begins an hour later
WHEN = [(ASKED, "asked"), (ENDS - timedelta(minutes=61), "asked"), (ENDS - timedelta(minutes=60), "too_late")]


@pytest.mark.parametrize(("when", "outcome"), WHEN)
def test_it_is_asked_for_while_somebody_could_still_begin(
    database: Database, cast: Cast, held: int, when: datetime, outcome: str
) -> None:
    assert _asks(database, cast, held, when)[0] == outcome


def test_it_is_asked_for_once(database: Database, cast: Cast, held: int) -> None:
    assert [_asks(database, cast, held)[0] for _ in range(2)] == ["asked", "already"]


@pytest.mark.parametrize("attempt", range(3))
def test_two_accept_it_at_once_and_one_relieves(database: Database, cast: Cast, held: int, attempt: int) -> None:
    _, relief_id = _asks(database, cast, held)
    opening_id, slot_id = _opened(database, cast, relief_id)

    def accepts(who: Officer, offer_id: int) -> str:
        with at(database, cast.millbrook, ASKED, by_text(who)) as work:
            lock_persons(work, [who.person_id])
            return accept_offer(work, cast.millbrook, who, offer_id).outcome

    with at(database, cast.millbrook, ASKED) as work:
        until, holds = ASKED + timedelta(minutes=30), handbook_of(work, cast.millbrook).id
        put = [
            (who, make_offer(work, cast.millbrook.id, slot_id, opening_id, who.id, until, holds, None))
            for who in (cast.brooks, cast.chen)
        ]
    answers = race([partial(accepts, who, one) for who, one in put])
    assert sorted(answers) == ["accepted", "gone"]


def test_he_is_relieved_when_the_other_is_there_and_not_before(database: Database, cast: Cast, held: int) -> None:
    _, relief_id = _asks(database, cast, held)
    opening_id, slot_id = _opened(database, cast, relief_id)
    with at(database, cast.millbrook, ASKED, by_text(cast.brooks)) as work:
        until, holds = ASKED + timedelta(minutes=30), handbook_of(work, cast.millbrook).id
        offer_id = make_offer(work, cast.millbrook.id, slot_id, opening_id, cast.brooks.id, until, holds, None)
        lock_persons(work, [cast.brooks.person_id])
        assert accept_offer(work, cast.millbrook, cast.brooks, offer_id).outcome == "accepted"
        other = work.conn.execute(sa.text("select id from assignment where slot_id = :s"), {"s": slot_id}).scalar_one()
    for _ in range(2):
        do(database, cast.millbrook, ASKED, "tell_relief", relief_id, f"taken {other}")
    with at(database, cast.millbrook) as work:
        assert assignment(work, cast.millbrook.id, held).ends_at == ENDS, "he holds it until the other is there"
    there_at = ASKED + timedelta(minutes=52)
    with at(database, cast.millbrook, there_at, by_text(cast.brooks)) as work:
        assert check_in(work, cast.brooks, other).outcome == "done"
    for _ in range(2):
        do(database, cast.millbrook, there_at, "tell_relief", relief_id, f"there {other}")
    with at(database, cast.millbrook) as work:
        assert assignment(work, cast.millbrook.id, held).ends_at == there_at
    assert said(database, cast.millbrook, cast.alvarez) == ["watch.relief_taken", "watch.relief_there"]


def test_who_left_without_waiting_hears_nothing_more(database: Database, cast: Cast, held: int) -> None:
    _, relief_id = _asks(database, cast, held)
    with at(database, cast.millbrook, ASKED, by_text(cast.alvarez)) as work:
        check_out(work, cast.alvarez, held)
    with at(database, cast.millbrook, ASKED) as work:
        begin_relief(work, cast.millbrook, relief_id)
        none = work.conn.execute(sa.text("select count(*) from opening where relief_id = :r"), {"r": relief_id})
        assert none.scalar_one() == 0


def test_nobody_takes_it(database: Database, cast: Cast, held: int) -> None:
    _, relief_id = _asks(database, cast, held)
    _, slot_id = _opened(database, cast, relief_id)
    for _ in range(2):
        do(database, cast.millbrook, ASKED + timedelta(hours=1), "settle_relief", relief_id)
    assert said(database, cast.millbrook, cast.alvarez) == ["watch.relief_not_found"]
    assert state_of(database, cast.millbrook, "slot", slot_id) == "cancelled"
    assert state_of(database, cast.millbrook, "relief", relief_id) == "unfilled"


# how far it has come when he takes it back, and whether he can
HOW_FAR = [("asked", True), ("opened", True), ("offered", True), ("accepted", False), ("nobody", False)]


@pytest.mark.parametrize(("how_far", "is_kept"), HOW_FAR)
def test_he_takes_it_back_while_nobody_has_taken_it(
    database: Database, cast: Cast, held: int, how_far: str, is_kept: bool
) -> None:
    _, relief_id = _asks(database, cast, held)
    slot_id = offer_id = 0
    if how_far != "asked":
        opening_id, slot_id = _opened(database, cast, relief_id)
        with at(database, cast.millbrook, ASKED, by_text(cast.brooks)) as work:
            until, holds = ASKED + timedelta(minutes=30), handbook_of(work, cast.millbrook).id
            if how_far != "opened":
                offer_id = make_offer(work, cast.millbrook.id, slot_id, opening_id, cast.brooks.id, until, holds, None)
            if how_far == "accepted":
                lock_persons(work, [cast.brooks.person_id])
                assert accept_offer(work, cast.millbrook, cast.brooks, offer_id).outcome == "accepted"
    if how_far == "nobody":
        do(database, cast.millbrook, ASKED + timedelta(hours=1), "settle_relief", relief_id)
    for expected in (is_kept, False):
        with at(database, cast.millbrook, ASKED, by_text(cast.alvarez)) as work:
            assert take_back_relief(work, cast.millbrook.id, relief_id) is expected
            assert (asked_relief(work, cast.millbrook.id, held) is None) is (how_far != "accepted")
    if how_far == "offered":
        do(database, cast.millbrook, ASKED, "tell_offer_gone", offer_id)
        assert said(database, cast.millbrook, cast.brooks)[-1] == "offer.gone"
        assert state_of(database, cast.millbrook, "slot", slot_id) == "cancelled"


def test_by_text_undo_and_keep_take_it_back(database: Database, cast: Cast) -> None:
    street, began = Street(database, cast), now() - timedelta(hours=4)
    with at(database, cast.millbrook, began, by_text(cast.alvarez)) as work:
        held = assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, began))
        check_in(work, cast.alvarez, held)
    for words in ("UNDO", "KEEP"):
        assert any(
            "asking others" in each for each in [street.text(cast.alvarez, "RELIEF"), street.text(cast.alvarez, "3")]
        )
        assert "you stay on it" in street.text(cast.alvarez, words)
    assert "you stay on it" not in street.text(cast.alvarez, "KEEP")


def test_a_text_about_it_costs_what_a_text_may_cost(database: Database, cast: Cast) -> None:
    street, began = Street(database, cast), now() - timedelta(hours=4)
    with at(database, cast.millbrook, began, by_text(cast.alvarez)) as work:
        held = assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, began))
        check_in(work, cast.alvarez, held)
    until = (began + timedelta(hours=9)).astimezone(cast.millbrook.zone)
    cost = {}
    for body in (f"STAY TILL {until:%-I:%M%p}", "1", "RELIEF", "3", "STATUS", "OUT 2PM FOR BROOKS", "ALL OK"):
        assert street.text(cast.alvarez, body)
        cost[body] = len(street.statements)
    assert max(cost.values()) <= 12, cost
