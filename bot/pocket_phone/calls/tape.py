"""Recording a live call by the REST API: begun, paused, gone on with and stopped while the two talk.

Source: Twilio, "Recordings resource: create, pause, resume or stop a recording of a call in progress". What is on a
recording is the call's lines between its beginning, its pauses and its end: so a test can look what was never on one.
"""

import dataclasses
import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from bot.pocket_phone.calls.board import Board
from bot.pocket_phone.calls.call import Call, next_change
from bot.pocket_phone.calls.call_line import CallLine, lines_of_call
from bot.pocket_phone.calls.recording import Recording, add_recording, get_recording, recording_fields
from bot.pocket_phone.store import Store

SOURCE = "StartCallRecordingAPI"
RUNNING = ("in-progress", "paused")


class NotRecordable(Exception):
    """The call is not connected, or the recording is over."""


@dataclasses.dataclass(frozen=True)
class Wishes:
    """What the recording was asked for with; `events` are those its callback hears of."""

    channels: int = 1
    track: str = "both"
    callback: str = ""
    events: tuple[str, ...] = ("completed",)


def begin_tape(board: Board, call: Call, wishes: Wishes) -> Recording:
    """The call is recorded from now on; NotRecordable when nobody is connected."""
    if call.status != "in-progress":
        raise NotRecordable(call.sid)
    store = board.store
    with store.transaction() as db:
        sid = add_recording(store, call.sid, source=SOURCE, text="", duration_seconds=0).sid
        row = (sid, "in-progress", wishes.channels, wishes.track, wishes.callback, json.dumps(wishes.events))
        spans = json.dumps([[_last_line(db, call.sid), None]])
        db.execute("insert into tape values (?, ?, ?, ?, ?, ?, ?, 0, ?)", (*row, spans, board.now_on(call.sid)))
        _touch(db, call.sid)
    return _told(board, call, sid)


def change_tape(board: Board, call: Call, sid: str, status: str, pause_behavior: str) -> Recording:
    """Pause it, go on with it or stop it; NotRecordable when it is over.

    A pause is silence on the recording, or is skipped; what was said meanwhile is on it in neither case.
    """
    with board.store.transaction() as db:
        row = db.execute("select * from tape where recording_sid = ?", (sid,)).fetchone()
        if row is None or row["status"] not in RUNNING:
            raise NotRecordable(sid)
        if status not in ("stopped", row["status"]):
            keeps_running = status == "paused" and pause_behavior == "silence"
            _move(db, row, call.sid, status, board.now_on(call.sid), keeps_running=keeps_running)
    return end_tape(board, call, sid) if status == "stopped" else _of(board, sid)


def end_tape(board: Board, call: Call, sid: str) -> Recording:
    """It is over, and its callback hears so."""
    with board.store.transaction() as db:
        row = db.execute("select * from tape where recording_sid = ?", (sid,)).fetchone()
        _move(db, row, call.sid, "completed", board.now_on(call.sid))
        words = " ".join(line.text for line in lines_on(board.store, sid) if line.kind == "said")
        seconds = db.execute("select seconds from tape where recording_sid = ?", (sid,)).fetchone()["seconds"]
        how = (words, max(1, round(seconds)), sid)
        db.execute("update recording set text = ?, duration_seconds = ? where sid = ?", how)
    return _told(board, call, sid)


def end_tapes(board: Board, call: Call) -> None:
    """The call is over, and with it whatever records it."""
    for sid in running_tapes(board.store, call.sid):
        end_tape(board, call, sid)


def running_tapes(store: Store, call_sid: str) -> list[str]:
    """The recordings of the call that are not over, the latest first."""
    rows = store.rows(
        "select sid from recording join tape on recording_sid = sid where call_sid = ?"
        " and status in ('in-progress', 'paused') order by created_at desc",
        call_sid,
    )
    return [row["sid"] for row in rows]


def state_of_tapes(store: Store, call_sid: str) -> str:
    """What the page shows of a call: "recording", "paused", or nothing."""
    running = running_tapes(store, call_sid)
    found = {row["status"] for sid in running for row in store.rows("select * from tape where recording_sid = ?", sid)}
    return "recording" if "in-progress" in found else "paused" if found else ""


def lines_on(store: Store, sid: str) -> list[CallLine]:
    """What is on the recording: everything heard, keyed and said while it ran."""
    row = store.row("select call_sid, spans from recording join tape on recording_sid = sid where sid = ?", sid)
    return list(_within(lines_of_call(store, row["call_sid"]), json.loads(row["spans"]))) if row else []


def _within(lines: list[CallLine], spans: list[list[int | None]]) -> Iterator[CallLine]:
    for line in lines:
        if any((begin or 0) < line.id and (end is None or line.id <= end) for begin, end in spans):
            yield line


def _move(
    db: sqlite3.Connection, row: sqlite3.Row, call_sid: str, status: str, now: float, *, keeps_running: bool = False
) -> None:
    """Close the span that is open, or open the next; count what has run."""
    spans: list[list[Any]] = json.loads(row["spans"])
    last = _last_line(db, call_sid)
    if status == "in-progress":
        spans.append([last, None])
    elif spans[-1][1] is None:
        spans[-1][1] = last
    ran = now - row["runs_since"] if row["runs_since"] is not None and not keeps_running else 0
    runs_since = row["runs_since"] if keeps_running else now if status == "in-progress" else None
    changed = (status, json.dumps(spans), row["seconds"] + ran, runs_since, row["recording_sid"])
    db.execute("update tape set status = ?, spans = ?, seconds = ?, runs_since = ? where recording_sid = ?", changed)
    _touch(db, call_sid)


def _told(board: Board, call: Call, sid: str) -> Recording:
    """Tell the callback how the recording stands, if it wants to hear of that."""
    recording, row = _of(board, sid), board.store.row("select * from tape where recording_sid = ?", sid)
    if row is not None and row["callback"] and recording.status in json.loads(row["callback_events"]):
        board.tell(call, row["callback"], recording_fields(board.settings, recording))
    return recording


def _of(board: Board, sid: str) -> Recording:
    recording = get_recording(board.store, sid)
    if recording is None:
        raise NotRecordable(sid)
    return recording


def _last_line(db: sqlite3.Connection, call_sid: str) -> int:
    found = db.execute("select max(id) as last from call_line where call_sid = ?", (call_sid,)).fetchone()
    return int(found["last"] or 0)


def _touch(db: sqlite3.Connection, call_sid: str) -> None:
    """The page asks for calls that changed."""
    db.execute("update call set change_id = ? where sid = ?", (next_change(db), call_sid))
