"""RANK: where an officer stands, for what, and what he may still work. Reads only; the rules do the sums."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from models.awarding.asking.owed_detail import owed_to
from models.awarding.deciding.facts import gather
from models.people.department import Department
from models.people.handbook import Edition
from models.people.officer import Officer
from models.rules.charging.consequences import OffTheList, off_the_list
from models.rules.clauses.pools import Pool
from models.rules.facts import AwardFacts, BarFacts
from models.rules.limits.allowance import Allowance, allowances, not_back_since, rest_ends_at
from models.rules.time.periods import next_period_start
from models.session import Work
from models.tables import sql


@dataclass(frozen=True, slots=True)
class PoolPlace:
    """An officer in a pool: minutes counted, his place by fewest hours, and in the rotation (None: not in it).

    `refused_minutes` are None where the pool does not go by them; `owed` are calls he is owed in a circle; `resets_on`
    is the day on which it begins to count anew.
    """

    pool: str
    counted_minutes: int
    hours_place: int
    rotation_place: int | None
    turns: int
    points: int
    refused_minutes: int | None
    owed: int
    resets_on: date | None


@dataclass(frozen=True, slots=True)
class Rank:
    """
    All that RANK tells: `orders` are the keys the handbook's rounds go by, `officers` how many are active, `bars` the
    penalties that run now, `owed_until` until when a detail is owed to him; `not_back_since` is the end of leave after
    which a tour must come first, where none is known.
    """

    orders: frozenset[str]
    officers: int
    seniority_place: int
    pools: tuple[PoolPlace, ...]
    allowances: tuple[Allowance, ...]
    rest_ends_at: datetime | None
    off: tuple[OffTheList, ...] = ()
    bars: tuple[BarFacts, ...] = ()
    owed_until: datetime | None = None
    not_back_since: datetime | None = None


_PLACES = """
select * from (
    select w.id, p.pool, p.place as pool_place, c.minutes, coalesce(h.turns, 0) as turns,
           coalesce(h.points, 0) as points, coalesce(h.refused_minutes, 0) as refused, coalesce(r.owed, 0) as owed,
           rank() over (partition by p.pool order by c.minutes) as hours_place,
           case when r.place is not null
                then rank() over (partition by p.pool order by r.place is null, r.owed = 0, r.place)
           end as rotation_place,
           rank() over (partition by p.pool order by w.seniority_on) as seniority_place,
           count(*) over (partition by p.pool) as officers
      from officer w
     cross join unnest(cast(:pools as text[]), cast(:hours as integer[]), cast(:refused as integer[]),
                       cast(:offered as integer[])) with ordinality as p (pool, hours, refused, offered, place)
      left join hours_count h on h.department_id = :d and h.pool = p.pool and h.officer_id = w.id
      left join rotation r on r.department_id = :d and r.pool = p.pool and r.officer_id = w.id
     cross join lateral (select coalesce(h.minutes, 0) * p.hours + coalesce(h.refused_minutes, 0) * p.refused
                              + coalesce(h.offered_minutes, 0) * p.offered as minutes) c
     where w.department_id = :d and (w.status = 'active' or w.id = :o)
) all_of_them where id = :o order by pool_place
"""


def rank_of(work: Work, department: Department, edition: Edition, officer: Officer) -> Rank:
    """The officer's standing now, by the handbook of today."""
    pools = edition.rules.pools
    counts = {name: [int(name in each.counts) for each in pools] for name in ("hours", "refused", "offered")}
    bound = {"d": department.id, "o": officer.id, "pools": list(edition.rules.pool_names), **counts}
    rows = work.conn.execute(sql(_PLACES), bound).all()
    today = work.now.astimezone(department.zone).date()
    facts = gather(work, department, edition, [], [officer.id])
    return Rank(
        orders=frozenset[str]().union(*(each.keys for each in edition.rules.awarding.rounds)),
        officers=rows[0].officers,
        seniority_place=rows[0].seniority_place,
        pools=tuple(_pool(row, pool, today) for row, pool in zip(rows, pools, strict=True)),
        allowances=tuple(allowances(facts, officer.id)),
        rest_ends_at=rest_ends_at(facts, officer.id),
        off=tuple(_off(facts)),
        not_back_since=not_back_since(facts, officer.id),
        owed_until=owed_to(work, department.id, officer.id),
        bars=tuple(one for one in facts.bars if one.starts_at <= work.now < one.ends_at),
    )


def _off(facts: AwardFacts) -> Iterator[OffTheList]:
    """The pools whose list the officer is off now."""
    for pool in facts.handbook.pool_names:
        found = off_the_list(facts.handbook, facts.contacts, pool, facts.now, facts.zone)
        if found is not None:
            yield found


def _pool(row: sa.Row[Any], pool: Pool, today: date) -> PoolPlace:
    return PoolPlace(
        row.pool,
        row.minutes,
        row.hours_place,
        row.rotation_place,
        row.turns,
        row.points,
        row.refused if "refused" in pool.counts else None,
        row.owed,
        next_period_start(pool.reset, today),
    )
