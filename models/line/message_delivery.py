"""Carrying texts to the carrier: claimed in one transaction, handed over outside any, settled in a second.

A drain that dies between the two leaves its texts `sending`: whether they went out, nobody here knows, so they are
compared with the carrier's own list before anything is sent again (workers/reconcile.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from models.line import message_status
from models.line.line import lines
from models.line.message_out import LIFECYCLE, messages_out, move, move_by
from models.line.opt_out import CONFIRMATIONS, opt_out
from models.session import Work
from models.tables import sql

# What a line that stood idle may send at once, in seconds of its pace: short, because carriers count by the minute.
BURST = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class DueText:
    """A text to be handed to the carrier now. `attempts` counts this one."""

    id: int
    line_id: int
    from_number: str
    to_number: str
    body: str
    segments: int
    person_id: int | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What was claimed; `paced_seconds` is how long the line's next text must wait, None when no more is due."""

    texts: list[DueText]
    paced_seconds: float | None


# Built once: these are on the way of every text.
_CLAIM = LIFECYCLE.moving_by("claim", claimed_at=sa.func.clock_timestamp(), attempts=messages_out.c.attempts + 1)
_TAKEN = (
    sa.func.unnest(sa.bindparam("ids", type_=ARRAY(sa.BigInteger)), sa.bindparam("sids", type_=ARRAY(sa.Text)))
    .table_valued("id", "sid")
    .render_derived()
)
_ACCEPT = LIFECYCLE.moving_by("accept", sid=_TAKEN.c.sid, accepted_at=sa.bindparam("now"), error_code=None).where(
    messages_out.c.id == _TAKEN.c.id, ~message_status.has_ended(messages_out.c.department_id, _TAKEN.c.sid)
)


def lines_due(work: Work, department_id: int) -> Sequence[int]:
    """The lines on which the department has texts due, in the order in which drains lock them."""
    return (
        work.conn.execute(
            sql(
                "select distinct line_id from message_out where department_id = :d and state = 'queued'"
                " and due_at <= :now and retry_at <= clock_timestamp() order by line_id"
            ),
            {"d": department_id, "now": work.now},
        )
        .scalars()
        .all()
    )


def claim(work: Work, department_id: int, line_id: int, most: int) -> Claim:
    """Take the oldest due texts that the line's pace lets out now, up to `most`; opted-out numbers are withheld.

    The line is locked, so that however many drains there are, one line keeps one pace.
    """
    line = _lock_line(work, line_id)
    rows = _due(work, department_id, line_id, most)
    withhold(work, department_id, [row.id for row in rows if row.opted_out])
    wanted = [row for row in rows if not row.opted_out]
    taken, free_at = let_out(wanted, line.free_at, line.at, line.messages_per_minute)
    if taken:
        move_by(work, department_id, [row.id for row in taken], "claim", _CLAIM)
        work.conn.execute(
            sql("update line set free_at = :free_at where id = :line"), {"line": line_id, "free_at": free_at}
        )
    more = len(taken) < len(wanted) or len(rows) == most
    paced = max(0.0, (free_at - line.at).total_seconds()) if more else None
    return Claim([_due_text(row, line_id, line.number) for row in taken], paced)


def let_out(
    rows: Sequence[sa.Row[Any]], free_at: datetime, at: datetime, messages_per_minute: int
) -> tuple[list[sa.Row[Any]], datetime]:
    """Those of `rows` that may go out at `at`, and when the line is free after them.

    Every part of a long text counts as a message, as carriers count; a text once begun goes out whole, and the next
    waits the longer.
    """
    free_at = max(free_at, at - BURST)
    taken = []
    for row in rows:
        if free_at > at:
            break
        taken.append(row)
        free_at += timedelta(minutes=1) / messages_per_minute * max(row.segments, 1)
    return taken, free_at


def withhold(work: Work, department_id: int, ids: Iterable[int]) -> None:
    """Do not send these: the person opted out on that line. The records they are about are told."""
    for message_id in move(work, department_id, list(ids), "withhold", failure="opted_out", settled_at=work.now):
        message_status.note_failure(work, department_id, message_id, "opted_out", None)


def accept(work: Work, department_id: int, sids: dict[int, str]) -> list[int]:
    """The carrier took these texts (by id, under which sid); a status that came first is not undone."""
    if not sids:
        return []
    return move_by(work, department_id, list(sids), "accept", _ACCEPT, sids=list(sids.values()), now=work.now)


def refuse(work: Work, department_id: int, message_id: int, failure: str, error_code: int | None) -> None:
    """The carrier refused the text for good."""
    settled = {"failure": failure, "error_code": error_code, "settled_at": work.now}
    if move(work, department_id, [message_id], "refuse", **settled):
        message_status.note_failure(work, department_id, message_id, failure, error_code)


