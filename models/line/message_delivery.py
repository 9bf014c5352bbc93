"""Texts on their way to the carrier: what may go out, and what the carrier said of it (models/line/outbox.py).

What a worker that died has left `sending` is looked up by workers/reconcile.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from models.line import message_status
from models.line.line import lines
from models.line.message_out import LIFECYCLE, messages_out, move, move_by
from models.line.opt_out import CONFIRMATIONS, opt_out
from models.line.outbox import Claim, Outbox
from models.session import Work
from models.tables import sql

OUTBOX = Outbox(
    table=messages_out,
    on_its_way="sending",
    queue="delivery",
    move=move,
    per_minute=lines.c.messages_per_minute,
    free_at=lines.c.free_at,
    # Short, because carriers count by the minute.
    burst=timedelta(seconds=2),
)


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


def claim(work: Work, department_id: int, line_id: int, most: int) -> Claim[DueText]:
    """Take the oldest due texts that the line's pace lets out now, up to `most`; opted-out numbers are withheld."""
    line = OUTBOX.lock_line(work, line_id)
    rows = _due(work, department_id, line_id, most)
    withhold(work, department_id, [row.id for row in rows if row.opted_out])
    wanted = [row for row in rows if not row.opted_out]
    out, paced_seconds = OUTBOX.let_out(work, line, [row.segments for row in wanted], more=len(rows) == most)
    if taken := wanted[:out]:
        move_by(work, department_id, [row.id for row in taken], "claim", _CLAIM)
    return Claim([_due_text(row, line) for row in taken], paced_seconds)


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


def stop_texting(work: Work, department_id: int, text: DueText) -> None:
    """The carrier says that this number opted out: remember it, and keep the text back."""
    opt_out(work, department_id, text.line_id, text.to_number, text.person_id, "carrier")
    withhold(work, department_id, [text.id])


def slow_down_line_of(work: Work, department_id: int, message_id: int, wait: timedelta) -> None:
    """The carrier asks for less on the line that a text went out on, for `wait` of real time."""
    of = sa.select(messages_out.c.line_id).where(
        messages_out.c.department_id == department_id, messages_out.c.id == message_id
    )
    OUTBOX.slow_down(work, work.conn.execute(of).scalar_one(), wait)


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


def _due_text(row: sa.Row[Any], line: sa.Row[Any]) -> DueText:
    return DueText(
        id=row.id,
        line_id=line.id,
        from_number=line.number,
        to_number=row.to_number,
        body=row.body,
        segments=row.segments,
        person_id=row.person_id,
        attempts=row.attempts + 1,
    )
