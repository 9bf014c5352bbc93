"""An officer is owed a detail: offer him the first he can take."""

from typing import Any

import sqlalchemy as sa

from models.awarding.asking.owed_detail import offer_next
from models.people.department import department
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Offer it, when there is one."""
    offer_next(work, department(work, department_id), duty.subject_id)
