"""A question of a conversation has stood unanswered for its time: the flow says what follows."""

from typing import Any

import sqlalchemy as sa

from bot.dialog.timing_out import time_out
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Let it time out, unless its turn has passed."""
    time_out(work, department_id, duty.subject_id, int(duty.fence))
