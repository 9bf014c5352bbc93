"""The time to answer an award is over: no answer is a fact of its own, and only if the officer was really told."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models.awarding.asking.confirmation import end_award, set_answer_due
from models.details.opening import opening
from models.line import duty as duties
from models.line import message_out
from models.line.outbound_call import calls_about
from models.people.department import department
from models.people.handbook import edition
from models.people.officer import officer
from models.rules.handbook import Handbook
from models.rules.time.timing import answer_due_at
from models.session import Work
from models.working.assignment import Assignment, assignment
from workers.place_kept import place_kept
from workers.ringing import look_again_at
from workers.telling import GRACE, sent_at, tell
from workers.tries import tries


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Let the award lapse, or let it wait on when the carrier took our text late, or he is being called."""
    row = assignment(work, department_id, duty.subject_id)
    if row.state != "awarded":
        return
    rules = edition(work, department_id, row.handbook_id).rules
    about = opening(work, department_id, row.opening_id)
    had_it_begun = answer_due_at(rules, work.now, row.starts_at, about.band)
    again_at = look_again_at(work, department_id, "award", row.id, had_it_begun, row.starts_at)
    due_at = again_at or _due_at(work, row, rules, about.band)
    if due_at > work.now + GRACE:
        # Whom a text has reached had his time: a call adds nothing to it but that it is waited for.
        if again_at is None or not message_out.is_with_him(work, department_id, ("assignment", row.id)):
            set_answer_due(work, department_id, row.id, due_at)
        duties.plan(work, department_id, "lapse_award", row.id, due_at, fence=due_at.isoformat())
        return
    where = department(work, department_id)
    tried = tries(work, department_id, "award", row.id)
    verb, prompt = ("lapse", "award.lapsed") if tried.reached_him else ("lose_contact", "award.unreachable")
    if end_award(work, where, row.id, verb, tried.outcome, channel=tried.channel):
        is_kept = assignment(work, department_id, row.id).charged_turns == 0
        left = place_kept(work, department_id, row.officer_id, row.pool, is_kept)
        tell(work, where, officer(work, department_id, row.officer_id), prompt, {**about.told(), **left})


def _due_at(work: Work, held: Assignment, rules: Handbook, band: str) -> datetime:
    """When his time to answer is really over: from when he was told, by text or by a call."""
    if calls_about(work, held.department_id, "award", held.id):
        return held.answer_due_at or work.now
    told_at = sent_at(work, held.department_id, ("assignment", held.id))
    return answer_due_at(rules, told_at or work.now, held.starts_at, band)
