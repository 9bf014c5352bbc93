"""It is time to look after an officer who is on a detail: is all well?"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models.details.opening import opening
from models.line import duty as duties
from models.people.department import department
from models.people.handbook import edition
from models.people.officer import officer
from models.rules.asking.welfare import is_asked
from models.session import Work
from models.working.assignment import assignment
from models.working.attendance import checked_in_at
from models.working.crew import crew_of
from models.working.welfare import begin_check, plan_next
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Ask him by text, if the handbook says so now; who cannot be texted is called at once. And plan the next time."""
    held = assignment(work, department_id, duty.subject_id)
    came_at = datetime.fromisoformat(duty.fence.split()[0])
    if held.state != "checked_in" or checked_in_at(work, department_id, held.id) != came_at or work.now >= held.ends_at:
        return
    rules, where = edition(work, department_id, held.handbook_id).rules, department(work, department_id)
    plan_next(work, rules, held, came_at, work.now)
    about = opening(work, department_id, held.opening_id)
    crew = [each for each in crew_of(work, department_id, [about.detail_id]) if each.state == "checked_in"]
    if not is_asked(rules.welfare, about.kind, len(crew), work.now, where.zone):
        return
    check_id = begin_check(work, held, rules.welfare.answer_minutes)
    if check_id is None:
        return
    values = {**about.told(), "answer_minutes": rules.welfare.answer_minutes}
    if not tell(work, where, officer(work, department_id, held.officer_id), "watch.welfare", values):
        duties.plan(work, department_id, "miss_welfare", check_id, work.now, fence="cannot be texted")
