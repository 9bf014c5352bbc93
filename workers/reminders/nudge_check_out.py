"""A detail is over and its officer has not checked out: nobody's pay moves until he does."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from models.line import duty as duties
from models.line.conversation import is_asked
from models.line.hand_off import hand_off
from models.line.line import line_of
from models.people.handbook import edition
from models.session import Work
from models.working.assignment import Assignment, assignment
from workers.reminding import remind

ASKED_AGAIN_AFTER = timedelta(minutes=20)
"""Longer than the question of a check-out waits."""


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Nudge him, as often as the handbook says; then it becomes an exception for a person, never a silent guess."""
    row = assignment(work, department_id, duty.subject_id)
    clause = edition(work, department_id, row.handbook_id).rules.attendance
    nudged = int((duty.fence or "0").split()[0])
    if row.state != "checked_in":
        return
    if _is_being_asked(work, department_id, row):
        # The question that stands settles it, by his answer or by its time running out.
        later = work.now + ASKED_AGAIN_AFTER
        duties.plan(work, department_id, "nudge_check_out", row.id, later, fence=f"{nudged} {later.isoformat()}")
        return
    if nudged >= clause.nudges_at_most:
        hand_off(work, department_id, "check_out_missing", person_id=row.person_id, assignment=row.id)
        return
    remind(work, department_id, row.id, "watch.check_out_missing", state="checked_in")
    again_at = work.now + timedelta(minutes=clause.nudge_every_minutes)
    duties.plan(work, department_id, "nudge_check_out", row.id, again_at, fence=str(nudged + 1))


def _is_being_asked(work: Work, department_id: int, row: Assignment) -> bool:
    """Whether he has said when he left, and the question why stands open."""
    line_id = line_of(work, department_id)
    work.see_line(line_id)
    return is_asked(work, row.person_id, line_id, "check_out", {"assignment": row.id})
