"""Drains a queue of duties for one department: one transaction a duty, until nothing is due.

A duty whose transaction fails is undone, noted, and tried again later; the others go on.
"""

import logging
import time
from typing import Any

import sqlalchemy as sa

from models.line import duty
from models.line.hand_off import hand_off
from models.retry import whole
from workers import counts
from workers.schedule import handler_of
from workers.tools import Tools, tools

log = logging.getLogger(__name__)

# A drain ends after so much real time and rings again, so that one department does not keep a worker for itself.
MOST_SECONDS = 10.0


class DutyFailed(Exception):
    """The duty's transaction was undone; the cause is chained."""

    def __init__(self, row: sa.Row[Any]) -> None:
        super().__init__(f"{row.kind} of {row.subject_id}")
        self.row = row


def drain(queue: str, department_id: int) -> int:
    """Do what is due on `queue` for the department; returns how many duties were done."""
    kit = tools()
    kit.bell.answered(queue, department_id)
    done, ends_at = 0, time.monotonic() + MOST_SECONDS
    while time.monotonic() < ends_at:
        try:
            row = whole(lambda: _do_next(kit, queue, department_id))
        except DutyFailed as failure:
            _note(kit, department_id, failure)
            continue
        if row is None:
            return done
        counts.duties.labels(row.kind, "done").inc()
        done += 1
    kit.bell.ring(queue, department_id)
    return done


def _do_next(kit: Tools, queue: str, department_id: int) -> sa.Row[Any] | None:
    """Claim, do and finish the next duty in one transaction; None when nothing is due, or others have it."""
    with kit.database.begin([department_id]) as work:
        row = duty.claim(work, department_id, queue)
        if row is None:
            return None
        try:
            with counts.duty_seconds.labels(row.kind).time():
                handler_of(row.kind)(work, department_id, row)
                work.flush()
        except Exception as error:
            raise DutyFailed(row) from error
        duty.done(work, department_id, row.id)
        return row


def _note(kit: Tools, department_id: int, failure: DutyFailed) -> None:
    """In a transaction of its own, because the duty's was undone. People are told once, at the last of many tries."""
    row, attempts = failure.row, failure.row.attempts + 1
    log.error(
        "duty failed",
        extra={"kind": row.kind, "subject": row.subject_id, "department": department_id, "attempts": attempts},
        exc_info=failure.__cause__,
    )
    counts.duties.labels(row.kind, "failed").inc()
    with kit.database.begin([department_id]) as work:
        duty.failed(work, department_id, row.id, row.attempts, repr(failure.__cause__))
        if attempts == duty.MOST_ATTEMPTS:
            hand_off(work, department_id, "duty_keeps_failing", kind=row.kind, subject=row.subject_id, duty=row.id)
