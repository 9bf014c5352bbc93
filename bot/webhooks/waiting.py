"""Callers who wait for a person: the music and the words between, the desk's telephones, and messages written out."""

import logging
import re

from flask import Response, current_app, request

from bot.dialog.desk import hold_on, note_message, picked_up, takes
from bot.dialog.hold import Hold
from bot.logs import text_sid
from bot.services import services_of
from bot.webhooks.door import blueprint, empty_answer, keepable
from bot.webhooks.twiml import hold_document, talk_document, whisper_document

log = logging.getLogger(__name__)

_WAITING = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")
_PATIENT = Hold("", "en")


@blueprint.post("/voice/wait")
def take_wait() -> Response:
    """What somebody who waits hears next. When that cannot be found out, it is music."""
    text_sid.set(_field("CallSid"))
    waited, keys = _field("QueueTime"), _field("Digits")
    seconds = int(waited) if re.fullmatch(r"[0-9]{1,6}", waited) else None
    try:
        hold = hold_on(services_of(current_app).database, _field("CallSid"), _field("To"), seconds, keys)
    except Exception:
        log.exception("nothing to say to who waits")
        hold = _PATIENT
    return _twiml(hold_document(hold))


@blueprint.post("/voice/whisper")
def take_whisper() -> Response:
    """Somebody, or a machine, picked up at the desk."""
    waiting = _WAITING.fullmatch(request.args.get("waiting", ""))
    said = picked_up(services_of(current_app).database, int(waiting[1]), int(waiting[2])) if waiting else None
    return _twiml(whisper_document(said, waiting[0]) if waiting and said else talk_document(talks=False))


@blueprint.post("/voice/whisper/taken")
def take_taken() -> Response:
    """He pressed a key: he talks to the caller, unless another was faster."""
    waiting = _WAITING.fullmatch(request.args.get("waiting", ""))
    talks = bool(
        waiting
        and _field("Digits") == "1"
        and takes(services_of(current_app).database, int(waiting[1]), int(waiting[2]), _field("To"))
    )
    return _twiml(talk_document(talks=talks))


@blueprint.post("/voice/transcript")
def take_transcript() -> Response:
    """The carrier has written out a message."""
    if _field("TranscriptionStatus") == "completed":
        note_message(
            services_of(current_app).database, _field("To"), _field("RecordingSid"), _field("TranscriptionText")
        )
    return empty_answer()


def _field(name: str) -> str:
    return keepable(request.form.get(name, ""))


def _twiml(document: str) -> Response:
    return Response(document, content_type="text/xml; charset=utf-8")
