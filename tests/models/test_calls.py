"""Calls on record: they begin once, end once, and are given up when their hang-up got lost."""

from datetime import timedelta

import sqlalchemy as sa

from models.line.call import LOST_AFTER, begin_call, end_call, expire_call, lock_call, move_call
from models.session import Database, Work
from tests.cast import MONDAY, Cast, at


def _begin(work: Work, cast: Cast, sid: str) -> int:
    line_id = work.conn.execute(
        sa.text("select id from line where department_id = :d"), {"d": cast.millbrook.id}
    ).scalar_one()
    assert begin_call(work, cast.millbrook.id, line_id, sid, "+19075550101", "+19075550100")
    assert not begin_call(work, cast.millbrook.id, line_id, sid, "+19075550101", "+19075550100")
    return lock_call(work, cast.millbrook.id, sid, "0").id  # type: ignore[union-attr]  # it just began


def _events(work: Work, call_id: int) -> list[str]:
    found = sa.text("select name from event where subject_kind = 'call' and subject_id = :id order by id")
    return list(work.conn.execute(found, {"id": call_id}).scalars())


def _call(work: Work, call_id: int) -> tuple[str, str | None]:
    row = work.conn.execute(sa.text("select state, ending from call where id = :id"), {"id": call_id}).one()
    return row.state, row.ending


def test_a_call_ends_once_however_often_its_end_is_told(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        call_id = _begin(work, cast, "CA-ends")
        assert move_call(work, cast.millbrook.id, call_id, "put_through")
        assert end_call(work, cast.millbrook.id, call_id, "hung_up")
        assert not end_call(work, cast.millbrook.id, call_id, "failed")
        assert not move_call(work, cast.millbrook.id, call_id, "come_back")
    with at(database, cast.millbrook) as work:
        assert _call(work, call_id) == ("ended", "hung_up")
        assert _events(work, call_id) == ["call_began", "call_put_through", "call_ended"]


def test_a_call_whose_hang_up_got_lost_is_given_up_when_nothing_is_heard(database: Database, cast: Cast) -> None:
    with at(database, cast.millbrook) as work:
        call_id = _begin(work, cast, "CA-lost")
        work.conn.execute(
            sa.text("update call set last_turn_at = :at, turns = 3 where id = :id"),
            {"at": MONDAY + timedelta(minutes=20), "id": call_id},
        )
    with at(database, cast.millbrook, MONDAY + LOST_AFTER) as work:
        expire_call(work, cast.millbrook.id, call_id)
        assert _call(work, call_id) == ("under_way", None)  # something was heard since: it is looked at later
    with at(database, cast.millbrook) as work:
        due = sa.text("select max(due_at) from duty where kind = 'expire_call' and subject_id = :id")
        later = work.conn.execute(due, {"id": call_id}).scalar_one()
    assert later == MONDAY + timedelta(minutes=20) + LOST_AFTER
    for _ in range(2):
        with at(database, cast.millbrook, later) as work:
            expire_call(work, cast.millbrook.id, call_id)
    with at(database, cast.millbrook) as work:
        assert _call(work, call_id) == ("ended", "lost")
        assert _events(work, call_id) == ["call_began", "call_lost"]
