"""A text message as Twilio keeps it, in or out."""

import dataclasses
import json
import sqlite3
import time
import uuid
from datetime import UTC, datetime
from typing import Any

from bot.pocket_phone.store import Store
from models.line.segments import segments

FINAL = ("delivered", "undelivered", "failed", "received")
_RANK = {"accepted": 0, "queued": 1, "sending": 2, "sent": 3, "undelivered": 4, "failed": 4, "delivered": 4}


@dataclasses.dataclass(frozen=True)
class Message:
    """One message; `id` is the order in which messages came to be, `change_id` that of their last changes."""

    id: int
    change_id: int
    sid: str
    direction: str
    from_number: str | None
    to_number: str
    body: str
    media: list[dict[str, str]]
    status: str
    error_code: int | None
    num_segments: int
    service_sid: str | None
    status_callback: str | None
    by_carrier: bool
    clock_at: str | None
    created_at: datetime
    sent_at: datetime | None
    updated_at: datetime

    @property
    def phone(self) -> str | None:
        """The number of the person's end of it."""
        return self.from_number if self.direction == "inbound" else self.to_number

    @property
    def line(self) -> str | None:
        """The number of our end of it."""
        return self.to_number if self.direction == "inbound" else self.from_number


def add_message(
    store: Store,
    *,
    direction: str,
    from_number: str | None,
    to_number: str,
    body: str,
    status: str,
    media: list[dict[str, str]] | None = None,
    service_sid: str | None = None,
    status_callback: str | None = None,
    by_carrier: bool = False,
    clock_at: str | None = None,
) -> Message:
    """Write a new message; what is received or delivered at once has its sent time at once."""
    now = time.time()
    sid = ("MM" if media else "SM") + uuid.uuid4().hex
    with store.transaction() as db:
        db.execute(
            "insert into message (change_id, sid, direction, from_number, to_number, body, media, status,"
            " num_segments, service_sid, status_callback, by_carrier, clock_at, created_at, sent_at, updated_at)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                _next_change(db), sid, direction, from_number, to_number, body, json.dumps(media or []), status,
                max(segments(body), 1), service_sid, status_callback, by_carrier, clock_at, now,
                now if status in FINAL else None, now,
            ),
        )  # fmt: skip
        return message_of(db.execute("select * from message where sid = ?", (sid,)).fetchone())


def get_message(store: Store, sid: str) -> Message | None:
    row = store.row("select * from message where sid = ?", sid)
    return message_of(row) if row else None


def set_status(
    store: Store, sid: str, status: str, *, error_code: int | None = None, sender: str | None = None
) -> Message | None:
    """Move a message on; it never goes back. Gives the message as it is now, None if it is gone."""
    with store.transaction() as db:
        row = db.execute("select * from message where sid = ?", (sid,)).fetchone()
        if row is None or _RANK[status] <= _RANK.get(row["status"], 4):
            return message_of(row) if row else None
        now = time.time()
        sent_at = row["sent_at"] or (None if status in ("queued", "failed") else now)
        db.execute(
            "update message set change_id = ?, status = ?, error_code = ?, from_number = coalesce(from_number, ?),"
            " sent_at = ?, updated_at = ? where sid = ?",
            (_next_change(db), status, error_code, sender, sent_at, now, sid),
        )
        return message_of(db.execute("select * from message where sid = ?", (sid,)).fetchone())


def redact(store: Store, sid: str) -> None:
    """Empty the body, as Twilio does when asked to."""
    with store.transaction() as db:
        db.execute(
            "update message set body = '', change_id = ?, updated_at = ? where sid = ?",
            (_next_change(db), time.time(), sid),
        )


def delete_message(store: Store, sid: str) -> None:
    with store.transaction() as db:
        db.execute("delete from message where sid = ?", (sid,))


def messages_after(store: Store, after: int, *, phone: str | None = None, limit: int = 1000) -> list[Message]:
    """Messages newer than the id `after`, oldest first; of one phone if given."""
    if phone is None:
        rows = store.rows("select * from message where id > ? order by id limit ?", after, limit)
    else:
        rows = store.rows(
            "select * from message where id > ? and from_number = ? and direction = 'inbound' union all"
            " select * from message where id > ? and to_number = ? and direction <> 'inbound'"
            " order by id limit ?",
            after, phone, after, phone, limit,
        )  # fmt: skip
    return [message_of(row) for row in rows]


def changes_after(store: Store, after: int, *, limit: int = 500) -> list[Message]:
    """Messages made or changed since the change `after`, in the order of their changes."""
    return [
        message_of(row)
        for row in store.rows("select * from message where change_id > ? order by change_id limit ?", after, limit)
    ]


def begin_era(db: sqlite3.Connection) -> None:
    """Mark that the messages before are gone."""
    db.execute("update counter set value = value + 1 where name = 'era'")


def era(store: Store) -> int:
    """Another number whenever the messages known so far are not there any more."""
    row = store.row("select value from counter where name = 'era'")
    return int(row["value"]) if row else 0


def message_of(row: sqlite3.Row) -> Message:
    fields: dict[str, Any] = dict(row)
    fields["media"] = json.loads(fields["media"])
    fields["by_carrier"] = bool(fields["by_carrier"])
    for name in ("created_at", "sent_at", "updated_at"):
        fields[name] = None if fields[name] is None else datetime.fromtimestamp(fields[name], UTC)
    return Message(**fields)


def _next_change(db: sqlite3.Connection) -> int:
    return db.execute("update counter set value = value + 1 where name = 'change' returning value").fetchone()[0]
