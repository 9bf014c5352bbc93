"""Reminding an officer of an assignment that is still his."""

from models.details.opening import opening
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from models.working.assignment import assignment
from workers.telling import tell


def remind(work: Work, department_id: int, assignment_id: int, prompt: str, state: str = "confirmed") -> bool:
    """Say `prompt` to the officer while the assignment stands in `state`; False when it does not any more."""
    row = assignment(work, department_id, assignment_id)
    if row.state != state:
        return False
    about = opening(work, department_id, row.opening_id)
    who = officer(work, department_id, row.officer_id)
    tell(work, department(work, department_id), who, prompt, about.told(), ("attendance", row.id))
    return True
