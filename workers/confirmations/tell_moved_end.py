"""The end of an assignment was moved: its officer is told."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models.details.opening import opening
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from models.working.assignment import assignment
from models.working.extension import MOVABLE
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Tell him, unless it was moved again since or is his no more."""
    held = assignment(work, department_id, duty.subject_id)
    if held.state not in MOVABLE or held.ends_at != datetime.fromisoformat(duty.fence):
        return
    values = {**opening(work, department_id, held.opening_id).told(), "ends_at": held.ends_at}
    who = officer(work, department_id, held.officer_id)
    tell(work, department(work, department_id), who, "watch.moved_end", values)
