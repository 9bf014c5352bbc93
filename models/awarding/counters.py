"""Counters: an officer's place in a pool's rotation and the hours counted for him there.

An award moves them at once, so that the next slot goes by the new order; what the outcome gives back is the
handbook's word. A place once left stays free to return to, because the bottom is always one more than the highest.
"""

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


def charge(work: Work, department_id: int, officer_id: int, pool: str, minutes: int) -> int | None:
    """Count `minutes` for the officer and move him to the bottom of the rotation; returns the place he left.

    None when the pool has no rotation he stands in.
    """
    _add_minutes(work, department_id, officer_id, pool, minutes)
    return _to_bottom(work, department_id, officer_id, pool)


def settle(
    work: Work,
    department_id: int,
    officer_id: int,
    pool: str,
    outcome: Outcome,
    charged_minutes: int,
    place_before: int | None,
) -> int:
    """Give back what this outcome does not cost; returns the minutes that stay charged."""
    if outcome.turn == "kept" and place_before is not None:
        _to_place(work, department_id, officer_id, pool, place_before)
    if outcome.hours == "charged" or charged_minutes == 0:
        return charged_minutes
    _add_minutes(work, department_id, officer_id, pool, -charged_minutes)
    return 0


def set_minutes(work: Work, department_id: int, officer_id: int, pool: str, minutes: int) -> None:
    """Make the officer's count exactly `minutes`."""
    work.conn.execute(
        insert(hours_counts)
        .values(department_id=department_id, pool=pool, officer_id=officer_id, minutes=minutes)
        .on_conflict_do_update(constraint="hours_count_pk", set_={"minutes": minutes})
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


def _to_bottom(work: Work, department_id: int, officer_id: int, pool: str) -> int | None:
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
    _record(work, department_id, officer_id, "rotation_moved", pool=pool, place_before=moved.before, place=moved.after)
    return int(moved.before)


def _to_place(work: Work, department_id: int, officer_id: int, pool: str, place: int) -> None:
    work.conn.execute(
        sa.update(rotations)
        .where(
            rotations.c.department_id == department_id,
            rotations.c.pool == pool,
            rotations.c.officer_id == officer_id,
        )
        .values(place=place)
    )
    _record(work, department_id, officer_id, "rotation_place_kept", pool=pool, place=place)


def _record(work: Work, department_id: int, officer_id: int, name: str, **data: int | str | None) -> None:
    event.record(work, department_id, name, "officer", officer_id, officer_id=officer_id, **data)
