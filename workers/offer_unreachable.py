"""Our text about an offer did not arrive: the next is asked, and it does not count as a refusal."""

from typing import Any

import sqlalchemy as sa

from models.awarding.offer import end_offer, offer
from models.awarding.offer_again import next_step
from models.session import Work
from workers.telling import was_tried


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Try the ladder's next step; else end the offer as unreachable, or as not attempted where we had no number."""
    if next_step(work, offer(work, department_id, duty.subject_id)):
        return
    tried = was_tried(work, department_id, ("offer", duty.subject_id))
    end_offer(work, department_id, duty.subject_id, "lose_contact", "unreachable" if tried else "not_attempted")
