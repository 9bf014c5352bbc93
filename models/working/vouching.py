"""Vouching: a supervisor of the same crew writes the check-out of an officer who forgot.

It is recorded as vouched for, by whom and why, and never as the officer's own; he is told, and what he says himself
replaces it (attendance.check_out).
"""

from datetime import datetime

from models.awarding.counting.correction import correct_hours
from models.line import duty
from models.people.department import Department
from models.people.handbook import edition
from models.people.officer import Officer
from models.session import Work
from models.working import assignment as working
from models.working.attendance import checked_in_at, write_check_out
from models.working.crew import Member

WAS_THERE = ("checked_in", "checked_out", "verified", "paid")


def stopped_by(work: Work, department: Department, supervisor: Officer, crew: list[Member]) -> str | None:
    """Why he may not vouch for any of the crew: never, rank, or not_there (he was not on the detail). None: he may."""
    own = next((each for each in crew if each.officer_id == supervisor.id), None)
    if own is None or own.state not in WAS_THERE:
        return "not_there"
    ranks = edition(work, department.id, own.handbook_id).rules.crew.vouch_ranks
    if not ranks:
        return "never"
    return None if supervisor.rank in ranks else "rank"


def vouch_out(
    work: Work, department: Department, supervisor: Officer, member: Member, left_at: datetime, reason: str
) -> str:
    """Write that the member left then, as the supervisor says, for a reason that goes on record.

    vouched, himself, not_in (he never checked in), already (he is out by now), or impossible: it must lie after his
    check-in and not ahead of now. Whether the supervisor may at all is asked of `stopped_by`.
    """
    held = working.assignment(work, department.id, member.assignment_id)
    came_at = checked_in_at(work, department.id, held.id)
    if held.officer_id == supervisor.id:
        return "himself"
    if held.state != "checked_in" or came_at is None:
        return "not_in" if held.state in ("awarded", "confirmed") else "already"
    if not came_at <= left_at <= work.now:
        return "impossible"
    if not working.LIFECYCLE.move(work, department.id, [held.id], "vouch_out"):
        return "already"
    write_check_out(work, held, left_at, reason, vouched_by=supervisor)
    correct_hours(work, edition(work, department.id, held.handbook_id).rules, held, left_at)
    duty.plan(work, department.id, "tell_vouched", held.id, work.now, fence=left_at.isoformat())
    return "vouched"
