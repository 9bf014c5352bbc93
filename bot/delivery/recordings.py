"""Recordings of calls, as we ask the carrier for them: begun, stopped, looked up, deleted."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from bot.delivery.asking import Result, asking, hand_over

EVENTS = ["in-progress", "completed", "absent"]
CLOCK_SKEW = timedelta(minutes=1)
MOST_LOOKED_THROUGH = 50
SOURCE = "StartCallRecordingAPI"
"""What the carrier calls the source of those that we asked for so."""

RecordingState = Literal["running", "stopped", "absent"]

STATE_OF: dict[str, RecordingState] = {
    "in-progress": "running",
    "paused": "running",
    "stopped": "stopped",
    "processing": "stopped",
    "completed": "stopped",
    "absent": "absent",
    # What the carrier could not finish has no sound either.
    "failed": "absent",
    "deleted": "absent",
}


@dataclass(frozen=True, slots=True)
class RecordingReport:
    """How a recording stands with the carrier; `seconds` once it is known."""

    state: RecordingState
    seconds: int | None


class CallRecordings:
    """The carrier's recordings of calls. Safe to share between threads."""

    def __init__(self, client: Client, public_url: str) -> None:
        self._client = client
        self._public_url = public_url

    def start(self, name: str, call_sid: str, attempts: int) -> Result:
        """Have the live call recorded, each side on a channel of its own; `name` rides in the callback's address."""
        form: dict[str, Any] = {
            "recording_status_callback": f"{self._public_url}/twilio/recording-status?recording={name}",
            "recording_status_callback_event": EVENTS,
            "recording_channels": "dual",
        }
        return hand_over(attempts, lambda: str(self._client.calls(call_sid).recordings.create(**form).sid))

    def stop(self, call_sid: str, sid: str) -> RecordingReport:
        """Have it end now; how it stands then, which is the carrier's word and no guess. CarrierDown."""
        with asking():
            try:
                recording = self._client.calls(call_sid).recordings(sid).update(status="stopped")
            except TwilioRestException as error:
                if error.status >= 500 or error.status == 429:
                    raise
                # It may have ended by itself, with the call: then the carrier does not stop it again.
                return self.report(call_sid, sid)
            return _report(recording.status, recording.duration)

    def report(self, call_sid: str, sid: str) -> RecordingReport:
        """How the recording stands; one that the carrier knows nothing of is absent. CarrierDown."""
        with asking():
            try:
                recording = self._client.calls(call_sid).recordings(sid).fetch()
            except TwilioRestException as error:
                if error.status != 404:
                    raise
                return RecordingReport("absent", None)
            return _report(recording.status, recording.duration)

    def find(self, call_sid: str, since: datetime) -> list[str]:
        """The sids of recordings of the call that we asked for since then, oldest first; CarrierDown."""
        with asking():
            listed = self._client.calls(call_sid).recordings.list(limit=MOST_LOOKED_THROUGH)
        made = [(_aware(each.date_created), str(each.sid)) for each in listed if each.source == SOURCE]
        return [sid for made_at, sid in sorted(made) if made_at >= since - CLOCK_SKEW]

    def delete(self, sid: str) -> None:
        """Have it deleted for good; one that is gone already is as good. CarrierDown."""
        with asking():
            try:
                self._client.recordings(sid).delete()
            except TwilioRestException as error:
                if error.status != 404:
                    raise


def _report(status: Any, duration: str | None) -> RecordingReport:
    """A status that nobody knows is taken for one in which something may still be recorded."""
    seconds = int(duration) if duration is not None and duration.isdecimal() else None
    return RecordingReport(STATE_OF.get(str(status), "running"), seconds)


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
