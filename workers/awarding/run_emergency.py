"""An emergency was declared: everything it covers is called out now, whatever its notice band."""

from typing import Any

import sqlalchemy as sa

from models.awarding.emergencies.storm import call_out_everything
from models.people.department import department
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Award what was signed up for, and call officers out for all that is free."""
    call_out_everything(work, department(work, department_id), duty.subject_id)
