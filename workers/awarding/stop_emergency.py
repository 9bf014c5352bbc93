"""An emergency is over: its call-outs stop, and what is still free goes on by the ordinary rules."""

from typing import Any

import sqlalchemy as sa

from models.awarding.emergencies.storm import stop_call_outs
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Stop what runs under it."""
    stop_call_outs(work, department_id, duty.subject_id)
