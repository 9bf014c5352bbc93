"""Counters: an officer's place in a pool's rotation and the hours counted for him there.

An award moves them at once, so that the next slot goes by the new order; what the outcome gives back is the
handbook's word. A place once left stays free to return to, because the bottom is always one more than the highest.

Whoever moves a counter holds its pool first, or two officers would go to the same bottom, and an award would write
over what an answer gave back a moment before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.proof import event
from models.rules.clauses.awarding import Outcome
from models.session import Work
from models.tables import metadata

rotations = sa.Table(
    "rotation",
    metadata,
    sa.Column("department_id", sa.BigInteger, primary_key=True),
    sa.Column("pool", sa.Text, primary_key=True),
    sa.Column("officer_id", sa.BigInteger, primary_key=True),
    sa.Column("place", sa.BigInteger),
)

hours_counts = sa.Table(
    "hours_count",
    metadata,
    sa.Column("department_id", sa.BigInteger, primary_key=True),
    sa.Column("pool", sa.Text, primary_key=True),
    sa.Column("officer_id", sa.BigInteger, primary_key=True),
    sa.Column("minutes", sa.Integer),
)


@dataclass(frozen=True, slots=True)
class Charge:
    """What an award or an accepted offer took in advance: minutes counted, and the rotation place left for another.

    Places are None where the pool has no rotation the officer stands in.
    """

    minutes: int
    place_before: int | None = None
    place_after: int | None = None


def lock_pools(work: Work, department_id: int, pools: Iterable[str]) -> None:
    """Hold the counters of these pools until the transaction ends; persons are locked before them, never after."""
    work.conn.execute(
        sa.text(
            "select pg_advisory_xact_lock(hashtextextended('pool ' || pool, :d))"
            " from (select pool from unnest(cast(:pools as text[])) as p (pool) order by pool) as in_order"
        ),
        {"d": department_id, "pools": sorted(set(pools))},
    )


def charge(work: Work, department_id: int, officer_id: int, pool: str, minutes: int) -> Charge:
    """Count `minutes` for the officer and move him to the bottom of the pool's rotation."""
    lock_pools(work, department_id, [pool])
    _add_minutes(work, department_id, officer_id, pool, minutes)
    moved = _to_bottom(work, department_id, officer_id, pool)
    return Charge(minutes, *moved) if moved else Charge(minutes)


def settle(work: Work, department_id: int, officer_id: int, pool: str, outcome: Outcome, taken: Charge) -> int:
    """Give back what this outcome does not cost; returns the minutes that stay charged.

    The place is given back only while the officer still stands where the charge put him: a later turn that was spent
    is not undone by an earlier one that was not.
    """
    gives_place = outcome.turn == "kept" and taken.place_before is not None
    gives_minutes = outcome.hours == "not_charged" and taken.minutes > 0
    if gives_place or gives_minutes:
        lock_pools(work, department_id, [pool])
    if gives_place:
        _to_place(work, department_id, officer_id, pool, taken)
    if not gives_minutes:
        return taken.minutes
    _add_minutes(work, department_id, officer_id, pool, -taken.minutes)
    return 0


def set_counter(work: Work, department_id: int, officer_id: int, pool: str, name: str, value: int) -> None:
    """Make the officer's `hours` (in minutes) or his place in the `rotation` exactly `value`."""
    table, column = (hours_counts, "minutes") if name == "hours" else (rotations, "place")
    row = {"department_id": department_id, "pool": pool, "officer_id": officer_id, column: value}
    work.conn.execute(
        insert(table).values(row).on_conflict_do_update(constraint=f"{table.name}_pk", set_={column: value})
    )


def _add_minutes(work: Work, department_id: int, officer_id: int, pool: str, minutes: int) -> None:
    after = work.conn.execute(
        insert(hours_counts)
        .values(department_id=department_id, pool=pool, officer_id=officer_id, minutes=max(minutes, 0))
        .on_conflict_do_update(
            constraint="hours_count_pk", set_={"minutes": sa.func.greatest(hours_counts.c.minutes + minutes, 0)}
        )
        .returning(hours_counts.c.minutes)
    ).scalar_one()
    _record(work, department_id, officer_id, "hours_counted", pool=pool, minutes=minutes, after=after)


def _to_bottom(work: Work, department_id: int, officer_id: int, pool: str) -> tuple[int, int] | None:
    moved = work.conn.execute(
        sa.text(
            "with bottom as (select max(place) + 1 as place from rotation where department_id = :d and pool = :pool),"
            " mine as (select place from rotation where department_id = :d and pool = :pool and officer_id = :o"
            " for update)"
            " update rotation r set place = bottom.place from bottom, mine"
            " where r.department_id = :d and r.pool = :pool and r.officer_id = :o"
            " returning mine.place as before, r.place as after"
        ),
        {"d": department_id, "pool": pool, "o": officer_id},
    ).one_or_none()
    if moved is None:
        return None
    _record(work, department_id, officer_id, "rotation_moved", pool=pool, before=moved.before, after=moved.after)
    return moved.before, moved.after


def _to_place(work: Work, department_id: int, officer_id: int, pool: str, taken: Charge) -> None:
    moved = work.conn.execute(
        sa.update(rotations)
        .where(
            rotations.c.department_id == department_id,
            rotations.c.pool == pool,
            rotations.c.officer_id == officer_id,
            rotations.c.place == taken.place_after,
        )
        .values(place=taken.place_before)
    )
    if moved.rowcount:
        _record(
            work,
            department_id,
            officer_id,
            "rotation_place_kept",
            pool=pool,
            before=taken.place_after,
            after=taken.place_before,
        )


def _record(work: Work, department_id: int, officer_id: int, name: str, **data: Any) -> None:
    event.record(work, department_id, name, "officer", officer_id, officer_id=officer_id, **data)
