"""Somebody took the slot an officer wanted to give back: he is released, and hears what it cost."""

from typing import Any

import sqlalchemy as sa

from models.details.opening import opening
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from models.working.assignment import assignment
from models.working.assignment_drop import drop
from models.working.penalty import barred_for
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Tell the officer that he is released, and any bar that follows."""
    held = assignment(work, department_id, drop(work, department_id, duty.subject_id).assignment_id)
    about = opening(work, department_id, held.opening_id)
    values = {**about.told(), "until_at": barred_for(work, department_id, held.id, ("late_drop", "drop"))}
    who = officer(work, department_id, held.officer_id)
    tell(work, department(work, department_id), who, "replacement.taken", values)
