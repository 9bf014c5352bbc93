"""What the carrier says became of a text: raw, once per status, and then moved forward, never back."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.line import duty
from models.line.message_out import LIFECYCLE, messages_out
from models.people.phone import mark_phone
from models.proof import event
from models.session import Work
from models.tables import Timestamp, of_department

message_statuses = of_department(
    "message_status",
    sa.Column("message_out_id", sa.BigInteger),
    sa.Column("sid", sa.Text),
    sa.Column("status", sa.Text),
    sa.Column("error_code", sa.Integer),
    sa.Column("recorded_at", Timestamp),
)

# Our verb for what the carrier reported. Statuses before "sent" tell nothing new.
VERB_OF = {"sent": "send", "delivered": "deliver", "undelivered": "undeliver", "failed": "fail"}

# What a text that never arrived means for the record it was about.
UNREACHABLE_DUTY = {"assignment": "award_unreachable", "offer": "offer_unreachable"}


def record_status(
    work: Work,
    department_id: int,
    message_id: int,
    sid: str,
    status: str,
    error_code: int | None,
    failure: str | None,
) -> bool:
    """Take down the carrier's report; False when this sid and status were here before.

    `failure` is our word for `error_code` (see bot/delivery/failures.py), given when the text did not arrive.
    """
    if not _take_down(work, department_id, message_id, sid, status, error_code):
        return False
    verb = VERB_OF.get(status)
    if verb is None:
        return True
    settled = {} if verb == "send" else {"settled_at": work.now, "error_code": error_code, "failure": failure}
    if LIFECYCLE.move(work, department_id, [message_id], verb, sid=sid, **settled) and failure is not None:
        note_failure(work, department_id, message_id, failure, error_code)
    return True


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


def _take_down(work: Work, department_id: int, message_id: int, sid: str, status: str, error_code: int | None) -> bool:
    row = insert(message_statuses).values(
        department_id=department_id, message_out_id=message_id, sid=sid, status=status, error_code=error_code
    )
    written = row.on_conflict_do_nothing(index_elements=["department_id", "sid", "status"]).returning(
        message_statuses.c.id
    )
    return work.conn.execute(written).scalar_one_or_none() is not None
