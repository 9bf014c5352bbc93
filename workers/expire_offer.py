"""The time to answer an offer is over."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from models.awarding.offer import end_offer, extend_offer, offer
from models.details.opening import opening
from models.line import duty as duties
from models.people.handbook import edition
from models.session import Work
from workers.lapse_award import GRACE
from workers.telling import sent_at


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Let the offer expire, or stand on when the carrier took our text late."""
    row = offer(work, department_id, duty.subject_id)
    if row.state != "open":
        return
    told_at = sent_at(work, department_id, ("offer", row.id))
    minutes = edition(work, department_id, row.handbook_id).rules.replacement.answer_minutes
    starts_at = opening(work, department_id, row.opening_id).starts_at
    due_at = min((told_at or work.now) + timedelta(minutes=minutes), starts_at)
    if due_at > work.now + GRACE:
        extend_offer(work, department_id, row.id, due_at)
        duties.plan(work, department_id, "expire_offer", row.id, due_at, fence=due_at.isoformat())
        return
    end_offer(work, department_id, row.id, "expire" if told_at else "lose_contact")
