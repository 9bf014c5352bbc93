"""The rounds of a detail have not ended while an award waits for its answer, an officer is asked, or sign-up runs."""

from datetime import timedelta

import sqlalchemy as sa

from models.awarding.asking.confirmation import accept_award, end_award
from models.awarding.deciding.award import run_award
from models.awarding.telling.contractor_news import Ending, ending
from models.session import Database
from tests.cast import MONDAY, Cast, Posted, at, post_detail, signs_up


def _ending(database: Database, cast: Cast, about: Posted) -> Ending:
    with at(database, cast.millbrook) as work:
        return ending(work, cast.millbrook.id, about.opening.detail_id)


def test_the_rounds_end_with_the_last_answer(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, MONDAY + timedelta(days=3), count_slots=2)
        for who in (cast.alvarez, cast.brooks):
            signs_up(work, cast.millbrook, who, about)
    assert _ending(database, cast, about) == Ending(0, 2, is_over=False, told=None)
    with at(database, cast.millbrook) as work:
        run_award(work, cast.millbrook, [about.posting_id or 0], "by hand")
        query = "select id from assignment where opening_id = :o order by id"
        hers, his = work.conn.execute(sa.text(query), {"o": about.id}).scalars()
        accept_award(work, cast.millbrook, hers)
    assert _ending(database, cast, about) == Ending(1, 2, is_over=False, told=None)
    with at(database, cast.millbrook) as work:
        accept_award(work, cast.millbrook, his)
    assert _ending(database, cast, about) == Ending(2, 2, is_over=True, told=None)


def test_a_slot_that_somebody_declined_is_looked_after_first(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        about = post_detail(work, cast.millbrook, MONDAY + timedelta(days=3))
        signs_up(work, cast.millbrook, cast.alvarez, about)
        run_award(work, cast.millbrook, [about.posting_id or 0], "by hand")
        hers = work.conn.execute(sa.text("select id from assignment where opening_id = :o"), {"o": about.id})
        end_award(work, cast.millbrook, hers.scalar_one(), "decline")
    assert _ending(database, cast, about) == Ending(0, 1, is_over=False, told=None)
