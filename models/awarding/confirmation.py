"""Confirmations: what the officer says to an award, and what it means when he says nothing or cannot be reached.

An award already holds the slot and the officer's time. The three ways it can come to nothing are three facts, priced
apart by the handbook; each frees the slot and passes it on.
"""

from datetime import datetime

import sqlalchemy as sa

from models.awarding.counters import Charge, settle, stays_charged
from models.line import duty
from models.people.department import Department
from models.people.handbook import edition
from models.rules.clauses.awarding import Outcome
from models.session import Work
from models.working import assignment as working
from models.working.assignment import Assignment
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
    held = working.assignment(work, department.id, assignment_id)
    rules = edition(work, department.id, held.handbook_id).rules
    taken = _taken(held)
    kept = stays_charged(rules.outcomes.accepted, taken)
    if not working.LIFECYCLE.move(work, department.id, [assignment_id], "accept", **_columns(kept)):
        return False
    settle(work, department.id, held.officer_id, held.pool, rules.outcomes.accepted, taken)
    plan_watch(work, department, rules, assignment_id, held.starts_at, held.ends_at)
    working.record(work, held, "assignment_confirmed")
    return True


def end_award(work: Work, department: Department, assignment_id: int, verb: str) -> bool:
    """End an award or an assignment by one of OUTCOME_OF's verbs, settle its counters and pass the slot on.

    False when it was answered or ended before: somebody was first.
    """
    return end_held(work, working.assignment(work, department.id, assignment_id), verb)


def end_held(work: Work, held: Assignment, verb: str) -> bool:
    """The same, of an assignment that was read already."""
    rules = edition(work, held.department_id, held.handbook_id).rules
    outcome: Outcome = getattr(rules.outcomes, OUTCOME_OF[verb])
    taken = _taken(held)
    if not working.end(work, held, verb, **_columns(stays_charged(outcome, taken))):
        return False
    settle(work, held.department_id, held.officer_id, held.pool, outcome, taken)
    if held.ends_at > work.now:
        duty.plan(work, held.department_id, "fill_slot", held.slot_id, work.now, fence=f"assignment {held.id}")
    return True


def set_answer_due(work: Work, department_id: int, assignment_id: int, due_at: datetime) -> None:
    """Say until when the award waits for its answer."""
    table = working.assignments
    work.conn.execute(
        sa.update(table)
        .where(table.c.department_id == department_id, table.c.id == assignment_id, table.c.state == "awarded")
        .values(answer_due_at=due_at)
    )


def _taken(held: Assignment) -> Charge:
    return Charge(held.charged_minutes, held.place_before, held.place_after, turns=held.charged_turns)


def _columns(kept: Charge) -> dict[str, int]:
    """What stays charged, as the assignment keeps it."""
    return {"charged_minutes": kept.minutes, "charged_turns": kept.turns}
