"""The detail starts and nobody took it over: the officer who wanted to give it back still holds it."""

from typing import Any

import sqlalchemy as sa

from models.details.opening import opening
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from models.working.assignment import assignment
from models.working.assignment_drop import drop, settle_drop
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Close the search and tell the officer that he is expected."""
    if not settle_drop(work, department_id, duty.subject_id):
        return
    held = assignment(work, department_id, drop(work, department_id, duty.subject_id).assignment_id)
    about = opening(work, department_id, held.opening_id)
    who = officer(work, department_id, held.officer_id)
    tell(work, department(work, department_id), who, "replacement.nobody", about.told())
