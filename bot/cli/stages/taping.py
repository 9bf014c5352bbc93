"""Recordings of a play's calls: the pocket phone's own, asked for as the client would (bot/delivery/recordings.py)."""

from datetime import datetime

from bot.delivery.asking import Refused, Result, Sent
from bot.delivery.failures import failure_of
from bot.delivery.recordings import EVENTS, STATE_OF, RecordingReport
from bot.pocket_phone.calls.recording import delete_recording, get_recording, recordings
from bot.pocket_phone.calls.switchboard import Switchboard
from bot.pocket_phone.calls.tape import NotRecordable, Wishes, begin_tape, change_tape

NOT_RECORDABLE = 21220


class Taping:
    """See bot.delivery.recordings.CallRecordings."""

    def __init__(self, board: Switchboard, home: str) -> None:
        self._board = board
        self._home = home

    def start(self, name: str, call_sid: str, attempts: int) -> Result:
        """Have the live call recorded."""
        callback = f"{self._home}/twilio/recording-status?recording={name}"
        try:
            return Sent(
                begin_tape(self._board, self._board.call(call_sid), Wishes(2, "both", callback, tuple(EVENTS))).sid
            )
        except NotRecordable:
            return Refused(failure_of(NOT_RECORDABLE), NOT_RECORDABLE, None)

    def stop(self, call_sid: str, sid: str) -> RecordingReport:
        """Have it end now."""
        try:
            change_tape(self._board, self._board.call(call_sid), sid, "stopped", "silence")
        except NotRecordable:
            return self.report(call_sid, sid)
        return RecordingReport("stopped", None)

    def report(self, call_sid: str, sid: str) -> RecordingReport:
        """How it stands."""
        found = get_recording(self._board.store, sid)
        if found is None:
            return RecordingReport("absent", None)
        return RecordingReport(STATE_OF[found.status], found.duration_seconds)

    def find(self, call_sid: str, since: datetime) -> list[str]:
        """All of the call, oldest first."""
        return [each.sid for each in reversed(recordings(self._board.store, call_sid))]

    def delete(self, sid: str) -> None:
        """It is gone."""
        delete_recording(self._board.store, sid)
