"""An award was made: tell the officer, and start the clock of his answer."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from models.awarding.asking.confirmation import set_answer_due
from models.details.opening import opening
from models.line import duty as duties
from models.people.department import department
from models.people.handbook import edition
from models.people.officer import officer
from models.rules.time.timing import answer_due_at, answer_reminders_at
from models.session import Work
from models.working.assignment import assignment
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Text the award with its answer time; plan the reminders and what follows if no answer comes."""
    row = assignment(work, department_id, duty.subject_id)
    if row.state != "awarded":
        return
    where = department(work, department_id)
    rules = edition(work, department_id, row.handbook_id).rules
    about = opening(work, department_id, row.opening_id)
    due_at = answer_due_at(rules, work.now, row.starts_at, about.band)
    values = {**about.told(), "due_at": due_at}
    who = officer(work, department_id, row.officer_id)
    if not tell(work, where, who, "award.awarded", values, ("assignment", row.id)):
        duties.plan(work, department_id, "award_unreachable", row.id, work.now, fence="no number")
        return
    set_answer_due(work, department_id, row.id, due_at)
    for at in answer_reminders_at(rules, work.now, due_at, about.band):
        duties.plan(work, department_id, "remind_answer", row.id, at, fence=at.isoformat())
    call_after = rules.calls.unanswered_award_after_minutes
    if call_after is not None and (call_at := work.now + timedelta(minutes=call_after)) < due_at:
        duties.plan(work, department_id, "call_award", row.id, call_at)
    duties.plan(work, department_id, "lapse_award", row.id, due_at, fence=due_at.isoformat())
