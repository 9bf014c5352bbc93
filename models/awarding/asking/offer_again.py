"""An officer who is asked: the next step of the ladder when one brought no answer, and an answer that comes late."""

from typing import Any

import sqlalchemy as sa

from models.awarding.asking.call_out import call_out, due_at
from models.awarding.asking.offer import offers
from models.details.opening import opening
from models.line import duty
from models.people.officer import Officer
from models.proof import event
from models.session import Work
from models.tables import sql


def next_step(work: Work, row: sa.Row[Any]) -> bool:
    """Try the officer by the next step of the ladder; False when that was the last, or the offer has ended."""
    if row.call_out_id is None or row.state != "open":
        return False
    found = call_out(work, row.department_id, row.call_out_id)
    step = row.step + 1
    expires_at = due_at(found, step, work.now, opening(work, row.department_id, row.opening_id).starts_at)
    if step >= len(found.asking.steps) or expires_at <= work.now:
        return False
    work.conn.execute(
        sa.update(offers)
        .where(offers.c.department_id == row.department_id, offers.c.id == row.id, offers.c.state == "open")
        .values(step=step, expires_at=expires_at)
    )
    duty.plan(work, row.department_id, "tell_offer", row.id, work.now, fence=f"step {step}")
    event.record(
        work,
        row.department_id,
        "offer_tried_again",
        "offer",
        row.id,
        officer_id=row.officer_id,
        opening_id=row.opening_id,
        step=step,
    )
    return True


def late_offer(work: Work, officer: Officer, code: str) -> int | None:
    """The officer's latest offer of this code, if his time to answer it ran out."""
    rows = work.conn.execute(
        sql(
            "select f.id, f.state from offer f join opening o on o.department_id = f.department_id"
            " and o.id = f.opening_id where f.department_id = :d and f.officer_id = :o and o.code = :code"
            " order by f.id desc limit 1"
        ),
        {"d": officer.department_id, "o": officer.id, "code": code},
    )
    row = rows.one_or_none()
    return row.id if row is not None and row.state in ("open", "expired") else None
