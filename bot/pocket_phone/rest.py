"""Twilio's REST API, version 2010-04-01, as far as a line needs it: the account, its numbers and texts."""

import hmac
import json
import uuid
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Request, Response, current_app, g, request
from werkzeug.datastructures import Authorization
from werkzeug.exceptions import HTTPException

from bot.pocket_phone import errors
from bot.pocket_phone.errors import ApiError
from bot.pocket_phone.lines import Line, all_lines, put_line
from bot.pocket_phone.listing import page_of_messages
from bot.pocket_phone.message import FINAL, Message, delete_message, get_message, redact
from bot.pocket_phone.numbers import e164
from bot.pocket_phone.phone import OptedOut, PocketPhone, senders_for
from bot.pocket_phone.resource_settings import set_of, settings_of
from bot.pocket_phone.resources import account_json, media_json, message_json, number_json

API = "/2010-04-01/"

rest = Blueprint("rest", __name__, url_prefix="/2010-04-01/Accounts")
_LONGEST_BODY = 1600
# Kept and told, though the pocket phone itself always posts.
_MORE_OF_NUMBERS = {
    "SmsMethod": "sms_method",
    "SmsFallbackMethod": "sms_fallback_method",
    "SmsApplicationSid": "sms_application_sid",
    "VoiceUrl": "voice_url",
    "VoiceMethod": "voice_method",
    "VoiceFallbackUrl": "voice_fallback_url",
    "VoiceFallbackMethod": "voice_fallback_method",
    "VoiceApplicationSid": "voice_application_sid",
    "StatusCallback": "status_callback",
    "StatusCallbackMethod": "status_callback_method",
}


@rest.before_request
def authenticate() -> None:
    """HTTP basic: the account's sid and token, or an API key and its secret."""
    if not is_authentic(the_phone(), request.authorization):
        raise errors.not_authenticated()
    if g.account_sid != the_phone().settings.account_sid:
        raise errors.not_found(request.path)


