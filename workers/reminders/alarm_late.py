"""A detail has begun and its officer has not checked in: ask him, by text and by call, and tell a person at once."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from models.line.hand_off import hand_off
from models.people.department import department
from models.people.handbook import edition
from models.people.officer import officer
from models.session import Work
from models.working.assignment import assignment
from workers.reminding import remind
from workers.ringing import ring_up


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Raise the alarm, unless he is there."""
    if not remind(work, department_id, duty.subject_id, "watch.late"):
        return
    row = assignment(work, department_id, duty.subject_id)
    rules = edition(work, department_id, row.handbook_id).rules
    if rules.calls.late:
        gone_at = row.starts_at + timedelta(minutes=rules.attendance.no_show_after_minutes)
        where, who = department(work, department_id), officer(work, department_id, row.officer_id)
        ring_up(work, where, who, rules.calls, "late", row.id, row.starts_at, gone_at, any_hour=True)
    hand_off(work, department_id, "officer_late", person_id=row.person_id, urgent=True, assignment=row.id)
