"""A supervisor wrote an officer's check-out on his own word: the officer is told, and how to say otherwise."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models.details.opening import opening
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from models.working.assignment import assignment
from models.working.attendance import written_check_out
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Tell him, unless he has said himself by now when he left."""
    written = written_check_out(work, department_id, duty.subject_id)
    if written is None or written.vouched_by_id is None or written.stated_at != datetime.fromisoformat(duty.fence):
        return
    held = assignment(work, department_id, duty.subject_id)
    by = officer(work, department_id, written.vouched_by_id)
    values = {**opening(work, department_id, held.opening_id).told(), "by": by.name, "left_at": written.stated_at}
    who = officer(work, department_id, held.officer_id)
    tell(work, department(work, department_id), who, "watch.vouched", values, ("attendance", held.id))
