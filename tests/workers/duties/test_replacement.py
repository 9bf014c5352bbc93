"""A slot comes free: the next is asked, the first who accepts has it, and everybody is told how it stands."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models.awarding.asking.confirmation import accept_award
from models.awarding.asking.offer import accept_offer
from models.people.officer import Officer
from models.people.person import lock_persons
from models.rules.clauses.working import Replacement
from models.rules.handbook import Handbook
from models.session import Database
from models.working.assignment_drop import Told, drop_assignment
from models.working.no_show import miss_assignment
from tests.cast import MONDAY, Cast, Posted, assemble, assigns, at, offers, post_detail, signs_up
from tests.dialog.street import Street, now
from tests.dialog.test_turn import soon
from tests.workers.duties.doing import carried, do, handed_off, planned, said, state_of, without_phone

STARTS = MONDAY + timedelta(days=3)
LATE = STARTS - timedelta(hours=24)


@pytest.fixture
def street(database: Database, cast: Cast) -> Street:
    """The cast with phones in their hands."""
    return Street(database, cast)


@pytest.fixture
def about(database: Database, cast: Cast) -> Posted:
    with at(database, cast.millbrook) as work:
        return post_detail(work, cast.millbrook, STARTS)


def _asked(database: Database, cast: Cast) -> list[tuple[int, int]]:
    """Offers that stand, as (offer, officer)."""
    with at(database, cast.millbrook) as work:
        rows = work.conn.execute(sa.text("select id, officer_id from offer where state = 'open' order by id"))
        return [(row.id, row.officer_id) for row in rows]


def _accept(database: Database, cast: Cast, who: Officer, offer_id: int) -> str:
    with at(database, cast.millbrook, LATE) as work:
        lock_persons(work, [who.person_id])
        return accept_offer(work, cast.millbrook, who, offer_id).outcome


def test_standbys_are_asked_first_and_each_officer_once(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        for who in (cast.alvarez, cast.diaz):
            signs_up(work, cast.millbrook, who, about)
    do(database, cast.millbrook, MONDAY + timedelta(hours=1), "run_award", about.posting_id or 0)
    [(held, _)] = planned(database, cast.millbrook, "tell_award")
    do(database, cast.millbrook, LATE, "award_unreachable", held)
    asked = []
    for _ in range(3):
        do(database, cast.millbrook, LATE, "fill_slot", about.slot_id)
        [(offer_id, officer_id)] = _asked(database, cast)
        asked.append(officer_id)
        do(database, cast.millbrook, LATE, "offer_unreachable", offer_id)
    assert asked == [cast.diaz.id, cast.brooks.id, cast.chen.id]


def test_as_many_are_asked_at_once_as_the_handbook_says(database: Database) -> None:
    cast = assemble(database, Handbook(replacement=Replacement(at_once=3)))
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
    for _ in range(2):
        do(database, cast.millbrook, LATE, "fill_slot", about.slot_id)
    assert [officer for _, officer in _asked(database, cast)] == [cast.alvarez.id, cast.brooks.id, cast.chen.id]


def test_when_nobody_is_left_to_ask_a_person_is_told(database: Database, cast: Cast, about: Posted) -> None:
    for _ in range(5):
        do(database, cast.millbrook, LATE, "fill_slot", about.slot_id)
        [(offer_id, _)] = _asked(database, cast)
        do(database, cast.millbrook, LATE, "offer_unreachable", offer_id)
    assert handed_off(database, cast.millbrook) == []
    do(database, cast.millbrook, LATE, "fill_slot", about.slot_id)
    assert handed_off(database, cast.millbrook) == ["slot_not_filled"]


def test_after_the_start_nobody_is_asked_by_text_but_a_person_is_told(
    database: Database, cast: Cast, about: Posted
) -> None:
    do(database, cast.millbrook, STARTS, "fill_slot", about.slot_id)
    assert _asked(database, cast) == []
    assert handed_off(database, cast.millbrook) == ["slot_not_filled"]


def test_a_slot_that_is_held_again_asks_nobody(database: Database, cast: Cast, about: Posted) -> None:
    with at(database, cast.millbrook) as work:
        assigns(work, cast.millbrook, cast.alvarez, about)
    do(database, cast.millbrook, LATE, "fill_slot", about.slot_id)
    assert _asked(database, cast) == []


def test_an_offer_is_told_with_its_time_and_expires_into_the_next(
    database: Database, cast: Cast, about: Posted
) -> None:
    do(database, cast.millbrook, LATE, "fill_slot", about.slot_id)
    [(offer_id, _)] = _asked(database, cast)
    do(database, cast.millbrook, LATE, "tell_offer", offer_id)
    due_at = LATE + timedelta(minutes=30)
    assert said(database, cast.millbrook, cast.alvarez) == ["offer.made"]
    assert planned(database, cast.millbrook, "expire_offer") == [(offer_id, due_at)]
    carried(database, cast.millbrook, cast.alvarez, LATE)
    do(database, cast.millbrook, due_at, "expire_offer", offer_id)
    assert state_of(database, cast.millbrook, "offer", offer_id) == "expired"


def test_an_offer_whose_text_went_out_late_stands_the_longer(database: Database, cast: Cast, about: Posted) -> None:
    do(database, cast.millbrook, LATE, "fill_slot", about.slot_id)
    [(offer_id, _)] = _asked(database, cast)
    do(database, cast.millbrook, LATE, "tell_offer", offer_id)
    carried(database, cast.millbrook, cast.alvarez, LATE + timedelta(minutes=20))
    do(database, cast.millbrook, LATE + timedelta(minutes=30), "expire_offer", offer_id)
    assert state_of(database, cast.millbrook, "offer", offer_id) == "open"
    assert planned(database, cast.millbrook, "expire_offer")[-1] == (offer_id, LATE + timedelta(minutes=50))


def test_an_offer_to_somebody_without_a_number_passes_on_and_is_no_refusal(
    database: Database, cast: Cast, about: Posted
) -> None:
    without_phone(database, cast.millbrook, cast.alvarez)
    do(database, cast.millbrook, LATE, "fill_slot", about.slot_id)
    [(offer_id, _)] = _asked(database, cast)
    do(database, cast.millbrook, LATE, "tell_offer", offer_id)
    [(unreachable, due_at)] = planned(database, cast.millbrook, "offer_unreachable")
    do(database, cast.millbrook, due_at, "offer_unreachable", unreachable)
    assert state_of(database, cast.millbrook, "offer", offer_id) == "unreachable"


def test_the_others_asked_are_told_that_it_is_gone(database: Database, cast: Cast, about: Posted) -> None:
    with at(database, cast.millbrook, LATE) as work:
        first, second = (offers(work, cast.millbrook, who, about) for who in (cast.alvarez, cast.brooks))
    assert _accept(database, cast, cast.brooks, second) == "accepted"
    assert planned(database, cast.millbrook, "tell_offer_gone") == [(first, LATE)]
    do(database, cast.millbrook, LATE, "tell_offer_gone", first)
    do(database, cast.millbrook, LATE, "tell_offer", first)
    assert said(database, cast.millbrook, cast.alvarez) == ["offer.gone"]


def test_who_asked_for_it_himself_and_heard_that_it_is_gone_does_not_hear_it_again(street: Street) -> None:
    """The other's yes is a second earlier, and the worker that tells is a second later."""
    cast = street.cast
    with at(street.database, cast.millbrook, now()) as work:
        about = post_detail(work, cast.millbrook, soon())
        first, _ = (offers(work, cast.millbrook, who, about) for who in (cast.alvarez, cast.brooks))
    assert (street.text(cast.brooks, f"A{about.opening.code}") or "").startswith("Accepted")
    assert "is not free any more" in (street.text(cast.alvarez, f"A{about.opening.code}") or "")
    do(street.database, cast.millbrook, now(), "tell_offer_gone", first)
    assert said(street.database, cast.millbrook, cast.alvarez) == ["accept.gone"]


