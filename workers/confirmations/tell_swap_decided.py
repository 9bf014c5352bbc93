"""A person decided about a swap: the officer who asked for it hears so; the colleague hears by being asked."""

from typing import Any

import sqlalchemy as sa

from models.details.opening import opening
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from models.working.assignment import assignment
from models.working.swap_request import swap_request
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Granted or refused, with the words that were given for a no."""
    found = swap_request(work, department_id, duty.subject_id)
    if found is None:
        return
    held = assignment(work, department_id, found.assignment_id)
    badge = officer(work, department_id, found.colleague_id).badge
    values = {**opening(work, department_id, held.opening_id).told(), "badge": badge, "because": found.words}
    who = officer(work, department_id, found.officer_id)
    tell(work, department(work, department_id), who, f"swap.desk_{found.state}", values)
