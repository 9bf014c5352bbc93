"""An offered slot went to somebody else: say so truthfully."""

from typing import Any

import sqlalchemy as sa

from models.awarding.offer import offer
from models.details.opening import opening
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Tell the officer that the offer is gone."""
    row = offer(work, department_id, duty.subject_id)
    about = opening(work, department_id, row.opening_id)
    who = officer(work, department_id, row.officer_id)
    tell(work, department(work, department_id), who, "offer.gone", about.told())
