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
from models.tables import metadata, sql

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
        sql(
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


def settle(work: Work, department_id: int, officer_id: int, pool: str, outcome: Outcome, taken: Charge) -> None:
    """Give back what this outcome does not cost.

    The place is given back only while the officer still stands where the charge put him: a later turn that was spent
    is not undone by an earlier one that was not.
    """
    gives_place = outcome.turn == "kept" and taken.place_before is not None
    kept = stays_charged(outcome, taken)
    if not gives_place and kept == taken.minutes:
        return
    given = work.conn.execute(
        sql(_GIVE_BACK),
        {
            "d": department_id,
            "pool": pool,
            "o": officer_id,
            "minutes": taken.minutes - kept,
            "gives_place": gives_place,
            "before": taken.place_before,
            "after": taken.place_after,
        },
    ).one()
    if given.minutes is not None:
        back = kept - taken.minutes
        _record(work, department_id, officer_id, "hours_counted", pool=pool, minutes=back, after=given.minutes)
    if given.place is not None:
        places = {"before": taken.place_after, "after": given.place}
        _record(work, department_id, officer_id, "rotation_place_kept", pool=pool, **places)


def stays_charged(outcome: Outcome, taken: Charge) -> int:
    """The minutes that stay on the officer's count after this outcome."""
    return taken.minutes if outcome.hours == "charged" else 0


# The pool is held in the same statement: rows that changed while it waited are read again before they are written.
_GIVE_BACK = """
with held as materialized (select pg_advisory_xact_lock(hashtextextended('pool ' || :pool, :d)) as held),
counted as (
    update hours_count h set minutes = greatest(h.minutes - :minutes, 0) from held
     where h.department_id = :d and h.pool = :pool and h.officer_id = :o and cast(:minutes as integer) > 0
    returning h.minutes
), placed as (
    update rotation r set place = cast(:before as bigint) from held
     where r.department_id = :d and r.pool = :pool and r.officer_id = :o and r.place = cast(:after as bigint)
       and cast(:gives_place as boolean)
    returning r.place
)
select (select minutes from counted) as minutes, (select place from placed) as place
"""


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
        sql(
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


def _record(work: Work, department_id: int, officer_id: int, name: str, **data: Any) -> None:
    event.record(work, department_id, name, "officer", officer_id, officer_id=officer_id, **data)
