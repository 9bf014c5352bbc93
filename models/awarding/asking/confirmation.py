"""Confirmations: what the officer says to an award, and what it means when he says nothing or cannot be reached.

An award already holds the slot and the officer's time. The three ways it can come to nothing are three facts, priced
apart by the handbook; each frees the slot and passes it on.
"""

from datetime import datetime

import sqlalchemy as sa

from models.awarding.asking.contact import NOT_REACHED, Asked, circumstances, write_contact
from models.awarding.counting.correction import charged_at
from models.awarding.counting.counters import Charge, settle, stays_charged
from models.line import duty
from models.people.department import Department
from models.people.handbook import edition
from models.rules.charging.charging import cost
from models.rules.clauses.outcomes import OutcomeName
from models.rules.handbook import Handbook
from models.session import Work
from models.working import assignment as working
from models.working.assignment import Assignment
from models.working.watch import plan_watch

# The verb that ends an award, and the handbook's name for that outcome.
OUTCOME_OF: dict[str, OutcomeName] = {
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
    asked, taken = _asked(held), taken_by(rules, held)
    outcome = cost(rules.outcomes, "accepted", circumstances(work, department.id, rules, asked, "accepted"))
    kept = stays_charged(outcome, taken)
    if not working.LIFECYCLE.move(work, department.id, [assignment_id], "accept", **_columns(kept)):
        return False
    settle(work, department.id, held.officer_id, held.pool, outcome, taken)
    write_contact(work, department.id, asked, "accepted", outcome, kept.minutes)
    plan_watch(work, department, rules, assignment_id, held.opening_id, held.starts_at, held.ends_at)
    working.record(work, held, "assignment_confirmed")
    return True


def end_award(
    work: Work,
    department: Department,
    assignment_id: int,
    verb: str,
    outcome: OutcomeName | None = None,
    *,
    channel: str | None = None,
) -> bool:
    """End an award or an assignment by one of OUTCOME_OF's verbs, settle its counters and pass the slot on.

    `outcome` is what the handbook prices, where it is not the verb's own: who was never tried is not unreachable.
    False when it was answered or ended before: somebody was first.
    """
    return end_held(work, working.assignment(work, department.id, assignment_id), verb, outcome, channel=channel)


def end_held(
    work: Work,
    held: Assignment,
    verb: str,
    outcome: OutcomeName | None = None,
    *,
    replaced: bool = False,
    reason: str | None = None,
    channel: str | None = None,
) -> bool:
    """
    The same, of an assignment that was read already; `replaced` when somebody takes it over at this moment, `reason`
    why he gave it back, where the handbook asks; `channel` how he was tried last, where it was not by text.
    """
    rules = edition(work, held.department_id, held.handbook_id).rules
    name, asked, taken = outcome or OUTCOME_OF[verb], _asked(held), taken_by(rules, held)
    how = circumstances(work, held.department_id, rules, asked, name, replaced=replaced, reason=reason)
    row = cost(rules.outcomes, name, how)
    kept = stays_charged(row, taken)
    if not working.end(work, held, verb, **_columns(kept)):
        return False
    refused = asked.minutes if row.refused else 0
    not_offered = asked.minutes if name in NOT_REACHED else 0
    settle(work, held.department_id, held.officer_id, held.pool, row, taken, refused, not_offered)
    write_contact(work, held.department_id, asked, name, row, kept.minutes, channel=channel)
    if held.ends_at > work.now:
        duty.plan(work, held.department_id, "fill_slot", held.slot_id, work.now, fence=f"assignment {held.id}")
    return True


def taken_by(rules: Handbook, held: Assignment) -> Charge:
    """What the assignment took from the officer's counts, and what a drop or a cancellation may give back."""
    return Charge(
        held.charged_minutes,
        held.place_before,
        held.place_after,
        held.charged_turns,
        held.charged_points,
        charged_at(rules, held),
        in_circle=rules.pool(held.pool).rotation == "circle",
    )


def set_answer_due(work: Work, department_id: int, assignment_id: int, due_at: datetime) -> None:
    """Say until when the award waits for its answer."""
    table = working.assignments
    work.conn.execute(
        sa.update(table)
        .where(table.c.department_id == department_id, table.c.id == assignment_id, table.c.state == "awarded")
        .values(answer_due_at=due_at)
    )


def _columns(kept: Charge) -> dict[str, int]:
    """What stays charged, as the assignment keeps it."""
    return {"charged_minutes": kept.minutes, "charged_turns": kept.turns, "charged_points": kept.points}


def _asked(held: Assignment) -> Asked:
    return Asked(
        held.officer_id,
        held.opening_id,
        held.pool,
        held.starts_at,
        held.ends_at,
        "award" if held.award_id is not None else "offer",
        held.slot_id,
        assignment_id=held.id,
        award_id=held.award_id,
    )
