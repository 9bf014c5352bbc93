"""Neither text nor call brought an offer to its officer: it goes to another number of his, or by mail where he wants
mails; else the next is asked, and it does not count as a refusal.
"""

from typing import Any

import sqlalchemy as sa

from models.awarding.asking.offer import end_offer, offer
from models.awarding.asking.offer_again import next_step
from models.awarding.counting.turn_taking import place_in_rotation
from models.details.opening import opening
from models.line import duty as duties
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from workers.next_channel import reaches_him_by
from workers.place_kept import place_kept
from workers.ringing import is_being_called
from workers.telling import tell, was_tried
from workers.tries import tries


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Try the ladder's next step; else end the offer as unreachable, or as not attempted where we had no number."""
    row = offer(work, department_id, duty.subject_id)
    if row.state != "open" or is_being_called(work, department_id, "offer", row.id):
        return
    where, who = department(work, department_id), officer(work, department_id, row.officer_id)
    by = "none" if "call" in duty.fence else reaches_him_by(work, where, who, ("offer", row.id), duty.fence)
    if by == "text" or next_step(work, row):
        return
    if by == "mail":
        duties.plan(work, department_id, "expire_offer", row.id, row.expires_at, fence=row.expires_at.isoformat())
        return
    tried = was_tried(work, department_id, ("offer", row.id))
    about = opening(work, department_id, row.opening_id)
    before = place_in_rotation(work, department_id, row.officer_id, about.pool)
    came_to = tries(work, department_id, "offer", row.id)
    verb = "expire" if came_to.reached_him else "lose_contact"
    ended = end_offer(work, department_id, row.id, verb, came_to.outcome, channel=came_to.channel)
    if ended and tried and verb == "lose_contact":
        is_kept = before is None or before >= (place_in_rotation(work, department_id, row.officer_id, about.pool) or 0)
        left = place_kept(work, department_id, row.officer_id, about.pool, is_kept)
        values = {**about.told(), "made_at": row.made_at, **left}
        tell(work, where, who, "offer.unreachable", values)
