"""An officer does not answer a welfare check, or asked for help: his crew and who the handbook names are told."""

from typing import Any

import sqlalchemy as sa

from models.details.opening import opening
from models.people.department import department
from models.people.handbook import edition
from models.people.officer import officer, officer_with_badge
from models.people.phone import number_to_call
from models.session import Work
from models.working.assignment import assignment
from models.working.crew import crew_of
from models.working.welfare import check
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Tell each of them where he is and how to call him, unless he has answered meanwhile."""
    row = check(work, department_id, duty.subject_id)
    if row.state != "alarmed":
        return
    held, where = assignment(work, department_id, row.assignment_id), department(work, department_id)
    about, who = opening(work, department_id, held.opening_id), officer(work, department_id, held.officer_id)
    number = number_to_call(work, who.person_id)
    values = {**about.told(), "name": who.name, "badge": who.badge, "asked_at": row.asked_at, "number": number or ""}
    badges = edition(work, department_id, held.handbook_id).rules.welfare.tell_badges
    prompt = "watch.welfare_help" if duty.fence == "help" else "watch.welfare_alarm"
    named = (officer_with_badge(work, department_id, badge) for badge in badges)
    crew = crew_of(work, department_id, [about.detail_id])
    beside = (officer(work, department_id, each.officer_id) for each in crew if each.state == "checked_in")
    for other in {each.id: each for each in (*named, *beside) if each is not None and each.id != who.id}.values():
        tell(work, where, other, prompt, values)