@rest.url_value_preprocessor
def set_account_aside(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """The account in the path is checked in one place, so that no view has to name it."""
    g.account_sid = (values or {}).pop("account_sid", "")


@rest.get("/<account_sid>.json")
def fetch_account() -> Response:
    phone = the_phone()
    return json_answer(account_json(phone.settings, phone.started_at))


@rest.post("/<account_sid>/Messages.json")
def create_message() -> Response:
    phone = the_phone()
    number = e164(request.form.get("To", "")) or ""
    if phone.faults.take("429", number):
        raise errors.too_many_requests()
    if phone.faults.take("500", number):
        raise errors.internal_error()
    message = _send(phone, request)
    if phone.faults.take("answer_lost", number):
        raise errors.internal_error()
    return json_answer(message_json(phone.settings, message), 201)


@rest.get("/<account_sid>/Messages.json")
def list_messages() -> Response:
    phone = the_phone()
    page = page_of_messages(phone.store, request.path, request.args)
    return json_answer(page.frame | {"messages": [message_json(phone.settings, message) for message in page.records]})


@rest.get("/<account_sid>/Messages/<sid>.json")
def fetch_message(sid: str) -> Response:
    return json_answer(message_json(the_phone().settings, _message(sid)))


@rest.post("/<account_sid>/Messages/<sid>.json")
def update_message(sid: str) -> Response:
    _message(sid)
    if request.form.get("Body") == "":
        redact(the_phone().store, sid)
    return json_answer(message_json(the_phone().settings, _message(sid)))


@rest.delete("/<account_sid>/Messages/<sid>.json")
def remove_message(sid: str) -> Response:
    if _message(sid).status not in FINAL:
        raise errors.not_final()
    delete_message(the_phone().store, sid)
    return Response(status=204)


@rest.get("/<account_sid>/Messages/<sid>/Media.json")
def list_media(sid: str) -> Response:
    media = media_json(the_phone().settings, _message(sid))
    return json_answer(whole_list("media_list", media))


@rest.get("/<account_sid>/IncomingPhoneNumbers.json")
def list_numbers() -> Response:
    phone, wanted = the_phone(), request.args.get("PhoneNumber")
    lines = [line for line in all_lines(phone.store) if wanted in (None, "", line.number)]
    return json_answer(whole_list("incoming_phone_numbers", [_number_json(line) for line in lines]))


@rest.get("/<account_sid>/IncomingPhoneNumbers/<sid>.json")
def fetch_number(sid: str) -> Response:
    return json_answer(_number_json(_line(sid)))


@rest.post("/<account_sid>/IncomingPhoneNumbers/<sid>.json")
def update_number(sid: str) -> Response:
    phone, line, form = the_phone(), _line(sid), request.form
    line = put_line(
        phone.store,
        line.number,
        name=form.get("FriendlyName", line.name),
        service_sid=line.service_sid,
        sms_url=form.get("SmsUrl", line.sms_url),
        sms_fallback_url=form.get("SmsFallbackUrl", line.sms_fallback_url),
        advanced_opt_out=line.advanced_opt_out,
    )
    set_of(phone.store, sid, {name: form[key] for key, name in _MORE_OF_NUMBERS.items() if key in form})
    return json_answer(_number_json(line))


@rest.errorhandler(ApiError)
def refuse(error: ApiError) -> Response:
    response = json_answer(error.as_json(), error.status)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
    return response


def answer_unknown_path(error: HTTPException) -> Response:
    """What is not there below the API's path is answered in the API's own form."""
    if error.code == 405:
        return refuse(ApiError(20004, "Method not allowed", 405))
    return refuse(errors.not_found(request.path))


def _send(phone: PocketPhone, asked: Request) -> Message:
    form = asked.form
    to_number = _to(form.get("To", ""))
    service_sid = form.get("MessagingServiceSid") or None
    senders = _senders(phone, form.get("From", ""), service_sid, to_number)
    media = [{"url": url, "content_type": ""} for url in form.getlist("MediaUrl")]
    try:
        return phone.send(
            to_number=to_number,
            body=_body(form.get("Body"), has_media=bool(media)),
            senders=senders,
            service_sid=service_sid,
            is_sender_named=bool(form.get("From")),
            media=media,
            status_callback=valid_url(form.get("StatusCallback")),
        )
    except OptedOut:
        raise errors.opted_out() from None


def _to(text: str) -> str:
    if not text.strip():
        raise errors.to_required()
    number = e164(text)
    if number is None:
        raise errors.invalid_to(text)
    return number


def _senders(phone: PocketPhone, from_text: str, service_sid: str | None, to_number: str) -> list[Line]:
    if not from_text.strip() and not service_sid:
        raise errors.from_required()
    from_number = _from(from_text, to_number) if from_text.strip() else None
    lines = senders_for(phone, from_number=from_number, service_sid=service_sid)
    if not lines:
        raise errors.from_not_ours(from_number) if from_number else errors.no_such_service()
    return lines


def _from(text: str, to_number: str) -> str:
    number = e164(text)
    if number is None:
        raise errors.invalid_from(text)
    if number == to_number:
        raise errors.to_is_from()
    return number


def _body(text: str | None, *, has_media: bool) -> str:
    if text is None and not has_media:
        raise errors.body_required()
    if not (text or "").strip() and not has_media:
        raise errors.body_or_media_required()
    if len(text or "") > _LONGEST_BODY:
        raise errors.body_too_long()
    return text or ""


def valid_url(url: str | None) -> str | None:
    """The address of a callback, None if none is wanted; ApiError if it is no address."""
    if url and not (urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname):
        raise errors.invalid_callback(url)
    return url or None


def _message(sid: str) -> Message:
    message = get_message(the_phone().store, sid)
    if message is None:
        raise errors.not_found(request.path)
    return message


def _line(sid: str) -> Line:
    line = next((line for line in all_lines(the_phone().store) if line.sid == sid), None)
    if line is None:
        raise errors.not_found(request.path)
    return line


def _number_json(line: Line) -> dict[str, Any]:
    phone = the_phone()
    return number_json(phone.settings, line) | settings_of(phone.store, line.sid)


def whole_list(key: str, records: list[dict[str, Any]]) -> dict[str, Any]:
    """A list that fits on one page."""
    path = f"{request.path}?PageSize=50&Page=0"
    return {
        key: records,
        "first_page_uri": path,
        "next_page_uri": None,
        "previous_page_uri": None,
        "page": 0,
        "page_size": 50,
        "start": 0,
        "end": max(len(records) - 1, 0),
        "uri": path,
    }


def is_authentic(phone: PocketPhone, given: Authorization | None) -> bool:
    """Whether these are the account's credentials, or its API key's."""
    settings = phone.settings
    pairs = [(settings.account_sid, settings.auth_token), (settings.api_key, settings.api_secret)]
    return given is not None and any(_is_pair(given.username, given.password, *pair) for pair in pairs)


def _is_pair(username: str | None, password: str | None, sid: str, secret: str) -> bool:
    if not sid or not secret or not username or not password:
        return False
    return hmac.compare_digest(f"{username}:{password}".encode(), f"{sid}:{secret}".encode())


def json_answer(body: dict[str, Any], status: int = 200) -> Response:
    response = Response(json.dumps(body), status, content_type="application/json")
    response.headers["Twilio-Request-Id"] = f"RQ{uuid.uuid4().hex}"
    return response


def the_phone() -> PocketPhone:
    phone: PocketPhone = current_app.extensions["pocket_phone"]
    return phone
