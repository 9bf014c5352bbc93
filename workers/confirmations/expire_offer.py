"""The time to answer an offer is over."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models.awarding.asking.call_out import call_out
from models.awarding.asking.call_out import due_at as step_due_at
from models.awarding.asking.offer import end_offer, extend_offer, offer
from models.awarding.asking.offer_again import next_step
from models.details.opening import opening
from models.line import duty as duties
from models.people.handbook import edition
from models.rules.time.timing import offer_due_at
from models.session import Work
from workers.ringing import look_again_at
from workers.telling import GRACE, sent_at
from workers.tries import tries


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Let the offer expire, or stand on when the carrier took our text late, or his phone has not rung yet."""
    row = offer(work, department_id, duty.subject_id)
    if row.state != "open":
        return
    starts_at = opening(work, department_id, row.opening_id).starts_at
    due_at = _due(work, row, starts_at)
    if due_at > work.now + GRACE:
        extend_offer(work, department_id, row.id, due_at)
        duties.plan(work, department_id, "expire_offer", row.id, due_at, fence=due_at.isoformat())
        return
    if next_step(work, row):
        return
    tried = tries(work, department_id, "offer", row.id)
    verb = "expire" if tried.reached_him else "lose_contact"
    end_offer(work, department_id, row.id, verb, tried.outcome, channel=tried.channel)


def _due(work: Work, row: sa.Row[Any], starts_at: datetime) -> datetime:
    """When his time is really over."""
    told_at = sent_at(work, row.department_id, ("offer", row.id))
    if row.call_out_id is None:
        rules = edition(work, row.department_id, row.handbook_id).rules
        return offer_due_at(rules, told_at or work.now, starts_at)
    found = call_out(work, row.department_id, row.call_out_id)
    if not found.asking.by_call(row.step):
        return step_due_at(found, row.step, told_at or work.now, starts_at)
    had_it_begun = step_due_at(found, row.step, work.now, starts_at)
    expires_at: datetime = row.expires_at
    return look_again_at(work, row.department_id, "offer", row.id, had_it_begun, starts_at) or expires_at
