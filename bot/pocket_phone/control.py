"""The control API: what the page, the demonstration's player and the tests ask of the pocket phone. JSON both ways."""

import dataclasses
from typing import Any

from flask import Blueprint, abort, request

from bot.pocket_phone import carrier_words, lines
from bot.pocket_phone.alerts import latest_alerts
from bot.pocket_phone.faults import CODES, KINDS
from bot.pocket_phone.lines import NoSuchLine
from bot.pocket_phone.message import Message, changes_after, era, messages_after
from bot.pocket_phone.numbers import e164
from bot.pocket_phone.phone import PocketPhone
from bot.pocket_phone.rest import the_phone
from bot.pocket_phone.saving import SavingError

control = Blueprint("control", __name__, url_prefix="/pocket")
LONGEST_WAIT_SECONDS = 30.0


class Refused(Exception):
    """What was asked makes no sense; the text says why."""


@control.before_request
def only_json() -> None:
    """A page elsewhere in the same browser can post a form here, but not JSON."""
    if request.method in ("POST", "PUT") and not request.is_json:
        abort(415)


@control.errorhandler(Refused)
def refuse(error: Refused) -> tuple[dict[str, str], int]:
    return {"error": str(error)}, 400


@control.post("/texts")
def text() -> tuple[dict[str, Any], int]:
    """A person texts a line: from, to, body, media (a list of url and content_type)."""
    asked = asked_of_us()
    media = [
        {"url": str(medium["url"]), "content_type": str(medium.get("content_type", "image/jpeg"))}
        for medium in asked.get("media", [])
    ]
    try:
        message = the_phone().text(
            number_in(asked, "from"), number_in(asked, "to"), str(asked.get("body", "")), media=media
        )
    except NoSuchLine as error:
        raise Refused(f"{error} is not one of the account's lines; add it at /pocket/lines.") from None
    return message_view(message), 201


@control.get("/messages")
def messages() -> dict[str, Any]:
    """All messages after an id, oldest first."""
    found = messages_after(the_phone().store, _after(), limit=_limit())
    return {"messages": [message_view(message) for message in found]}


@control.get("/phones/<number>/messages")
def phone_messages(number: str) -> dict[str, Any]:
    """One person's messages after an id, oldest first, both directions."""
    found = messages_after(the_phone().store, _after(), phone=e164(number) or number, limit=_limit())
    return {"messages": [message_view(message) for message in found]}


@control.get("/idle")
def idle() -> dict[str, Any]:
    """Whether nothing is on its way; waits for that up to `wait` seconds."""
    phone = the_phone()
    wait = min(request.args.get("wait", 0.0, float), LONGEST_WAIT_SECONDS)
    return {"idle": phone.wait_idle(wait), "pending": phone.deliveries.pending()}


@control.get("/state")
def state() -> dict[str, Any]:
    """All that the page shows, with the messages that changed since the change `after`."""
    phone = the_phone()
    return {
        "era": era(phone.store),
        "messages": [message_view(message) for message in changes_after(phone.store, _after())],
        "contacts": [dataclasses.asdict(contact) for contact in lines.all_contacts(phone.store)],
        "lines": [{"number": line.number, "name": line.name} for line in lines.all_lines(phone.store)],
        "opt_outs": _opt_outs(phone),
        "faults": [dataclasses.asdict(fault) for fault in phone.faults.all()],
        "alerts": latest_alerts(phone.store, 5),
        "clock": phone.clock.show(),
        "pending": phone.deliveries.pending(),
    }


@control.post("/contacts")
def add_contact() -> tuple[dict[str, Any], int]:
    asked = asked_of_us()
    contact = lines.put_contact(the_phone().store, number_in(asked, "number"), str(asked.get("name", "")))
    return dataclasses.asdict(contact), 201


@control.get("/contacts")
def contacts() -> dict[str, Any]:
    return {"contacts": [dataclasses.asdict(contact) for contact in lines.all_contacts(the_phone().store)]}


@control.delete("/contacts/<number>")
def remove_contact(number: str) -> tuple[str, int]:
    lines.remove_contact(the_phone().store, number)
    return "", 204


@control.post("/lines")
def add_line() -> tuple[dict[str, Any], int]:
    """Own a number: number, name, and if not the usual ones sms_url, sms_fallback_url, service_sid."""
    asked, phone = asked_of_us(), the_phone()
    line = lines.put_line(
        phone.store,
        number_in(asked, "number"),
        name=str(asked.get("name", "")),
        service_sid=asked.get("service_sid") or phone.settings.messaging_service_sid or None,
        sms_url=asked.get("sms_url"),
        sms_fallback_url=asked.get("sms_fallback_url"),
        advanced_opt_out=bool(asked.get("advanced_opt_out")),
    )
    return dataclasses.asdict(line) | {"created_at": line.created_at.isoformat()}, 201


