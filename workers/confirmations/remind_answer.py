"""An award still waits for its answer: remind once."""

from typing import Any

import sqlalchemy as sa

from models.details.opening import opening
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from models.working.assignment import assignment
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Remind the officer, unless he has answered."""
    row = assignment(work, department_id, duty.subject_id)
    if row.state != "awarded":
        return
    values = {**opening(work, department_id, row.opening_id).told(), "due_at": row.answer_due_at}
    who = officer(work, department_id, row.officer_id)
    tell(work, department(work, department_id), who, "award.remind", values)
