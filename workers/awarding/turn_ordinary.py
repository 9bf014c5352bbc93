"""The time has come from which a detail may run without its supervisors."""

from typing import Any

import sqlalchemy as sa

from models.awarding.counting.turning_ordinary import turn_ordinary
from models.people.department import department
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Make those slots ordinary for which no supervisor is to be had."""
    turn_ordinary(work, department(work, department_id), duty.subject_id)
