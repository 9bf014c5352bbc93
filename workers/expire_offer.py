"""The time to answer an offer is over."""

from typing import Any

import sqlalchemy as sa

from models.awarding.call_out import call_out
from models.awarding.call_out import due_at as step_due_at
from models.awarding.offer import end_offer, extend_offer, offer
from models.awarding.offer_again import next_step
from models.details.opening import opening
from models.line import duty as duties
from models.people.handbook import edition
from models.rules.clauses.outcomes import OutcomeName
from models.rules.timing import offer_due_at
from models.session import Work
from workers.telling import GRACE, sent_at, was_tried


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Let the offer expire, or stand on when the carrier took our text late."""
    row = offer(work, department_id, duty.subject_id)
    if row.state != "open":
        return
    told_at = sent_at(work, department_id, ("offer", row.id))
    rules = edition(work, department_id, row.handbook_id).rules
    starts_at = opening(work, department_id, row.opening_id).starts_at
    if row.call_out_id is None:
        due_at = offer_due_at(rules, told_at or work.now, starts_at)
    else:
        due_at = step_due_at(call_out(work, department_id, row.call_out_id), row.step, told_at or work.now, starts_at)
    if due_at > work.now + GRACE:
        extend_offer(work, department_id, row.id, due_at)
        duties.plan(work, department_id, "expire_offer", row.id, due_at, fence=due_at.isoformat())
        return
    if next_step(work, row):
        return
    tried = was_tried(work, department_id, ("offer", row.id))
    outcome: OutcomeName | None = None if told_at or tried else "not_attempted"
    end_offer(work, department_id, row.id, "expire" if told_at else "lose_contact", outcome)