def requeue(work: Work, department_id: int, message_id: int, wait: timedelta, error_code: int | None) -> None:
    """The carrier did not take the text now: ask again after `wait` of real time."""
    retry_at = sa.func.clock_timestamp() + wait
    move(work, department_id, [message_id], "requeue", retry_at=retry_at, error_code=error_code)


def stop_texting(work: Work, department_id: int, text: DueText) -> None:
    """The carrier says that this number opted out: remember it, and keep the text back."""
    opt_out(work, department_id, text.line_id, text.to_number, text.person_id, "carrier")
    withhold(work, department_id, [text.id])


def slow_down(work: Work, line_id: int, wait: timedelta) -> None:
    """The carrier asks for less: nothing more goes out on the line for `wait` of real time."""
    free_at = sa.func.greatest(lines.c.free_at, sa.func.clock_timestamp() + wait)
    work.conn.execute(sa.update(lines).where(lines.c.id == line_id).values(free_at=free_at))


def slow_down_line_of(work: Work, department_id: int, message_id: int, wait: timedelta) -> None:
    """As `slow_down`, for the line that a text went out on."""
    of = sa.select(messages_out.c.line_id).where(
        messages_out.c.department_id == department_id, messages_out.c.id == message_id
    )
    slow_down(work, work.conn.execute(of).scalar_one(), wait)


def found(work: Work, department_id: int, message_id: int, sid: str) -> bool:
    """A text whose result never came is on the carrier's list: it went out."""
    return bool(accept(work, department_id, {message_id: sid}))


def not_found(work: Work, department_id: int, message_id: int, claimed_at: datetime) -> bool:
    """A text claimed at `claimed_at` is not on the carrier's list: it goes back to be sent, once."""
    still = sa.select(messages_out.c.id).where(
        messages_out.c.department_id == department_id,
        messages_out.c.id == message_id,
        messages_out.c.state == "sending",
        messages_out.c.claimed_at == claimed_at,
    )
    if work.conn.execute(still.with_for_update()).one_or_none() is None:
        return False
    work.ring("delivery", department_id)
    return bool(move(work, department_id, [message_id], "requeue"))


def doubt_queued(work: Work, department_id: int, since: datetime) -> int:
    """What stands queued may have gone out after `since`, when these records were copied; returns how many that is.

    They are looked up on the carrier's list from `since` on, and sent only if they are not there.
    """
    queued = sa.select(messages_out.c.id).where(
        messages_out.c.department_id == department_id, messages_out.c.state == "queued"
    )
    ids = list(work.conn.execute(queued).scalars())
    return len(move(work, department_id, ids, "claim", claimed_at=since))


def sids_known(work: Work, department_id: int, sids: Sequence[str]) -> set[str]:
    """Those of the carrier's `sids` that texts of ours have already."""
    known = sa.select(messages_out.c.sid).where(
        messages_out.c.department_id == department_id, messages_out.c.sid.in_(sids)
    )
    return {sid for sid in work.conn.execute(known).scalars() if sid is not None}


def _lock_line(work: Work, line_id: int) -> sa.Row[Any]:
    return work.conn.execute(
        sql(
            "select number, messages_per_minute, greatest(free_at, 'epoch') as free_at, clock_timestamp() as at"
            " from line where id = :line for no key update"
        ),
        {"line": line_id},
    ).one()


def _due(work: Work, department_id: int, line_id: int, most: int) -> Sequence[sa.Row[Any]]:
    return work.conn.execute(
        sql(
            "select m.id, m.to_number, m.body, m.segments, m.person_id, m.attempts,"
            " o.number is not null and m.prompt <> all (:confirmations) as opted_out"
            " from message_out m left join opt_out o on o.line_id = m.line_id and o.number = m.to_number"
            " where m.department_id = :d and m.line_id = :line and m.state = 'queued' and m.due_at <= :now"
            " and m.retry_at <= clock_timestamp()"
            " order by m.due_at, m.id limit :most for update of m skip locked"
        ),
        {
            "d": department_id,
            "line": line_id,
            "now": work.now,
            "most": most,
            "confirmations": list(CONFIRMATIONS),
        },
    ).all()


def _due_text(row: sa.Row[Any], line_id: int, number: str) -> DueText:
    return DueText(
        id=row.id,
        line_id=line_id,
        from_number=number,
        to_number=row.to_number,
        body=row.body,
        segments=row.segments,
        person_id=row.person_id,
        attempts=row.attempts + 1,
    )
