"""Messages in: the raw text as it arrived, written once, before anything is done about it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.people.phone import phones
from models.session import Work
from models.tables import Json, Timestamp, of_department

messages_in = of_department(
    "message_in",
    sa.Column("line_id", sa.BigInteger),
    sa.Column("person_id", sa.BigInteger),
    sa.Column("sid", sa.Text),
    sa.Column("from_number", sa.Text),
    sa.Column("body", sa.Text),
    sa.Column("media", Json),
    sa.Column("raw", Json),
    sa.Column("received_at", Timestamp),
    sa.Column("recorded_at", Timestamp),
)


# Built once: this is on the way of every text.
_RECEIVE = (
    insert(messages_in)
    .values(
        {
            column: sa.bindparam(column)
            for column in ("department_id", "line_id", "sid", "from_number", "body", "media", "raw", "received_at")
        }
        | {
            "person_id": sa.select(phones.c.person_id)
            .where(phones.c.number == sa.bindparam("from_number"))
            .scalar_subquery()
        }
    )
    .on_conflict_do_nothing(index_elements=["department_id", "sid"])
    .returning(messages_in.c.id, messages_in.c.person_id)
)


def receive(
    work: Work,
    department_id: int,
    *,
    line_id: int,
    sid: str,
    from_number: str,
    body: str,
    media: Sequence[Mapping[str, str]],
    raw: Mapping[str, str],
    received_at: datetime | None = None,
) -> sa.Row[Any] | None:
    """Write the message under its sid; None when it was here before, else its id and the sender's person_id.

    `received_at` is given for a text that reached the carrier long before us; now, if unsaid.

    A second delivery that overtakes the first waits in the database until the first has committed or been undone.
    """
    row = {
        "department_id": department_id,
        "line_id": line_id,
        "sid": sid,
        "from_number": from_number,
        "body": body,
        "media": media,
        "raw": raw,
        "received_at": received_at or work.now,
    }
    written = work.conn.execute(_RECEIVE, row).one_or_none()
    work.text_id = written.id if written is not None else None
    return written


def sids_seen(work: Work, department_id: int, sids: Sequence[str]) -> set[str]:
    """Those of the carrier's `sids` that were received already."""
    seen = sa.select(messages_in.c.sid).where(messages_in.c.department_id == department_id, messages_in.c.sid.in_(sids))
    return set(work.conn.execute(seen).scalars())
