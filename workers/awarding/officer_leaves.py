"""The day has come on which an officer is no member any more, or a roster says that he has left."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from models.people.department import department
from models.people.leaving import leave
from models.people.officer import officer
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Close his access and pass on what he still holds."""
    who = officer(work, department_id, duty.subject_id)
    leave(work, department(work, department_id), who, date.fromisoformat(duty.fence))
