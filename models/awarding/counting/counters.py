"""Counters: an officer's place in a pool's rotation and the hours counted for him there.

An award moves them at once, so that the next slot goes by the new order; what the outcome gives back is the
handbook's word. A place once left stays free to return to, because the bottom is always one more than the highest.

Whoever moves a counter holds its pool first, or two officers would go to the same bottom, and an award would write
over what an answer gave back a moment before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.awarding.counting.turn_taking import owe_call, spend_turn
from models.proof import event
from models.rules.awarding.outcomes import CounterChange, CounterName
from models.rules.clauses.outcomes import Outcome
from models.session import Work
from models.tables import Timestamp, metadata, sql

rotations = sa.Table(
    "rotation",
    metadata,
    sa.Column("department_id", sa.BigInteger, primary_key=True),
    sa.Column("pool", sa.Text, primary_key=True),
    sa.Column("officer_id", sa.BigInteger, primary_key=True),
    sa.Column("place", sa.BigInteger),
    sa.Column("base_place", sa.BigInteger),
    sa.Column("owed", sa.Integer),
)

hours_counts = sa.Table(
    "hours_count",
    metadata,
    sa.Column("department_id", sa.BigInteger, primary_key=True),
    sa.Column("pool", sa.Text, primary_key=True),
    sa.Column("officer_id", sa.BigInteger, primary_key=True),
    sa.Column("minutes", sa.Integer),
    sa.Column("turns", sa.Integer),
    sa.Column("points", sa.Integer),
    sa.Column("refused_minutes", sa.Integer),
    sa.Column("offered_minutes", sa.Integer),
    sa.Column("since_at", Timestamp),
)


@dataclass(frozen=True, slots=True)
class Charge:
    """What an award or an accepted offer took in advance: minutes, turns, points, and the rotation place left.

    Places are None where the pool has no rotation the officer stands in. `at` is the time whose period it was charged
    to: once that has ended, nothing of it is given back. None: the present one. In a circle no place is given back: who
    keeps his turn is owed a call.
    """

    minutes: int
    place_before: int | None = None
    place_after: int | None = None
    turns: int = 0
    points: int = 0
    at: datetime | None = None
    in_circle: bool = False


def lock_pools(work: Work, department_id: int, pools: Iterable[str]) -> None:
    """Hold the counters of these pools until the transaction ends; persons are locked before them, never after."""
    work.conn.execute(
        sql(
            "select pg_advisory_xact_lock(hashtextextended('pool ' || pool, :d))"
            " from (select pool from unnest(cast(:pools as text[])) as p (pool) order by pool) as in_order"
        ),
        {"d": department_id, "pools": sorted(set(pools))},
    )


def charge(
    work: Work,
    department_id: int,
    officer_id: int,
    pool: str,
    minutes: int,
    offered_minutes: int,
    is_circle: bool = False,
) -> Charge:
    """Count `minutes` and a turn for the officer, which he spends in the pool's rotation."""
    lock_pools(work, department_id, [pool])
    count(work, department_id, officer_id, pool, minutes=minutes, turns=1, offered_minutes=offered_minutes)
    before, after = spend_turn(work, department_id, officer_id, pool, is_circle) or (None, None)
    return Charge(minutes, before, after, turns=1, in_circle=is_circle)


def spend(
    work: Work,
    department_id: int,
    officer_id: int,
    pool: str,
    outcome: Outcome,
    minutes: int,
    is_offered: bool,
    is_circle: bool = False,
    is_owed: bool = False,
) -> Charge:
    """Count what an outcome costs an officer who holds nothing; `minutes` is the detail's length.

    `is_owed`: his turn came, and if he keeps it he is owed a call.
    """
    charged = outcome.charges(minutes)
    refused, offered = minutes if outcome.refused else 0, minutes if is_offered else 0
    is_spent = outcome.turn == "spent"
    if not (is_spent or charged or refused or offered or outcome.points or is_owed):
        return Charge(0)
    lock_pools(work, department_id, [pool])
    if is_owed and not is_spent:
        owe_call(work, department_id, officer_id, pool)
    counts = {"minutes": charged, "turns": int(is_spent), "points": outcome.points}
    count(work, department_id, officer_id, pool, **counts, refused_minutes=refused, offered_minutes=offered)
    moved = spend_turn(work, department_id, officer_id, pool, is_circle) if is_spent else None
    before, after = moved or (None, None)
    return Charge(charged, before, after, int(is_spent), outcome.points)


def settle(
    work: Work,
    department_id: int,
    officer_id: int,
    pool: str,
    outcome: Outcome,
    taken: Charge,
    refused_minutes: int = 0,
    not_offered_minutes: int = 0,
) -> None:
    """Give back what this outcome does not cost, and count what it costs beside.

    The place is given back only while the officer still stands where the charge put him: a later turn that was spent
    is not undone by an earlier one that was not.
    """
    keeps_turn = outcome.turn == "kept" and taken.place_before is not None
    gives_place = keeps_turn and not taken.in_circle
    if keeps_turn and taken.in_circle:
        lock_pools(work, department_id, [pool])
        owe_call(work, department_id, officer_id, pool)
    kept = stays_charged(outcome, taken)
    if not gives_place and kept == taken and not refused_minutes and not not_offered_minutes:
        return
    given = work.conn.execute(
        sql(_GIVE_BACK),
        {
            "d": department_id,
            "pool": pool,
            "o": officer_id,
            "minutes": taken.minutes - kept.minutes,
            "turns": taken.turns - kept.turns,
            "points": kept.points - taken.points,
            "refused": refused_minutes,
            "not_offered": not_offered_minutes,
            "gives_place": gives_place,
            "before": taken.place_before,
            "after": taken.place_after,
            "at": taken.at or work.now,
        },
    ).one()
    if given.minutes is not None:
        moved = {
            "minutes": kept.minutes - taken.minutes,
            "turns": kept.turns - taken.turns,
            "points": kept.points - taken.points,
            "refused_minutes": refused_minutes,
            "offered_minutes": -not_offered_minutes,
        }
        _record_count(work, department_id, officer_id, pool, moved, given.minutes)
    if given.place is not None:
        places = {"before": taken.place_after, "after": given.place}
        _record(work, department_id, officer_id, "rotation_place_kept", pool=pool, **places)


