"""Where the carrier reports that a recording of a call has begun, has ended, or came to nothing."""

import re

from flask import Response, current_app, request

from bot import metrics
from bot.delivery.recording_reports import take_recording_report
from bot.delivery.recordings import STATE_OF
from bot.services import services_of
from bot.webhooks.door import blueprint, empty_answer, keepable

_RECORDING = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")


@blueprint.post("/recording-status")
def take_recording_status() -> Response:
    """Take down how the recording stands that our address names. Where its sound lies is not kept: its sid says it."""
    named = _RECORDING.fullmatch(request.args.get("recording", ""))
    state = STATE_OF.get(request.form.get("RecordingStatus", ""))
    sid, seconds = keepable(request.form.get("RecordingSid", "")), request.form.get("RecordingDuration", "")
    if named is None or state is None or not sid:
        metrics.statuses.labels("malformed").inc()
        return empty_answer()
    database = services_of(current_app).database
    told = int(seconds) if re.fullmatch(r"[0-9]{1,6}", seconds) and state == "stopped" else None
    take_recording_report(database, int(named[1]), int(named[2]), sid, state, told)
    metrics.statuses.labels(f"recording_{state}").inc()
    return empty_answer()
