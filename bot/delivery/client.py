"""The carrier, as we speak to it: send a text, look for one that may have been sent, list what came in.

Twilio's words become ours here and in the webhooks, nowhere else.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from bot.delivery.failures import BUSY, OPTED_OUT, Failure, back_off, failure_of
from bot.delivery.statuses import STATUS_OF
from bot.dialog.inbound import Medium
from models.line.message_delivery import DueText

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 10.0

# Twilio's clock and ours are not the same clock.
CLOCK_SKEW = timedelta(minutes=1)
# One person gets far fewer texts of a line between a claim and its reconciliation.
MOST_LOOKED_THROUGH = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """The carrier took the text, under this sid."""

    sid: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The carrier did not take the text. `retry_after` is real time to wait, None when asking again is pointless."""

    failure: Failure
    code: int | None
    retry_after: timedelta | None

    @property
    def is_opt_out(self) -> bool:
        """Whether the number opted out, which also holds for every later text."""
        return self.failure is OPTED_OUT


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows whether the carrier took the text: never send it again before looking."""

    reason: str


Result = Sent | Refused | Unknown


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


class CarrierDown(Exception):
    """The carrier does not answer questions at the moment."""


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

    def send(self, department_id: int, text: DueText) -> Result:
        """Hand over one text; never raises for what the carrier or the network does.

        Our id rides in the callback's address, so that a text whose answer got lost still reports to its row.
        """
        try:
            message = self._client.messages.create(**self._form(department_id, text))
        except TwilioRestException as error:
            return _refusal(error.status, error.code, text.attempts)
        except requests.ConnectTimeout:
            return _not_reached(text.attempts)
        except requests.ConnectionError as error:
            # A connection that was never made sent nothing; one that broke may have.
            return _not_reached(text.attempts) if _never_connected(error) else Unknown(type(error).__name__)
        except (requests.RequestException, TwilioException) as error:
            return Unknown(type(error).__name__)
        return Sent(str(message.sid))

    def find(self, to_number: str, from_number: str, since: datetime, body: str) -> list[str]:
        """The sids of texts like this one that the carrier has had since `since`, oldest first; CarrierDown."""
        # Not filtered by date on their side: a text that is still queued there has no date of sending yet.
        listed = self._list(to=to_number, from_=from_number, limit=MOST_LOOKED_THROUGH)
        like_it = [each for each in listed if each.body == body and each.made_at >= since - CLOCK_SKEW]
        return [each.sid for each in sorted(like_it, key=lambda each: each.made_at)]

    def report_of(self, sid: str) -> Report | None:
        """What became of the text under `sid`, None for a status that says nothing yet; CarrierDown."""
        with _asking():
            message = self._client.messages(sid).fetch()
        status = STATUS_OF.get(str(message.status))
        return Report(status, message.error_code) if status else None

    def list_inbound(self, to_number: str, since: datetime) -> list[Listed]:
        """Texts that came in for our number since `since`, oldest first; CarrierDown."""
        return sorted(self._list(to=to_number, date_sent_after=since), key=lambda each: each.made_at)

    def media_of(self, listed: Listed) -> tuple[Medium, ...]:
        """The pictures and files of a listed text; CarrierDown."""
        with _asking():
            found = self._client.messages(listed.sid).media.list()
            return tuple(Medium(self._media_url(each.uri), str(each.content_type)) for each in found)

    def close(self) -> None:
        """Let go of the kept connections."""
        session = self._client.http_client.session
        if session is not None:
            session.close()

    def _list(self, **filters: Any) -> list[Listed]:
        with _asking():
            return [_listed(each) for each in self._client.messages.list(**filters)]

    def _form(self, department_id: int, text: DueText) -> dict[str, Any]:
        form: dict[str, Any] = {
            "to": text.to_number,
            "from_": text.from_number,
            "body": text.body,
            "status_callback": f"{self._public_url}/twilio/message-status?message={department_id}-{text.id}",
        }
        return form | {"messaging_service_sid": self._service_sid} if self._service_sid else form

    def _media_url(self, uri: str) -> str:
        return f"{self._client.api.base_url}{uri.removesuffix('.json')}"


@contextmanager
def _asking() -> Iterator[None]:
    """Whatever goes wrong while asking means that nothing is known."""
    try:
        yield
    except (TwilioException, requests.RequestException) as error:
        raise CarrierDown(type(error).__name__) from error


def _refusal(status: int, code: int | None, attempts: int) -> Result:
    if status >= 500:
        return Unknown(f"answered {status}")
    if status == 429:
        return Refused(BUSY, code, back_off(attempts))
    failure = failure_of(code)
    if failure.is_permanent:
        return Refused(failure, code, None)
    return Refused(failure, code, max(back_off(attempts), failure.retries[0]))


def _not_reached(attempts: int) -> Refused:
    return Refused(Failure("carrier_down", retries=(timedelta(minutes=1),)), None, back_off(attempts))


def _never_connected(error: requests.ConnectionError) -> bool:
    names = {type(cause).__name__ for cause in _causes(error)}
    return bool(names & {"NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "ConnectionRefusedError"})


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and whatever it wraps: requests and urllib3 put the reason in arguments, not in the chain."""
    yield error
    for inner in (*error.args, getattr(error, "reason", None)):
        if isinstance(inner, BaseException):
            yield from _causes(inner)


def _listed(message: Any) -> Listed:
    made_at: datetime = message.date_created
    return Listed(
        sid=str(message.sid),
        from_number=str(message.from_),
        to_number=str(message.to),
        body=message.body or "",
        made_at=made_at if made_at.tzinfo else made_at.replace(tzinfo=UTC),
        has_media=str(message.num_media or "0") != "0",
    )
