"""What was heard on a call, line by line, and what its person did there."""

import dataclasses
import sqlite3
import time
from datetime import UTC, datetime

from bot.pocket_phone.calls.call import next_change
from bot.pocket_phone.store import Store

# say: text read out; play: a recording; tone: keys played to him; hold: music while he waits; beep; ring: he hears it
# ring; connected: with whom he talks now; voice: that other person; carrier: an announcement of the carrier's own.
HEARD = ("say", "play", "tone", "hold", "beep", "ring", "connected", "voice", "carrier")
# What the person with the phone did.
DONE = ("pressed", "said", "silent", "answered", "hung_up")


@dataclasses.dataclass(frozen=True)
class CallLine:
    """One thing heard or done; `ssml` is what was said with its marks, if it has any."""

    id: int
    call_sid: str
    kind: str
    text: str
    ssml: str | None
    language: str | None
    voice: str | None
    confidence: float | None
    created_at: datetime

    @property
    def mine(self) -> bool:
        return self.kind in DONE


def add_line(
    store: Store,
    call_sid: str,
    kind: str,
    text: str = "",
    *,
    ssml: str | None = None,
    language: str | None = None,
    voice: str | None = None,
    confidence: float | None = None,
) -> None:
    with store.transaction() as db:
        db.execute(
            "insert into call_line (call_sid, kind, text, ssml, language, voice, confidence, created_at)"
            " values (?, ?, ?, ?, ?, ?, ?, ?)",
            (call_sid, kind, text, ssml, language, voice, confidence, time.time()),
        )
        db.execute("update call set change_id = ? where sid = ?", (next_change(db), call_sid))


def lines_of_call(store: Store, call_sid: str, *, after: int = 0) -> list[CallLine]:
    """Everything on the call since the line `after`, in order."""
    rows = store.rows("select * from call_line where call_sid = ? and id > ? order by id", call_sid, after)
    return [_line_of(row) for row in rows]


def _line_of(row: sqlite3.Row) -> CallLine:
    return CallLine(**{**dict(row), "created_at": datetime.fromtimestamp(row["created_at"], UTC)})
