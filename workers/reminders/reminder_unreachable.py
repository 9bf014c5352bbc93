"""A text about what an officer works did not arrive, or he wants none: he is called, for he works all the same."""

from typing import Any

import sqlalchemy as sa

from models.line import mail_out
from models.line.message_out import message_by_id
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from models.working.assignment import assignment
from workers.next_channel import take_next_channel
from workers.reminding import call_instead


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Text another number of his, or else mail it and have him called, where he and the handbook say so."""
    if duty.fence.startswith("mail "):
        return
    held = assignment(work, department_id, duty.subject_id)
    who, where = officer(work, department_id, held.officer_id), department(work, department_id)
    failed = message_by_id(work, department_id, int(duty.fence))
    is_mailed = mail_out.was_mailed_beside(work, department_id, who.id, failed)
    by = "mail" if is_mailed else take_next_channel(work, where, who, failed)
    if by != "text":
        call_instead(work, where, held, who, failed.prompt)
