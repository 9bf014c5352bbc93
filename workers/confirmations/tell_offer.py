"""A slot is put to an officer: tell him, by text or by a call, with the time to answer."""

from typing import Any

import sqlalchemy as sa

from models.awarding.asking.call_out import CallOut, call_out, due_at
from models.awarding.asking.offer import extend_offer, offer
from models.details.opening import Opening, opening
from models.line import duty as duties
from models.people.call_choice import demand_of
from models.people.department import department
from models.people.handbook import edition
from models.people.officer import officer
from models.session import Work
from models.working.assignment_drop import is_swap
from workers.ringing import has_rung_back, ring_up, wants_call
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Tell the offer as the step of its ladder says; plan its end."""
    row = offer(work, department_id, duty.subject_id)
    if row.state != "open":
        return
    found = None if row.call_out_id is None else call_out(work, department_id, row.call_out_id)
    about = opening(work, department_id, row.opening_id)
    if found is not None and found.asking.by_call(row.step):
        _call(work, row, about, found)
    else:
        _text(work, row, about, found)


def _call(work: Work, row: sa.Row[Any], about: Opening, found: CallOut) -> None:
    """His time to answer begins when his phone rings, at night in the morning; for who has rung back, now.

    Who chose not to be called is asked by text instead.
    """
    where, who = department(work, row.department_id), officer(work, row.department_id, row.officer_id)
    clause, is_emergency = found.edition.rules.calls, found.emergency_id is not None
    demand = demand_of("offer", "", is_emergency=is_emergency)
    if not wants_call(work, who, clause, about.starts_at, demand, any_hour=is_emergency):
        _text(work, row, about, found)
        return
    rings_at = ring_up(
        work,
        where,
        who,
        clause,
        "offer",
        row.id,
        about.starts_at,
        min(about.starts_at, found.ends_at or about.starts_at),
        fence=f"step {row.step}",
        any_hour=is_emergency,
        is_emergency=is_emergency,
    )
    if rings_at is None and not has_rung_back(work, where.id, "offer", row.id):
        duties.plan(work, where.id, "offer_unreachable", row.id, work.now, fence=f"no call {row.step}")
        return
    expires_at = due_at(found, row.step, rings_at or work.now, about.starts_at)
    extend_offer(work, where.id, row.id, expires_at)
    duties.plan(work, where.id, "expire_offer", row.id, expires_at, fence=expires_at.isoformat())


def _text(work: Work, row: sa.Row[Any], about: Opening, found: CallOut | None) -> None:
    department_id = row.department_id
    values = {**about.told(), "due_at": row.expires_at, "is_race": _is_race(work, row, found)}
    who = officer(work, department_id, row.officer_id)
    prompt = _prompt(work, row, found)
    if not tell(work, department(work, department_id), who, prompt, values, ("offer", row.id)):
        duties.plan(work, department_id, "offer_unreachable", row.id, work.now, fence="no number")
        return
    duties.plan(work, department_id, "expire_offer", row.id, row.expires_at, fence=row.expires_at.isoformat())


def _is_race(work: Work, row: sa.Row[Any], found: CallOut | None) -> bool:
    """Whether others are asked for the same slot."""
    if found is not None:
        return found.asking.is_race
    return edition(work, row.department_id, row.handbook_id).rules.replacement.at_once > 1


def _prompt(work: Work, row: sa.Row[Any], found: CallOut | None) -> str:
    if row.is_owed:
        return "offer.owed"
    if row.step:
        return "offer.again"
    if row.drop_id is not None and is_swap(work, row.department_id, row.drop_id):
        return "offer.swap"
    return "offer.emergency" if found is not None and found.emergency_id is not None else "offer.made"
