"""Nobody is left to ask, and the round that orders officers in has begun."""

from typing import Any

import sqlalchemy as sa

from models.awarding.deciding.ordering_in import order_in
from models.people.department import department
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Order officers to what is still free."""
    order_in(work, department(work, department_id), duty.subject_id)
