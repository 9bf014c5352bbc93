"""An officer checked in or out: whether his hours stay within the rules, which a person must know if they do not."""

from typing import Any

import sqlalchemy as sa

from models.people.department import department
from models.session import Work
from models.working.hours_worked import judge_hours


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Judge his time with this assignment as it was worked so far."""
    judge_hours(work, department(work, department_id), duty.subject_id)
