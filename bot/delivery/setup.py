"""What the carrier's side must look like for texts and calls to flow, how it differs, and setting it so.

Pure but for `apply`: whatever was seen of the account goes in, findings in plain words come out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import phonenumbers

from bot.delivery.account import AccountSeen, NumberSeen, ServiceSeen, TwilioAccount

# Twilio's connection overrides: a web process that hangs or is being replaced is asked again within the fifteen
# seconds that Twilio gives, before the fallback is. Doing the same text twice does no harm.
RETRIES = "#ct=2000&rt=5000&rc=2&rp=ct,rt,5xx"

# How long the carrier may keep a text that it cannot send yet: a new detail told after that is no news. Four hours.
LONGEST_VALIDITY_SECONDS = 14_400

GOOD_CAMPAIGN = "VERIFIED"


@dataclass(frozen=True, slots=True)
class Difference:
    """Something at the carrier that is not as it must be.

    `remedy` is for a person; `change` is what setup does about it by itself, None when only a person can.
    """

    what: str
    why: str
    remedy: str
    change: "Change | None" = None
    is_needed: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """One setting to set: of a `number` (PN…), of a `service` (MG…), or a number to add to a service's `pool`."""

    kind: str
    sid: str
    whose: str
    setting: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Seen:
    """The carrier's side: the account, each of our lines (None: not the account's), and the messaging service."""

    account: AccountSeen
    numbers: Mapping[str, NumberSeen | None]
    service_sid: str | None = None
    service: ServiceSeen | None = None


def look(account: TwilioAccount, lines: Sequence[str], service_sid: str | None) -> Seen:
    """Ask the carrier about all of it; AccountError when it cannot be asked."""
    seen = account.account()
    account.try_key()
    numbers = {line: account.number(line) for line in lines}
    service = account.service(service_sid) if service_sid else None
    return Seen(seen, numbers, service_sid, service)


def differences(seen: Seen, public_url: str) -> list[Difference]:
    """Everything that is not as it must be, what stops all texts first."""
    return [
        *_account(seen.account),
        *(found for line, number in seen.numbers.items() for found in _line(line, number, seen, public_url)),
        *_service(seen, public_url),
        *_registration(seen),
    ]


def apply(account: TwilioAccount, found: Sequence[Difference]) -> list[Change]:
    """Make every change that can be made from here; returns those made. AccountError stops at the first refused."""
    changes = [each.change for each in found if each.change is not None]
    # A service's pool first: a number joins it before what the service does with its texts changes.
    for change in (each for each in changes if each.kind == "pool"):
        account.add_to_pool(change.sid, str(change.after))
    for sid in dict.fromkeys(each.sid for each in changes if each.kind == "number"):
        account.change_number(sid, _settings(changes, "number", sid))
    for sid in dict.fromkeys(each.sid for each in changes if each.kind == "service"):
        account.change_service(sid, _settings(changes, "service", sid))
    return changes


def wanted_of_number(public_url: str) -> dict[str, str]:
    """The settings of a number, by the carrier's names."""
    return {
        "sms_url": f"{public_url}/twilio/sms{RETRIES}",
        "sms_method": "POST",
        "sms_fallback_url": f"{public_url}/twilio/sms/fallback{RETRIES}",
        "sms_fallback_method": "POST",
        "sms_application_sid": "",
        "voice_url": f"{public_url}/twilio/voice{RETRIES}",
        "voice_method": "POST",
        "voice_fallback_url": f"{public_url}/twilio/voice/fallback{RETRIES}",
        "voice_fallback_method": "POST",
        "voice_application_sid": "",
        "status_callback": f"{public_url}/twilio/call-status",
        "status_callback_method": "POST",
    }


def wanted_of_service(public_url: str) -> dict[str, Any]:
    """The settings of a messaging service, by the carrier's names; the validity is a ceiling."""
    return {
        "inbound_request_url": f"{public_url}/twilio/sms{RETRIES}",
        "inbound_method": "POST",
        "fallback_url": f"{public_url}/twilio/sms/fallback{RETRIES}",
        "fallback_method": "POST",
        "use_inbound_webhook_on_number": False,
        "sticky_sender": True,
        "validity_period": LONGEST_VALIDITY_SECONDS,
    }


_WHY = {
    "sms_url": "Texts to it do not reach this installation.",
    "sms_method": "The signature covers the form fields of a POST; anything else is refused.",
    "sms_fallback_url": "A text that meets a failure of ours is lost without the fallback.",
    "sms_fallback_method": "The fallback takes a POST.",
    "sms_application_sid": "A TwiML application there overrides the addresses for texts.",
    "voice_url": "Calls to it do not reach this installation.",
    "voice_method": "The signature covers the form fields of a POST; anything else is refused.",
    "voice_fallback_url": "A call that meets a failure of ours ends with an error that nobody can act on.",
    "voice_fallback_method": "The fallback takes a POST.",
    "voice_application_sid": "A TwiML application there overrides the addresses for calls.",
    "status_callback": "A call whose hang-up is not reported stays open for half an hour.",
    "status_callback_method": "The signature covers the form fields of a POST; anything else is refused.",
    "inbound_request_url": "Texts to the service's numbers do not reach this installation.",
    "inbound_method": "The signature covers the form fields of a POST; anything else is refused.",
    "fallback_url": "A text that meets a failure of ours is lost without the fallback.",
    "fallback_method": "The fallback takes a POST.",
    "use_inbound_webhook_on_number": "The service would leave texts to each number's own settings.",
    "sticky_sender": "An officer would be texted now from one number, now from another.",
    "validity_period": "The carrier would send a text hours after it was news.",
}


