"""An officer on a detail asks to be relieved: the rest of it is opened and put to others."""

from typing import Any

import sqlalchemy as sa

from models.people.department import department
from models.session import Work
from models.working.relief import begin_relief


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Open it and ask, unless he has left meanwhile."""
    begin_relief(work, department(work, department_id), duty.subject_id)
