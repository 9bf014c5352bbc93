"""Where a call goes: from the carrier's form to the dialog, and the answer back as TwiML. Never a bare error."""

import logging
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, request
from phonenumbers import convert_alpha_characters_in_number
from werkzeug.datastructures import MultiDict

from bot import metrics
from bot.delivery.statuses import is_machine
from bot.dialog.call_input import RING, CallInput
from bot.dialog.call_turn import last_resort
from bot.dialog.calls import take_call, take_ending
from bot.dialog.spoken_answer import SpokenAnswer
from bot.logs import text_sid
from bot.services import services_of
from bot.webhooks.door import blueprint, empty_answer, keepable
from bot.webhooks.twiml import document

log = logging.getLogger(__name__)

# What may be kept of a request as it is: nothing that a caller could have keyed or said.
KEPT = (
    "CallStatus",
    "AnsweredBy",
    "StirVerstat",
    "ForwardedFrom",
    "QueueResult",
    "QueueTime",
    "DialCallStatus",
    "ErrorCode",
)
ENDING_OF = {
    "completed": "hung_up",
    "busy": "busy",
    "no-answer": "no_answer",
    "failed": "failed",
    "canceled": "canceled",
}
# Twilio spells on the keys of a telephone why it has no number of a caller's, and so do others: no such number is
# anybody's. Source: Twilio, "TwiML voice request: From".
HIDDEN = "anonymous"
_WORDS = ("anonymous", "restricted", "blocked", "unknown", "unavailable", "private")
_HIDDEN = {"", *_WORDS, *(f"+{convert_alpha_characters_in_number(word)}" for word in _WORDS)}
_KEYS = re.compile(r"[0-9*#]{1,40}")
# 12…: our document could not be read. 13…: it could, and a verb in it could not be carried out.
_UNREADABLE = ("12", "13")
_OUTBOUND = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")
_TOKEN = re.compile(r"/twilio/voice/turn/([0-9]{1,6})")


@blueprint.post("/voice")
def take_ring() -> Response:
    """Somebody calls."""
    return _answer(RING)


@blueprint.post("/voice/outbound")
def take_answered() -> Response:
    """Somebody picked up a call that the line makes."""
    return _answer(RING)


@blueprint.post("/voice/turn/<token>")
def take_turn(token: str) -> Response:
    """The caller pressed, said something, stayed silent, or comes back from the queue."""
    return _answer(token)


@blueprint.post("/voice/fallback")
def take_fallback() -> Response:
    """Twilio could not have an answer, or not read it: the same turn again, which acts once however often it comes."""
    log.error("call came to the fallback", extra={"code": request.form.get("ErrorCode", "")})
    found = _TOKEN.fullmatch(urlsplit(request.form.get("ErrorUrl", "")).path)
    is_unreadable = request.form.get("ErrorCode", "").startswith(_UNREADABLE)
    return _spoken(last_resort()) if is_unreadable else _answer(found[1] if found else RING)


def take_end() -> Response:
    """How a call to us ended, however late and often it is told."""
    came, ending = _came(request.form, RING), ENDING_OF.get(request.form.get("CallStatus", ""))
    if came is None or ending is None:
        metrics.calls.labels("malformed" if came is None else "under_way").inc()
        return empty_answer()
    text_sid.set(came.sid)
    was_open = take_ending(services_of(current_app).database, came.sid, came.line_number, ending)
    metrics.calls.labels("ended" if was_open else "ended_before").inc()
    return empty_answer()


def _answer(token: str) -> Response:
    came = _came(request.form, token)
    if came is None:
        metrics.calls.labels("malformed").inc()
        log.warning("call without sid or numbers")
        return _spoken(last_resort())
    text_sid.set(came.sid)
    with metrics.call_turn_seconds.time():
        answer = take_call(services_of(current_app).database, came)
    metrics.calls.labels("not_ours" if answer is None else answer.then).inc()
    if answer is None:
        log.warning("call to a number that is no line of ours", extra={"to": came.line_number})
        return Response('<Response><Reject reason="rejected"/></Response>', content_type="text/xml; charset=utf-8")
    return _spoken(answer)


def _spoken(answer: SpokenAnswer) -> Response:
    return Response(document(answer), content_type="text/xml; charset=utf-8")


def _came(form: MultiDict[str, str], token: str) -> CallInput | None:
    """The carrier's fields in our words; None without a sid or the number of ours."""
    clean = {keepable(name): keepable(value) for name, value in form.items()}
    sid, sender, receiver = (clean.get(name, "") for name in ("CallSid", "From", "To"))
    is_ours = clean.get("Direction", "inbound").startswith("outbound")
    if not (sid and receiver and (sender or not is_ours)):
        return None
    return CallInput(
        sid=sid,
        line_number=sender if is_ours else receiver,
        other_number=receiver if is_ours else _shown(sender),
        token=token,
        keys=_keyed(clean.get("Digits", "")),
        speech=clean.get("SpeechResult", "")[:1000],
        confidence=_confidence(clean.get("Confidence", "")),
        queue=clean.get("QueueResult", ""),
        desk=clean.get("DialCallStatus", ""),
        recording=_recording(clean),
        told={name: clean[name] for name in KEPT if name in clean},
        outbound=outbound_named(request.args.get("call", "")),
        by_machine=is_machine(clean.get("AnsweredBy", "")),
    )


def _shown(sender: str) -> str:
    """The number that a caller shows. Hidden ones are spelt in many ways: as keys, as a word, or as an address."""
    name = sender.lower().removeprefix("sip:").partition("@")[0]
    return HIDDEN if name in _HIDDEN else sender


def _keyed(digits: str) -> str:
    """What was keyed. Of somebody who leans on the keys the beginning is enough: it is nonsense, not silence.

    "hangup", which the carrier says of who hung up while he was recorded, are no keys.
    """
    found = _KEYS.match(digits)
    return found[0] if found else ""


def _recording(form: Mapping[str, str]) -> dict[str, Any] | None:
    """A message that was left, if it is longer than nothing."""
    url, seconds = form.get("RecordingUrl", ""), form.get("RecordingDuration", "")
    if not url or not re.fullmatch(r"[0-9]{1,5}", seconds) or not int(seconds):
        return None
    return {"sid": form.get("RecordingSid", ""), "url": url, "seconds": int(seconds)}


def outbound_named(name: str) -> tuple[int, int] | None:
    """The department and the id of a call the line makes, as its addresses name it."""
    found = _OUTBOUND.fullmatch(name)
    return (int(found[1]), int(found[2])) if found else None


def _confidence(said: str) -> float | None:
    try:
        return min(max(float(said), 0.0), 1.0)
    except ValueError:
        return None
