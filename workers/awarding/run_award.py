"""The time of an award has come: all postings whose time it is are awarded together, in one run."""

from typing import Any

import sqlalchemy as sa

from models.awarding.deciding.award import run_award
from models.people.department import department
from models.session import Work


def handle(work: Work, department_id: int, _duty: sa.Row[Any]) -> None:
    """Run the award; a second duty for postings awarded together finds nothing left to do."""
    run_award(work, department(work, department_id))
