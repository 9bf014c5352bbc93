"""The time to answer an award is over: no answer is a fact of its own, and only if the officer was really told."""

from typing import Any

import sqlalchemy as sa

from models.awarding.confirmation import end_award, set_answer_due
from models.details.opening import opening
from models.line import duty as duties
from models.people.department import department
from models.people.handbook import edition
from models.people.officer import officer
from models.rules.clauses.outcomes import OutcomeName
from models.rules.timing import answer_due_at
from models.session import Work
from models.working.assignment import assignment
from workers.place_kept import place_kept
from workers.telling import GRACE, sent_at, tell, was_tried


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Let the award lapse, or let it wait on when the carrier took our text late."""
    row = assignment(work, department_id, duty.subject_id)
    if row.state != "awarded":
        return
    rules = edition(work, department_id, row.handbook_id).rules
    subject = ("assignment", row.id)
    told_at = sent_at(work, department_id, subject)
    about = opening(work, department_id, row.opening_id)
    due_at = answer_due_at(rules, told_at or work.now, row.starts_at, about.band)
    if due_at > work.now + GRACE:
        set_answer_due(work, department_id, row.id, due_at)
        duties.plan(work, department_id, "lapse_award", row.id, due_at, fence=due_at.isoformat())
        return
    where = department(work, department_id)
    verb, prompt = ("lapse", "award.lapsed") if told_at else ("lose_contact", "award.unreachable")
    outcome: OutcomeName | None = None if told_at or was_tried(work, department_id, subject) else "not_attempted"
    if end_award(work, where, row.id, verb, outcome):
        is_kept = assignment(work, department_id, row.id).charged_turns == 0
        left = place_kept(work, department_id, row.officer_id, row.pool, is_kept)
        tell(work, where, officer(work, department_id, row.officer_id), prompt, {**about.told(), **left})
