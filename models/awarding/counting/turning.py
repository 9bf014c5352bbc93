"""The turn of a pool's period: what was counted is carried over as the handbook says, once, with the figures on record.

A turn that comes late, because nobody worked that night, comes to the same: what was charged since midnight belongs to
the new period and stays.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.awarding.counting.counters import hours_counts, lock_pools, rotations
from models.line import duty
from models.people.department import Department
from models.people.handbook import Edition, current
from models.proof import event
from models.rules.clauses.periods import Reset
from models.rules.orders.order import natural
from models.rules.orders.turning import Counts, start_of, turned
from models.rules.time.periods import next_period_start, period_start
from models.rules.time.windows import midnight
from models.session import Work
from models.tables import Timestamp, metadata, sql

counter_turns = sa.Table(
    "counter_turn",
    metadata,
    sa.Column("department_id", sa.BigInteger, primary_key=True),
    sa.Column("pool", sa.Text, primary_key=True),
    sa.Column("starts_on", sa.Date, primary_key=True),
    sa.Column("handbook_id", sa.BigInteger),
    sa.Column("turned_at", Timestamp),
)


def plan_turns(work: Work, department: Department) -> None:
    """Plan the next turn of every pool that has one by the handbook of today; planning it twice is once."""
    today = work.now.astimezone(department.zone).date()
    try:
        rules = current(work, department.id, today).rules
    except LookupError:
        return
    for pool in rules.pools:
        starts_on = next_period_start(pool.reset, today)
        if starts_on is not None:
            fence = f"{pool.name} {starts_on.isoformat()}"
            duty.plan(
                work, department.id, "turn_counters", department.id, midnight(starts_on, department.zone.key), fence
            )


def turn_counters(work: Work, department: Department, pool: str, starts_on: date) -> bool:
    """Begin the pool's period of that day; False when it was begun already, or the handbook knows no such period."""
    edition = current(work, department.id, starts_on)
    reset = edition.rules.pool(pool).reset
    if period_start(reset, starts_on) != starts_on:
        return False
    lock_pools(work, department.id, [pool])
    if not _first_to_turn(work, department.id, edition, pool, starts_on):
        return False
    turns_at = midnight(starts_on, department.zone.key)
    officers = _roster(work, department.id, pool, turns_at, reset)
    before = [_counts(row.counted) for row in officers]
    after = turned(reset, before, [_counts(row.of_new_period) for row in officers])
    _write_counts(work, department.id, pool, reset, turns_at, officers, after)
    if reset.rotation != "as_it_stands":
        _sort_rotation(work, department.id, pool, reset, officers)
    figures = [
        {"officer": row.id, "place": row.place, **asdict(counts)}
        for row, counts in zip(officers, before, strict=True)
        if counts != Counts() or row.place is not None
    ]
    event.record(
        work,
        department.id,
        "counters_turned",
        "department",
        department.id,
        pool=pool,
        starts_on=starts_on.isoformat(),
        handbook=edition.id,
        before=figures,
    )
    admit_newcomers(work, department, edition, at_turn_of=pool)
    return True


def admit_newcomers(work: Work, department: Department, edition: Edition, at_turn_of: str | None = None) -> int:
    """Give everybody who is new in a pool what the handbook lets him start with; returns how many there were.

    Where the roster is frozen, only at the turn of the pool named.
    """
    admitted = 0
    for pool in edition.rules.pools:
        clause = pool.newcomers
        is_time = clause.joins == "at_once" or pool.name == at_turn_of
        if is_time and (clause.start, clause.rotation) != ("zero", "not_placed"):
            admitted += _admit(work, department.id, edition, pool.name)
    return admitted


def _admit(work: Work, department_id: int, edition: Edition, pool: str) -> int:
    lock_pools(work, department_id, [pool])
    clause, counted = edition.rules.pool(pool).newcomers, edition.rules.pool(pool).counts
    rows = work.conn.execute(sql(_MEMBERS), {"d": department_id, "pool": pool}).all()
    known, new = [row for row in rows if row.is_counted], [row for row in rows if not row.is_counted]
    for row in new:
        alike = [one for one in known if clause.average_of == "everyone" or one.rank == row.rank]
        counts = start_of(clause, [_counts(one.counted) for one in alike], counted)
        made = insert(hours_counts).values(
            department_id=department_id, pool=pool, officer_id=row.id, since_at=work.now, **asdict(counts)
        )
        work.conn.execute(made.on_conflict_do_nothing(constraint="hours_count_pk"))
        event.record(
            work,
            department_id,
            "newcomer_admitted",
            "officer",
            row.id,
            officer_id=row.id,
            pool=pool,
            of=len(alike),
            counts=asdict(counts),
        )
    if clause.rotation == "bottom":
        _place_at_bottom(work, department_id, pool, [row for row in rows if row.place is None])
    return len(new)


def _place_at_bottom(work: Work, department_id: int, pool: str, newcomers: Sequence[sa.Row[Any]]) -> None:
    """Several at once by seniority."""
    bottom = _highest(work, department_id, pool)
    rows = [
        {"department_id": department_id, "pool": pool, "officer_id": row.id, "place": place, "base_place": place}
        for place, row in enumerate(sorted(newcomers, key=_seniority), start=bottom + 1)
    ]
    if rows:
        work.conn.execute(insert(rotations).on_conflict_do_nothing(constraint="rotation_pk"), rows)


def _first_to_turn(work: Work, department_id: int, edition: Edition, pool: str, starts_on: date) -> bool:
    row = {"department_id": department_id, "pool": pool, "starts_on": starts_on, "handbook_id": edition.id}
    made = insert(counter_turns).values(**row, turned_at=work.now).on_conflict_do_nothing()
    return work.conn.execute(made.returning(counter_turns.c.pool)).one_or_none() is not None


