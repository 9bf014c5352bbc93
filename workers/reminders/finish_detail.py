"""A detail's time is over."""

from typing import Any

import sqlalchemy as sa

from models.details.detail import finish_detail
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Close the detail; slots nobody held are written down as unfilled."""
    finish_detail(work, department_id, duty.subject_id)
