"""Corrections: the scheduled hours were counted when an officer got a detail; what he was there counts where the
handbook says so, from his check-out on, and from each time he states another.
"""

from datetime import datetime

import sqlalchemy as sa

from models.awarding.counting.counters import correct
from models.proof import event
from models.rules.charging.charging import corrected_minutes
from models.rules.handbook import Handbook
from models.session import Work
from models.tables import sql
from models.working import assignment as working
from models.working.assignment import Assignment


def correct_hours(work: Work, rules: Handbook, held: Assignment, checked_out_at: datetime) -> None:
    """Make what the assignment counts what the officer worked, where its pool counts that."""
    credit = rules.pool(held.pool).credit
    if credit.hours == "scheduled" or not held.charged_minutes:
        return
    found = work.conn.execute(sql(_WORKED), {"d": held.department_id, "id": held.id}).one()
    worked = max(int((checked_out_at - found.checked_in_at).total_seconds()) // 60, 0) if found.checked_in_at else 0
    scheduled = int((held.ends_at - held.starts_at).total_seconds()) // 60
    minutes = corrected_minutes(credit, scheduled, worked, found.minimum_minutes)
    if minutes == held.charged_minutes:
        return
    more = minutes - held.charged_minutes
    correct(work, held.department_id, held.officer_id, held.pool, more, charged_at(rules, held))
    table = working.assignments
    work.conn.execute(
        sa.update(table)
        .where(table.c.department_id == held.department_id, table.c.id == held.id)
        .values(charged_minutes=minutes)
    )
    event.record(
        work,
        held.department_id,
        "hours_corrected",
        "assignment",
        held.id,
        officer_id=held.officer_id,
        opening_id=held.opening_id,
        before=held.charged_minutes,
        after=minutes,
    )


def charged_at(rules: Handbook, held: Assignment) -> datetime:
    """The time whose period the assignment counts in, by its pool: when it was given out, or when it starts."""
    by_start = rules.pool(held.pool).reset.straddling == "detail_start"
    return held.starts_at if by_start else held.given_at


_WORKED = """
select d.minimum_minutes,
       (select t.stated_at from attendance t where t.department_id = a.department_id and t.assignment_id = a.id
           and t.kind = 'check_in' and t.superseded_at is null) as checked_in_at
  from assignment a
  join opening o on o.department_id = a.department_id and o.id = a.opening_id
  join detail d on d.department_id = o.department_id and d.id = o.detail_id
 where a.department_id = :d and a.id = :id
"""
