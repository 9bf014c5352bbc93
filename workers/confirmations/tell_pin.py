"""An officer's PIN was set, taken away or locked: he hears so on his phone, so that nothing is done behind his back."""

from typing import Any

import sqlalchemy as sa

from models.people.department import department
from models.people.officer import officer_of
from models.session import Work
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Tell what the duty's fence names: set, one_time, cleared or locked."""
    who = officer_of(work, department_id, duty.subject_id)
    if who is not None:
        what = duty.fence.partition(" ")[0]
        where = department(work, department_id)
        tell(work, where, who, f"pin.told_{what}", {"department": where.name})
