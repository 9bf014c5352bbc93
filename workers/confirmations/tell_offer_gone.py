"""An offered slot went to somebody else: say so truthfully."""

from typing import Any

import sqlalchemy as sa

from models.awarding.asking.offer import offer
from models.details.opening import opening
from models.line import message_out
from models.line.line import line_of
from models.people.department import department
from models.people.officer import officer
from models.people.person import lock_persons
from models.session import Work
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Tell the officer that the offer is gone, unless he asked for it meanwhile and was told so."""
    row = offer(work, department_id, duty.subject_id)
    about = opening(work, department_id, row.opening_id)
    who = officer(work, department_id, row.officer_id)
    # A text of his that is being answered now is waited for; another department of the line may be its home.
    work.see_line(line_of(work, department_id))
    lock_persons(work, [who.person_id])
    if message_out.was_answered(work, who.person_id, "accept", about.code, row.ended_at):
        return
    tell(work, department(work, department_id), who, "offer.over" if about.free else "offer.gone", about.told())