def correct(work: Work, department_id: int, officer_id: int, pool: str, minutes: int, at: datetime) -> None:
    """Count so many minutes more, or fewer where negative: it is known now how long he was there.

    Nothing where the period that `at` is in has ended: its counts were carried over as they were.
    """
    lock_pools(work, department_id, [pool])
    columns = hours_counts.c
    mine = (columns.department_id == department_id, columns.pool == pool, columns.officer_id == officer_id)
    if work.conn.execute(sa.select(columns.minutes).where(*mine, columns.since_at <= at)).one_or_none() is not None:
        count(work, department_id, officer_id, pool, minutes=minutes)


def stays_charged(outcome: Outcome, taken: Charge) -> Charge:
    """What stays on the officer's counts after this outcome; the places are those he left and was moved to."""
    minutes = outcome.charges(taken.minutes)
    turns = taken.turns if outcome.turn == "spent" else 0
    return replace(taken, minutes=minutes, turns=turns, points=outcome.points)


# The pool is held in the same statement: rows that changed while it waited are read again before they are written.
_GIVE_BACK = """
with held as materialized (select pg_advisory_xact_lock(hashtextextended('pool ' || :pool, :d)) as held),
counted as (
    update hours_count h set minutes = greatest(h.minutes - case when h.since_at <= :at then :minutes else 0 end, 0),
           turns = greatest(h.turns - case when h.since_at <= :at then :turns else 0 end, 0),
           points = h.points + case when h.since_at <= :at then :points else 0 end,
           refused_minutes = h.refused_minutes + :refused,
           offered_minutes = greatest(h.offered_minutes - case when h.since_at <= :at then :not_offered else 0 end, 0)
      from held
     where h.department_id = :d and h.pool = :pool and h.officer_id = :o
       and (cast(:minutes as integer), cast(:turns as integer), cast(:points as integer), cast(:refused as integer),
            cast(:not_offered as integer)) <> (0, 0, 0, 0, 0)
    returning h.minutes
), placed as (
    update rotation r set place = cast(:before as bigint) from held
     where r.department_id = :d and r.pool = :pool and r.officer_id = :o and r.place = cast(:after as bigint)
       and cast(:gives_place as boolean)
    returning r.place
)
select (select minutes from counted) as minutes, (select place from placed) as place
"""


def set_counters(work: Work, department_id: int, changes: Iterable[CounterChange]) -> None:
    """Make each counter exactly what the run says it is after it; the pools must be locked."""
    by_name: dict[CounterName, list[CounterChange]] = {}
    for change in changes:
        by_name.setdefault(change.name, []).append(change)
    for name, together in by_name.items():
        table, column = _COLUMN_OF[name]
        rows = [
            {"department_id": department_id, "pool": one.pool, "officer_id": one.officer_id, column: one.after}
            for one in together
        ]
        statement = insert(table)
        set_ = {column: statement.excluded[column]}
        work.conn.execute(statement.on_conflict_do_update(constraint=f"{table.name}_pk", set_=set_), rows)


_COLUMN_OF: dict[CounterName, tuple[sa.Table, str]] = {
    "hours": (hours_counts, "minutes"),
    "rotation": (rotations, "place"),
    "turns": (hours_counts, "turns"),
    "points": (hours_counts, "points"),
    "refused_hours": (hours_counts, "refused_minutes"),
    "offered_hours": (hours_counts, "offered_minutes"),
    "owed": (rotations, "owed"),
}


def count(work: Work, department_id: int, officer_id: int, pool: str, **more: int) -> None:
    """Add to the officer's counts, by the columns' names; only points fall below nothing. Hold the pool first."""
    columns = hours_counts.c
    after = work.conn.execute(
        insert(hours_counts)
        .values(department_id=department_id, pool=pool, officer_id=officer_id, **_not_below_zero(more))
        .on_conflict_do_update(
            constraint="hours_count_pk",
            set_={
                name: columns[name] + count if name == "points" else sa.func.greatest(columns[name] + count, 0)
                for name, count in more.items()
            },
        )
        .returning(columns.minutes)
    ).scalar_one()
    _record_count(work, department_id, officer_id, pool, more, after)


def _not_below_zero(counts: dict[str, int]) -> dict[str, int]:
    return {name: count if name == "points" else max(count, 0) for name, count in counts.items()}


def _record_count(
    work: Work, department_id: int, officer_id: int, pool: str, moved: dict[str, int], after: int
) -> None:
    """What moved, by how much, and the minutes counted after it."""
    figures = {name: count for name, count in moved.items() if count}
    _record(work, department_id, officer_id, "hours_counted", pool=pool, **figures, after=after)


def _record(work: Work, department_id: int, officer_id: int, name: str, **data: Any) -> None:
    event.record(work, department_id, name, "officer", officer_id, officer_id=officer_id, **data)
