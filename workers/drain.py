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
from models.working.assignment import SlotTaken
from workers import counts
from workers.schedule import handler_of
from workers.tools import Tools, tools

log = logging.getLogger(__name__)

# A drain ends after so much real time and rings again, so that neither one department nor one queue keeps a worker for
# itself; sooner when other bells ring.
MOST_SECONDS = 10.0
SECONDS_WHILE_OTHERS_WAIT = 2.0
# How long a duty waits for a PostgreSQL that restarts; after that the sweep rings again.
PATIENCE_SECONDS = 5.0


def drain(queue: str, department_id: int) -> int:
    """Do what is due on `queue` for the department; returns how many duties were done."""
    kit = tools()
    kit.bell.answered(queue, department_id)
    done, began_at = 0, time.monotonic()
    while _may_go_on(kit, time.monotonic() - began_at):
        ended_well = _do_next(kit, queue, department_id)
        if ended_well is None:
            return done
        done += ended_well
    kit.bell.ring(queue, department_id)
    return done


def _may_go_on(kit: Tools, seconds: float) -> bool:
    return seconds < MOST_SECONDS and (seconds < SECONDS_WHILE_OTHERS_WAIT or not kit.bell.others_wait())


def _do_next(kit: Tools, queue: str, department_id: int) -> bool | None:
    """Do the next duty: whether it succeeded, None when nothing is due."""
    claimed: list[sa.Row[Any]] = []
    try:
        found = whole(
            lambda: _transaction(kit, queue, department_id, claimed),
            patience_seconds=PATIENCE_SECONDS,
            lost=(SlotTaken,),
        )
    except Exception as error:
        # Without a claim it is not the duty's fault: the database is gone, and so is this drain.
        if not claimed:
            raise
        _note(kit, department_id, claimed[0], error)
        return False
    if not found:
        return None
    counts.duties.labels(claimed[0].kind, "done").inc()
    return True


def _transaction(kit: Tools, queue: str, department_id: int, claimed: list[sa.Row[Any]]) -> bool:
    """Claim, do and finish one duty; False when nothing is due, or others have it."""
    claimed.clear()
    with kit.database.begin([department_id]) as work:
        row = duty.claim(work, department_id, queue)
        if row is None:
            return False
        claimed.append(row)
        with counts.duty_seconds.labels(row.kind).time():
            handler_of(row.kind)(work, department_id, row)
        duty.done(work, department_id, row.id)
        return True


def _note(kit: Tools, department_id: int, row: sa.Row[Any], error: Exception) -> None:
    """In a transaction of its own, because the duty's was undone. People are told once, at the last of many tries."""
    attempts = row.attempts + 1
    log.error(
        "duty failed",
        extra={"kind": row.kind, "subject": row.subject_id, "department": department_id, "attempts": attempts},
        exc_info=error,
    )
    counts.duties.labels(row.kind, "failed").inc()
    with kit.database.begin([department_id]) as work:
        duty.failed(work, department_id, row.id, row.attempts, type(error).__name__)
        if attempts == duty.MOST_ATTEMPTS:
            hand_off(work, department_id, "duty_keeps_failing", kind=row.kind, subject=row.subject_id, duty=row.id)
