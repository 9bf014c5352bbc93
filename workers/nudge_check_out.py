"""A detail is over and its officer has not checked out: nobody's pay moves until he does."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from models.line import duty as duties
from models.line.hand_off import hand_off
from models.people.handbook import edition
from models.session import Work
from models.working.assignment import assignment
from workers.reminding import remind


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Nudge him, as often as the handbook says; then it becomes an exception for a person, never a silent guess."""
    row = assignment(work, department_id, duty.subject_id)
    clause = edition(work, department_id, row.handbook_id).rules.attendance
    nudged = int(duty.fence or 0)
    if row.state != "checked_in":
        return
    if nudged >= clause.nudges_at_most:
        hand_off(work, department_id, "check_out_missing", person_id=row.person_id, assignment=row.id)
        return
    remind(work, department_id, row.id, "watch.check_out_missing", state="checked_in")
    again_at = work.now + timedelta(minutes=clause.nudge_every_minutes)
    duties.plan(work, department_id, "nudge_check_out", row.id, again_at, fence=str(nudged + 1))
