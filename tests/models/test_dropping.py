"""Drops: nothing is done at a dearer price than was told, and who found no replacement pays for a late drop only."""

from datetime import timedelta

import sqlalchemy as sa

from models.session import Database
from models.working.assignment_drop import Told, drop_assignment
from models.working.no_show import miss_assignment
from tests.cast import MONDAY, Cast, assigns, at, post_detail

STARTS_AT = MONDAY + timedelta(days=5)


def _held(database: Database, cast: Cast) -> int:
    with at(database, cast.millbrook) as work:
        return assigns(work, cast.millbrook, cast.alvarez, post_detail(work, cast.millbrook, STARTS_AT))


def test_a_drop_that_has_become_dearer_than_was_told_is_not_done(database: Database, cast: Cast):
    held = _held(database, cast)
    with at(database, cast.millbrook, STARTS_AT - timedelta(hours=20)) as work:
        told = Told(is_free=True, bar_days=0)
        outcome, _ = drop_assignment(work, cast.millbrook, cast.alvarez, held, told)
        drops = work.conn.execute(sa.text("select count(*) from assignment_drop")).scalar_one()
    assert (outcome, drops) == ("price_changed", 0)


def test_who_found_no_replacement_and_did_not_come_pays_for_a_late_drop_not_a_no_show(database: Database, cast: Cast):
    held = _held(database, cast)
    with at(database, cast.millbrook, STARTS_AT - timedelta(hours=20)) as work:
        drop_assignment(work, cast.millbrook, cast.alvarez, held, Told(is_free=False, bar_days=365))
    with at(database, cast.millbrook, STARTS_AT + timedelta(hours=1)) as work:
        missed = miss_assignment(work, cast.millbrook, held)
    with at(database, cast.millbrook) as work:
        kinds = work.conn.execute(sa.text("select kind from penalty")).scalars().all()
        state = work.conn.execute(sa.text("select state from assignment")).scalar_one()
    assert missed is not None
    assert (missed.is_late_drop, kinds, state) == (True, ["late_drop"], "dropped")
