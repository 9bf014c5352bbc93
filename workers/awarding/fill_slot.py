"""A slot came free, or somebody wants to give it back: ask the next officers by the rule."""

from typing import Any

import sqlalchemy as sa

from models.awarding.asking.replacement import ask_next
from models.awarding.counting.turning_ordinary import TURNED_ORDINARY
from models.people.department import department
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Put the slot to as many officers as the handbook asks at once."""
    ask_next(work, department(work, department_id), duty.subject_id, duty.fence == TURNED_ORDINARY)
