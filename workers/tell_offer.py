"""A slot is put to an officer: tell him, with the time to answer."""

from typing import Any

import sqlalchemy as sa

from models.awarding.call_out import call_out
from models.awarding.offer import offer
from models.details.opening import opening
from models.line import duty as duties
from models.people.department import department
from models.people.handbook import edition
from models.people.officer import officer
from models.session import Work
from models.working.assignment_drop import is_swap
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Text the offer; plan its end."""
    row = offer(work, department_id, duty.subject_id)
    if row.state != "open":
        return
    is_race = _is_race(work, department_id, row)
    values = {**opening(work, department_id, row.opening_id).told(), "due_at": row.expires_at, "is_race": is_race}
    who = officer(work, department_id, row.officer_id)
    prompt = _prompt(work, department_id, row)
    if not tell(work, department(work, department_id), who, prompt, values, ("offer", row.id)):
        duties.plan(work, department_id, "offer_unreachable", row.id, work.now, fence="no number")
        return
    duties.plan(work, department_id, "expire_offer", row.id, row.expires_at, fence=row.expires_at.isoformat())


def _is_race(work: Work, department_id: int, row: sa.Row[Any]) -> bool:
    """Whether others are asked for the same slot."""
    if row.call_out_id is not None:
        return call_out(work, department_id, row.call_out_id).asking.is_race
    return edition(work, department_id, row.handbook_id).rules.replacement.at_once > 1


def _prompt(work: Work, department_id: int, row: sa.Row[Any]) -> str:
    if row.is_owed:
        return "offer.owed"
    if row.step:
        return "offer.again"
    if row.drop_id is not None and is_swap(work, department_id, row.drop_id):
        return "offer.swap"
    in_emergency = (
        row.call_out_id is not None and call_out(work, department_id, row.call_out_id).emergency_id is not None
    )
    return "offer.emergency" if in_emergency else "offer.made"
