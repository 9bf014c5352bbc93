"""Asking the carrier, and what it comes to: it took something, would not, or nobody knows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException

from bot.delivery.failures import BUSY, OPTED_OUT, Failure, back_off, failure_of


@dataclass(frozen=True, slots=True)
class Sent:
    """The carrier took the text, or the call, under this sid."""

    sid: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The carrier did not take it. `retry_after` is real time to wait, None when asking again is pointless."""

    failure: Failure
    code: int | None
    retry_after: timedelta | None

    @property
    def is_opt_out(self) -> bool:
        """Whether the number opted out, which also holds for every later text."""
        return self.failure is OPTED_OUT


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows whether the carrier took it: never hand it over again before looking."""

    reason: str


Result = Sent | Refused | Unknown


class CarrierDown(Exception):
    """The carrier does not answer questions at the moment."""


@contextmanager
def asking() -> Iterator[None]:
    """Whatever goes wrong while asking means that nothing is known."""
    try:
        yield
    except (TwilioException, requests.RequestException) as error:
        raise CarrierDown(type(error).__name__) from error


def hand_over(attempts: int, give: Callable[[], str]) -> Result:
    """Ask the carrier to take something, never raising for what it or the network does; `give` returns its sid."""
    try:
        return Sent(give())
    except TwilioRestException as error:
        return _refusal(error.status, error.code, attempts)
    except requests.ConnectTimeout:
        return _not_reached(attempts)
    except requests.ConnectionError as error:
        # A connection that was never made sent nothing; one that broke may have.
        return _not_reached(attempts) if _never_connected(error) else Unknown(type(error).__name__)
    except (requests.RequestException, TwilioException) as error:
        return Unknown(type(error).__name__)


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
