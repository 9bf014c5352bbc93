"""An officer was wrongly passed over: he hears that a detail is owed to him, and when it is no more."""

from typing import Any

import sqlalchemy as sa

from models.awarding.asking.owed_detail import owed
from models.details.opening import opening
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Tell what the duty's fence names: owed, or run_out."""
    found = owed(work, department_id, duty.subject_id)
    values = {**opening(work, department_id, found.opening_id).told(), "until_at": found.until_at}
    who = officer(work, department_id, found.officer_id)
    tell(work, department(work, department_id), who, f"owed.{duty.fence}", values)
