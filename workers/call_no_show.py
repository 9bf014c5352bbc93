"""The grace time is over and the officer has neither dropped nor checked in."""

from typing import Any

import sqlalchemy as sa

from models.awarding.confirmation import end_award
from models.details.opening import opening
from models.line.hand_off import hand_off
from models.people.department import department
from models.people.handbook import edition
from models.people.officer import officer
from models.rules.drops import no_show_bars
from models.session import Work
from models.working.assignment import assignment
from models.working.penalty import bar, barred_until
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Write it down as a no-show, bar as the handbook says, look for somebody else, tell a person."""
    where = department(work, department_id)
    row = assignment(work, department_id, duty.subject_id)
    if not end_award(work, where, row.id, "miss"):
        return
    rules = edition(work, department_id, row.handbook_id).rules
    for found in no_show_bars(rules, work.now, where.zone.key):
        bar(work, department_id, row.officer_id, row.id, found)
    hand_off(work, department_id, "officer_did_not_show", person_id=row.person_id, urgent=True, assignment=row.id)
    values = {
        **opening(work, department_id, row.opening_id).told(),
        "until_at": barred_until(work, department_id, row.id, "no_show"),
    }
    tell(work, where, officer(work, department_id, row.officer_id), "watch.no_show", values)