def _looking(database: Database, cast: Cast, about: Posted) -> tuple[int, int]:
    """Diaz holds it and wants to give it back, late; returns his assignment and the drop."""
    with at(database, cast.millbrook) as work:
        held = assigns(work, cast.millbrook, cast.diaz, about)
    with at(database, cast.millbrook, LATE) as work:
        outcome, _ = drop_assignment(work, cast.millbrook, cast.diaz, held, Told(is_free=False, bar_days=30))
        assert outcome == "looking"
    [(drop_id, starts_at)] = planned(database, cast.millbrook, "settle_drop")
    assert starts_at == STARTS
    return held, drop_id


def test_a_late_drop_is_replaced_and_the_officer_released(database: Database, cast: Cast, about: Posted) -> None:
    held, drop_id = _looking(database, cast, about)
    do(database, cast.millbrook, LATE, "fill_slot", about.slot_id)
    [(offer_id, _)] = _asked(database, cast)
    assert state_of(database, cast.millbrook, "assignment", held) == "confirmed", "he holds it until it is taken"
    assert _accept(database, cast, cast.alvarez, offer_id) == "accepted"
    assert state_of(database, cast.millbrook, "assignment", held) == "dropped"
    assert planned(database, cast.millbrook, "tell_drop_outcome") == [(drop_id, LATE)]
    do(database, cast.millbrook, LATE, "tell_drop_outcome", drop_id)
    do(database, cast.millbrook, STARTS, "settle_drop", drop_id)
    assert said(database, cast.millbrook, cast.diaz) == ["replacement.taken"]


