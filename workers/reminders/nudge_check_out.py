"""A detail is over and its officer has not checked out: nobody's pay moves until he does."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from models.details.opening import opening
from models.line import duty as duties
from models.line.conversation import is_asked
from models.line.hand_off import hand_off
from models.line.line import line_of
from models.people.department import department
from models.people.handbook import edition
from models.people.officer import officer
from models.session import Work
from models.working.assignment import Assignment, assignment
from models.working.crew import crew_of
from models.working.vouching import WAS_THERE
from workers.reminding import remind
from workers.telling import tell

ASKED_AGAIN_AFTER = timedelta(minutes=20)
"""Longer than the question of a check-out waits."""


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Nudge him, as often as the handbook says; then it becomes an exception for a person, never a silent guess."""
    row = assignment(work, department_id, duty.subject_id)
    clause = edition(work, department_id, row.handbook_id).rules.attendance
    nudged = int((duty.fence or "0").split()[0])
    if row.state != "checked_in" or work.now < row.ends_at:
        # He is out, or stays longer: then the new end has a reminder of its own.
        return
    if _is_being_asked(work, department_id, row):
        # The question that stands settles it, by his answer or by its time running out.
        later = work.now + ASKED_AGAIN_AFTER
        duties.plan(work, department_id, "nudge_check_out", row.id, later, fence=f"{nudged} {later.isoformat()}")
        return
    if nudged >= clause.nudges_at_most:
        hand_off(work, department_id, "check_out_missing", person_id=row.person_id, assignment=row.id)
        return
    _nudge(work, department_id, row, nudged + 1)
    again_at = work.now + timedelta(minutes=clause.nudge_every_minutes)
    duties.plan(work, department_id, "nudge_check_out", row.id, again_at, fence=str(nudged + 1))


def _nudge(work: Work, department_id: int, row: Assignment, times: int) -> None:
    """Ask him, with the names of those who wait; and tell their supervisors, at the time the handbook says."""
    about = opening(work, department_id, row.opening_id)
    crew = [each for each in crew_of(work, department_id, [about.detail_id]) if each.officer_id != row.officer_id]
    out = [each.last_name for each in crew if not each.is_waited_for]
    prompt = "watch.check_out_crew_waits" if out else "watch.check_out_missing"
    remind(work, department_id, row.id, prompt, state="checked_in", values={"out": out})
    clause = edition(work, department_id, row.handbook_id).rules.crew
    if clause.tell_supervisors_after != times:
        return
    where, missing = department(work, department_id), officer(work, department_id, row.officer_id)
    values = {**about.told(), "name": missing.name.split()[-1], "badge": missing.badge}
    for each in crew:
        if each.state in WAS_THERE and each.rank in clause.vouch_ranks:
            tell(work, where, officer(work, department_id, each.officer_id), "watch.crew_waits_for", values)


def _is_being_asked(work: Work, department_id: int, row: Assignment) -> bool:
    """Whether he has said when he left, and the question why stands open."""
    line_id = line_of(work, department_id)
    work.see_line(line_id)
    return is_asked(work, row.person_id, line_id, "check_out", {"assignment": row.id})
