"""An officer was told of his award and has not answered: his phone rings."""

from typing import Any

import sqlalchemy as sa

from models.people.department import department
from models.people.handbook import edition
from models.people.officer import officer
from models.session import Work
from models.working.assignment import assignment
from workers.ringing import ring_up


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Have him called, unless he has answered or his time to answer is over before his phone may ring."""
    held = assignment(work, department_id, duty.subject_id)
    if held.state != "awarded" or held.answer_due_at is None:
        return
    rules = edition(work, department_id, held.handbook_id).rules
    where, who = department(work, department_id), officer(work, department_id, held.officer_id)
    ring_up(work, where, who, rules.calls, "award", held.id, held.starts_at, held.answer_due_at)
