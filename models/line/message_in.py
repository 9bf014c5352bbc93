"""Messages in: the raw text as it arrived, written once, before anything is done about it."""

from collections.abc import Sequence
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


def receive(
    work: Work, department_id: int, *, from_number: str, received_at: datetime | None = None, **columns: Any
) -> sa.Row[Any] | None:
    """Write the message under its sid; None when it was here before, else its id and the sender's person_id.

    `received_at` is given for a text that reached the carrier long before us; now, if unsaid.

    A second delivery that overtakes the first waits in the database until the first has committed or been undone.
    """
    sender = sa.select(phones.c.person_id).where(phones.c.number == from_number).scalar_subquery()
    return work.conn.execute(
        insert(messages_in)
        .values(
            department_id=department_id,
            received_at=received_at or work.now,
            from_number=from_number,
            person_id=sender,
            **columns,
        )
        .on_conflict_do_nothing(index_elements=["department_id", "sid"])
        .returning(messages_in.c.id, messages_in.c.person_id)
    ).one_or_none()


def sids_seen(work: Work, department_id: int, sids: Sequence[str]) -> set[str]:
    """Those of the carrier's `sids` that were received already."""
    seen = sa.select(messages_in.c.sid).where(messages_in.c.department_id == department_id, messages_in.c.sid.in_(sids))
    return set(work.conn.execute(seen).scalars())
