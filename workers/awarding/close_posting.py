"""The time to sign up is over."""

from typing import Any

import sqlalchemy as sa

from models.details.posting import close_posting
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Close the posting's sign-up."""
    close_posting(work, department_id, duty.subject_id)
