"""The colleague did not take it: the officer who named him is told that it is still his."""

from typing import Any

import sqlalchemy as sa

from models.details.opening import opening
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from models.working.assignment import assignment
from models.working.assignment_drop import assignment_of_drop
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Say so, without how the colleague answered."""
    held = assignment(work, department_id, assignment_of_drop(work, department_id, duty.subject_id))
    if held.state != "confirmed":
        return
    about = opening(work, department_id, held.opening_id)
    who = officer(work, department_id, held.officer_id)
    tell(work, department(work, department_id), who, "swap.kept", about.told())
