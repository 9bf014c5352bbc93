"""Another department asks for an officer: tell those of ours who may go, in their own department's name."""

from typing import Any

import sqlalchemy as sa

from models.awarding.invitation import invitation
from models.awarding.lending import who_may_take
from models.people.department import department
from models.people.handbook import current
from models.people.officer import officers_by_id
from models.session import Work
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Text each of them once; the first who takes it has it."""
    invited = invitation(work, department_id, duty.subject_id)
    if work.now >= invited.answer_due_at:
        return
    where = department(work, department_id)
    edition = current(work, department_id, work.now.astimezone(where.zone).date())
    told = who_may_take(work, where, edition, invited)
    for who in officers_by_id(work, department_id, told).values():
        tell(work, where, who, "invitation.made", invited.told())
