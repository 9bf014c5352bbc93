"""What the carrier says became of a text: raw, once per status, and then moved forward, never back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from models.line import duty
from models.line.message_out import LIFECYCLE, messages_out, move, move_by
from models.people.phone import mark_phone
from models.proof import event
from models.session import Work
from models.tables import Timestamp, of_department, sql

message_statuses = of_department(
    "message_status",
    sa.Column("message_out_id", sa.BigInteger),
    sa.Column("sid", sa.Text),
    sa.Column("status", sa.Text),
    sa.Column("error_code", sa.Integer),
    sa.Column("recorded_at", Timestamp),
)

# Our verb for what the carrier reported. `accepted` matters when it comes before the answer to our own call.
VERB_OF = {
    "accepted": "accept",
    "sent": "send",
    "delivered": "deliver",
    "undelivered": "undeliver",
    "failed": "fail",
}
FAILED = ("undelivered", "failed")
ENDED = ("delivered", *FAILED)

# What a text that never arrived means for the record it was about.
UNREACHABLE_DUTY = {
    "assignment": "award_unreachable",
    "offer": "offer_unreachable",
    "attendance": "reminder_unreachable",
}


# The rows read are those from before this statement. Whoever reports on the text meanwhile waits for our lock on it.
_TAKE_DOWN = """
with taken as (
    insert into message_status (department_id, message_out_id, sid, status, error_code)
    values (:d, :m, :sid, :status, :code) on conflict (department_id, sid, status) do nothing returning id
)
select exists (select from taken) as is_new,
       (select jsonb_agg(jsonb_build_array(sid, status)) from message_status
         where department_id = :d and message_out_id = :m) as earlier
"""

# Built once: two of these are on the way of every text.
_CARRIED: dict[str, Any] = {
    "sid": sa.func.coalesce(messages_out.c.sid, sa.bindparam("its_sid")),
    "accepted_at": sa.func.coalesce(messages_out.c.accepted_at, sa.bindparam("now")),
}
_SETTLED: dict[str, Any] = {
    "settled_at": sa.bindparam("now"),
    "error_code": sa.bindparam("code"),
    "failure": sa.bindparam("why"),
}
_MOVING = {
    status: LIFECYCLE.moving_by(verb, **_CARRIED, **(_SETTLED if status in ENDED else {}))
    for status, verb in VERB_OF.items()
}


class NoSuchMessage(Exception):
    """A status for a text that is not of this department."""


def record_status(
    work: Work,
    department_id: int,
    message_id: int,
    sid: str,
    status: str,
    error_code: int | None,
    failure: str | None,
    retries: Sequence[timedelta] = (),
) -> bool:
    """Take down the carrier's report; False when this sid and status were here before.

    `failure` is our word for `error_code` (see bot/delivery/failures.py), given when the text did not arrive;
    `retries` are the waits, by the clock, after which a text that failed so is sent again: the first failure takes the
    first, and when they are used up it has failed for good. Raises NoSuchMessage.
    """
    _lock_message(work, department_id, message_id)
    earlier = _take_down(work, department_id, message_id, sid, status, error_code)
    if earlier is None:
        return False
    # What comes late of a sid that has ended already says nothing new about the text, which may be under way again.
    if any(its_sid == sid and reported in ENDED for its_sid, reported in earlier):
        return True
    failures = sum(reported in FAILED for _, reported in earlier)
    if failure is not None and failures < len(retries):
        _retry(work, department_id, message_id, retries[failures], error_code)
    else:
        _move_on(work, department_id, message_id, sid, status, error_code, failure)
    return True


def has_ended(department_id: Any, sid: Any) -> sa.Exists:
    """For a statement: whether the carrier has reported the course of `sid`, a column of it, as over."""
    return sa.exists().where(
        message_statuses.c.department_id == department_id,
        message_statuses.c.sid == sid,
        message_statuses.c.status.in_(ENDED),
    )


def note_failure(work: Work, department_id: int, message_id: int, failure: str, error_code: int | None) -> None:
    """A text did not arrive: mark the number where it is the number's fault, and tell the record it was about."""
    message = work.conn.execute(
        sa.select(
            messages_out.c.person_id,
            messages_out.c.to_number,
            messages_out.c.subject_kind,
            messages_out.c.subject_id,
        ).where(messages_out.c.department_id == department_id, messages_out.c.id == message_id)
    ).one()
    event.record(
        work,
        department_id,
        "message_not_delivered",
        "message_out",
        message_id,
        failure=failure,
        code=error_code,
    )
    mark_phone(work, department_id, message.to_number, failure)
    kind = UNREACHABLE_DUTY.get(message.subject_kind)
    if kind is not None:
        duty.plan(work, department_id, kind, message.subject_id, work.now, fence=str(message_id))
    elif message.subject_kind is not None:
        duty.plan(work, department_id, "text_failed", message_id, work.now)


def _lock_message(work: Work, department_id: int, message_id: int) -> None:
    """Two statuses of one text take turns, or each could miss what the other says."""
    found = work.conn.execute(
        sql("select from message_out where department_id = :d and id = :id for no key update"),
        {"d": department_id, "id": message_id},
    )
    if found.rowcount == 0:
        raise NoSuchMessage(f"{department_id}-{message_id}")


def _retry(work: Work, department_id: int, message_id: int, wait: timedelta, error_code: int | None) -> None:
    move(work, department_id, [message_id], "retry", due_at=work.now + wait, sid=None, error_code=error_code)


def _move_on(
    work: Work,
    department_id: int,
    message_id: int,
    sid: str,
    status: str,
    error_code: int | None,
    failure: str | None,
) -> None:
    values = {"its_sid": sid, "now": work.now}
    if status in ENDED:
        values |= {"code": error_code, "why": failure}
    moved = move_by(work, department_id, [message_id], VERB_OF[status], _MOVING[status], **values)
    if moved and failure is not None:
        note_failure(work, department_id, message_id, failure, error_code)


def _take_down(
    work: Work, department_id: int, message_id: int, sid: str, status: str, error_code: int | None
) -> list[tuple[str, str]] | None:
    """Write the report; returns sid and status of those before it, or None when it was here itself."""
    found = work.conn.execute(
        sql(_TAKE_DOWN), {"d": department_id, "m": message_id, "sid": sid, "status": status, "code": error_code}
    ).one()
    return [(its_sid, reported) for its_sid, reported in found.earlier or ()] if found.is_new else None
