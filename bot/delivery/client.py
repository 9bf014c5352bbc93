"""The carrier, as we speak to it: send a text, place a call, look for one that may have gone out, list what came in.

Twilio's words become ours here and in the webhooks, nowhere else.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from bot.delivery.asking import CarrierDown, Refused, Result, Sent, Unknown, asking, hand_over
from bot.delivery.recordings import CallRecordings
from bot.delivery.statuses import CALL_STATUS_OF, STATUS_OF, is_machine
from bot.dialog.inbound import Medium
from models.line.call_placing import DueCall
from models.line.message_delivery import DueText
from models.line.outbound_call_status import CallStatus

__all__ = ["Carrier", "CarrierDown", "Refused", "Result", "Sent", "Unknown"]

TIMEOUT_SECONDS = 10.0

# Twilio's clock and ours are not the same clock.
CLOCK_SKEW = timedelta(minutes=1)
# One person gets far fewer texts of a line between a claim and its reconciliation.
MOST_LOOKED_THROUGH = 200
CALL_EVENTS = ["initiated", "ringing", "answered", "completed"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A text on the carrier's list; `made_at` is when the carrier first had it."""

    sid: str
    from_number: str
    to_number: str
    body: str
    made_at: datetime
    has_media: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What the carrier says of a text when asked: our word for its status, and its error code if it failed."""

    status: str
    error_code: int | None


@dataclass(frozen=True, slots=True)
class CallReport:
    """What the carrier says of a call when asked; `by_machine` when it takes what answered for one."""

    status: CallStatus
    error_code: int | None
    by_machine: bool


class Carrier:
    """Twilio's REST API, or what stands in for it at `api_base`. Safe to share between threads."""

    def __init__(
        self,
        *,
        account_sid: str,
        auth_token: str,
        public_url: str,
        api_base: str | None = None,
        messaging_service_sid: str | None = None,
        api_key: tuple[str, str] | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        self._public_url = public_url
        self._service_sid = messaging_service_sid
        user, password = api_key or (account_sid, auth_token)
        http = TwilioHttpClient(timeout=timeout_seconds)
        self._client = Client(user, password, account_sid, http_client=http)
        if api_base:
            self._client.api.base_url = api_base
        self.recordings = CallRecordings(self._client, public_url)

    def send(self, department_id: int, text: DueText) -> Result:
        """Hand over one text; never raises for what the carrier or the network does.

        Our id rides in the callback's address, so that a text whose answer got lost still reports to its row.
        """
        form = self._form(department_id, text)
        return hand_over(text.attempts, lambda: str(self._client.messages.create(**form).sid))

    def place_call(self, department_id: int, call: DueCall) -> Result:
        """Have the carrier call the number; never raises, as `send`. `Sent`: it took the call, which may not ring yet.

        Whoever answers is asked by `/twilio/voice/outbound`; our id rides in every address.
        """
        form = self._call_form(department_id, call)
        return hand_over(call.attempts, lambda: str(self._client.calls.create(**form).sid))

    def find_calls(self, to_number: str, from_number: str, since: datetime) -> list[str]:
        """The sids of calls between the two that the carrier has had since `since`, oldest first; CarrierDown."""
        # Not filtered by time on their side: a call that is still queued there has not started.
        with asking():
            listed = self._client.calls.list(to=to_number, from_=from_number, limit=MOST_LOOKED_THROUGH)
        made = [(_aware(each.date_created), str(each.sid)) for each in listed]
        return [sid for made_at, sid in sorted(made) if made_at >= since - CLOCK_SKEW]

    def call_report_of(self, sid: str) -> CallReport | None:
        """What became of the call under `sid`, None for a status that says nothing; CarrierDown."""
        with asking():
            call = self._client.calls(sid).fetch()
        status = CALL_STATUS_OF.get(str(call.status))
        return CallReport(status, None, is_machine(call.answered_by or "")) if status else None

    def find(self, to_number: str, from_number: str, since: datetime, body: str) -> list[str]:
        """The sids of texts like this one that the carrier has had since `since`, oldest first; CarrierDown."""
        # Not filtered by date on their side: a text that is still queued there has no date of sending yet.
        listed = self._list(to=to_number, from_=from_number, limit=MOST_LOOKED_THROUGH)
        like_it = [each for each in listed if each.body == body and each.made_at >= since - CLOCK_SKEW]
        return [each.sid for each in sorted(like_it, key=lambda each: each.made_at)]

    def report_of(self, sid: str) -> Report | None:
        """What became of the text under `sid`, None for a status that says nothing yet; CarrierDown."""
        with asking():
            message = self._client.messages(sid).fetch()
        status = STATUS_OF.get(str(message.status))
        return Report(status, message.error_code) if status else None

    def list_inbound(self, to_number: str, since: datetime) -> list[Listed]:
        """Texts that came in for our number since `since`, oldest first; CarrierDown."""
        return sorted(self._list(to=to_number, date_sent_after=since), key=lambda each: each.made_at)

    def media_of(self, listed: Listed) -> tuple[Medium, ...]:
        """The pictures and files of a listed text; CarrierDown."""
        with asking():
            found = self._client.messages(listed.sid).media.list()
            return tuple(Medium(self._media_url(each.uri), str(each.content_type)) for each in found)

    def close(self) -> None:
        """Let go of the kept connections."""
        session = self._client.http_client.session
        if session is not None:
            session.close()

    def _list(self, **filters: Any) -> list[Listed]:
        with asking():
            return [_listed(each) for each in self._client.messages.list(**filters)]

    def _form(self, department_id: int, text: DueText) -> dict[str, Any]:
        form: dict[str, Any] = {
            "to": text.to_number,
            "from_": text.from_number,
            "body": text.body,
            "status_callback": f"{self._public_url}/twilio/message-status?message={department_id}-{text.id}",
        }
        return form | {"messaging_service_sid": self._service_sid} if self._service_sid else form

    def _call_form(self, department_id: int, call: DueCall) -> dict[str, Any]:
        name = f"call={department_id}-{call.id}"
        return {
            "to": call.to_number,
            "from_": call.from_number,
            "url": f"{self._public_url}/twilio/voice/outbound?{name}",
            "fallback_url": f"{self._public_url}/twilio/voice/fallback?{name}",
            "status_callback": f"{self._public_url}/twilio/call-status?{name}",
            "status_callback_event": CALL_EVENTS,
            # Waiting for the end of a machine's greeting is only of use to who leaves a message on it.
            "machine_detection": "DetectMessageEnd" if call.leaves_message else "Enable",
            "timeout": call.ring_seconds,
        }

    def _media_url(self, uri: str) -> str:
        return f"{self._client.api.base_url}{uri.removesuffix('.json')}"


def _listed(message: Any) -> Listed:
    return Listed(
        sid=str(message.sid),
        from_number=str(message.from_),
        to_number=str(message.to),
        body=message.body or "",
        made_at=_aware(message.date_created),
        has_media=str(message.num_media or "0") != "0",
    )


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
