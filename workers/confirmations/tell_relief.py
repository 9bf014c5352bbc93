"""Somebody takes the rest of a detail, or is there: the officer who is relieved hears who, when, and what to do."""

from typing import Any

import sqlalchemy as sa

from models.details.opening import opening
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from models.working.assignment import assignment
from models.working.attendance import checked_in_at
from models.working.relief import hand_over, relief, take_relief
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Note how far it has come, and tell him, while he is there."""
    what, taken_id = duty.fence.split()
    other = assignment(work, department_id, int(taken_id))
    where = department(work, department_id)
    if what == "taken":
        has_moved = take_relief(work, department_id, duty.subject_id)
    else:
        came_at = checked_in_at(work, department_id, other.id)
        has_moved = came_at is not None and hand_over(work, where, duty.subject_id, came_at)
    held = assignment(work, department_id, relief(work, department_id, duty.subject_id).assignment_id)
    if not has_moved or held.state != "checked_in":
        return
    by = officer(work, department_id, other.officer_id)
    values = {**opening(work, department_id, held.opening_id).told(), "name": by.name, "from_at": other.starts_at}
    tell(work, where, officer(work, department_id, held.officer_id), f"watch.relief_{what}", values)
