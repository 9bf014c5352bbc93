"""A call whose hang-up got lost must not stay open."""

from typing import Any

import sqlalchemy as sa

from models.line.call import expire_call
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """End it, unless it has ended or something was heard since."""
    expire_call(work, department_id, duty.subject_id)
