"""The evening before a detail: remind the officer who holds it."""

from typing import Any

import sqlalchemy as sa

from models.session import Work
from workers.reminding import remind


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Remind him, if it is still his."""
    remind(work, department_id, duty.subject_id, "reminder.night_before")
