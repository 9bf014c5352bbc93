"""A temporary number's time is over: texts and calls go where they went before, and its officer hears so."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models.people.department import department
from models.people.officer import officer_of
from models.people.phone import end_temporary
from models.session import Work
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Ends it, unless he has moved its end or ended it himself."""
    number, _, until_at = duty.fence.partition(" ")
    ended = end_temporary(work, department_id, duty.subject_id, number, datetime.fromisoformat(until_at))
    who = officer_of(work, department_id, duty.subject_id) if ended else None
    if who is not None:
        tell(work, department(work, department_id), who, "temporary.ended", {"number": number})
