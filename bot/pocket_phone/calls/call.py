"""A call as Twilio keeps it: who calls whom, and how far it has come."""

import dataclasses
import json
import sqlite3
import time
import uuid
from datetime import UTC, datetime
from typing import Any

from bot.pocket_phone.store import Store

# Where a call may go from each status. What ended stays ended.
ARROWS = {
    "queued": ("initiated", "canceled", "failed"),
    "initiated": ("ringing", "canceled", "failed", "busy", "no-answer"),
    "ringing": ("in-progress", "canceled", "failed", "busy", "no-answer", "completed"),
    "in-progress": ("completed", "failed"),
}
FINAL = ("completed", "busy", "failed", "no-answer", "canceled")


@dataclasses.dataclass(frozen=True)
class Orders:
    """What a call was placed with; the addresses of an incoming call are its line's."""

    url: str = ""
    method: str = "POST"
    twiml: str = ""
    fallback_url: str = ""
    status_callback: str = ""
    status_callback_events: tuple[str, ...] = ("completed",)
    machine_detection: str = ""
    async_amd: bool = False
    async_amd_status_callback: str = ""
    timeout_seconds: int = 60
    send_digits: str = ""
    record: bool = False
    recording_status_callback: str = ""


@dataclasses.dataclass(frozen=True)
class Call:
    """One leg; `id` is the order in which calls came to be, `change_id` that of their last changes."""

    id: int
    change_id: int
    sid: str
    parent_sid: str | None
    direction: str
    from_number: str
    to_number: str
    status: str
    answered_by: str | None
    verstat: str | None
    is_timed: bool
    orders: Orders
    callbacks_sent: int
    waiting_for: str | None
    queue_ms: int
    clock_at: str | None
    created_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    duration_seconds: int | None

    @property
    def phone(self) -> str:
        """The number, or client, of the person's end."""
        return self.from_number if self.direction == "inbound" else self.to_number

    @property
    def line(self) -> str:
        """The number of our end."""
        return self.to_number if self.direction == "inbound" else self.from_number

    @property
    def is_over(self) -> bool:
        return self.status in FINAL


def add_call(
    store: Store,
    *,
    direction: str,
    from_number: str,
    to_number: str,
    status: str,
    orders: Orders,
    parent_sid: str | None = None,
    verstat: str | None = None,
    is_timed: bool = False,
    queue_ms: int = 0,
    clock_at: str | None = None,
) -> Call:
    """Write a new call."""
    sid = f"CA{uuid.uuid4().hex}"
    with store.transaction() as db:
        db.execute(
            "insert into call (change_id, sid, parent_sid, direction, from_number, to_number, status, verstat,"
            " is_timed, orders, queue_ms, clock_at, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                next_change(db), sid, parent_sid, direction, from_number, to_number, status, verstat, is_timed,
                json.dumps(dataclasses.asdict(orders)), queue_ms, clock_at, time.time(),
            ),
        )  # fmt: skip
        return call_of(db.execute("select * from call where sid = ?", (sid,)).fetchone())


def get_call(store: Store, sid: str) -> Call | None:
    row = store.row("select * from call where sid = ?", sid)
    return call_of(row) if row else None


def move_call(store: Store, sid: str, status: str, *, duration_seconds: int | None = None) -> Call | None:
    """Move a call along an arrow; one that may not go there stays. Gives it as it is now, None if it is gone."""
    with store.transaction() as db:
        row = db.execute("select * from call where sid = ?", (sid,)).fetchone()
        if row is None or status not in ARROWS.get(row["status"], ()):
            return call_of(row) if row else None
        now = time.time()
        db.execute(
            "update call set change_id = ?, status = ?, answered_at = coalesce(answered_at, ?),"
            " ended_at = ?, duration_seconds = ?, waiting_for = case when ? then null else waiting_for end"
            " where sid = ?",
            (
                next_change(db), status, now if status == "in-progress" else None,
                now if status in FINAL else None, duration_seconds, status in FINAL, sid,
            ),
        )  # fmt: skip
        return call_of(db.execute("select * from call where sid = ?", (sid,)).fetchone())


def note_on_call(store: Store, sid: str, **values: object) -> None:
    """Write down what else is known of a call: `waiting_for`, `answered_by`, `callbacks_sent`."""
    names = ", ".join(f"{name} = ?" for name in values)
    with store.transaction() as db:
        db.execute(f"update call set change_id = ?, {names} where sid = ?", (next_change(db), *values.values(), sid))


def delete_call(store: Store, sid: str) -> None:
    with store.transaction() as db:
        db.execute("delete from call_line where call_sid = ?", (sid,))
        db.execute("delete from call where sid = ?", (sid,))


def calls_changed(store: Store, after: int, *, limit: int = 200) -> list[Call]:
    """Calls made or changed since the change `after`, in the order of their changes."""
    rows = store.rows("select * from call where change_id > ? order by change_id limit ?", after, limit)
    return [call_of(row) for row in rows]


def calls_of(store: Store, phone: str) -> list[Call]:
    """The calls of one person's phone, oldest first."""
    rows = store.rows(
        "select * from call where from_number = ? and direction = 'inbound' union all"
        " select * from call where to_number = ? and direction <> 'inbound' order by id",
        phone,
        phone,
    )
    return [call_of(row) for row in rows]


def unfinished_calls(store: Store) -> list[Call]:
    places = ", ".join("?" * len(FINAL))
    return [call_of(row) for row in store.rows(f"select * from call where status not in ({places})", *FINAL)]


def call_of(row: sqlite3.Row) -> Call:
    fields: dict[str, Any] = dict(row)
    orders = json.loads(fields["orders"])
    fields["orders"] = Orders(**orders | {"status_callback_events": tuple(orders["status_callback_events"])})
    fields["is_timed"] = bool(fields["is_timed"])
    for name in ("created_at", "answered_at", "ended_at"):
        fields[name] = None if fields[name] is None else datetime.fromtimestamp(fields[name], UTC)
    return Call(**fields)


def next_change(db: sqlite3.Connection) -> int:
    return db.execute("update counter set value = value + 1 where name = 'change' returning value").fetchone()[0]
