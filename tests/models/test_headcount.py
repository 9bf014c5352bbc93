"""More or fewer officers are ordered for a posted detail: new slots are filled by the rule, and some give way."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models.awarding.asking.offer import open_offers
from models.awarding.deciding.award import run_award
from models.awarding.deciding.headcount import Changed, HeadcountRefused, Ordered, change_headcount, gaining_by
from models.details.opening import opening, openings_posted
from models.people.by_hand import ByHandAct, ByHandRefused, allow
from models.people.handbook import publish
from models.people.officer import Officer
from models.rules.handbook import Handbook
from models.session import Database
from models.working.assignment_drop import Told, drop_assignment
from models.working.attendance import check_in
from tests.cast import MONDAY, TODAY_SINCE, Cast, Posted, assigns, at, post_detail, signs_up
from tests.workers.duties.doing import do, planned, said, state_of, texts

STARTS = MONDAY + timedelta(days=3)
LATER = MONDAY + timedelta(hours=2)
SAID = Ordered("Lt. Moss", "the road is narrower")


def _change(database: Database, cast: Cast, about: Posted, count: int) -> Changed:
    with at(database, cast.millbrook, LATER) as work:
        now = opening(work, cast.millbrook.id, about.id)
        return change_headcount(work, cast.millbrook, now, count, SAID)


def _slots(database: Database, cast: Cast, about: Posted) -> dict[str, int]:
    with at(database, cast.millbrook) as work:
        rows = work.conn.execute(
            sa.text("select state, count(*) from slot where opening_id = :o group by state"), {"o": about.id}
        )
        return {row.state: row.count for row in rows}


def _awarded(database: Database, cast: Cast, slots: int, *officers: Officer) -> Posted:
    """An award is made; the officers signed up for it."""
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS, count_slots=slots)
        for who in officers:
            signs_up(work, cast.millbrook, who, about)
        run_award(work, cast.millbrook, [about.posting_id or 0], "by hand")
    return about


def _fill(database: Database, cast: Cast) -> None:
    for slot_id, _ in planned(database, cast.millbrook, "fill_slot"):
        do(database, cast.millbrook, LATER, "fill_slot", slot_id)


def test_who_signed_up_does_not_order_more_for_it_by_hand(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS, count_slots=2)
        signs_up(work, cast.millbrook, cast.alvarez, about)
        now = opening(work, cast.millbrook.id, about.id)
        by_more, by_less = (gaining_by(work, cast.millbrook, now, count) for count in (3, 1))
        assert (by_more, by_less) == ({cast.alvarez.id}, set())
        with pytest.raises(ByHandRefused, match="nobody decides what he gains by"):
            allow(work, cast.millbrook, ByHandAct("change_headcount", cast.alvarez.badge, "a big crowd", by_more))
        allow(work, cast.millbrook, ByHandAct("change_headcount", cast.alvarez.badge, "rain", by_less))
        allow(work, cast.millbrook, ByHandAct("change_headcount", cast.brooks.badge, "a big crowd", by_more))


def test_before_the_award_the_slots_are_more_or_fewer(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, STARTS, count_slots=2)
        for who in (cast.alvarez, cast.brooks, cast.chen):
            signs_up(work, cast.millbrook, who, about)
    assert _change(database, cast, about, 3) == Changed(2, 3, 1, ())
    assert planned(database, cast.millbrook, "fill_slot") == []
    assert _change(database, cast, about, 1) == Changed(3, 1, 0, ())
    with at(database, cast.millbrook, LATER) as work:
        run_award(work, cast.millbrook, [about.posting_id or 0], "by hand")
        assert opening(work, cast.millbrook.id, about.id).slots == 1
    assert _slots(database, cast, about) == {"held": 1, "cancelled": 2}


def test_a_new_slot_after_the_award_goes_to_the_standby(database: Database, cast: Cast) -> None:
    about = _awarded(database, cast, 1, cast.alvarez, cast.diaz)
    assert _change(database, cast, about, 2).added == 1
    _fill(database, cast)
    with at(database, cast.millbrook) as work:
        asked = work.conn.execute(sa.text("select officer_id from offer where opening_id = :o"), {"o": about.id})
        assert asked.scalars().all() == [cast.diaz.id]
        changed = work.conn.execute(sa.text("select data from event where name = 'headcount_changed'")).scalar_one()
    assert changed == {"before": 1, "after": 2, "by": "Lt. Moss", "reason": "the road is narrower"}


def test_a_free_slot_goes_before_anybody_gives_way(database: Database, cast: Cast) -> None:
    about = _awarded(database, cast, 2, cast.alvarez)
    _fill(database, cast)
    with at(database, cast.millbrook) as work:
        assert len(open_offers(work, cast.millbrook.id, about.id)) == 1
    assert _change(database, cast, about, 1).gave_way == ()
    _fill(database, cast)
    assert _slots(database, cast, about) == {"held": 1, "cancelled": 1}
    with at(database, cast.millbrook) as work:
        assert open_offers(work, cast.millbrook.id, about.id) == []
        assert work.conn.execute(sa.text("select state from call_out")).scalars().all() == ["filled"]


def test_who_gives_way_has_his_hours_and_turn_back_and_is_told(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        rotation = {"awarding": {"rounds": [{"name": "all", "order": ["rotation"]}]}}
        rules = {**rotation, "headcount": {"gives_way": "least_senior"}}
        publish(work, cast.millbrook.id, TODAY_SINCE, Handbook.model_validate(rules))
    about = _awarded(database, cast, 2, cast.alvarez, cast.brooks)
    [gone] = _change(database, cast, about, 1).gave_way
    assert state_of(database, cast.millbrook, "assignment", gone) == "cancelled"
    with at(database, cast.millbrook) as work:
        query = "select minutes, turns from hours_count where officer_id = :o"
        assert work.conn.execute(sa.text(query), {"o": cast.brooks.id}).one() == (0, 0)
        assert work.conn.execute(sa.text(query), {"o": cast.alvarez.id}).one() == (480, 1)
    [(subject, _)] = planned(database, cast.millbrook, "tell_cancelled")
    do(database, cast.millbrook, LATER, "tell_cancelled", subject, fence="least_senior")
    assert said(database, cast.millbrook, cast.brooks) == ["headcount.released"]
    assert "you are the least senior" in texts(database, cast.millbrook, cast.brooks)[0].body
    assert "paid" not in texts(database, cast.millbrook, cast.brooks)[0].body


def test_what_is_owed_for_short_notice_is_on_record_and_told(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        pay = {"pay": {"cancellation": {"bands": [{"under_hours": 96, "hours": 4}]}}}
        publish(work, cast.millbrook.id, TODAY_SINCE, Handbook.model_validate(pay))
    about = _awarded(database, cast, 2, cast.alvarez, cast.brooks)
    [gone] = _change(database, cast, about, 1).gave_way
    with at(database, cast.millbrook) as work:
        owed = work.conn.execute(sa.text("select data from event where name = 'cancellation_owed'")).scalar_one()
    assert (owed["minutes"], owed["cents"], owed["to"]) == (240, 26000, "officer")
    do(database, cast.millbrook, LATER + timedelta(days=2), "tell_cancelled", gone, fence="last_given")
    assert "you are paid 4h, $260" in texts(database, cast.millbrook, cast.brooks)[0].body


def test_who_is_giving_it_back_goes_first_and_nobody_is_asked_any_more(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, LATER + timedelta(hours=20), count_slots=2)
        for slot, who in enumerate((cast.alvarez, cast.brooks)):
            assigns(work, cast.millbrook, who, about, slot=slot)
        run_award(work, cast.millbrook, [about.posting_id or 0], "by hand")
    with at(database, cast.millbrook, LATER) as work:
        [hers] = work.conn.execute(
            sa.text("select id from assignment where officer_id = :o"), {"o": cast.alvarez.id}
        ).scalars()
        assert drop_assignment(work, cast.millbrook, cast.alvarez, hers, Told(False, 365))[0] == "looking"
    _fill(database, cast)
    assert _change(database, cast, about, 1).gave_way == (hers,)
    with at(database, cast.millbrook) as work:
        assert open_offers(work, cast.millbrook.id, about.id) == []


def test_who_has_checked_in_does_not_give_way(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook, LATER) as work:
        about = post_detail(work, cast.millbrook, LATER + timedelta(minutes=10), count_slots=2)
        for slot, who in enumerate((cast.alvarez, cast.brooks)):
            check_in(work, who, assigns(work, cast.millbrook, who, about, slot=slot))
    with pytest.raises(HeadcountRefused, match="checked in"):
        _change(database, cast, about, 1)
    assert _slots(database, cast, about) == {"held": 2}


def test_the_same_again_and_what_has_begun_are_refused(database: Database, cast: Cast) -> None:
    about = _awarded(database, cast, 1, cast.alvarez)
    with pytest.raises(HeadcountRefused, match="1 are ordered already"):
        _change(database, cast, about, 1)
    with at(database, cast.millbrook, STARTS) as work, pytest.raises(HeadcountRefused, match="begun"):
        change_headcount(work, cast.millbrook, opening(work, cast.millbrook.id, about.id), 2, SAID)


def test_the_mix_is_read_anew_and_sergeants_are_told(database: Database, cast: Cast) -> None:
    mix = {"ranks": ["Sergeant", "Officer"], "rank_mix": {"bands": [{"at_least": 3, "rank": "Sergeant"}]}}
    with at(database, cast.millbrook) as work:
        publish(work, cast.millbrook.id, TODAY_SINCE, Handbook.model_validate(mix))
        work.conn.execute(sa.text("update officer set rank = 'Sergeant' where id = :o"), {"o": cast.chen.id})
        about = post_detail(work, cast.millbrook, STARTS, count_slots=2, closes_at=STARTS - timedelta(hours=5))
    assert _change(database, cast, about, 4) == Changed(2, 4, 2, ())
    with at(database, cast.millbrook, LATER) as work:
        found = openings_posted(work, cast.millbrook.id)
        assert [(each.ranks, each.slots) for each in found] == [((), 3), (("Sergeant",), 1)]
        fences = work.conn.execute(
            sa.text("select fence from duty where kind = 'announce_posting' and fence <> ''")
        ).scalars()
        assert list(fences) == [f"opening {found[1].id}"]
    do(database, cast.millbrook, LATER, "announce_posting", about.posting_id or 0, fence=f"opening {found[1].id}")
    assert said(database, cast.millbrook, cast.chen) == ["posting.new"]
    assert said(database, cast.millbrook, cast.alvarez) == []
    # Back to two: the sergeants' opening has no slot any more, and nobody is shown it.
    assert _change(database, cast, about, 2) == Changed(4, 2, 0, ())
    with at(database, cast.millbrook, LATER) as work:
        assert [each.id for each in openings_posted(work, cast.millbrook.id)] == [about.id]