def test_a_drop_nobody_took_leaves_the_officer_expected(database: Database, cast: Cast, about: Posted) -> None:
    held, drop_id = _looking(database, cast, about)
    for _ in range(2):
        do(database, cast.millbrook, STARTS, "settle_drop", drop_id)
    assert state_of(database, cast.millbrook, "assignment", held) == "confirmed"
    assert said(database, cast.millbrook, cast.diaz) == ["replacement.nobody"]


@pytest.mark.parametrize("is_replaced", [True, False])
def test_who_gives_it_back_is_charged_the_hours_unless_he_is_replaced(database: Database, is_replaced: bool) -> None:
    case = {"on": ["dropped"], "replaced": True, "turn": "spent", "hours": "not_charged"}
    outcomes = {"dropped": {"turn": "spent", "hours": "charged"}, "cases": [case]}
    cast = assemble(database, Handbook.model_validate({"outcomes": outcomes}))
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        signs_up(work, cast.millbrook, cast.diaz, about)
    do(database, cast.millbrook, MONDAY + timedelta(hours=1), "run_award", about.posting_id or 0)
    [(held, _)] = planned(database, cast.millbrook, "tell_award")
    with at(database, cast.millbrook, MONDAY + timedelta(hours=2)) as work:
        assert accept_award(work, cast.millbrook, held)
    with at(database, cast.millbrook, LATE) as work:
        drop_assignment(work, cast.millbrook, cast.diaz, held, Told(is_free=False, bar_days=30))
    if is_replaced:
        do(database, cast.millbrook, LATE, "fill_slot", about.slot_id)
        [(offer_id, _)] = _asked(database, cast)
        assert _accept(database, cast, cast.alvarez, offer_id) == "accepted"
    else:
        with at(database, cast.millbrook, STARTS + timedelta(hours=1)) as work:
            assert miss_assignment(work, cast.millbrook, held) is not None
    with at(database, cast.millbrook) as work:
        counted = work.conn.execute(
            sa.text("select minutes from hours_count where officer_id = :o"), {"o": cast.diaz.id}
        ).scalar_one()
    assert counted == (0 if is_replaced else 8 * 60)


def test_who_did_not_agree_to_be_texted_is_asked_only_as_a_standby(database: Database, cast: Cast) -> None:
    """Standbys signed up for it themselves; of everyone else, whoever withdrew his consent is left in peace."""
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS)
        work.conn.execute(
            sa.text("update consent set withdrawn_at = :now where department_id = :d and person_id <> :chen"),
            {"now": MONDAY, "d": cast.millbrook.id, "chen": cast.chen.person_id},
        )
    for _ in range(3):
        do(database, cast.millbrook, LATE, "fill_slot", about.slot_id)
    with at(database, cast.millbrook) as work:
        rows = work.conn.execute(sa.text("select officer_id from offer"))
        assert list(rows.scalars()) == [cast.chen.id]
