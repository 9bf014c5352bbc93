"""What the carrier says became of a text: raw, once per status, and then moved forward, never back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.line import duty
from models.line.message_out import messages_out, move
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
    if not _take_down(work, department_id, message_id, sid, status, error_code):
        return False
    reports = _reports(work, department_id, message_id)
    # What comes late of a sid that has ended already says nothing new about the text, which may be under way again.
    if any(report.sid == sid and report.status in ENDED and report.status != status for report in reports):
        return True
    failures = sum(report.status in FAILED for report in reports)
    if failure is not None and failures <= len(retries):
        _retry(work, department_id, message_id, retries[failures - 1], error_code)
    else:
        _move_on(work, department_id, message_id, sid, status, error_code, failure)
    return True


def ended(work: Work, department_id: int, sids: Sequence[str]) -> set[str]:
    """Those of `sids` whose course the carrier has reported as over."""
    over = sa.select(message_statuses.c.sid).where(
        message_statuses.c.department_id == department_id,
        message_statuses.c.sid.in_(sids),
        message_statuses.c.status.in_(ENDED),
    )
    return set(work.conn.execute(over).scalars())


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


def _lock_message(work: Work, department_id: int, message_id: int) -> None:
    """Two statuses of one text take turns, or each could miss what the other says."""
    found = work.conn.execute(
        sql("select from message_out where department_id = :d and id = :id for no key update"),
        {"d": department_id, "id": message_id},
    )
    if found.rowcount == 0:
        raise NoSuchMessage(f"{department_id}-{message_id}")


def _reports(work: Work, department_id: int, message_id: int) -> list[sa.Row[Any]]:
    reports = sa.select(message_statuses.c.sid, message_statuses.c.status).where(
        message_statuses.c.department_id == department_id, message_statuses.c.message_out_id == message_id
    )
    return list(work.conn.execute(reports))


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
    changes: dict[str, Any] = {
        "sid": sa.func.coalesce(messages_out.c.sid, sid),
        "accepted_at": sa.func.coalesce(messages_out.c.accepted_at, work.now),
    }
    if status in ENDED:
        changes |= {"settled_at": work.now, "error_code": error_code, "failure": failure}
    moved = move(work, department_id, [message_id], VERB_OF[status], **changes)
    if moved and failure is not None:
        note_failure(work, department_id, message_id, failure, error_code)


def _take_down(work: Work, department_id: int, message_id: int, sid: str, status: str, error_code: int | None) -> bool:
    row = insert(message_statuses).values(
        department_id=department_id, message_out_id=message_id, sid=sid, status=status, error_code=error_code
    )
    written = row.on_conflict_do_nothing(index_elements=["department_id", "sid", "status"]).returning(
        message_statuses.c.id
    )
    return work.conn.execute(written).scalar_one_or_none() is not None
