"""The time has come at which somebody else would have begun."""

from typing import Any

import sqlalchemy as sa

from models.details.opening import opening
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from models.working.assignment import assignment
from models.working.relief import give_up_relief, relief
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Where nobody took it, tell the officer that he still holds it; a person is told too."""
    if not give_up_relief(work, department_id, duty.subject_id):
        return
    held = assignment(work, department_id, relief(work, department_id, duty.subject_id).assignment_id)
    if held.state != "checked_in":
        return
    values = {**opening(work, department_id, held.opening_id).told(), "ends_at": held.ends_at}
    who = officer(work, department_id, held.officer_id)
    tell(work, department(work, department_id), who, "watch.relief_not_found", values)
