"""Our text about an offer did not arrive: the next is asked, and it does not count as a refusal."""

from typing import Any

import sqlalchemy as sa

from models.awarding.offer import end_offer, offer
from models.awarding.offer_again import next_step
from models.awarding.turn_taking import place_in_rotation
from models.details.opening import opening
from models.people.department import department
from models.people.officer import officer
from models.rules.clauses.outcomes import OutcomeName
from models.session import Work
from workers.place_kept import place_kept
from workers.telling import tell, was_tried


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Try the ladder's next step; else end the offer as unreachable, or as not attempted where we had no number."""
    if next_step(work, offer(work, department_id, duty.subject_id)):
        return
    tried = was_tried(work, department_id, ("offer", duty.subject_id))
    row = offer(work, department_id, duty.subject_id)
    about = opening(work, department_id, row.opening_id)
    before = place_in_rotation(work, department_id, row.officer_id, about.pool)
    outcome: OutcomeName = "unreachable" if tried else "not_attempted"
    if end_offer(work, department_id, duty.subject_id, "lose_contact", outcome) and tried:
        is_kept = before is None or before >= (place_in_rotation(work, department_id, row.officer_id, about.pool) or 0)
        left = place_kept(work, department_id, row.officer_id, about.pool, is_kept)
        values = {**about.told(), "made_at": row.made_at, **left}
        who = officer(work, department_id, row.officer_id)
        tell(work, department(work, department_id), who, "offer.unreachable", values)
