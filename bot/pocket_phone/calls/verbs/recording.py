"""<Record>: what a person says after the beep.

Source: Twilio, "TwiML Voice: <Record>". Who hangs up ends the recording too, and the action is still asked, with
`Digits` saying "hangup"; an empty recording falls through to the next verb.
"""

import dataclasses
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from bot.pocket_phone.calls.document import Document
from bot.pocket_phone.calls.events import CallOver, Pressed, Said, Script, TimeUp, Wait
from bot.pocket_phone.calls.fields import call_fields
from bot.pocket_phone.calls.recording import Recording, add_recording, recording_fields, recording_url
from bot.pocket_phone.calls.session import Session, goto_of
from bot.pocket_phone.settings import Settings

_ANY_KEY = "1234567890*#"
_WORDS_PER_SECOND = 2.6


@dataclasses.dataclass
class _Tape:
    words: list[str]
    ended_by: str = ""


def run_record(session: Session, document: Document, node: Element) -> Script:
    """Record until a key, silence, or the end of the call."""
    if node.get("playBeep", "true") != "false":
        session.hear("beep")
    tape = _Tape([])
    try:
        yield from _listen(node, tape)
    except CallOver:
        if tape.words:
            _keep(session, document, node, tape, ended_by="hangup")
        raise
    if not tape.words:
        return None
    recording = _keep(session, document, node, tape, ended_by=tape.ended_by)
    return goto_of(document, node, **_action_fields(session.board.settings, recording, tape.ended_by))


def _listen(node: Element, tape: _Tape) -> Script:
    finish_on = node.get("finishOnKey", _ANY_KEY)
    timeout = node.get("timeout", "")
    while True:
        event = yield Wait("person", float(timeout) if timeout.isdecimal() else 5.0, has_begun=bool(tape.words))
        if isinstance(event, TimeUp):
            return
        if isinstance(event, Said):
            tape.words.append(event.text)
        if isinstance(event, Pressed) and (key := next((key for key in event.keys if key in finish_on), "")):
            tape.ended_by = key
            return


def _keep(session: Session, document: Document, node: Element, tape: _Tape, *, ended_by: str) -> Recording:
    """Keep the recording and tell whoever wanted to know; after a hang-up the action is told as well."""
    board, text = session.board, " ".join(tape.words)
    most = node.get("maxLength", "")
    seconds = max(1, round(len(text.split()) / _WORDS_PER_SECOND))
    seconds = min(seconds, int(most)) if most.isdecimal() else seconds
    recording = add_recording(board.store, session.sid, source="RecordVerb", text=text, duration_seconds=seconds)
    if ended_by == "hangup":
        goto = goto_of(document, node)
        fields = _action_fields(board.settings, recording, ended_by) | {"CallStatus": "completed"}
        board.tell(session.call, goto.url, call_fields(board.settings, session.call) | fields)
    if address := node.get("recordingStatusCallback"):
        board.tell(session.call, urljoin(document.url, address), recording_fields(board.settings, recording))
    if address := node.get("transcribeCallback"):
        fields = _transcription_fields(board.settings, recording)
        board.tell(session.call, urljoin(document.url, address), call_fields(board.settings, session.call) | fields)
    return recording


def _action_fields(settings: Settings, recording: Recording, ended_by: str) -> dict[str, str]:
    return {
        "RecordingUrl": recording_url(settings, recording),
        "RecordingSid": recording.sid,
        "RecordingDuration": str(recording.duration_seconds),
        "Digits": ended_by,
    }


def _transcription_fields(settings: Settings, recording: Recording) -> dict[str, str]:
    sid = f"TR{recording.sid[2:]}"
    return {
        "TranscriptionSid": sid,
        "TranscriptionText": recording.text,
        "TranscriptionStatus": "completed",
        "TranscriptionType": "fast",
        "TranscriptionUrl": f"{recording_url(settings, recording)}/Transcriptions/{sid}",
        "RecordingSid": recording.sid,
        "RecordingUrl": recording_url(settings, recording),
    }
