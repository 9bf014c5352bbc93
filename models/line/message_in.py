"""Messages in: the raw text as it arrived, written once, before anything is done about it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models.session import Work
from models.tables import Json, Timestamp, of_department, sql

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


# The sender is held before anything else is read, so that what the turn reads is as his turn before left it.
_RECEIVE = """
with sender as (
    select p.id from phone f join person p on p.id = f.person_id where f.number = :from_number for no key update of p
)
insert into message_in (department_id, line_id, person_id, sid, from_number, body, media, raw, received_at)
values (:department_id, :line_id, (select id from sender), :sid, :from_number, :body, cast(:media as jsonb),
    cast(:raw as jsonb), :received_at)
on conflict (department_id, sid) do nothing returning id, person_id
"""


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

    The sender is held until the transaction ends: one text of a person at a time, calls included.

    `received_at` is given for a text that reached the carrier long before us; now, if unsaid.

    A second delivery that overtakes the first waits in the database until the first has committed or been undone.
    """
    row = {
        "department_id": department_id,
        "line_id": line_id,
        "sid": sid,
        "from_number": from_number,
        "body": body,
        "media": json.dumps(list(media)),
        "raw": json.dumps(dict(raw)),
        "received_at": received_at or work.now,
    }
    written = work.conn.execute(sql(_RECEIVE), row).one_or_none()
    work.text_id = written.id if written is not None else None
    return written


def sids_seen(work: Work, department_id: int, sids: Sequence[str]) -> set[str]:
    """Those of the carrier's `sids` that were received already."""
    seen = sa.select(messages_in.c.sid).where(messages_in.c.department_id == department_id, messages_in.c.sid.in_(sids))
    return set(work.conn.execute(seen).scalars())
