"""What call-outs and first come went by is kept, and who was wrongly passed over is found in it and owed a detail."""

from datetime import timedelta

import sqlalchemy as sa

from models.awarding.asking import owed_detail
from models.awarding.asking.offer import accept_offer
from models.awarding.asking.owed_detail import Owing
from models.awarding.deciding.listing import past_listings
from models.people.department import Department
from models.people.handbook import publish
from models.people.person import lock_persons
from models.rules.handbook import Handbook
from models.rules.replaying.bypass import Bypassed, Correction
from models.rules.replaying.bypass_by_list import bypassed_by_list
from models.session import Database
from tests.cast import MONDAY, TODAY_SINCE, Cast, Posted, at, post_detail, signs_up
from tests.workers.duties.doing import do, planned

STARTS = MONDAY + timedelta(hours=10)


def _posted(database: Database, cast: Cast, method: str) -> Posted:
    """A detail of one slot; the record says wrongly that Alvarez, the most senior, is sick."""
    bands = {"notice": {"bands": [{"name": "short", "method": method}]}}
    with at(database, cast.millbrook) as work:
        publish(work, cast.millbrook.id, TODAY_SINCE, Handbook.model_validate(bands))
        work.conn.execute(sa.text("update officer set status = 'sick' where id = :o"), {"o": cast.alvarez.id})
    with at(database, cast.millbrook) as work:
        return post_detail(work, cast.millbrook, STARTS, band="short", closes_at=STARTS)


def _found(database: Database, where: Department, badge: str) -> list[Bypassed]:
    with at(database, where) as work:
        past = past_listings(work, where.id, MONDAY, MONDAY + timedelta(days=1))
        return list(bypassed_by_list(past, [Correction(badge=badge, status="active")]))


def test_who_was_left_out_of_a_call_out_is_found_and_owed_a_detail(database: Database, cast: Cast) -> None:
    about = _posted(database, cast, "ladder")
    for slot_id, _ in planned(database, cast.millbrook, "fill_slot"):
        do(database, cast.millbrook, MONDAY, "fill_slot", slot_id)
    assert _found(database, cast.millbrook, cast.alvarez.badge) == []
    with at(database, cast.millbrook, MONDAY + timedelta(minutes=5)) as work:
        offer_id = work.conn.execute(sa.text("select id from offer where opening_id = :o"), {"o": about.id})
        lock_persons(work, [cast.brooks.person_id])
        assert accept_offer(work, cast.millbrook, cast.brooks, offer_id.scalar_one()).outcome == "accepted"
    [found] = _found(database, cast.millbrook, cast.alvarez.badge)
    assert (found.officer_id, found.opening.id, found.instead) == (cast.alvarez.id, about.id, (cast.brooks.id,))
    assert found.told is not None
    assert (found.told.reason, found.right.reason) == ("status_sick", "asked_before")
    with at(database, cast.millbrook) as work:
        assert owed_detail.owe(work, cast.millbrook, cast.alvarez, about.opening, Owing("Chief Hale", "not sick"))
    assert len(planned(database, cast.millbrook, "offer_owed")) == 1


def test_a_call_out_keeps_one_list_however_many_it_asks(database: Database, cast: Cast) -> None:
    _posted(database, cast, "ladder")
    for hour in range(3):
        for slot_id, _ in planned(database, cast.millbrook, "fill_slot"):
            do(database, cast.millbrook, MONDAY + timedelta(minutes=hour), "fill_slot", slot_id)
    with at(database, cast.millbrook) as work:
        assert work.conn.execute(sa.text("select kind from listing")).scalars().all() == ["call_out"]


def test_who_came_first_and_was_refused_is_found(database: Database, cast: Cast) -> None:
    about = _posted(database, cast, "first_come")
    with at(database, cast.millbrook) as work:
        assert signs_up(work, cast.millbrook, cast.alvarez, about) == ["ineligible"]
    with at(database, cast.millbrook, MONDAY + timedelta(minutes=1)) as work:
        assert signs_up(work, cast.millbrook, cast.brooks, about) == ["taken"]
    [found] = _found(database, cast.millbrook, cast.alvarez.badge)
    assert (found.kind, found.officer_id, found.instead) == ("first_come", cast.alvarez.id, (cast.brooks.id,))
    assert found.right.reason == "awarded"


def test_who_was_not_told_of_what_went_first_come_is_found(database: Database, cast: Cast) -> None:
    about = _posted(database, cast, "first_come")
    do(database, cast.millbrook, MONDAY, "announce_posting", about.posting_id or 0)
    with at(database, cast.millbrook, MONDAY + timedelta(minutes=1)) as work:
        assert signs_up(work, cast.millbrook, cast.brooks, about) == ["taken"]
    [found] = _found(database, cast.millbrook, cast.alvarez.badge)
    assert (found.right.reason, found.instead) == ("to_be_told", (cast.brooks.id,))
