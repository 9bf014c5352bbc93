"""If sergeants do not take it, officers may: whoever may take a supervisor's slot now hears of it."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from models.awarding.counting.turning_ordinary import TURNED_ORDINARY
from models.people.handbook import publish
from models.rules.handbook import Handbook
from models.session import Database
from tests.cast import MONDAY, TODAY_SINCE, Cast, Posted, at, post_detail
from tests.workers.duties.doing import do, planned, said

STARTS = MONDAY + timedelta(days=3)
TURNS = MONDAY + timedelta(minutes=30)
CLOSES = MONDAY + timedelta(hours=1)


def for_sergeants(database: Database, cast: Cast, rules: dict[str, Any] | None = None) -> Posted:
    """A detail for sergeants, of whom Alvarez is one; from TURNS on it is for anybody."""
    with at(database, cast.millbrook) as work:
        if rules is not None:
            publish(work, cast.millbrook.id, TODAY_SINCE, Handbook.model_validate(rules))
        work.conn.execute(sa.text("update officer set rank = 'Sergeant' where id = :o"), {"o": cast.alvarez.id})
        about = post_detail(work, cast.millbrook, STARTS)
        work.conn.execute(
            sa.text("update opening set ranks = '{Sergeant}', turns_ordinary_at = :at where id = :o"),
            {"at": TURNS, "o": about.id},
        )
    do(database, cast.millbrook, MONDAY, "announce_posting", about.posting_id or 0)
    assert said(database, cast.millbrook, cast.alvarez) == ["posting.new"]
    assert said(database, cast.millbrook, cast.brooks) == []
    return about


def test_while_sign_up_is_open_who_may_sign_up_now_is_told_and_nobody_twice(database: Database, cast: Cast) -> None:
    about = for_sergeants(database, cast)
    do(database, cast.millbrook, TURNS, "turn_ordinary", about.id)
    assert (about.posting_id, TURNS) in planned(database, cast.millbrook, "announce_posting")
    do(database, cast.millbrook, TURNS, "announce_posting", about.posting_id or 0, fence=f"admits {about.id}")
    for who in (cast.alvarez, cast.brooks, cast.diaz):
        assert said(database, cast.millbrook, who) == ["posting.new"]


def test_after_sign_up_has_closed_nobody_is_told_that_it_is_open(database: Database, cast: Cast) -> None:
    about = for_sergeants(database, cast)
    do(database, cast.millbrook, CLOSES, "close_posting", about.posting_id or 0)
    do(database, cast.millbrook, CLOSES, "turn_ordinary", about.id)
    do(database, cast.millbrook, CLOSES, "announce_posting", about.posting_id or 0, fence=f"admits {about.id}")
    assert said(database, cast.millbrook, cast.brooks) == []


# Illustrative: what the handbook says, how many officers are asked when the slot turns ordinary after the award
ASKED: list[tuple[dict[str, Any], int]] = [
    ({}, 1),
    ({"replacement": {"then": "nobody"}}, 0),
    ({"rank_mix": {"then": "everybody"}}, 5),
    ({"rank_mix": {"then": "everybody"}, "replacement": {"then": "nobody"}}, 5),
]


@pytest.mark.parametrize(("rules", "asked"), ASKED)
def test_after_the_award_all_who_may_take_it_now_are_told(
    database: Database, cast: Cast, rules: Any, asked: int
) -> None:
    about = for_sergeants(database, cast, rules)
    do(database, cast.millbrook, CLOSES, "run_award", about.posting_id or 0)
    do(database, cast.millbrook, CLOSES, "turn_ordinary", about.id)
    do(database, cast.millbrook, CLOSES, "fill_slot", about.slot_id, fence=TURNED_ORDINARY)
    with at(database, cast.millbrook) as work:
        rows = work.conn.execute(sa.text("select officer_id from offer where opening_id = :o"), {"o": about.id})
        assert len(set(rows.scalars())) == asked
        kinds = work.conn.execute(sa.text("select kind from call_out where opening_id = :o"), {"o": about.id})
        assert list(kinds.scalars()) == ["admitted" if asked == 5 else "replacement"]
