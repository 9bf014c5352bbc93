"""What an officer has: assignments, awards and offers that wait for an answer, signups. One look, one statement."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from models.details.opening import SELECT as OPENINGS
from models.details.opening import Opening, opening_of
from models.people.officer import Officer
from models.session import Work
from models.tables import sql

# An assignment stays in view so long after its end: a check-out may still be missing or be corrected.
IN_VIEW_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Holding:
    """Something of the officer's: `kind` is assignment, offer or signup, `state` its own state.

    The opening ends when the officer's own assignment does. `due_at` is until when an award or offer waits for its
    answer. `is_dropping`: a replacement is being looked for.
    """

    kind: str
    id: int
    state: str
    opening: Opening
    due_at: datetime | None
    is_dropping: bool = False

    @property
    def awaits_answer(self) -> bool:
        """Whether a yes or a no is being waited for."""
        return (self.kind, self.state) in (("assignment", "awarded"), ("offer", "open"))


_HOLDINGS = f"""
with held as (
    select 'assignment' as held_kind, a.id as held_id, a.state as held_state, a.opening_id,
           a.answer_due_at as due_at, upper(a.during) as held_until,
           exists (select from assignment_drop x where x.department_id = a.department_id and x.assignment_id = a.id
                    and x.state = 'looking') as is_dropping
      from assignment a
     where a.department_id = :d and a.officer_id = :o and a.ended_at is null and upper(a.during) > :since
       and a.state in ('awarded', 'confirmed', 'checked_in', 'checked_out')
    union all
    select 'offer', f.id, f.state, f.opening_id, f.expires_at, null, false
      from offer f where f.department_id = :d and f.officer_id = :o and f.state = 'open' and f.expires_at > :now
    union all
    select 'signup', s.id, p.state, s.opening_id, null, null, false
      from signup s join opening y on y.department_id = s.department_id and y.id = s.opening_id
      join posting p on p.department_id = y.department_id and p.detail_id = y.detail_id
       and p.state in ('open', 'closed')
     where s.department_id = :d and s.officer_id = :o and s.withdrawn_at is null and y.starts_at > :since
)
select held.*, o.* from held join ({OPENINGS} where o.department_id = :d
    and o.id in (select opening_id from held)) o on o.id = held.opening_id
order by o.starts_at, held.held_id
"""


def holdings(work: Work, officer: Officer) -> list[Holding]:
    """All that is the officer's now, soonest first."""
    rows = work.conn.execute(
        sql(_HOLDINGS),
        {"d": officer.department_id, "o": officer.id, "now": work.now, "since": work.now - IN_VIEW_FOR},
    )
    return [_holding(row) for row in rows]


def _holding(row: sa.Row[Any]) -> Holding:
    about = opening_of(row)
    if row.held_until is not None and row.held_until != about.ends_at:
        about = replace(about, ends_at=row.held_until)
    return Holding(row.held_kind, row.held_id, row.held_state, about, row.due_at, row.is_dropping)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Time that is given to another department: whose and by what code, where that answers on the same line."""

    during: tuple[datetime, datetime]
    department: str | None = None
    code: str | None = None


def held_elsewhere(work: Work, officer: Officer) -> list[Elsewhere]:
    """What he holds in other departments, soonest first; of those that this work may not see nothing but the time."""
    rows = work.conn.execute(
        sql(_ELSEWHERE),
        {"p": officer.person_id, "d": officer.department_id, "ds": list(work.departments), "since": work.now},
    )
    return [Elsewhere((row.starts_at, row.ends_at), row.department, row.code) for row in rows]


_ELSEWHERE = """
select lower(e.during) as starts_at, upper(e.during) as ends_at, d.name as department, y.code
  from committed_elsewhere(array[cast(:p as bigint)], tstzrange(:since, null)) e
  left join assignment a on a.department_id = any (:ds) and a.person_id = e.person_id and a.during = e.during
   and a.state in ('awarded', 'confirmed', 'checked_in', 'checked_out', 'verified', 'paid')
  left join department d on d.id = a.department_id
  left join opening y on y.department_id = a.department_id and y.id = a.opening_id
 where a.department_id is distinct from :d
 order by starts_at
"""


def departments_worked_for(work: Work, person_id: int) -> list[int]:
    """The departments, of those this work may see, in which he is checked in, or holds what begins within hours."""
    rows = work.conn.execute(
        sql(
            "select distinct department_id from assignment where department_id = any (:ds) and person_id = :p"
            " and (state = 'checked_in' or state = 'confirmed' and during && tstzrange(:now, :soon))"
        ),
        {"ds": list(work.departments), "p": person_id, "now": work.now, "soon": work.now + _SOON},
    )
    return list(rows.scalars())


_SOON = timedelta(hours=8)

_ENDED = """
select state from (
    select a.state, a.ended_at, a.opening_id from assignment a
     where a.department_id = :d and a.officer_id = :o and a.ended_at is not null
    union all
    select f.state, coalesce(f.ended_at, f.expires_at), f.opening_id from offer f
     where f.department_id = :d and f.officer_id = :o and (f.state <> 'open' or f.expires_at <= :now)
) past join opening y on y.department_id = :d and y.id = past.opening_id and y.code = :code
order by past.ended_at desc limit 1
"""


def how_it_ended(work: Work, officer: Officer, code: str) -> str | None:
    """The state in which his latest award or offer of this code ended (open: its time ran out just now); else None."""
    found: str | None = work.conn.execute(
        sql(_ENDED), {"d": officer.department_id, "o": officer.id, "code": code, "now": work.now}
    ).scalar_one_or_none()
    return "expired" if found == "open" else found
