"""An award by hand: before its time, for a reason that goes on record, and only of what was named."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models.awarding.deciding.award import run_award, signed_up_for
from models.people.by_hand import ByHandAct, ByHandRefused, allow
from models.session import Database
from tests.cast import MONDAY, Cast, at, post_detail, signs_up
from tests.workers.duties.doing import handed_off


def test_only_the_named_detail_is_awarded_and_the_reason_is_on_record(database: Database, cast: Cast):
    with at(database, cast.millbrook) as work:
        named, other = (post_detail(work, cast.millbrook, MONDAY + timedelta(days=days)) for days in (5, 6))
        signs_up(work, cast.millbrook, cast.alvarez, named, other)
    with at(database, cast.millbrook) as work:
        award_id = run_award(work, cast.millbrook, [named.posting_id], "site opens early")
    with at(database, cast.millbrook) as work:
        states = work.conn.execute(
            sa.text("select id, state from posting where department_id = :d"), {"d": cast.millbrook.id}
        ).all()
        reason = work.conn.execute(
            sa.text("select data ->> 'reason' from event where department_id = :d and name = 'award_made'"),
            {"d": cast.millbrook.id},
        ).scalar_one()
    assert award_id is not None
    assert {row.id: row.state for row in states} == {named.posting_id: "awarded", other.posting_id: "open"}
    assert reason == "site opens early"


def test_what_was_awarded_is_not_awarded_again(database: Database, cast: Cast):
    with at(database, cast.millbrook) as work:
        named = post_detail(work, cast.millbrook, MONDAY + timedelta(days=5))
        first = run_award(work, cast.millbrook, [named.posting_id], "site opens early")
        again = run_award(work, cast.millbrook, [named.posting_id], "site opens early")
    assert (first is None, again) == (False, None)


def test_who_signed_up_does_not_award_it_by_hand_unless_he_breaks_the_glass(database: Database, cast: Cast):
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, MONDAY + timedelta(days=5))
        signs_up(work, cast.millbrook, cast.alvarez, about)
        gaining = signed_up_for(work, cast.millbrook.id, [about.posting_id or 0])
        assert gaining == {cast.alvarez.id}
        allow(work, cast.millbrook, ByHandAct("award", cast.brooks.badge, "site opens early", gaining))
        allow(work, cast.millbrook, ByHandAct("award", "the desk", "site opens early", gaining))
        with pytest.raises(ByHandRefused, match="nobody decides what he gains by"):
            allow(work, cast.millbrook, ByHandAct("award", cast.alvarez.badge, "site opens early", gaining))
    assert handed_off(database, cast.millbrook) == []
    with at(database, cast.millbrook) as work:
        broken = ByHandAct("award", cast.alvarez.badge, "nobody else is here", gaining, break_glass=True)
        allow(work, cast.millbrook, broken)
    with at(database, cast.millbrook) as work:
        told = work.conn.execute(sa.text("select data from event where name = 'glass_broken'")).scalar_one()
    assert handed_off(database, cast.millbrook) == ["glass_broken"]
    assert (told["verb"], told["against"], told["words"]) == ("award", "own_benefit", "nobody else is here")
