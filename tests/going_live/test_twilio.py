"""The carrier's side is compared and set up through its real API, over HTTP; twice is once."""

import json
from typing import Any

import pytest

from bot.delivery.account import AccountSeen, NumberSeen, ServiceSeen
from bot.delivery.setup import LONGEST_VALIDITY_SECONDS, Seen, differences, wanted_of_number, wanted_of_service
from bot.pocket_phone.lines import line_of
from bot.pocket_phone.resource_settings import set_of
from tests.going_live.conftest import LINE, SERVICE
from tests.one_line import PUBLIC_URL
from tests.pocket_phone.conftest import KEY, SECRET, settle, until

ACCOUNT = AccountSeen("Millbrook", "active", "Full")
NUMBER = NumberSeen("PN1", LINE, True, wanted_of_number(PUBLIC_URL))
POOL = frozenset({LINE})


def service(**more: Any) -> ServiceSeen:
    settings = wanted_of_service(PUBLIC_URL) | more.pop("settings", {})
    return ServiceSeen(**{"sid": "MG1", "name": "Details", "settings": settings, "numbers": POOL,
                          "is_registered": True, "campaigns": ("VERIFIED",)} | more)  # fmt: skip


def found(account: AccountSeen = ACCOUNT, number: NumberSeen | None = NUMBER, **more: Any) -> list[str]:
    seen = Seen(account, {LINE: number}, more.get("service_sid", "MG1"), more.get("service", service()))
    return [each.what for each in differences(seen, PUBLIC_URL)]


def test_what_is_as_needed_is_not_mentioned() -> None:
    assert found() == []
    assert found(service=service(settings={"validity_period": 600})) == []


@pytest.mark.parametrize(
    ("seen", "what"),
    [
        ({"account": AccountSeen("M", "suspended", "Full")}, "The account is suspended."),
        ({"account": AccountSeen("M", "active", "Trial")}, "The account is a trial account."),
        ({"number": None}, f"{LINE} is not a number of the account."),
        ({"number": NumberSeen("PN1", LINE, False, NUMBER.settings)}, f"{LINE} cannot text."),
        (
            {"number": NumberSeen("PN1", LINE, True, {**NUMBER.settings, "sms_method": "GET"})},
            f"{LINE}: sms_method is GET, not POST.",
        ),
        (
            {"number": NumberSeen("PN1", LINE, True, {**NUMBER.settings, "sms_application_sid": "AP1"})},
            f"{LINE}: sms_application_sid is AP1, not empty.",
        ),
        ({"number": NumberSeen("PN1", LINE, True, NUMBER.settings, takes_calls=False)}, f"{LINE} cannot take calls."),
        (
            {"number": NumberSeen("PN1", LINE, True, {**NUMBER.settings, "voice_url": "https://demo.twilio.com"})},
            (f"{LINE}: voice_url is https://demo.twilio.com, not {PUBLIC_URL}/twilio/voice#ct=2000&rt=5000&rc=2"
            "&rp=ct,rt,5xx."),
        ),
        ({"service": None}, "There is no messaging service MG1 in the account."),
        (
            {"service": service(settings={"use_inbound_webhook_on_number": True})},
            "Details: use_inbound_webhook_on_number is True, not False.",
        ),
        (
            {"service": service(settings={"validity_period": 36000})},
            f"Details: validity_period is 36000, not {LONGEST_VALIDITY_SECONDS}.",
        ),
        (
            {"service": service(numbers=frozenset())},
            f"{LINE} is not in the sender pool of the messaging service Details.",
        ),
        (
            {"service": service(is_registered=False, campaigns=("IN_PROGRESS",))},
            "The messaging service has no verified A2P 10DLC campaign (in_progress).",
        ),
        (
            {"service_sid": None, "service": None},
            "There is no messaging service, so the numbers cannot be registered for texting (A2P 10DLC).",
        ),
    ],
)  # fmt: skip
def test_what_differs_is_said_in_plain_words(seen: dict[str, Any], what: str) -> None:
    assert found(**seen) == [what]


def test_every_difference_says_why_and_what_to_do() -> None:
    number = NumberSeen("PN1", LINE, False, {"sms_application_sid": "AP1"})
    none_set = dict.fromkeys(wanted_of_service(PUBLIC_URL))
    bare = ServiceSeen("MG1", "Details", none_set, frozenset(), False, ())
    seen = Seen(AccountSeen("M", "closed", "Trial"), {LINE: number}, "MG1", bare)
    for each in differences(seen, PUBLIC_URL):
        assert each.why
        assert each.remedy


def test_a_registration_that_the_carrier_does_not_tell_of_stops_nothing() -> None:
    seen = Seen(ACCOUNT, {LINE: NUMBER}, "MG1", service(is_registered=False, campaigns=None))
    assert [each.is_needed for each in differences(seen, PUBLIC_URL)] == [False]
    seen = Seen(ACCOUNT, {LINE: NUMBER}, "MG1", service(is_registered=False, campaigns=("FAILED",)))
    assert [each.is_needed for each in differences(seen, PUBLIC_URL)] == [True]


def test_a_campaign_under_review_is_reported(dutyline, with_service, phone) -> None:
    set_of(phone.store, SERVICE, {"campaign_status": "IN_PROGRESS"})
    result = dutyline("twilio", "setup", "--yes")
    assert result.exit_code == 1
    assert "no verified A2P 10DLC campaign (in_progress)" in result.output


