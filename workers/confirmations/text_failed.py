"""A text that no award, offer or reminder hangs on did not arrive: it goes by the next channel, if there is one."""

from typing import Any

import sqlalchemy as sa

from models.line import mail_out
from models.line.message_out import message_by_id
from models.people.department import department
from models.people.officer import officer_of
from models.session import Work
from workers.next_channel import take_next_channel


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Nothing for who has left, or was mailed the same at once."""
    failed = message_by_id(work, department_id, duty.subject_id)
    who = officer_of(work, department_id, failed.person_id) if failed.person_id is not None else None
    if who is None:
        return
    if not mail_out.was_mailed_beside(work, department_id, who.id, failed):
        take_next_channel(work, department(work, department_id), who, failed)
