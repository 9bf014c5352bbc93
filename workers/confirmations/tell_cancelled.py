"""Fewer officers are needed: who gave way is told why it was he, and what he is owed for it."""

from typing import Any

import sqlalchemy as sa

from models.details.opening import opening
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from models.working.assignment import assignment
from models.working.cancelling import owed_for
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """One text."""
    where, held = department(work, department_id), assignment(work, department_id, duty.subject_id)
    owed = owed_for(work, where, held.id)
    values = {
        **opening(work, department_id, held.opening_id).told(),
        "why": [{"prompt": f"headcount.{duty.fence}"}],
        "owed_minutes": owed.minutes if owed and owed.to_officer else 0,
        "owed_cents": owed.cents if owed else 0,
    }
    tell(work, where, officer(work, department_id, held.officer_id), "headcount.released", values)