def test_a_toll_free_number_needs_no_registration() -> None:
    seen = Seen(ACCOUNT, {"+18445550100": NumberSeen("PN1", "+18445550100", True, NUMBER.settings)})
    assert differences(seen, PUBLIC_URL) == []


@pytest.fixture
def at_the_carrier(settings, carrier: str, control, millbrook: str):
    """The department's number is one of the account's; the messaging service is there and empty."""
    settings(TWILIO_API_BASE=carrier, TWILIO_MESSAGING_SERVICE_SID=SERVICE, PUBLIC_URL=PUBLIC_URL)
    control.add_line(LINE, "Millbrook details")


@pytest.fixture
def with_service(at_the_carrier, phone) -> None:
    set_of(phone.store, SERVICE, {"friendly_name": "Details", "campaign_status": "VERIFIED"})


def test_check_reports_and_changes_nothing(dutyline, with_service, phone) -> None:
    first = dutyline("twilio", "check", "--json")
    assert first.exit_code == 1
    said = json.loads(first.stdout)
    assert said["lines"] == {LINE: True}
    settings = {each["change"]["setting"] for each in said["differences"]}
    assert {
        "sms_url",
        "sms_fallback_url",
        "voice_url",
        "status_callback",
        "inbound_request_url",
        "sender pool",
        "validity_period",
    } <= settings
    assert json.loads(dutyline("twilio", "check", "--json").stdout) == said
    assert line_of(phone.store, LINE).service_sid is None


def test_setup_shows_asks_and_sets_everything(dutyline, with_service, phone) -> None:
    refused = dutyline("twilio", "setup", input="n\n")
    assert refused.exit_code == 1
    assert f"{LINE}: sms_url\n" in refused.output
    assert f"  after:  {PUBLIC_URL}/twilio/sms#" in refused.output
    assert line_of(phone.store, LINE).sms_url is None
    agreed = dutyline("twilio", "setup", input="y\n")
    assert agreed.exit_code == 0, agreed.output
    assert "1 line is set up as needed." in agreed.output
    assert line_of(phone.store, LINE).service_sid == SERVICE
    assert dutyline("twilio", "check").exit_code == 0


def test_setup_twice_is_once(dutyline, with_service) -> None:
    assert len(json.loads(dutyline("twilio", "setup", "--yes", "--json").stdout)["changed"]) > 5
    again = dutyline("twilio", "setup", "--yes", "--json")
    assert again.exit_code == 0
    assert json.loads(again.stdout)["changed"] == []
    assert "Nothing to change." in dutyline("twilio", "setup").output


def test_setup_follows_an_address_that_changed(dutyline, with_service, settings, carrier: str) -> None:
    dutyline("twilio", "setup", "--yes")
    settings(TWILIO_API_BASE=carrier, TWILIO_MESSAGING_SERVICE_SID=SERVICE, PUBLIC_URL="https://new.example.org")
    assert dutyline("twilio", "check").exit_code == 1
    assert dutyline("twilio", "setup", "--yes").exit_code == 0


def test_what_only_a_person_can_mend_remains(dutyline, at_the_carrier, control) -> None:
    result = dutyline("twilio", "setup", "--yes")
    assert result.exit_code == 1
    assert f"There is no messaging service {SERVICE} in the account." in result.output
    control.clear(lines=True)
    assert f"{LINE} is not a number of the account." in dutyline("twilio", "check").output


def test_wrong_credentials_and_a_carrier_out_of_reach_are_said(dutyline, settings, carrier: str, millbrook) -> None:
    settings(TWILIO_API_BASE=carrier, TWILIO_AUTH_TOKEN="00112233445566778899aabbccddeeff")
    result = dutyline("twilio", "check")
    assert result.exit_code == 1
    assert "The carrier does not know these credentials" in result.stderr
    settings(TWILIO_API_BASE="http://127.0.0.1:9")
    assert "The carrier cannot be reached from here" in dutyline("twilio", "check").stderr


def test_an_api_key_is_tried_and_the_rest_asked_under_the_token(dutyline, at_the_carrier, settings, carrier) -> None:
    settings(TWILIO_API_BASE=carrier, TWILIO_API_KEY=KEY, TWILIO_API_SECRET=SECRET)
    assert dutyline("twilio", "setup", "--yes").exit_code == 0
    settings(TWILIO_API_BASE=carrier, TWILIO_API_KEY=KEY, TWILIO_API_SECRET="another")
    assert "does not know TWILIO_API_KEY with this TWILIO_API_SECRET" in dutyline("twilio", "check").stderr


def test_without_a_line_check_says_so(dutyline, settings, carrier: str) -> None:
    settings(TWILIO_API_BASE=carrier)
    result = dutyline("twilio", "check")
    assert result.exit_code == 1
    assert "There is no line yet" in result.output


def test_json_does_not_ask(dutyline, with_service) -> None:
    assert dutyline("twilio", "setup", "--json").exit_code == 2


def test_a_service_that_was_set_up_takes_its_numbers_texts(control, phone) -> None:
    """The stand-in sends texts where the real one would."""
    control.add_line(LINE, service_sid=SERVICE)
    addresses = {"inbound_request_url": "http://127.0.0.1:9/first", "fallback_url": "http://127.0.0.1:9/second"}
    set_of(phone.store, SERVICE, {"use_inbound_webhook_on_number": False, **addresses})
    control.text("+12035550142", LINE, "LIST")
    until(lambda: len(control.alerts()) == 2)
    settle(control)
    assert {each["url"] for each in control.alerts()} == set(addresses.values())
