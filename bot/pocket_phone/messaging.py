"""Twilio's Messaging API, version 1, as far as setting up a messaging service needs it."""

import dataclasses
from typing import Any

from flask import Blueprint, Response, request

from bot.pocket_phone import errors
from bot.pocket_phone.errors import ApiError
from bot.pocket_phone.lines import Line, all_lines, lines_of_service, put_line
from bot.pocket_phone.phone import PocketPhone
from bot.pocket_phone.resource_settings import set_of, settings_of
from bot.pocket_phone.rest import is_authentic, json_answer, refuse, the_phone

API = "/v1/"

messaging = Blueprint("messaging", __name__, url_prefix="/v1/Services")
messaging.register_error_handler(ApiError, refuse)

# What a service is before anybody has set anything, as Twilio makes it.
DEFAULTS: dict[str, Any] = {
    "friendly_name": "Messaging service of the pocket phone",
    "inbound_request_url": None,
    "inbound_method": "POST",
    "fallback_url": None,
    "fallback_method": "POST",
    "status_callback": None,
    "sticky_sender": True,
    "mms_converter": True,
    "smart_encoding": True,
    "scan_message_content": "inherit",
    "fallback_to_long_code": True,
    "area_code_geomatch": True,
    "synchronous_validation": False,
    "validity_period": 36000,
    "usecase": "undeclared",
    "use_inbound_webhook_on_number": True,
}
_TOLD = tuple(DEFAULTS)
VERIFIED = "VERIFIED"


@messaging.before_request
def authenticate() -> None:
    """The same credentials as for the rest of the account."""
    if not is_authentic(the_phone(), request.authorization):
        raise errors.not_authenticated()


@messaging.get("/<sid>")
def fetch_service(sid: str) -> Response:
    return json_answer(_service_json(the_phone(), _known(sid)))


@messaging.post("/<sid>")
def update_service(sid: str) -> Response:
    """Set what the form names, and leave the rest."""
    phone = the_phone()
    given = {_snake(name): value for name, value in request.form.items()}
    set_of(phone.store, _known(sid), {name: _typed(name, given[name]) for name in given if name in DEFAULTS})
    return json_answer(_service_json(phone, sid))


@messaging.get("/<sid>/PhoneNumbers")
def list_senders(sid: str) -> Response:
    phone = the_phone()
    return _list("phone_numbers", [_sender_json(sid, line) for line in lines_of_service(phone.store, _known(sid))])


@messaging.post("/<sid>/PhoneNumbers")
def add_sender(sid: str) -> Response:
    """Put a number into the pool; a number is in one pool at a time."""
    phone, wanted = the_phone(), request.form.get("PhoneNumberSid", "")
    line = next((line for line in all_lines(phone.store) if line.sid == wanted), None)
    if line is None:
        raise errors.not_found(wanted)
    if line.service_sid not in (None, _known(sid)):
        raise errors.in_another_pool(wanted)
    fields = dataclasses.asdict(line) | {"service_sid": sid}
    line = put_line(phone.store, **{name: fields[name] for name in fields if name not in ("sid", "created_at")})
    return json_answer(_sender_json(sid, line), 201)


@messaging.get("/<sid>/Compliance/Usa2p")
def list_campaigns(sid: str) -> Response:
    """Registrations: one, verified unless another state was set for the service."""
    state = settings_of(the_phone().store, _known(sid)).get("campaign_status", VERIFIED)
    campaign = {"sid": f"QE{sid[2:]}", "messaging_service_sid": sid, "campaign_status": state}
    return _list("compliance", [campaign] if state else [])


def _known(sid: str) -> str:
    """The sid, if there is such a service: named in the settings, given a line, or set up."""
    phone = the_phone()
    is_known = sid == phone.settings.messaging_service_sid or lines_of_service(phone.store, sid)
    if not is_known and not settings_of(phone.store, sid):
        raise errors.not_found(request.path)
    return sid


def _service_json(phone: PocketPhone, sid: str) -> dict[str, Any]:
    settings = DEFAULTS | settings_of(phone.store, sid)
    url = f"{request.url_root.rstrip('/')}/v1/Services/{sid}"
    return {name: settings[name] for name in _TOLD} | {
        "sid": sid,
        "account_sid": phone.settings.account_sid,
        "us_app_to_person_registered": settings.get("campaign_status", VERIFIED) == VERIFIED,
        "date_created": _iso8601(phone),
        "date_updated": _iso8601(phone),
        "url": url,
        "links": {"phone_numbers": f"{url}/PhoneNumbers", "us_app_to_person": f"{url}/Compliance/Usa2p"},
    }


def _sender_json(sid: str, line: Line) -> dict[str, Any]:
    return {
        "sid": line.sid,
        "account_sid": the_phone().settings.account_sid,
        "service_sid": sid,
        "phone_number": line.number,
        "country_code": "US",
        "capabilities": ["SMS", "MMS"],
        "date_created": _iso8601(the_phone()),
        "date_updated": _iso8601(the_phone()),
        "url": f"{request.url_root.rstrip('/')}/v1/Services/{sid}/PhoneNumbers/{line.sid}",
    }


def _list(key: str, records: list[dict[str, Any]]) -> Response:
    """A list that fits on one page."""
    meta = {"key": key, "page": 0, "page_size": 50, "first_page_url": request.url, "url": request.url}
    return json_answer({key: records, "meta": meta | {"next_page_url": None, "previous_page_url": None}})


def _snake(name: str) -> str:
    """`InboundRequestUrl` is inbound_request_url."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _typed(name: str, value: str) -> Any:
    like = DEFAULTS[name]
    if isinstance(like, bool):
        return value.lower() == "true"
    return int(value) if isinstance(like, int) else value or None


def _iso8601(phone: PocketPhone) -> str:
    return phone.started_at.strftime("%Y-%m-%dT%H:%M:%SZ")
