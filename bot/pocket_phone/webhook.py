"""An incoming text on its way to the application: the number's URL, then its fallback, then lost."""

import dataclasses

from bot.pocket_phone.alerts import add_alert
from bot.pocket_phone.carrier_words import HELP, IN, OUT
from bot.pocket_phone.lines import Line
from bot.pocket_phone.message import Message
from bot.pocket_phone.numbers import country_of
from bot.pocket_phone.post import Answer, idempotency_token, post_signed
from bot.pocket_phone.resource_settings import settings_of
from bot.pocket_phone.settings import Settings
from bot.pocket_phone.store import Store
from bot.pocket_phone.twiml import BadTwiml, Reply, replies_in

API_VERSION = "2010-04-01"


@dataclasses.dataclass(frozen=True)
class _Outcome:
    replies: list[Reply]
    error: int | None
    error_text: str = ""


def deliver_incoming(store: Store, settings: Settings, message: Message, line: Line) -> list[Reply]:
    """Hand the text to the application and give the replies it asks for; what fails is an alert."""
    fields = incoming_fields(settings, message, line)
    url, fallback = _addresses(store, settings, line)
    outcome = _deliver(store, settings, url, fields, message)
    if outcome.error is None:
        return outcome.replies
    if not fallback:
        return []
    failed = {"ErrorCode": str(outcome.error), "ErrorUrl": url.partition("#")[0]}
    return _deliver(store, settings, fallback, fields | failed, message).replies


def _addresses(store: Store, settings: Settings, line: Line) -> tuple[str, str]:
    """Where the line's texts go: a messaging service that was set up takes them to its own addresses."""
    service = settings_of(store, line.service_sid) if line.service_sid else {}
    if service.get("use_inbound_webhook_on_number") is False and service.get("inbound_request_url"):
        return service["inbound_request_url"], service.get("fallback_url") or ""
    return line.sms_url or settings.sms_url, line.sms_fallback_url or settings.sms_fallback_url


def incoming_fields(settings: Settings, message: Message, line: Line) -> dict[str, str]:
    """The form of an incoming message, its names as Twilio has them; places it cannot know are empty."""
    sender, receiver = message.from_number or "", message.to_number
    fields = {
        "ToCountry": country_of(receiver),
        "ToState": "",
        "ToCity": "",
        "ToZip": "",
        "FromCountry": country_of(sender),
        "FromState": "",
        "FromCity": "",
        "FromZip": "",
        "SmsMessageSid": message.sid,
        "SmsSid": message.sid,
        "MessageSid": message.sid,
        "SmsStatus": "received",
        "Body": message.body,
        "To": receiver,
        "From": sender,
        "NumMedia": str(len(message.media)),
        "NumSegments": str(message.num_segments),
        "AccountSid": settings.account_sid,
        "ApiVersion": API_VERSION,
    }
    for place, medium in enumerate(message.media):
        fields[f"MediaUrl{place}"] = medium["url"]
        fields[f"MediaContentType{place}"] = medium["content_type"]
    return fields | _service_fields(message, line)


def _service_fields(message: Message, line: Line) -> dict[str, str]:
    fields = {}
    if line.service_sid:
        fields["MessagingServiceSid"] = line.service_sid
    if line.service_sid and line.advanced_opt_out and (kind := _opt_out_type(message.body)):
        fields["OptOutType"] = kind
    return fields


def _opt_out_type(body: str) -> str | None:
    word = body.strip().upper()
    return next((kind for kind, words in (("STOP", OUT), ("START", IN), ("HELP", HELP)) if word in words), None)


def _deliver(store: Store, settings: Settings, url: str, fields: dict[str, str], message: Message) -> _Outcome:
    token = idempotency_token(message.sid, url)
    answer = post_signed(url, fields, settings.auth_token, token=token)
    outcome = _outcome(answer)
    if outcome.error is not None:
        add_alert(store, outcome.error, outcome.error_text, url=url, message_sid=message.sid)
    return outcome


def _outcome(answer: Answer) -> _Outcome:
    if answer.error is not None:
        said = f"answered {answer.status}" if answer.status else "did not answer"
        return _Outcome([], answer.error, f"The webhook {said}.")
    try:
        return _Outcome(replies_in(answer.content_type, answer.body), None)
    except BadTwiml as bad:
        return _Outcome([], bad.code, str(bad))
