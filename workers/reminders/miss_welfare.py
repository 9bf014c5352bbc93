"""An officer has not answered whether all is well: he is called, and then people are alarmed."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from models.line import duty as duties
from models.people.department import department
from models.people.handbook import edition
from models.people.officer import officer
from models.session import Work
from models.working.assignment import Assignment, assignment
from models.working.welfare import alarm, check, end_check
from workers.ringing import ring_up

CALLED = "called"


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Call him, once; alarm people when that has come to nothing too, or cannot be done."""
    row = check(work, department_id, duty.subject_id)
    held = assignment(work, department_id, row.assignment_id)
    if row.state != "asked":
        return
    if held.state != "checked_in":
        end_check(work, department_id, row.id)
    elif duty.fence == CALLED or not _is_called(work, held, row.id):
        alarm(work, department_id, row.id, held.person_id)


def _is_called(work: Work, held: Assignment, check_id: int) -> bool:
    """Have his phone ring, at any hour; False where the handbook does not want it or it cannot ring."""
    rules = edition(work, held.department_id, held.handbook_id).rules
    if not rules.welfare.call:
        return False
    until_at = work.now + timedelta(minutes=rules.welfare.answer_minutes)
    where, who = department(work, held.department_id), officer(work, held.department_id, held.officer_id)
    if ring_up(work, where, who, rules.calls, "welfare", check_id, held.starts_at, until_at, any_hour=True) is None:
        return False
    duties.plan(work, held.department_id, "miss_welfare", check_id, until_at, fence=CALLED)
    return True
