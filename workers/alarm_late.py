"""A detail has begun and its officer has not checked in: ask him, and put it before a person at once."""

from typing import Any

import sqlalchemy as sa

from models.line.hand_off import hand_off
from models.session import Work
from models.working.assignment import assignment
from workers.reminding import remind


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Raise the alarm, unless he is there."""
    if not remind(work, department_id, duty.subject_id, "watch.late"):
        return
    row = assignment(work, department_id, duty.subject_id)
    hand_off(work, department_id, "officer_late", person_id=row.person_id, urgent=True, assignment=row.id)
