"""The stated time of an emergency has come: it ends by itself."""

from typing import Any

import sqlalchemy as sa

from models.awarding.emergencies.emergency import end
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """End it, unless somebody did before."""
    end(work, department_id, duty.subject_id)
