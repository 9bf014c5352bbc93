"""Assignments that are called off by no act of the officer: nothing of his turn or hours is spent, he is told, and
what the handbook owes him for short notice is on record.
"""

from models.awarding.asking.confirmation import taken_by
from models.awarding.counting.counters import settle
from models.line import duty
from models.people.department import Department
from models.people.handbook import edition
from models.people.officer import officer
from models.rules.awarding.headcount import Owed, cancellation_owed
from models.rules.clauses.outcomes import FREE
from models.rules.handbook import Handbook
from models.rules.pay.facts import WorkFacts
from models.session import Work
from models.tables import sql
from models.working import assignment as working
from models.working.assignment import Assignment


def cancel_assignment(work: Work, department: Department, assignment_id: int, why: str) -> bool:
    """Call it off; its slot is free then. `why` is what he is told. False when it was ended, or has begun, before."""
    held = working.assignment(work, department.id, assignment_id)
    if not working.end(work, held, "cancel"):
        return False
    rules = edition(work, department.id, held.handbook_id).rules
    settle(work, department.id, held.officer_id, held.pool, FREE, taken_by(rules, held))
    owed = owed_for(work, department, assignment_id)
    if owed is not None:
        figures = {"minutes": owed.minutes, "cents": owed.cents, "to": "officer" if owed.to_officer else "department"}
        working.record(work, held, "cancellation_owed", rule="pay.cancellation", **figures)
    duty.plan(work, department.id, "tell_cancelled", assignment_id, work.now, fence=why)
    return True


def owed_for(work: Work, department: Department, assignment_id: int) -> Owed | None:
    """What is owed for an assignment that was called off, by the handbook it was made under."""
    held = working.assignment(work, department.id, assignment_id)
    rules = edition(work, department.id, held.handbook_id).rules
    return cancellation_owed(rules, _facts(work, department, rules, held))


def _facts(work: Work, department: Department, rules: Handbook, held: Assignment) -> WorkFacts:
    row = work.conn.execute(sql(_ORDERED), {"d": department.id, "id": held.id}).one()
    return WorkFacts(
        department.zone.key,
        held.starts_at,
        held.ends_at,
        rank=officer(work, department.id, held.officer_id).rank,
        kind=row.kind,
        cancelled_at=row.ended_at,
        ordered_at=row.known_at,
        rate_cents=row.pay_cents_per_hour,
        slot_rank=rules.slot_rank(row.ranks),
        alcohol=row.serves_alcohol,
    )


_ORDERED = """
select a.ended_at, d.kind, d.known_at, d.serves_alcohol, o.ranks, r.pay_cents_per_hour from assignment a
  join opening o on o.department_id = a.department_id and o.id = a.opening_id
  join detail d on d.department_id = o.department_id and d.id = o.detail_id
  left join rate r on r.department_id = d.department_id and r.id = d.rate_id
 where a.department_id = :d and a.id = :id
"""
