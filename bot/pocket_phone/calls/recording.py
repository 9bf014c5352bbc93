"""What was recorded of calls: no sound, only who spoke how long and, as transcription would have it, what."""

import dataclasses
import sqlite3
import time
import uuid
from datetime import UTC, datetime

from bot.pocket_phone.settings import Settings
from bot.pocket_phone.store import Store

_FOUND = (
    "select recording.*, coalesce(status, 'completed') as status, coalesce(channels, 1) as channels,"
    " coalesce(track, 'both') as track from recording left join tape on recording_sid = sid"
)


@dataclasses.dataclass(frozen=True)
class Recording:
    """`source` is what recorded: RecordVerb, OutboundAPI, DialVerb, Conference or StartCallRecordingAPI.

    Only what the REST API began (calls/tape.py) is ever anything but completed, or has more than one channel.
    """

    sid: str
    call_sid: str
    source: str
    text: str
    duration_seconds: int
    created_at: datetime
    status: str = "completed"
    channels: int = 1
    track: str = "both"


def add_recording(store: Store, call_sid: str, *, source: str, text: str, duration_seconds: int) -> Recording:
    sid = f"RE{uuid.uuid4().hex}"
    with store.transaction() as db:
        db.execute(
            "insert into recording (sid, call_sid, source, text, duration_seconds, created_at)"
            " values (?, ?, ?, ?, ?, ?)",
            (sid, call_sid, source, text, duration_seconds, time.time()),
        )
        return _recording_of(db.execute("select * from recording where sid = ?", (sid,)).fetchone())


def get_recording(store: Store, sid: str) -> Recording | None:
    row = store.row(f"{_FOUND} where sid = ?", sid)
    return _recording_of(row) if row else None


def recordings(store: Store, call_sid: str | None = None) -> list[Recording]:
    """Newest first; of one call if given."""
    rows = store.rows(f"{_FOUND} where ? is null or call_sid = ? order by created_at desc", call_sid, call_sid)
    return [_recording_of(row) for row in rows]


def delete_recording(store: Store, sid: str) -> None:
    with store.transaction() as db:
        db.execute("delete from recording where sid = ?", (sid,))
        db.execute("delete from tape where recording_sid = ?", (sid,))


def recording_url(settings: Settings, recording: Recording) -> str:
    """Where its sound would be fetched, below the REST API's own address."""
    return f"{settings.api_url}/2010-04-01/Accounts/{settings.account_sid}/Recordings/{recording.sid}"


def recording_fields(settings: Settings, recording: Recording) -> dict[str, str]:
    """The form of a recording's status callback."""
    return {
        "AccountSid": settings.account_sid,
        "CallSid": recording.call_sid,
        "RecordingSid": recording.sid,
        "RecordingUrl": recording_url(settings, recording),
        "RecordingStatus": recording.status,
        "RecordingDuration": str(recording.duration_seconds),
        "RecordingChannels": str(recording.channels),
        "RecordingSource": recording.source,
        "RecordingTrack": recording.track,
        "RecordingStartTime": recording.created_at.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        "ErrorCode": "0",
    }


def _recording_of(row: sqlite3.Row) -> Recording:
    return Recording(**{**dict(row), "created_at": datetime.fromtimestamp(row["created_at"], UTC)})
