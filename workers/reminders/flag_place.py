"""An officer checked in and has not shown that he is there: a person looks at it; his check-in stands."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models.line.hand_off import hand_off
from models.session import Work
from models.working.assignment import assignment
from models.working.attendance import checked_in_at
from models.working.place import is_unproven


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Put it before a person, unless he has shown it, or taken that check-in back."""
    held = assignment(work, department_id, duty.subject_id)
    is_same = checked_in_at(work, department_id, held.id) == datetime.fromisoformat(duty.fence)
    if is_same and is_unproven(work, department_id, held.id):
        hand_off(work, department_id, "check_in_without_proof", person_id=held.person_id, assignment=held.id)
