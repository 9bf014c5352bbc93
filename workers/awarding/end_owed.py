"""The time in which a detail is owed may be over."""

from typing import Any

import sqlalchemy as sa

from models.awarding.asking.owed_detail import run_out
from models.people.department import department
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """End it, unless leave has put its end off or an offer of it is open."""
    run_out(work, department(work, department_id), duty.subject_id)
