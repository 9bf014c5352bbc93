"""The grace time is over and the officer has not checked in."""

from typing import Any

import sqlalchemy as sa

from models.details.opening import opening
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from models.working.no_show import miss_assignment
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Write it down, and tell the officer what follows and how to contradict."""
    where = department(work, department_id)
    missed = miss_assignment(work, where, duty.subject_id)
    if missed is None:
        return
    values = {**opening(work, department_id, missed.held.opening_id).told(), "until_at": missed.until_at}
    who = officer(work, department_id, missed.held.officer_id)
    tell(work, where, who, "watch.late_drop" if missed.is_late_drop else "watch.no_show", values)
