"""What the carrier says became of a call we made: raw, once per status, and then moved forward, never back."""

from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.line.outbound_call import CallOutcome, end, move, outbound_calls
from models.session import Work
from models.tables import Timestamp, of_department, sql

CallStatus = Literal["ringing", "answered", "completed", "busy", "no_answer", "failed"]

call_statuses = of_department(
    "outbound_call_status",
    sa.Column("outbound_call_id", sa.BigInteger),
    sa.Column("sid", sa.Text),
    sa.Column("status", sa.Text),
    sa.Column("error_code", sa.Integer),
    sa.Column("recorded_at", Timestamp),
)

_TABLE = {"offer": "offer", "award": "assignment"}
_SAID = {"accepted": "accepted", "confirmed": "accepted", "declined": "declined"}
UNDER_WAY = ("ringing", "answered")
_NEVER_ANSWERED: dict[str, CallOutcome] = {"busy": "busy", "no_answer": "no_answer", "failed": "failed"}
_BY_WHAT_WAS_HEARD: dict[str, CallOutcome] = {
    "nothing": "hung_up_before_input",
    "greeting": "hung_up_before_input",
    "matter": "heard_and_hung_up",
    "message": "left_message",
}


class NoSuchCall(Exception):
    """A report of a call that is not of this department."""


def record_call_status(
    work: Work,
    department_id: int,
    call_id: int,
    sid: str,
    status: CallStatus,
    failure: str | None = None,
    error_code: int | None = None,
    by_machine: bool = False,
) -> bool:
    """Take down the carrier's report; False when this sid and status were here before. Raises NoSuchCall.

    `by_machine`: the carrier takes what answered for a machine.

    A report that finds its call still queued or placing proves that it was placed, and it is not placed again.
    """
    row = _lock(work, department_id, call_id)
    if not _take_down(work, department_id, call_id, sid, status, error_code):
        return False
    # Of a call that was placed twice after all, only the one we know of says what came of it.
    if row.sid is None or row.sid == sid:
        over = None if status in UNDER_WAY else outcome_of(status, row.heard, _said(work, row), by_machine=by_machine)
        _move_on(work, department_id, row.id, sid, status, over)
        if over is not None:
            end(work, department_id, call_id, over, failure, error_code)
    return True


def outcome_of(status: CallStatus, heard: str, answer: str | None, *, by_machine: bool = False) -> CallOutcome:
    """What a call that ended came to: what he said to it, else how far it came."""
    if status in _NEVER_ANSWERED:
        return _NEVER_ANSWERED[status]
    said: dict[str | None, CallOutcome] = {"accepted": "accepted", "declined": "declined", "answered": "answered"}
    if answer in said:
        return said[answer]
    # A key that was pressed weighs more than what the carrier makes of the voice.
    if by_machine and heard in ("nothing", "greeting"):
        return "machine"
    return _BY_WHAT_WAS_HEARD[heard]


def _said(work: Work, row: sa.Row[Any]) -> str | None:
    """What he said to it: how the record stands that he was asked about, else what he pressed."""
    if row.heard != "matter" or row.why not in _TABLE:
        return str(row.answer) if row.answer else None
    state = work.conn.execute(
        sql(f"select state from {_TABLE[row.why]} where department_id = :d and id = :id"),
        {"d": row.department_id, "id": row.subject_id},
    ).scalar_one()
    return _SAID.get(state, row.answer)


def _lock(work: Work, department_id: int, call_id: int) -> sa.Row[Any]:
    """Two reports of one call take turns."""
    found = work.conn.execute(
        sa.select(outbound_calls)
        .where(outbound_calls.c.department_id == department_id, outbound_calls.c.id == call_id)
        .with_for_update(key_share=True)
    ).one_or_none()
    if found is None:
        raise NoSuchCall(f"{department_id}-{call_id}")
    return found


def _take_down(work: Work, department_id: int, call_id: int, sid: str, status: str, error_code: int | None) -> bool:
    row = insert(call_statuses).values(
        department_id=department_id, outbound_call_id=call_id, sid=sid, status=status, error_code=error_code
    )
    written = row.on_conflict_do_nothing(constraint="outbound_call_status_once").returning(call_statuses.c.id)
    return work.conn.execute(written).scalar_one_or_none() is not None


def _move_on(
    work: Work, department_id: int, call_id: int, sid: str, status: CallStatus, over: CallOutcome | None
) -> None:
    """Who heard of the end first has missed that it rang: the row says so all the same."""
    known = {"sid": sid, "placed_at": sa.func.coalesce(outbound_calls.c.placed_at, work.now)}
    move(work, department_id, [call_id], "ring", **known)
    if status == "answered" or (status == "completed" and over is not None):
        move(work, department_id, [call_id], "answer", answered_at=work.now)