def _roster(work: Work, department_id: int, pool: str, turns_at: datetime, reset: Reset) -> Sequence[sa.Row[Any]]:
    """Every member with his counts, what of them belongs to the new period already, and his place."""
    bound = {"d": department_id, "pool": pool, "at": turns_at, "by_start": reset.straddling == "detail_start"}
    return work.conn.execute(sql(_ROSTER), bound).all()


def _write_counts(
    work: Work,
    department_id: int,
    pool: str,
    reset: Reset,
    turns_at: datetime,
    officers: Sequence[sa.Row[Any]],
    after: Sequence[Counts],
) -> None:
    """Counts that are carried on whole stay open to be given back; of all others the old period's charges are over."""
    since = {} if reset.carry_over == "all" else {"since_at": turns_at}
    columns = hours_counts.c
    rows = [
        {"officer": row.id, **{f"new_{name}": count for name, count in asdict(counts).items()}}
        for row, counts in zip(officers, after, strict=True)
        if row.is_counted
    ]
    if rows:
        moved: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in asdict(Counts())}
        mine = (columns.department_id == department_id, columns.pool == pool)
        statement = sa.update(hours_counts).where(*mine, columns.officer_id == sa.bindparam("officer"))
        work.conn.execute(statement.values(**moved, **since), rows)


def _sort_rotation(work: Work, department_id: int, pool: str, reset: Reset, officers: Sequence[sa.Row[Any]]) -> None:
    """New places all lie below the old ones, so that no earlier turn is given back into the new order."""
    standing = [row for row in officers if row.place is not None]
    by_base = reset.rotation == "base_order"
    in_order = sorted(standing, key=(lambda row: (row.base_place or row.place,)) if by_base else _seniority)
    bottom = _highest(work, department_id, pool)
    columns = rotations.c
    rows = [{"officer": row.id, "new_place": place} for place, row in enumerate(in_order, start=bottom + 1)]
    if rows:
        mine = (columns.department_id == department_id, columns.pool == pool)
        statement = sa.update(rotations).where(*mine, columns.officer_id == sa.bindparam("officer"))
        work.conn.execute(statement.values(place=sa.bindparam("new_place"), owed=0), rows)


def _highest(work: Work, department_id: int, pool: str) -> int:
    found = work.conn.execute(
        sql("select coalesce(max(place), 0) from rotation where department_id = :d and pool = :pool"),
        {"d": department_id, "pool": pool},
    ).scalar_one()
    return int(found)


def _seniority(row: sa.Row[Any]) -> tuple[Any, ...]:
    return row.seniority_on, natural(row.badge), row.id


def _counts(found: Sequence[int] | None) -> Counts:
    return Counts(*(count or 0 for count in found or ()))


_MEMBERS = """
select f.id, f.rank, f.badge, f.seniority_on, h.officer_id is not null as is_counted, r.place,
       array[h.minutes, h.turns, h.points, h.refused_minutes, h.offered_minutes] as counted
  from officer f
  left join hours_count h on h.department_id = f.department_id and h.pool = :pool and h.officer_id = f.id
  left join rotation r on r.department_id = f.department_id and r.pool = :pool and r.officer_id = f.id
 where f.department_id = :d and f.status not in ('separated', 'guest') order by f.id
"""

# What an assignment charged belongs to the period in which it was given out, or in which it starts; what a contact
# without an assignment charged, to the period of the contact. Refusals are always of the day they were said.
_ROSTER = """
with charged as (
    select a.officer_id, a.charged_minutes as minutes, a.charged_turns as turns, a.charged_points as points,
           0 as refused, case when a.state = 'unreachable' then 0
           else extract(epoch from upper(a.during) - lower(a.during)) / 60 end as offered
      from assignment a
      join opening o on o.department_id = a.department_id and o.id = a.opening_id
      join detail e on e.department_id = o.department_id and e.id = o.detail_id
     where a.department_id = :d and coalesce(a.counted_in, e.pool) = :pool
       and case when cast(:by_start as boolean) then lower(a.during) else a.given_at end >= :at
    union all
    select c.officer_id, c.charged_minutes * alone, case when c.turn = 'spent' then alone else 0 end,
           c.charged_points * alone, c.refused_minutes,
           case when c.outcome in ('sent', 'considered', 'skipped', 'not_attempted', 'unreachable', 'busy') then 0
           else extract(epoch from o.ends_at - o.starts_at) / 60 * alone end
      from contact c
      cross join lateral (select (c.assignment_id is null and c.outcome <> 'accepted')::integer as alone) x
      join opening o on o.department_id = c.department_id and o.id = c.opening_id
      join detail e on e.department_id = o.department_id and e.id = o.detail_id
     where c.department_id = :d and coalesce(c.counted_in, e.pool) = :pool and c.contacted_at >= :at
), new as (
    select officer_id, array[sum(minutes), sum(turns), sum(points), sum(refused), sum(offered)]::integer[] as counts
      from charged group by officer_id
)
select f.id, f.badge, f.seniority_on, h.officer_id is not null as is_counted, r.place, r.base_place,
       array[h.minutes, h.turns, h.points, h.refused_minutes, h.offered_minutes] as counted,
       n.counts as of_new_period
  from officer f
  left join hours_count h on h.department_id = f.department_id and h.pool = :pool and h.officer_id = f.id
  left join rotation r on r.department_id = f.department_id and r.pool = :pool and r.officer_id = f.id
  left join new n on n.officer_id = f.id
 where f.department_id = :d and (f.status not in ('separated', 'guest') or r.place is not null) order by f.id
"""
