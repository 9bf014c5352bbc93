"""Calls the line makes: each a row first, then placed with the carrier, then what came of it.

    queued -> placing -> ringing -> answered -> ended
    queued, placing, ringing -> ended    (not made after all; refused; busy, not answered)
    placing -> queued                    (the carrier did not take it now, or never heard of it)

A row is one try: who is called again has another row. What came of it is a field of its own, `outcome`, because busy,
not answered, hung up and a machine are different facts, and contracts price them apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.lifecycle import Arrow, Lifecycle
from models.line import duty
from models.proof import event
from models.session import Work
from models.tables import Timestamp, of_department, sql

Why = Literal["award", "offer", "reminder", "late", "welfare"]
"""What the officer is called about. `offer` names an offer, `welfare` a check, all others an assignment."""

Heard = Literal["nothing", "greeting", "matter", "message"]
"""How much whoever answered was told: nothing yet, who calls, what it is about, or to call back."""

CallAnswer = Literal["accepted", "declined", "answered"]
"""What he said to it; `answered` to a call that neither gives nor offers him anything."""

CallOutcome = Literal[
    "accepted",
    "declined",
    "answered",
    "heard_and_hung_up",
    "left_message",
    "hung_up_before_input",
    "machine",
    "no_answer",
    "busy",
    "failed",
    "not_attempted",
]

outbound_calls = of_department(
    "outbound_call",
    sa.Column("line_id", sa.BigInteger),
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("person_id", sa.BigInteger),
    sa.Column("to_number", sa.Text),
    sa.Column("why", sa.Text),
    sa.Column("subject_id", sa.BigInteger),
    sa.Column("fence", sa.Text),
    sa.Column("due_at", Timestamp),
    sa.Column("until_at", Timestamp),
    sa.Column("rings_from", sa.SmallInteger),
    sa.Column("rings_until", sa.SmallInteger),
    sa.Column("ring_seconds", sa.SmallInteger),
    sa.Column("leaves_message", sa.Boolean),
    sa.Column("state", sa.Text),
    sa.Column("made_at", Timestamp),
    sa.Column("retry_at", Timestamp),
    sa.Column("claimed_at", Timestamp),
    sa.Column("placed_at", Timestamp),
    sa.Column("answered_at", Timestamp),
    sa.Column("ended_at", Timestamp),
    sa.Column("rang_back_at", Timestamp),
    sa.Column("sid", sa.Text),
    sa.Column("attempts", sa.Integer),
    sa.Column("heard", sa.Text),
    sa.Column("answer", sa.Text),
    sa.Column("outcome", sa.Text),
    sa.Column("failure", sa.Text),
    sa.Column("error_code", sa.Integer),
)

UNDER_WAY = ("placing", "ringing", "answered")

LIFECYCLE = Lifecycle(
    outbound_calls,
    starts=("queued",),
    arrows=(
        Arrow("claim", ("queued",), "placing", "outbound_call_claimed", "A worker takes it to the carrier."),
        Arrow(
            "requeue",
            ("placing",),
            "queued",
            "outbound_call_requeued",
            "The carrier did not take it now, or never heard of it: it waits for another try.",
        ),
        Arrow("ring", ("queued", "placing"), "ringing", "outbound_call_placed", "The carrier took it."),
        Arrow(
            "answer",
            ("queued", "placing", "ringing"),
            "answered",
            "outbound_call_answered",
            "Somebody, or a machine, picked up.",
        ),
        Arrow(
            "end",
            ("queued", *UNDER_WAY),
            "ended",
            "outbound_call_ended",
            "It is over; the outcome says how. It may not even have been made.",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Ringing:
    """When and how a call may ring: from `due_at`, until `until_at` it makes sense, within `hours` of the department's
    day in minutes (None: at any hour), for so many seconds; whether a machine is told to call back.
    """

    due_at: datetime
    until_at: datetime | None = None
    hours: tuple[int, int] | None = None
    ring_seconds: int = 25
    leaves_message: bool = True


def plan_call(
    work: Work,
    department_id: int,
    line_id: int,
    officer_id: int,
    person_id: int,
    to_number: str,
    why: Why,
    subject_id: int,
    ringing: Ringing,
    fence: str = "",
) -> int | None:
    """Write down that the officer is to be called; returns the call's id, None when that was written down before."""
    row = {
        "department_id": department_id,
        "line_id": line_id,
        "officer_id": officer_id,
        "person_id": person_id,
        "to_number": to_number,
        "why": why,
        "subject_id": subject_id,
        "fence": fence,
        "due_at": ringing.due_at,
        "until_at": ringing.until_at,
        "rings_from": ringing.hours[0] if ringing.hours else None,
        "rings_until": ringing.hours[1] if ringing.hours else None,
        "ring_seconds": ringing.ring_seconds,
        "leaves_message": ringing.leaves_message,
        "state": "queued",
        "made_at": work.now,
    }
    written = insert(outbound_calls).values(row).on_conflict_do_nothing(constraint="outbound_call_once")
    call_id: int | None = work.conn.execute(written.returning(outbound_calls.c.id)).scalar_one_or_none()
    if call_id is None:
        return None
    event.record(
        work,
        department_id,
        "outbound_call_planned",
        "outbound_call",
        call_id,
        officer_id=officer_id,
        why=why,
        about=subject_id,
        due_at=ringing.due_at.isoformat(),
    )
    if ringing.due_at <= work.now:
        work.ring("calls", department_id)
    return call_id


