"""A text about what an officer works did not arrive, or he wants none: he is called, for he works all the same."""

from typing import Any

import sqlalchemy as sa

from models.line.message_out import prompt_of
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from models.working.assignment import assignment
from workers.reminding import call_instead


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Have him called, where the handbook says so and it has not begun."""
    held = assignment(work, department_id, duty.subject_id)
    who = officer(work, department_id, held.officer_id)
    call_instead(work, department(work, department_id), held, who, prompt_of(work, department_id, int(duty.fence)))
