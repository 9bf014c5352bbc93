"""Twilio's REST API of calls, version 2010-04-01."""

import re
from typing import Any

from flask import Blueprint, Request, Response, request
from werkzeug.datastructures import MultiDict

from bot.pocket_phone import errors
from bot.pocket_phone.calls.call import Call, Orders, call_of, delete_call, get_call
from bot.pocket_phone.calls.events import Goto
from bot.pocket_phone.calls.switchboard import NoSuchCall
from bot.pocket_phone.calls_resources import call_json
from bot.pocket_phone.errors import ApiError
from bot.pocket_phone.lines import line_of
from bot.pocket_phone.listing import Listed, page_of
from bot.pocket_phone.numbers import e164
from bot.pocket_phone.rest import authenticate, json_answer, refuse, set_account_aside, the_phone, valid_url

calls_rest = Blueprint("calls_rest", __name__, url_prefix="/2010-04-01/Accounts/<account_sid>")
calls_rest.url_value_preprocessor(set_account_aside)
calls_rest.before_request(authenticate)
calls_rest.register_error_handler(ApiError, refuse)

_LONGEST_TWIML = 4000
_LONGEST_RING_SECONDS = 600
_EVENTS = ("initiated", "ringing", "answered", "completed")
_CALLS = Listed(
    "call",
    call_of,
    {"To": "to_number", "From": "from_number", "ParentCallSid": "parent_sid", "Status": "status"},
    {"StartTime": "created_at", "EndTime": "ended_at"},
)


@calls_rest.post("/Calls.json")
def create_call() -> Response:
    phone = the_phone()
    number = e164(request.form.get("To", "")) or ""
    if phone.faults.take("429", number):
        raise errors.too_many_requests()
    if phone.faults.take("500", number):
        raise errors.internal_error()
    call = _place(request)
    if phone.faults.take("answer_lost", number):
        raise errors.internal_error()
    return json_answer(_json(call), 201)


@calls_rest.get("/Calls.json")
def list_calls() -> Response:
    page = page_of(_CALLS, the_phone().store, request.path, request.args)
    return json_answer(page.frame | {"calls": [_json(call) for call in page.records]})


@calls_rest.get("/Calls/<sid>.json")
def fetch_call(sid: str) -> Response:
    return json_answer(_json(_call(sid)))


@calls_rest.post("/Calls/<sid>.json")
def update_call(sid: str) -> Response:
    """End the live call, or send it to another document."""
    call, form = _call(sid), request.form
    status = form.get("Status")
    if status not in (None, "completed", "canceled"):
        raise errors.bad_parameter("Status", status)
    # A webhook of this very call may be what asks: then it is not waited for.
    is_free = the_phone().calls.wait_settled(sid, 0)
    try:
        if status:
            _end(call, status)
        elif form.get("Url") or form.get("Twiml"):
            _move(call, form)
    except NoSuchCall:
        raise errors.not_in_progress() from None
    if is_free:
        the_phone().calls.wait_settled(sid, 5)
    return json_answer(_json(_call(sid)))


@calls_rest.delete("/Calls/<sid>.json")
def remove_call(sid: str) -> Response:
    if not _call(sid).is_over:
        raise errors.not_final()
    delete_call(the_phone().store, sid)
    return Response(status=204)


def _place(asked: Request) -> Call:
    form = asked.form
    to_number = _to(form.get("To", ""))
    return the_phone().calls.call_out(_from(form.get("From", "")), to_number, _orders(form))


def _to(text: str) -> str:
    if not text.strip():
        raise errors.call_to_required()
    number = text if text.startswith("client:") else e164(text)
    if number is None:
        raise errors.invalid_to(text)
    return number


def _from(text: str) -> str:
    if not text.strip():
        raise errors.call_from_required()
    if text.startswith("client:"):
        return text
    number = e164(text)
    if number is None:
        raise errors.invalid_from(text)
    if line_of(the_phone().store, number) is None:
        raise errors.caller_not_ours(number)
    return number


def _orders(form: MultiDict[str, str]) -> Orders:
    url, twiml = form.get("Url", ""), form.get("Twiml", "")
    if not url and not twiml:
        raise errors.url_required()
    return Orders(
        url=_address(url),
        method=form.get("Method", "POST").upper(),
        twiml="" if url else _short(twiml),
        fallback_url=_address(form.get("FallbackUrl", "")),
        status_callback=valid_url(form.get("StatusCallback")) or "",
        status_callback_events=_events(form),
        machine_detection=_one_of(form, "MachineDetection", ("", "Enable", "DetectMessageEnd", "none")),
        async_amd=form.get("AsyncAmd", "").lower() == "true",
        async_amd_status_callback=valid_url(form.get("AsyncAmdStatusCallback")) or "",
        timeout_seconds=_timeout(form.get("Timeout") or "60"),
        send_digits=_tones(form.get("SendDigits", "")),
        record=form.get("Record", "").lower() == "true",
        recording_status_callback=valid_url(form.get("RecordingStatusCallback")) or "",
    )


def _address(url: str) -> str:
    try:
        return valid_url(url) or ""
    except ApiError:
        raise errors.invalid_url(url) from None


def _short(twiml: str) -> str:
    if len(twiml) > _LONGEST_TWIML:
        raise errors.twiml_too_long()
    return twiml


def _events(form: MultiDict[str, str]) -> tuple[str, ...]:
    """One or more parameters, each one event or several with spaces between."""
    asked = [event for value in form.getlist("StatusCallbackEvent") for event in value.split()]
    return tuple(event for event in asked if event in _EVENTS) or ("completed",)


def _one_of(form: MultiDict[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = form.get(name, "")
    if value not in allowed:
        raise errors.bad_parameter(name, value)
    return value


def _timeout(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _LONGEST_RING_SECONDS:
        raise errors.invalid_timeout(text)
    return int(text)


def _tones(text: str) -> str:
    if not re.fullmatch(r"[0-9A-D#*wW]{0,32}", text):
        raise errors.invalid_digits(text)
    return text


def _end(call: Call, status: str) -> None:
    """Canceling ends only what has not been taken up; of a call that is over neither changes anything."""
    if not call.is_over and not (status == "canceled" and call.status == "in-progress"):
        the_phone().calls.end_call(call.sid, status)


def _move(call: Call, form: MultiDict[str, str]) -> None:
    if call.status != "in-progress":
        raise errors.not_in_progress()
    url = _address(form.get("Url", ""))
    goto = Goto(url, form.get("Method", "POST").upper()) if url else None
    the_phone().calls.move_call(call.sid, goto, _short(form.get("Twiml", "")))


def _call(sid: str) -> Call:
    call = get_call(the_phone().store, sid)
    if call is None:
        raise errors.not_found(request.path)
    return call


def _json(call: Call) -> dict[str, Any]:
    phone = the_phone()
    line = line_of(phone.store, call.line)
    return call_json(phone.settings, call, phone_number_sid=line.sid if line else "")
