"""Our text about an award did not arrive: try once more while there is time, then ask the next. Never a refusal."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from models.awarding.confirmation import end_award
from models.details.opening import opening
from models.line import duty as duties
from models.line.message_out import failures
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from models.working.assignment import assignment
from workers.telling import tell

TRY_AGAIN_AFTER = timedelta(minutes=10)
MOST_TRIES = 2

# Failures that may pass; a number that is wrong or has opted out will not change in ten minutes.
PASSING = frozenset({"unreachable", "unknown", "carrier_down", "slow_down"})


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Send the award again, or pass the slot on and tell the officer that he keeps what the handbook lets him keep."""
    row = assignment(work, department_id, duty.subject_id)
    if row.state != "awarded":
        return
    again_at = work.now + TRY_AGAIN_AFTER
    failed = failures(work, department_id, ("assignment", row.id))
    if failed and len(failed) < MOST_TRIES and failed[-1] in PASSING and again_at < row.starts_at:
        duties.plan(work, department_id, "tell_award", row.id, again_at, fence=f"try {len(failed) + 1}")
        return
    where = department(work, department_id)
    if end_award(work, where, row.id, "lose_contact"):
        about = opening(work, department_id, row.opening_id)
        tell(work, where, officer(work, department_id, row.officer_id), "award.unreachable", about.told())
