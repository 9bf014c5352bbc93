"""Calling an officer of our own accord: what he is called about, when his phone may ring, and how often."""

from datetime import datetime, timedelta

from models.line.line import line_of
from models.line.outbound_call import Ringing, Why, calls_about, plan_call
from models.people.call_choice import call_choice, demand_of
from models.people.department import Department
from models.people.officer import Officer
from models.people.phone import number_to_call
from models.rules.asking.calling import is_wanted, ring_hours, rings_at
from models.rules.clauses.calls import Calls, Demand
from models.session import Work
from workers.telling import GRACE

# Of those who wait for a call hundreds may wait: none is looked at more often.
SOONEST_AGAIN = timedelta(minutes=1)


def ring_up(
    work: Work,
    department: Department,
    officer: Officer,
    clause: Calls,
    why: Why,
    subject_id: int,
    starts_at: datetime,
    until_at: datetime,
    *,
    at: datetime | None = None,
    fence: str = "",
    any_hour: bool = False,
    is_emergency: bool = False,
) -> datetime | None:
    """Have the officer called about a detail that starts at `starts_at`, now or `at` that time, within permitted hours
    and before `until_at`; returns when, None when he has no number that can be called, wants no such calls, there is no
    such time, or he has called us and knows.
    """
    if has_rung_back(work, department.id, why, subject_id):
        return None
    demand = demand_of(why, fence, is_emergency=is_emergency)
    if not wants_call(work, officer, clause, starts_at, demand, any_hour=any_hour):
        return None
    number = number_to_call(work, officer.person_id)
    hours = None if any_hour else ring_hours(clause, work.now, starts_at)
    due_at = rings_at(hours, at or work.now, department.zone)
    if number is None or due_at >= until_at:
        return None
    ringing = Ringing(due_at, until_at, hours, clause.ring_seconds, clause.leave_message)
    line_id = line_of(work, department.id)
    plan_call(
        work, department.id, line_id, officer.id, officer.person_id, number, why, subject_id, ringing, fence=fence
    )
    return due_at


def wants_call(
    work: Work, officer: Officer, clause: Calls, starts_at: datetime, demand: Demand | None, *, any_hour: bool
) -> bool:
    """Whether he may be called about such a thing, by his own choice and what the handbook says of it."""
    is_urgent = any_hour or ring_hours(clause, work.now, starts_at) is None
    return is_wanted(call_choice(work, officer.department_id, officer.id), clause, demand, is_urgent=is_urgent)


def outcomes(work: Work, department_id: int, why: Why, subject_id: int, fence: str = "") -> list[str]:
    """How the tries of this call ended so far, first to last; `fence` is the first one's."""
    calls = calls_about(work, department_id, why, subject_id)
    return [each.outcome for each in calls if each.outcome is not None and each.fence.split(",")[0] == fence]


def has_rung_back(work: Work, department_id: int, why: Why, subject_id: int) -> bool:
    """Whether he called us and heard what our calls are about."""
    return any(each.rang_back_at is not None for each in calls_about(work, department_id, why, subject_id))


def is_being_called(work: Work, department_id: int, why: Why, subject_id: int) -> bool:
    """Whether a call about this is waiting or under way."""
    return any(each.outcome is None for each in calls_about(work, department_id, why, subject_id))


def look_again_at(
    work: Work, department_id: int, why: Why, subject_id: int, had_it_begun: datetime, starts_at: datetime
) -> datetime | None:
    """When to look again at somebody whose time to answer is over while he is being called, or waits for it because of
    the line's pace; None when no call is under way.

    That is when his time would be over had it begun now (`had_it_begun`). As soon as the call is over
    workers/confirmations/call_ended.py looks, so nobody is looked at over and over while he waits.
    """
    if not is_being_called(work, department_id, why, subject_id):
        return None
    return min(max(had_it_begun, work.now + SOONEST_AGAIN + GRACE), starts_at)
