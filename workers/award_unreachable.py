"""Our text about an award did not arrive, however often it was tried: ask the next. Never a refusal."""

from typing import Any

import sqlalchemy as sa

from models.awarding.confirmation import end_award
from models.details.opening import opening
from models.line.hand_off import hand_off
from models.people.department import department
from models.people.officer import officer
from models.rules.clauses.outcomes import OutcomeName
from models.session import Work
from models.working.assignment import assignment
from workers.place_kept import place_kept
from workers.telling import tell, was_tried


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Pass the slot on, and tell the officer that he keeps what the handbook lets him keep.

    Tries again are the text's own (bot/delivery/failures.py): this is due only when they are used up.
    """
    row = assignment(work, department_id, duty.subject_id)
    where = department(work, department_id)
    tried = was_tried(work, department_id, ("assignment", row.id))
    outcome: OutcomeName = "unreachable" if tried else "not_attempted"
    if row.state == "awarded" and end_award(work, where, row.id, "lose_contact", outcome):
        about = opening(work, department_id, row.opening_id)
        is_kept = assignment(work, department_id, row.id).charged_turns == 0
        left = place_kept(work, department_id, row.officer_id, row.pool, is_kept)
        who = officer(work, department_id, row.officer_id)
        tell(work, where, who, "award.unreachable", {**about.told(), **left})
    elif row.state == "confirmed":
        # He was ordered in and does not know it.
        hand_off(work, department_id, "officer_cannot_be_texted", urgent=True, person_id=row.person_id)
