"""A call of ours is over: what came of it decides whether he is called again, waited for, or passed over."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from models.awarding.asking.call_out import call_out, due_at
from models.awarding.asking.offer import extend_offer, offer
from models.details.opening import opening
from models.line import duty as duties
from models.line import message_out
from models.line.hand_off import hand_off
from models.line.outbound_call import Why, outbound_call
from models.people.call_choice import NOT_WANTED
from models.people.department import department
from models.people.handbook import edition
from models.people.officer import officer
from models.rules.asking.calling import NOTHING_TO_ANSWER, is_called_again
from models.rules.clauses.calls import Calls
from models.session import Work
from models.working.assignment import Assignment, assignment
from models.working.welfare import check
from workers.ringing import outcomes, ring_up
from workers.tries import was_told_by_call


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Do what follows, as the call was about an award, an offer, a reminder, a late officer or a welfare check."""
    call = outbound_call(work, department_id, duty.subject_id)
    if call is not None:
        _FOLLOWS[call.why](work, call)


def _after_offer(work: Work, call: sa.Row[Any]) -> None:
    row = offer(work, call.department_id, call.subject_id)
    step = f"step {row.step}"
    if row.state != "open" or row.call_out_id is None or call.fence.split(",")[0] != step:
        return
    if call.rang_back_at is not None:
        # He knows it, and has the time he had.
        return
    if call.failure == NOT_WANTED:
        # He chose so before his phone rang: then he is asked by text.
        duties.plan(work, call.department_id, "tell_offer", row.id, work.now, fence=f"call {call.id}")
        return
    found = call_out(work, call.department_id, row.call_out_id)
    starts_at = opening(work, call.department_id, row.opening_id).starts_at
    until_at = min(starts_at, found.ends_at or starts_at)
    is_emergency = found.emergency_id is not None
    rings_at = _again(work, call, found.edition.rules.calls, starts_at, until_at, step, is_emergency=is_emergency)
    if rings_at is None and call.outcome in NOTHING_TO_ANSWER:
        duties.plan(work, call.department_id, "offer_unreachable", row.id, work.now, fence=f"call {call.id}")
        return
    expires_at = due_at(found, row.step, rings_at or work.now, starts_at)
    extend_offer(work, call.department_id, row.id, expires_at)
    duties.plan(work, call.department_id, "expire_offer", row.id, expires_at, fence=expires_at.isoformat())


def _after_award(work: Work, call: sa.Row[Any]) -> None:
    """Whom a text or the call has reached has his time to answer, if any is left; whom nothing did is passed over."""
    held = assignment(work, call.department_id, call.subject_id)
    if held.state != "awarded" or _calls_again(work, call, held, held.answer_due_at or held.starts_at):
        return
    is_told = message_out.is_with_him(work, call.department_id, ("assignment", held.id)) or was_told_by_call(
        work, call.department_id, "award", held.id
    )
    follows, due_at = ("lapse_award", held.answer_due_at) if is_told else ("award_unreachable", None)
    duties.plan(work, call.department_id, follows, held.id, max(due_at or work.now, work.now), fence=f"call {call.id}")


def _after_reminder(work: Work, call: sa.Row[Any]) -> None:
    held = assignment(work, call.department_id, call.subject_id)
    if held.state != "confirmed" or _calls_again(work, call, held, held.starts_at):
        return
    if call.heard in ("nothing", "greeting"):
        hand_off(work, call.department_id, "officer_cannot_be_reached", urgent=True, person_id=held.person_id)


def _after_alarm(work: Work, call: sa.Row[Any]) -> None:
    """A person was told when he was late; so nobody is told again."""
    held = assignment(work, call.department_id, call.subject_id)
    rules = edition(work, call.department_id, held.handbook_id).rules
    if held.state == "confirmed":
        gone_at = held.starts_at + timedelta(minutes=rules.attendance.no_show_after_minutes)
        _calls_again(work, call, held, gone_at, any_hour=True)


def _after_check(work: Work, call: sa.Row[Any]) -> None:
    """Called again while there is time; when that is over people are alarmed, whatever came of the calls."""
    row = check(work, call.department_id, call.subject_id)
    held = assignment(work, call.department_id, row.assignment_id)
    if row.state == "asked" and held.state == "checked_in" and call.until_at is not None:
        _calls_again(work, call, held, call.until_at, any_hour=True)


def _calls_again(
    work: Work, call: sa.Row[Any], held: Assignment, until_at: datetime, *, any_hour: bool = False
) -> bool:
    rules = edition(work, call.department_id, held.handbook_id).rules
    fence = call.fence.split(",")[0]
    return _again(work, call, rules.calls, held.starts_at, until_at, fence, any_hour=any_hour) is not None


def _again(
    work: Work,
    call: sa.Row[Any],
    clause: Calls,
    starts_at: datetime,
    until_at: datetime,
    fence: str,
    *,
    any_hour: bool = False,
    is_emergency: bool = False,
) -> datetime | None:
    """When he is called once more about the same, None when he is not."""
    why: Why = call.why
    ended = outcomes(work, call.department_id, why, call.subject_id, fence)
    if not is_called_again(clause, ended):
        return None
    return ring_up(
        work,
        department(work, call.department_id),
        officer(work, call.department_id, call.officer_id),
        clause,
        why,
        call.subject_id,
        starts_at,
        until_at,
        at=work.now + timedelta(minutes=clause.minutes_between),
        fence=f"{fence}, try {len(ended) + 1}",
        any_hour=any_hour,
        is_emergency=is_emergency,
    )


_FOLLOWS: dict[str, Callable[[Work, "sa.Row[Any]"], None]] = {
    "award": _after_award,
    "offer": _after_offer,
    "reminder": _after_reminder,
    "late": _after_alarm,
    "welfare": _after_check,
}
