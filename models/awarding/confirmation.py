"""Confirmations: what the officer says to an award, and what it means when he says nothing or cannot be reached.

An award already holds the slot and the officer's time. The three ways it can come to nothing are three facts, priced
apart by the handbook; each frees the slot and passes it on.
"""

from datetime import datetime

import sqlalchemy as sa

from models.awarding.counters import Charge, settle
from models.details.opening import opening
from models.line import duty
from models.people.department import Department
from models.people.handbook import edition
from models.proof import event
from models.rules.clauses.awarding import Outcome
from models.session import Work
from models.working import assignment as working
from models.working.watch import plan_watch

# The verb that ends an award, and the handbook's name for that outcome.
OUTCOME_OF = {
    "decline": "declined",
    "lapse": "no_answer",
    "lose_contact": "unreachable",
    "drop": "dropped",
    "miss": "no_show",
}


def accept_award(work: Work, department: Department, assignment_id: int) -> bool:
    """The officer accepts; False when the award no longer waits for an answer."""
    if not working.LIFECYCLE.move(work, department.id, [assignment_id], "accept"):
        return False
    row = working.assignment(work, department.id, assignment_id)
    rules = edition(work, department.id, row.handbook_id).rules
    _settle(work, department.id, assignment_id, rules.outcomes.accepted)
    plan_watch(work, department, rules, assignment_id, row.starts_at, row.ends_at)
    event.record(
        work,
        department.id,
        "assignment_confirmed",
        "assignment",
        assignment_id,
        officer_id=row.officer_id,
        opening_id=row.opening_id,
        slot=row.slot_id,
    )
    return True


def end_award(work: Work, department: Department, assignment_id: int, verb: str) -> bool:
    """End an award or an assignment by one of OUTCOME_OF's verbs, settle its counters and pass the slot on.

    False when it was answered or ended before: somebody was first.
    """
    if not working.end(work, department.id, assignment_id, verb):
        return False
    row = working.assignment(work, department.id, assignment_id)
    rules = edition(work, department.id, row.handbook_id).rules
    _settle(work, department.id, assignment_id, getattr(rules.outcomes, OUTCOME_OF[verb]))
    if row.ends_at > work.now:
        duty.plan(work, department.id, "fill_slot", row.slot_id, work.now, fence=f"assignment {assignment_id}")
    return True


def set_answer_due(work: Work, department_id: int, assignment_id: int, due_at: datetime) -> None:
    """Say until when the award waits for its answer."""
    table = working.assignments
    work.conn.execute(
        sa.update(table)
        .where(table.c.department_id == department_id, table.c.id == assignment_id, table.c.state == "awarded")
        .values(answer_due_at=due_at)
    )


def _settle(work: Work, department_id: int, assignment_id: int, outcome: Outcome) -> None:
    row = working.assignment(work, department_id, assignment_id)
    pool = opening(work, department_id, row.opening_id).pool
    taken = Charge(row.charged_minutes, row.place_before, row.place_after)
    kept = settle(work, department_id, row.officer_id, pool, outcome, taken)
    if kept != row.charged_minutes:
        table = working.assignments
        work.conn.execute(
            sa.update(table)
            .where(table.c.department_id == department_id, table.c.id == assignment_id)
            .values(charged_minutes=kept)
        )
