"""Placing calls: claimed in one transaction, put to the carrier outside any, settled in a second.

A worker that dies between the two leaves its calls `placing`: whether they ring, nobody here knows, so they are looked
up on the carrier's own list before anybody is called again (workers/calling.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from models.line.line import lines
from models.line.outbound_call import end, move, outbound_calls
from models.people.department import department
from models.people.phone import mark_phone
from models.rules.asking.telling import next_at
from models.session import Work
from models.tables import sql

# What a line that stood idle may begin at once, in real time: carriers count calls by the second.
BURST = timedelta(seconds=1)


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


@dataclass(frozen=True, slots=True)
class CallClaim:
    """What was claimed; `paced_seconds` is how long the line's next call must wait, None when no more is due."""

    calls: list[DueCall]
    paced_seconds: float | None


def lines_due(work: Work, department_id: int) -> Sequence[int]:
    """The lines on which the department has calls due, in the order in which workers lock them."""
    return (
        work.conn.execute(
            sql(
                "select distinct line_id from outbound_call where department_id = :d and state = 'queued'"
                " and due_at <= :now and retry_at <= clock_timestamp() order by line_id"
            ),
            {"d": department_id, "now": work.now},
        )
        .scalars()
        .all()
    )


def claim(work: Work, department_id: int, line_id: int, most: int) -> CallClaim:
    """Take the calls that are due first and that the line's pace lets out now, up to `most`.

    What it is too late for ends unmade, what may not ring at this hour waits for its own. The line is locked, so that
    however many workers there are, one line keeps one pace.
    """
    line = _lock_line(work, line_id)
    rows = _due(work, department_id, line_id, most)
    wanted = [row for row in rows if _may_ring(work, department_id, row)]
    taken, free_at = let_out(wanted, line.free_at, line.at, line.calls_per_minute)
    if taken:
        claimed = {"claimed_at": sa.func.clock_timestamp(), "attempts": outbound_calls.c.attempts + 1}
        move(work, department_id, [row.id for row in taken], "claim", **claimed)
        work.conn.execute(sa.update(lines).where(lines.c.id == line_id).values(calls_free_at=free_at))
    more = len(taken) < len(wanted) or len(rows) == most
    paced = max(0.0, (free_at - line.at).total_seconds()) if more else None
    return CallClaim([_due_call(row, line_id, line.number) for row in taken], paced)


def let_out(
    rows: Sequence[sa.Row[Any]], free_at: datetime, at: datetime, calls_per_minute: int
) -> tuple[list[sa.Row[Any]], datetime]:
    """Those of `rows` that may be placed at `at`, and when the line is free after them."""
    free_at, taken = max(free_at, at - BURST), []
    for row in rows:
        if free_at > at:
            break
        taken.append(row)
        free_at += timedelta(minutes=1) / calls_per_minute
    return taken, free_at


def placed(work: Work, department_id: int, call_id: int, sid: str) -> bool:
    """The carrier took the call under this sid; a report that came first is not undone."""
    return bool(move(work, department_id, [call_id], "ring", sid=sid, placed_at=work.now, error_code=None))


def refuse(work: Work, department_id: int, call_id: int, to_number: str, failure: str, error_code: int | None) -> None:
    """The carrier will not place it. A number that is at fault itself is marked."""
    if end(work, department_id, call_id, "failed", failure, error_code):
        mark_phone(work, department_id, to_number, failure)


def requeue(work: Work, department_id: int, call_id: int, wait: timedelta, error_code: int | None) -> None:
    """The carrier did not take it now: ask again after `wait` of real time."""
    retry_at = sa.func.clock_timestamp() + wait
    move(work, department_id, [call_id], "requeue", retry_at=retry_at, error_code=error_code)


def rest(work: Work, line_id: int, wait: timedelta) -> None:
    """The carrier asks for less: no call begins on the line for `wait` of real time."""
    free_at = sa.func.greatest(lines.c.calls_free_at, sa.func.clock_timestamp() + wait)
    work.conn.execute(sa.update(lines).where(lines.c.id == line_id).values(calls_free_at=free_at))


def not_found(work: Work, department_id: int, call_id: int, claimed_at: datetime) -> bool:
    """A call claimed at `claimed_at` is not on the carrier's list: it goes back to be placed, once."""
    still = sa.select(outbound_calls.c.id).where(
        outbound_calls.c.department_id == department_id,
        outbound_calls.c.id == call_id,
        outbound_calls.c.state == "placing",
        outbound_calls.c.claimed_at == claimed_at,
    )
    if work.conn.execute(still.with_for_update()).one_or_none() is None:
        return False
    work.ring("calls", department_id)
    return bool(move(work, department_id, [call_id], "requeue"))


def doubt_queued(work: Work, department_id: int, since: datetime) -> int:
    """What stands queued may have been placed after `since`, when these records were copied; returns how many.

    They are looked up on the carrier's list from `since` on, and placed only if they are not there.
    """
    queued = sa.select(outbound_calls.c.id).where(
        outbound_calls.c.department_id == department_id, outbound_calls.c.state == "queued"
    )
    return len(move(work, department_id, list(work.conn.execute(queued).scalars()), "claim", claimed_at=since))


def sids_known(work: Work, department_id: int, sids: Sequence[str]) -> set[str]:
    """Those of the carrier's `sids` that calls of ours have already."""
    known = sa.select(outbound_calls.c.sid).where(
        outbound_calls.c.department_id == department_id, outbound_calls.c.sid.in_(sids)
    )
    return {sid for sid in work.conn.execute(known).scalars() if sid is not None}


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


def _lock_line(work: Work, line_id: int) -> sa.Row[Any]:
    return work.conn.execute(
        sql(
            "select number, calls_per_minute, greatest(calls_free_at, 'epoch') as free_at, clock_timestamp() as at"
            " from line where id = :line for no key update"
        ),
        {"line": line_id},
    ).one()


def _due(work: Work, department_id: int, line_id: int, most: int) -> Sequence[sa.Row[Any]]:
    return work.conn.execute(
        sql(
            "select c.id, c.to_number, c.until_at, c.rings_from, c.rings_until, c.ring_seconds, c.leaves_message,"
            " c.attempts, case c.why"
            "  when 'offer' then exists (select from offer f where f.department_id = c.department_id"
            "   and f.id = c.subject_id and f.state <> 'open')"
            "  else exists (select from assignment a where a.department_id = c.department_id and a.id = c.subject_id"
            "   and a.state <> case c.why when 'award' then 'awarded' else 'confirmed' end) end as is_settled"
            " from outbound_call c where c.department_id = :d and c.line_id = :line and c.state = 'queued'"
            " and c.due_at <= :now and c.retry_at <= clock_timestamp() order by c.due_at, c.id limit :most"
            " for update of c skip locked"
        ),
        {"d": department_id, "line": line_id, "now": work.now, "most": most},
    ).all()


def _due_call(row: sa.Row[Any], line_id: int, number: str) -> DueCall:
    return DueCall(
        id=row.id,
        line_id=line_id,
        from_number=number,
        to_number=row.to_number,
        ring_seconds=row.ring_seconds,
        leaves_message=row.leaves_message,
        attempts=row.attempts + 1,
    )
