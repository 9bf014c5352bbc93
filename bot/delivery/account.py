"""Our account at the carrier as it is set up there: numbers, the messaging service, registration."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

TIMEOUT_SECONDS = 10.0


class AccountError(Exception):
    """The carrier could not be asked, or refused; the text says why and what to do, in plain words."""


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """The account itself: `status` is active, suspended or closed, `type` Full or Trial."""

    name: str
    status: str
    type: str


@dataclass(frozen=True, slots=True)
class NumberSeen:
    """A number of the account, with those of its settings that we care for, by the carrier's names."""

    sid: str
    number: str
    takes_texts: bool
    settings: Mapping[str, str] = field(default_factory=dict)
    takes_calls: bool = True


@dataclass(frozen=True, slots=True)
class ServiceSeen:
    """A messaging service, its settings by the carrier's names, and the numbers in its sender pool."""

    sid: str
    name: str
    settings: Mapping[str, Any]
    numbers: frozenset[str]
    is_registered: bool
    campaigns: tuple[str, ...] | None
    """The states of its A2P 10DLC registrations; None when the carrier would not tell."""


NUMBER_SETTINGS = (
    *("sms_url", "sms_method", "sms_fallback_url", "sms_fallback_method", "sms_application_sid"),
    *("voice_url", "voice_method", "voice_fallback_url", "voice_fallback_method", "voice_application_sid"),
    *("status_callback", "status_callback_method"),
)
SERVICE_SETTINGS = (
    "inbound_request_url",
    "inbound_method",
    "fallback_url",
    "fallback_method",
    "use_inbound_webhook_on_number",
    "sticky_sender",
    "validity_period",
)


class TwilioAccount:
    """One account, asked under its own token, because an API key may not look at the account itself.

    `api_base` stands for both addresses of Twilio's when it is given. `api_key` is only tried.
    """

    def __init__(
        self, account_sid: str, auth_token: str, api_base: str | None = None, api_key: tuple[str, str] | None = None
    ) -> None:
        self._sid = account_sid
        self._client = _client(account_sid, auth_token, account_sid, api_base)
        self._under_key = _client(*api_key, account_sid, api_base) if api_key else None

    def try_key(self) -> None:
        """Ask for something under the API key, where one is set; AccountError when the carrier does not let it in."""
        if self._under_key is None:
            return
        try:
            with _asking("the texts sent"):
                self._under_key.messages.list(limit=1)
        except _NotKnown:
            raise AccountError("The carrier does not know TWILIO_API_KEY with this TWILIO_API_SECRET.") from None

    def account(self) -> AccountSeen:
        """What the account says of itself; AccountError when it does not know the credentials."""
        with _asking("the account"):
            seen = self._client.api.v2010.accounts(self._sid).fetch()
            return AccountSeen(str(seen.friendly_name), str(seen.status), str(seen.type))

    def number(self, number: str) -> NumberSeen | None:
        """One of the account's numbers; None when it is not the account's."""
        with _asking(f"the number {number}"):
            found = self._client.incoming_phone_numbers.list(phone_number=number, limit=20)
        return next((_number(each) for each in found if each.phone_number == number), None)

    def service(self, sid: str) -> ServiceSeen | None:
        """A messaging service of the account; None when there is none with this sid."""
        try:
            with _asking("the messaging service"):
                return self._service(sid)
        except _NotFound:
            return None

    def change_number(self, sid: str, settings: Mapping[str, str]) -> None:
        """Set these settings of the number."""
        with _asking("the number's settings"):
            self._client.incoming_phone_numbers(sid).update(**settings)

    def change_service(self, sid: str, settings: Mapping[str, Any]) -> None:
        """Set these settings of the messaging service."""
        with _asking("the messaging service's settings"):
            self._client.messaging.v1.services(sid).update(**settings)

    def add_to_pool(self, service_sid: str, number_sid: str) -> None:
        """Let the messaging service send from the number."""
        with _asking("the sender pool"):
            self._client.messaging.v1.services(service_sid).phone_numbers.create(phone_number_sid=number_sid)

    def close(self) -> None:
        """Let go of the kept connections."""
        for client in (self._client, self._under_key):
            session = client.http_client.session if client else None
            if session is not None:
                session.close()

    def _service(self, sid: str) -> ServiceSeen:
        context = self._client.messaging.v1.services(sid)
        seen = context.fetch()
        return ServiceSeen(
            sid=sid,
            name=str(seen.friendly_name),
            settings={name: getattr(seen, name) for name in SERVICE_SETTINGS},
            numbers=frozenset(str(each.phone_number) for each in context.phone_numbers.list(limit=400)),
            is_registered=bool(seen.us_app_to_person_registered),
            campaigns=self._campaigns(sid),
        )

    def _campaigns(self, sid: str) -> tuple[str, ...] | None:
        try:
            found = self._client.messaging.v1.services(sid).us_app_to_person.list(limit=20)
        except TwilioException:
            return None  # an API key may lack the right to ask
        return tuple(str(each.campaign_status) for each in found)


class _NotFound(AccountError):
    pass


class _NotKnown(AccountError):
    pass


def _client(user: str, password: str, account_sid: str, api_base: str | None) -> Client:
    client = Client(user, password, account_sid, http_client=TwilioHttpClient(timeout=TIMEOUT_SECONDS))
    if api_base:
        client.api.base_url = api_base
        client.messaging.base_url = api_base
    return client


@contextmanager
def _asking(what: str) -> Iterator[None]:
    try:
        yield
    except TwilioRestException as error:
        raise _refusal(error.status, error.code, str(error.msg), what) from error
    except TwilioException as error:
        # The library says of a list only that it could not be had, with the answer as its second argument.
        status = getattr(error.args[1] if len(error.args) > 1 else None, "status_code", 0)
        raise _refusal(status, None, str(error.args[0] if error.args else error), what) from error
    except requests.RequestException as error:
        raise AccountError(f"The carrier cannot be reached from here ({type(error).__name__}).") from error


def _refusal(status: int, code: int | None, message: str, what: str) -> AccountError:
    if status == 401:
        return _NotKnown("The carrier does not know these credentials: account SID and auth token do not match.")
    if status == 404:
        return _NotFound(f"The carrier knows nothing of {what}.")
    if status == 429:
        return AccountError("The carrier is asked too often just now; try again in a minute.")
    numbered = f", error {code}" if code else ""
    return AccountError(f"The carrier refused to tell or change {what} (HTTP {status}{numbered}): {message}")


def _number(seen: Any) -> NumberSeen:
    # The library gives the capabilities as a dictionary or as an object, by its version.
    capabilities = seen.capabilities
    settings = {name: str(getattr(seen, name) or "") for name in NUMBER_SETTINGS}
    takes_texts, takes_calls = (_can(capabilities, what) for what in ("sms", "voice"))
    return NumberSeen(str(seen.sid), str(seen.phone_number), takes_texts, settings, takes_calls)


def _can(capabilities: Any, what: str) -> bool:
    return bool(capabilities.get(what) if isinstance(capabilities, dict) else getattr(capabilities, what, None))
