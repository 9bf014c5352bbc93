"""Calls on their way to the carrier: what may ring, and what the carrier said of it (models/line/outbox.py).

What a worker that died has left `placing` is looked up by workers/calling.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from models.line.line import lines
from models.line.outbound_call import end, move, outbound_calls
from models.line.outbox import Claim, Outbox
from models.people.department import department
from models.people.phone import mark_phone
from models.rules.asking.telling import next_at
from models.session import Work
from models.tables import sql

OUTBOX = Outbox(
    table=outbound_calls,
    on_its_way="placing",
    queue="calls",
    move=move,
    per_minute=lines.c.calls_per_minute,
    free_at=lines.c.calls_free_at,
    # Carriers count calls by the second.
    burst=timedelta(seconds=1),
)


@dataclass(frozen=True, slots=True)
class DueCall:
    """A call to be put to the carrier now. `attempts` counts this one."""

    id: int
    line_id: int
    from_number: str
    to_number: str
    ring_seconds: int
    leaves_message: bool
    attempts: int


def claim(work: Work, department_id: int, line_id: int, most: int) -> Claim[DueCall]:
    """Take the calls that are due first and that the line's pace lets out now, up to `most`.

    What it is too late for ends unmade, what may not ring at this hour waits for its own.
    """
    line = OUTBOX.lock_line(work, line_id)
    rows = _due(work, department_id, line_id, most)
    wanted = [row for row in rows if _may_ring(work, department_id, row)]
    out, paced_seconds = OUTBOX.let_out(work, line, [1] * len(wanted), more=len(rows) == most)
    if taken := wanted[:out]:
        claimed = {"claimed_at": sa.func.clock_timestamp(), "attempts": outbound_calls.c.attempts + 1}
        move(work, department_id, [row.id for row in taken], "claim", **claimed)
    return Claim([_due_call(row, line) for row in taken], paced_seconds)


def placed(work: Work, department_id: int, call_id: int, sid: str) -> bool:
    """The carrier took the call under this sid; a report that came first is not undone."""
    return bool(move(work, department_id, [call_id], "ring", sid=sid, placed_at=work.now, error_code=None))


def refuse(work: Work, department_id: int, call_id: int, to_number: str, failure: str, error_code: int | None) -> None:
    """The carrier will not place it. A number that is at fault itself is marked."""
    if end(work, department_id, call_id, "failed", failure, error_code):
        mark_phone(work, department_id, to_number, failure)


def _may_ring(work: Work, department_id: int, row: sa.Row[Any]) -> bool:
    """Whether it is still wanted, not too late, and an hour for it; what is not ends unmade, or waits."""
    if row.is_settled:
        end(work, department_id, row.id, "not_attempted", "settled")
        return False
    if row.until_at is not None and row.until_at <= work.now:
        end(work, department_id, row.id, "not_attempted", "too_late")
        return False
    if row.rings_from is None:
        return True
    zone = department(work, department_id).zone
    minute = 60 * (local := work.now.astimezone(zone)).hour + local.minute
    if row.rings_from <= minute < row.rings_until:
        return True
    _put_off(work, department_id, row, next_at(work.now, row.rings_from, zone))
    return False


def _put_off(work: Work, department_id: int, row: sa.Row[Any], at: datetime) -> None:
    if row.until_at is not None and row.until_at <= at:
        end(work, department_id, row.id, "not_attempted", "outside_hours")
        return
    work.conn.execute(
        sa.update(outbound_calls)
        .where(outbound_calls.c.department_id == department_id, outbound_calls.c.id == row.id)
        .values(due_at=at)
    )


def _due(work: Work, department_id: int, line_id: int, most: int) -> Sequence[sa.Row[Any]]:
    return work.conn.execute(
        sql(
            "select c.id, c.to_number, c.until_at, c.rings_from, c.rings_until, c.ring_seconds, c.leaves_message,"
            " c.attempts, case c.why"
            "  when 'offer' then exists (select from offer f where f.department_id = c.department_id"
            "   and f.id = c.subject_id and f.state <> 'open')"
            "  when 'welfare' then exists (select from welfare_check w where w.department_id = c.department_id"
            "   and w.id = c.subject_id and w.state <> 'asked')"
            "  else exists (select from assignment a where a.department_id = c.department_id and a.id = c.subject_id"
            "   and a.state <> case c.why when 'award' then 'awarded' else 'confirmed' end) end as is_settled"
            " from outbound_call c where c.department_id = :d and c.line_id = :line and c.state = 'queued'"
            " and c.due_at <= :now and c.retry_at <= clock_timestamp() order by c.due_at, c.id limit :most"
            " for update of c skip locked"
        ),
        {"d": department_id, "line": line_id, "now": work.now, "most": most},
    ).all()


def _due_call(row: sa.Row[Any], line: sa.Row[Any]) -> DueCall:
    return DueCall(
        id=row.id,
        line_id=line.id,
        from_number=line.number,
        to_number=row.to_number,
        ring_seconds=row.ring_seconds,
        leaves_message=row.leaves_message,
        attempts=row.attempts + 1,
    )
