"""Turns in a pool's rotation as rows: a queue, or a circle with a mark (models/rules/orders/rotations.py).

Whoever calls holds the pool.
"""

from typing import Any

from models.proof import event
from models.session import Work
from models.tables import sql


def spend_turn(work: Work, department_id: int, officer_id: int, pool: str, is_circle: bool) -> tuple[int, int] | None:
    """The officer's turn is spent; returns his place before and after, None where he has none in the pool."""
    bound = {"d": department_id, "pool": pool, "o": officer_id}
    moved = work.conn.execute(sql(_MOVE_MARK if is_circle else _TO_BOTTOM), bound).one_or_none()
    if moved is None:
        return None
    name = "owed_call_paid_back" if moved.was_owed else "rotation_moved"
    _record(work, department_id, officer_id, name, pool=pool, before=moved.before, after=moved.after)
    return moved.before, moved.after


def place_in_rotation(work: Work, department_id: int, officer_id: int, pool: str) -> int | None:
    """The officer's place as people count it, 1 is next and owed calls come first; None where he is not in it."""
    place: int | None = work.conn.execute(
        sql(
            "select place from (select officer_id, rank() over (order by owed = 0, place) as place from rotation"
            " where department_id = :d and pool = :pool) as in_order where officer_id = :o"
        ),
        {"d": department_id, "pool": pool, "o": officer_id},
    ).scalar_one_or_none()
    return place


def owe_call(work: Work, department_id: int, officer_id: int, pool: str) -> None:
    """The officer's turn came and he keeps it: in a circle he is owed a call."""
    owed = work.conn.execute(
        sql(
            "update rotation set owed = owed + 1 where department_id = :d and pool = :pool and officer_id = :o"
            " returning owed"
        ),
        {"d": department_id, "pool": pool, "o": officer_id},
    ).scalar_one_or_none()
    if owed is not None:
        _record(work, department_id, officer_id, "call_owed", pool=pool, owed=owed)


_TO_BOTTOM = """
with bottom as (select max(place) + 1 as place from rotation where department_id = :d and pool = :pool),
mine as (select place from rotation where department_id = :d and pool = :pool and officer_id = :o for update)
update rotation r set place = bottom.place from bottom, mine
 where r.department_id = :d and r.pool = :pool and r.officer_id = :o
returning mine.place as before, r.place as after, false as was_owed
"""

# All up to him go round together, in their order; an owed call is paid back and moves nobody.
_MOVE_MARK = """
with mine as (
    select place, owed > 0 as was_owed from rotation where department_id = :d and pool = :pool and officer_id = :o
       for update
), way as (
    select max(place) - min(place) + 1 as places from rotation where department_id = :d and pool = :pool
), moved as (
    update rotation r set place = case when mine.was_owed then r.place else r.place + way.places end,
           owed = case when mine.was_owed then r.owed - 1 else r.owed end
      from mine, way
     where r.department_id = :d and r.pool = :pool
       and (r.officer_id = :o or (not mine.was_owed and r.place < mine.place))
    returning r.officer_id, r.place
)
select mine.place as before, moved.place as after, mine.was_owed from mine, moved where moved.officer_id = :o
"""


def _record(work: Work, department_id: int, officer_id: int, name: str, **data: Any) -> None:
    event.record(work, department_id, name, "officer", officer_id, officer_id=officer_id, **data)
