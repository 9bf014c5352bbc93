"""What the carrier reports of a recording: one state, in one transaction. Late, twice and out of order do no harm."""

import logging

from bot.delivery.recordings import RecordingState
from models.line import recording
from models.retry import whole
from models.session import Actor, Database

log = logging.getLogger(__name__)

CARRIER = Actor("carrier", "voice")
PATIENCE_SECONDS = 10.0


def take_recording_report(
    database: Database, department_id: int, recording_id: int, sid: str, state: RecordingState, seconds: int | None
) -> None:
    """Take down that the recording under `sid` stands so.

    One that runs although it was given up is stopped and deleted.
    """

    def take() -> None:
        with database.begin([department_id], CARRIER) as work:
            if state == "running":
                recording.started(work, department_id, recording_id, sid)
            elif state == "absent":
                recording.absent(work, department_id, recording_id, sid)
            else:
                recording.stopped(work, department_id, recording_id, sid, seconds)

    whole(take, patience_seconds=PATIENCE_SECONDS)
