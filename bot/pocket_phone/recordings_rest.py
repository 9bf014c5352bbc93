"""Twilio's REST API of recordings, version 2010-04-01: of the account, and of a call while it is under way."""

import struct

from flask import Blueprint, Response, request

from bot.pocket_phone import errors
from bot.pocket_phone.calls.call import Call, get_call
from bot.pocket_phone.calls.recording import Recording, delete_recording, get_recording, recordings
from bot.pocket_phone.calls.tape import RUNNING, NotRecordable, Wishes, begin_tape, change_tape, running_tapes
from bot.pocket_phone.calls_resources import call_recording_json, recording_json
from bot.pocket_phone.errors import ApiError
from bot.pocket_phone.rest import authenticate, json_answer, refuse, set_account_aside, the_phone, valid_url, whole_list

recordings_rest = Blueprint("recordings_rest", __name__, url_prefix="/2010-04-01/Accounts/<account_sid>")
recordings_rest.url_value_preprocessor(set_account_aside)
recordings_rest.before_request(authenticate)
recordings_rest.register_error_handler(ApiError, refuse)

CURRENT = "Twilio.CURRENT"
"""Stands for the sid of whatever records the call now."""

_CHANNELS = {"": 1, "mono": 1, "dual": 2}
_TRACKS = ("inbound", "outbound", "both")
_EVENTS = ("in-progress", "completed", "absent")
_CHANGES = ("paused", "in-progress", "stopped")
_PAUSES = ("silence", "skip")


@recordings_rest.post("/Calls/<call_sid>/Recordings.json")
def create_recording(call_sid: str) -> Response:
    """Record the live call from now on."""
    call = _call(call_sid)
    _stumble(call, "429", "500")
    try:
        recording = begin_tape(the_phone().calls, call, _wishes())
    except NotRecordable:
        raise errors.not_recordable() from None
    _stumble(call, "answer_lost")
    return json_answer(call_recording_json(the_phone().settings, recording), 201)


@recordings_rest.post("/Calls/<call_sid>/Recordings/<sid>.json")
def update_recording(call_sid: str, sid: str) -> Response:
    """Pause, go on, or stop. What was stopped is told as that once, and is completed from then on."""
    call, status = _call(call_sid), request.form.get("Status", "")
    behavior = request.form.get("PauseBehavior", "silence")
    if status not in _CHANGES:
        raise errors.bad_parameter("Status", status)
    if behavior not in _PAUSES:
        raise errors.bad_parameter("PauseBehavior", behavior)
    recording = _of_call(call, sid)
    _stumble(call, "429", "500")
    try:
        changed = change_tape(the_phone().calls, call, recording.sid, status, behavior)
    except NotRecordable:
        raise errors.not_recordable() from None
    _stumble(call, "answer_lost")
    return json_answer(call_recording_json(the_phone().settings, changed, status))


@recordings_rest.get("/Calls/<call_sid>/Recordings/<sid>.json")
def fetch_recording_of_call(call_sid: str, sid: str) -> Response:
    return json_answer(call_recording_json(the_phone().settings, _of_call(_call(call_sid), sid)))


@recordings_rest.delete("/Calls/<call_sid>/Recordings/<sid>.json")
def remove_recording_of_call(call_sid: str, sid: str) -> Response:
    return _remove(_of_call(_call(call_sid), sid))


@recordings_rest.get("/Calls/<call_sid>/Recordings.json")
def list_recordings_of_call(call_sid: str) -> Response:
    phone = the_phone()
    found = recordings(phone.store, call_sid)
    return json_answer(whole_list("recordings", [call_recording_json(phone.settings, one) for one in found]))


@recordings_rest.get("/Recordings.json")
def list_recordings() -> Response:
    phone = the_phone()
    found = recordings(phone.store, request.args.get("CallSid") or None)
    return json_answer(whole_list("recordings", [recording_json(phone.settings, one) for one in found]))


@recordings_rest.get("/Recordings/<sid>.json")
def fetch_recording(sid: str) -> Response:
    return json_answer(recording_json(the_phone().settings, _recording(sid)))


@recordings_rest.get("/Recordings/<sid>")
@recordings_rest.get("/Recordings/<sid>.wav")
def fetch_sound(sid: str) -> Response:
    """Its sound: silence, as long as it was."""
    return Response(_silence(_recording(sid).duration_seconds), content_type="audio/x-wav")


@recordings_rest.delete("/Recordings/<sid>.json")
def remove_recording(sid: str) -> Response:
    return _remove(_recording(sid))


def _wishes() -> Wishes:
    form = request.form
    channels, track = form.get("RecordingChannels", ""), form.get("RecordingTrack", "both")
    if channels not in _CHANNELS:
        raise errors.bad_parameter("RecordingChannels", channels)
    if track not in _TRACKS:
        raise errors.bad_parameter("RecordingTrack", track)
    asked = [event for value in form.getlist("RecordingStatusCallbackEvent") for event in value.split()]
    return Wishes(
        channels=_CHANNELS[channels],
        track=track,
        callback=valid_url(form.get("RecordingStatusCallback")) or "",
        events=tuple(event for event in asked if event in _EVENTS) or ("completed",),
    )


def _stumble(call: Call, *kinds: str) -> None:
    """What goes wrong for this phone."""
    for kind in kinds:
        if the_phone().faults.take(kind, call.phone):
            raise errors.too_many_requests() if kind == "429" else errors.internal_error()


def _remove(recording: Recording) -> Response:
    if recording.status in RUNNING:
        raise errors.not_final()
    delete_recording(the_phone().store, recording.sid)
    return Response(status=204)


def _call(sid: str) -> Call:
    call = get_call(the_phone().store, sid)
    if call is None:
        raise errors.not_found(request.path)
    return call


def _of_call(call: Call, sid: str) -> Recording:
    if sid == CURRENT:
        sid = next(iter(running_tapes(the_phone().store, call.sid)), "")
    recording = get_recording(the_phone().store, sid)
    if recording is None or recording.call_sid != call.sid:
        raise errors.not_found(request.path)
    return recording


def _recording(sid: str) -> Recording:
    recording = get_recording(the_phone().store, sid)
    if recording is None:
        raise errors.not_found(request.path)
    return recording


def _silence(seconds: int) -> bytes:
    """A WAV file of one channel, eight bits, 8,000 samples a second."""
    samples = b"\x80" * (8000 * min(seconds, 60))
    head = struct.pack("<4sI8sIHHIIHH4sI", b"RIFF", 36 + len(samples), b"WAVEfmt ", 16, 1, 1, 8000, 8000, 1, 8,
                       b"data", len(samples))  # fmt: skip
    return head + samples