def move(work: Work, department_id: int, ids: list[int], verb: str, **changes: Any) -> list[int]:
    """Take the lifecycle's arrow for those of `ids` that stand where it starts, each with its event."""
    if not ids:
        return []
    moved = LIFECYCLE.move(work, department_id, ids, verb, **changes)
    for call_id in moved:
        event.record(work, department_id, LIFECYCLE.arrow(verb).event, "outbound_call", call_id)
    return moved


def end(
    work: Work,
    department_id: int,
    call_id: int,
    outcome: CallOutcome,
    failure: str | None = None,
    error_code: int | None = None,
) -> bool:
    """The call is over, or is not made after all; False when it was over before. What follows is a duty."""
    ended = {"outcome": outcome, "failure": failure, "error_code": error_code, "ended_at": work.now}
    if not LIFECYCLE.move(work, department_id, [call_id], "end", **ended):
        return False
    event.record(
        work,
        department_id,
        LIFECYCLE.arrow("end").event,
        "outbound_call",
        call_id,
        outcome=outcome,
        failure=failure,
        code=error_code,
    )
    duty.plan(work, department_id, "call_ended", call_id, work.now)
    return True


def answer_call(work: Work, department_id: int, call_id: int, sid: str) -> None:
    """Somebody picked up; the carrier's report of it may come later."""
    move(work, department_id, [call_id], "ring", sid=sid, placed_at=work.now)
    move(work, department_id, [call_id], "answer", answered_at=work.now)


def note_heard(work: Work, department_id: int, call_id: int, heard: Heard) -> None:
    """So much was said to whoever answered."""
    _set(work, department_id, call_id, heard=heard)


def note_answer(work: Work, department_id: int, call_id: int, answer: CallAnswer) -> None:
    """What the officer said to it."""
    _set(work, department_id, call_id, answer=answer)


def note_put_through(work: Work, sid: str) -> None:
    """Whom we called asked for a person: he is not called again about it while he talks."""
    columns = outbound_calls.c
    work.conn.execute(
        sa.update(outbound_calls)
        .where(columns.department_id.in_(work.departments), columns.sid == sid)
        .values(answer="answered")
    )


def note_rang_back(work: Work, department_id: int, why: Why, subject_ids: Sequence[int]) -> None:
    """The officer calls us and hears what these calls are about: whatever still waits to be placed is not."""
    columns = outbound_calls.c
    told = work.conn.execute(
        sa.update(outbound_calls)
        .where(
            columns.department_id == department_id,
            columns.why == why,
            columns.subject_id.in_(subject_ids),
            columns.rang_back_at.is_(None),
        )
        .values(rang_back_at=work.now)
        .returning(columns.id, columns.state)
    )
    for row in told.all():
        if row.state == "queued":
            end(work, department_id, row.id, "not_attempted", "rang_back")
        event.record(work, department_id, "officer_rang_back", "outbound_call", row.id)


def outbound_call(work: Work, department_id: int, call_id: int) -> sa.Row[Any] | None:
    """The call's row; None when the department has none of that id."""
    return work.conn.execute(
        sa.select(outbound_calls).where(outbound_calls.c.department_id == department_id, outbound_calls.c.id == call_id)
    ).one_or_none()


def calls_about(work: Work, department_id: int, why: Why, subject_id: int) -> list[sa.Row[Any]]:
    """All calls about this subject, the first first."""
    return list(
        work.conn.execute(
            sa.select(outbound_calls)
            .where(
                outbound_calls.c.department_id == department_id,
                outbound_calls.c.why == why,
                outbound_calls.c.subject_id == subject_id,
            )
            .order_by(outbound_calls.c.id)
        )
    )


def unended(work: Work, department_id: int, after: timedelta) -> list[sa.Row[Any]]:
    """Calls placed longer than `after` ago (real time) of which nobody has heard the end."""
    return list(
        work.conn.execute(
            sql(
                "select id, sid from outbound_call where department_id = :d and state in ('ringing', 'answered')"
                " and claimed_at < clock_timestamp() - cast(:after as interval) order by id limit 200"
            ),
            {"d": department_id, "after": after},
        )
    )


def _set(work: Work, department_id: int, call_id: int, **changes: Any) -> None:
    work.conn.execute(
        sa.update(outbound_calls)
        .where(outbound_calls.c.department_id == department_id, outbound_calls.c.id == call_id)
        .values(**changes)
    )
