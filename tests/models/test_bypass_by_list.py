"""What call-outs and first come went by is kept, and who was wrongly passed over is found in it and owed a detail."""

from datetime import timedelta

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from models.awarding.asking import owed_detail
from models.awarding.asking.offer import accept_offer, end_offer
from models.awarding.asking.owed_detail import Owing
from models.awarding.deciding.list_changes import differing, restored
from models.awarding.deciding.listing import past_listings
from models.awarding.telling.why import why
from models.details.opening import opening
from models.people.department import Department
from models.people.handbook import publish
from models.people.officer import officer
from models.people.person import lock_persons
from models.rules.handbook import Handbook
from models.rules.replaying.bypass import Bypassed, Correction
from models.rules.replaying.bypass_by_list import bypassed_by_list
from models.session import Database
from tests.cast import MONDAY, TODAY_SINCE, Cast, Posted, at, handbook_of, post_detail, signs_up
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


def _ask(database: Database, cast: Cast, minutes: int) -> None:
    for slot_id, _ in planned(database, cast.millbrook, "fill_slot"):
        do(database, cast.millbrook, MONDAY + timedelta(minutes=minutes), "fill_slot", slot_id)


def _decline(database: Database, cast: Cast, minutes: int) -> None:
    with at(database, cast.millbrook, MONDAY + timedelta(minutes=minutes)) as work:
        [offer_id] = work.conn.execute(sa.text("select id from offer where state = 'open'")).scalars()
        end_offer(work, cast.millbrook.id, offer_id, "decline")


def test_every_list_by_which_somebody_was_asked_is_kept_and_no_other(database: Database, cast: Cast) -> None:
    _posted(database, cast, "ladder")
    _ask(database, cast, 0)
    _ask(database, cast, 1)
    _decline(database, cast, 2)
    _ask(database, cast, 3)
    with at(database, cast.millbrook) as work:
        lists = work.conn.execute(sa.text("select id, base_id, facts -> 'officers' from listing order by id")).all()
        asked = work.conn.execute(sa.text("select listing_id from offer order by id")).scalars().all()
        first, second = past_listings(work, cast.millbrook.id, MONDAY, MONDAY + timedelta(days=1))
    assert [(row[1], row[2] is None) for row in lists] == [(None, False), (lists[0][0], True)]
    assert asked == [row[0] for row in lists]
    assert (first.facts.officers, first.facts.handbook) == (second.facts.officers, second.facts.handbook)
    assert [each.facts.now for each in (first, second)] == [MONDAY, MONDAY + timedelta(minutes=3)]
    assert [len(each.never) for each in (first, second)] == [0, 1]


def test_who_was_wrongly_left_out_of_a_later_list_is_found_in_it(database: Database, cast: Cast) -> None:
    about = _posted(database, cast, "ladder")
    _ask(database, cast, 0)
    with at(database, cast.millbrook) as work:
        work.conn.execute(sa.text("update officer set status = 'sick' where id = :o"), {"o": cast.diaz.id})
    _decline(database, cast, 2)
    _ask(database, cast, 3)
    with at(database, cast.millbrook, MONDAY + timedelta(minutes=5)) as work:
        [row] = work.conn.execute(sa.text("select id, officer_id from offer where state = 'open'"))
        taker = officer(work, cast.millbrook.id, row.officer_id)
        lock_persons(work, [taker.person_id])
        assert accept_offer(work, cast.millbrook, taker, row.id).outcome == "accepted"
        [_, second] = past_listings(work, cast.millbrook.id, MONDAY, MONDAY + timedelta(days=1))
    assert [who for who, _ in second.taken] == [taker.id]
    with at(database, cast.millbrook, MONDAY + timedelta(minutes=6)) as work:
        found = why(work, cast.millbrook, handbook_of(work, cast.millbrook), cast.diaz, about.opening)
    assert (found.outcome, found.reason, found.listed_at) == (
        "not_listed",
        "status_sick",
        MONDAY + timedelta(minutes=3),
    )


def test_who_came_before_his_turn_is_told_later_why(database: Database, cast: Cast) -> None:
    """First come, officer by officer an hour apart by seniority: Brooks comes at once, Alvarez has the first hour."""
    said = {
        "notice": {"bands": [{"name": "short", "method": "first_come"}]},
        "awarding": {"rounds": [{"name": "in turn", "order": ["seniority"], "entry_minutes_apart": 60}]},
    }
    with at(database, cast.millbrook) as work:
        publish(work, cast.millbrook.id, TODAY_SINCE, Handbook.model_validate(said))
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS, band="short", closes_at=STARTS)
        assert signs_up(work, cast.millbrook, cast.brooks, about) == ["ineligible"]
    with at(database, cast.millbrook, MONDAY + timedelta(minutes=1)) as work:
        assert signs_up(work, cast.millbrook, cast.alvarez, about) == ["taken"]
    with at(database, cast.millbrook, MONDAY + timedelta(minutes=2)) as work:
        gone = opening(work, cast.millbrook.id, about.id)
        found = why(work, cast.millbrook, handbook_of(work, cast.millbrook), cast.brooks, gone)
    assert (found.outcome, found.reason, found.listed_at) == ("refused_then", "entry_not_yet", MONDAY)
    # Replayed as it was, nobody was passed over.
    assert _found(database, cast.millbrook, cast.brooks.badge) == []


_ROWS = st.lists(st.integers(0, 4), max_size=8)


@given(
    st.fixed_dictionaries({"a": _ROWS, "b": _ROWS, "now": st.text()}),
    st.fixed_dictionaries({"a": _ROWS, "b": _ROWS, "now": st.text()}),
)
def test_what_differs_makes_the_facts_again(base: dict[str, object], facts: dict[str, object]) -> None:
    assert restored(base, differing(base, facts)) == facts


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