def _account(seen: AccountSeen) -> Iterator[Difference]:
    if seen.status != "active":
        yield Difference(
            f"The account is {seen.status}.",
            "No text goes in or out.",
            "Open the carrier's console and see what it asks for, usually a payment.",
        )
    if seen.type == "Trial":
        yield Difference(
            "The account is a trial account.",
            "It texts only numbers verified by hand, and puts words of its own before every text.",
            "Upgrade the account in the carrier's console.",
        )


def _line(line: str, number: NumberSeen | None, seen: Seen, public_url: str) -> Iterator[Difference]:
    if number is None:
        yield Difference(
            f"{line} is not a number of the account.",
            "The line's texts can neither come in nor go out.",
            "Buy or port the number in the carrier's console, or correct the department's line.",
        )
        return
    if not number.takes_texts:
        yield Difference(
            f"{line} cannot text.",
            "It is a number for calls only.",
            "Buy a number with SMS among its capabilities.",
        )
    if not number.takes_calls:
        yield Difference(
            f"{line} cannot take calls.",
            "Officers who drive or have no screen cannot call it; texts flow all the same.",
            "Buy a number with voice among its capabilities, if officers are to call.",
            is_needed=False,
        )
    yield from _differing("number", number.sid, line, number.settings, wanted_of_number(public_url))
    if seen.service is not None and line not in seen.service.numbers:
        yield Difference(
            f"{line} is not in the sender pool of the messaging service {seen.service.name}.",
            "Texts go out through the service, which does not send from this number.",
            "dutyline twilio setup adds it; the carrier refuses if it is in another service's pool.",
            Change("pool", seen.service.sid, seen.service.name, "sender pool", None, number.sid),
        )


def _service(seen: Seen, public_url: str) -> Iterator[Difference]:
    if seen.service_sid is None:
        return
    if seen.service is None:
        yield Difference(
            f"There is no messaging service {seen.service_sid} in the account.",
            "Every text would be refused.",
            "Correct TWILIO_MESSAGING_SERVICE_SID, or make the service in the carrier's console.",
        )
        return
    wanted = wanted_of_service(public_url)
    validity = seen.service.settings.get("validity_period")
    if isinstance(validity, int) and 0 < validity <= LONGEST_VALIDITY_SECONDS:
        wanted.pop("validity_period")
    yield from _differing("service", seen.service.sid, seen.service.name, seen.service.settings, wanted)


def _registration(seen: Seen) -> Iterator[Difference]:
    """As far as the carrier tells: numbers of ten digits in the United States need a registered campaign."""
    if not any(_needs_registration(line) for line, number in seen.numbers.items() if number is not None):
        return
    if seen.service_sid is None:
        yield Difference(
            "There is no messaging service, so the numbers cannot be registered for texting (A2P 10DLC).",
            "Carriers in the United States block texts from unregistered numbers of ten digits (error 30034).",
            "Make a messaging service, register brand and campaign, and set TWILIO_MESSAGING_SERVICE_SID;"
            " docs/going-live.md has the wording.",
            is_needed=False,
        )
    elif seen.service is not None and not _is_registered(seen.service):
        states = "the carrier would not tell"
        if seen.service.campaigns is not None:
            states = ", ".join(seen.service.campaigns).lower() or "none there"
        yield Difference(
            f"The messaging service has no verified A2P 10DLC campaign ({states}).",
            "Carriers in the United States block texts from unregistered numbers of ten digits (error 30034).",
            "Register brand and campaign in the carrier's console, with the wording in docs/going-live.md, or wait"
            " for the approval.",
            is_needed=seen.service.campaigns is not None,
        )


def _is_registered(service: ServiceSeen) -> bool:
    return service.is_registered or GOOD_CAMPAIGN in (service.campaigns or ())


def _needs_registration(line: str) -> bool:
    """Not a toll-free number, which has a verification of its own, nor one of another country."""
    is_toll_free = line[2:5] in {"800", "833", "844", "855", "866", "877", "888"}
    return not is_toll_free and phonenumbers.region_code_for_number(phonenumbers.parse(line)) in (None, "US")


def _differing(
    kind: str, sid: str, whose: str, found: Mapping[str, Any], wanted: Mapping[str, Any]
) -> Iterator[Difference]:
    for name, after in wanted.items():
        before = found.get(name)
        if (before or "") != (after or ""):
            yield Difference(
                f"{whose}: {name} is {_said(before)}, not {_said(after)}.",
                _WHY[name],
                "dutyline twilio setup sets it.",
                Change(kind, sid, whose, name, before, after),
            )


def _said(value: Any) -> str:
    return "empty" if value in (None, "") else str(value)


def _settings(changes: Sequence[Change], kind: str, sid: str) -> dict[str, Any]:
    return {each.setting: each.after for each in changes if (each.kind, each.sid) == (kind, sid)}