@control.get("/lines")
def list_lines() -> dict[str, Any]:
    return {"lines": [{"number": line.number, "name": line.name} for line in lines.all_lines(the_phone().store)]}


@control.post("/faults")
def add_fault() -> tuple[dict[str, Any], int]:
    """Turn a fault on: kind, and if wanted number, count, code, seconds."""
    asked = asked_of_us()
    try:
        fault = the_phone().faults.set(
            str(asked.get("kind")),
            number=number_in(asked, "number") if asked.get("number") else None,
            count=int(asked["count"]) if asked.get("count") else None,
            code=int(asked["code"]) if asked.get("code") else None,
            seconds=float(asked.get("seconds") or 0),
        )
    except (ValueError, TypeError) as error:
        raise Refused(str(error)) from None
    return dataclasses.asdict(fault), 201


@control.get("/faults")
def faults() -> dict[str, Any]:
    return {
        "faults": [dataclasses.asdict(fault) for fault in the_phone().faults.all()],
        "kinds": KINDS,
        "codes": {str(code): words for code, words in CODES.items()},
    }


@control.delete("/faults")
@control.delete("/faults/<int:fault_id>")
def clear_faults(fault_id: int | None = None) -> tuple[str, int]:
    the_phone().faults.clear(fault_id)
    return "", 204


@control.get("/alerts")
def alerts() -> dict[str, Any]:
    """The latest failures of webhooks, newest first."""
    return {"alerts": latest_alerts(the_phone().store)}


@control.post("/clear")
def clear() -> tuple[str, int]:
    """Forget messages, opt-outs, faults and alerts; with `contacts` or `lines` true, those as well."""
    asked, phone = asked_of_us(), the_phone()
    phone.clear()
    with phone.store.transaction() as db:
        if asked.get("contacts"):
            db.execute("delete from contact")
        if asked.get("lines"):
            db.execute("delete from line")
            db.execute("delete from setting")
    return "", 204


@control.post("/clock")
def tell_clock() -> tuple[str, int]:
    """Whoever moved the demonstration's clock says what it shows `now`."""
    the_phone().clock.tell(str(asked_of_us()["now"]))
    return "", 204


@control.post("/clock/advance")
def advance_clock() -> tuple[dict[str, Any], int]:
    """Begin to move the clock by a duration; /pocket/state says when it is done."""
    begun = the_phone().clock.advance(str(asked_of_us().get("duration", "")))
    return the_phone().clock.show(), 202 if begun else 409


@control.post("/transcript")
def save_transcript() -> dict[str, str]:
    """Keep what was texted since the beginning as a transcript; says where it is, and what differed in its play."""
    try:
        return the_phone().saver.save()
    except SavingError as error:
        raise Refused(str(error)) from None


def message_view(message: Message) -> dict[str, Any]:
    """A message as the page and the player see it; `mine` is true for what the person wrote."""
    return {
        "id": message.id,
        "change_id": message.change_id,
        "sid": message.sid,
        "phone": message.phone,
        "line": message.line,
        "from": message.from_number,
        "to": message.to_number,
        "body": message.body,
        "media": message.media,
        "mine": message.direction == "inbound",
        "direction": message.direction,
        "status": message.status,
        "error_code": message.error_code,
        "by_carrier": message.by_carrier,
        "num_segments": message.num_segments,
        "clock_at": message.clock_at,
        "created_at": message.created_at.isoformat(),
    }


def _opt_outs(phone: PocketPhone) -> list[dict[str, str]]:
    """Who is opted out of which line, a service's opt-outs spread over its lines."""
    numbers: dict[str, list[str]] = {}
    for line in lines.all_lines(phone.store):
        numbers.setdefault(line.sender, []).append(line.number)
    return [
        {"line": line, "phone": opt_out["number"]}
        for opt_out in carrier_words.all_opt_outs(phone.store)
        for line in numbers.get(opt_out["sender"], [])
    ]


def asked_of_us() -> dict[str, Any]:
    """The request's JSON object; Refused if it is none."""
    asked = request.get_json()
    if not isinstance(asked, dict):
        raise Refused("Send one JSON object.")
    return asked


def number_in(asked: dict[str, Any], name: str) -> str:
    """The phone number of that name in E.164; Refused if it is none."""
    number = e164(str(asked.get(name, "")))
    if number is None:
        raise Refused(f"{name!r} is not a phone number: {asked.get(name)!r}.")
    return number


def _after() -> int:
    return request.args.get("after", 0, int)


def _limit() -> int:
    return min(request.args.get("limit", 1000, int), 10_000)
