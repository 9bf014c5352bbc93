"""The time has come to post a detail."""

from typing import Any

import sqlalchemy as sa

from models.details.posting import open_posting
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Open the posting for sign-up."""
    open_posting(work, department_id, duty.subject_id)
