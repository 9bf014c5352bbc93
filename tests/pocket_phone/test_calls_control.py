"""Calls over HTTP: what the demonstration's player does."""

import pytest
from werkzeug import Response

from bot.pocket_phone.client import PocketPhoneError
from tests.pocket_phone.conftest import CHEN, LINE, RUIZ, settle

VOICE, STATUS = "/twilio/voice", "/twilio/call-status"
MENU = (
    "<Gather numDigits='1' action='/turn' input='dtmf speech'><Say language='en-US'>Press 1 or say list.</Say></Gather>"
)


@pytest.fixture(autouse=True)
def line(application):
    documents = {VOICE: MENU + "<Say>Goodbye.</Say>", "/turn": "<Say>Two details.</Say><Gather/>"}
    application.answer = lambda received: Response(
        f"<Response>{documents.get(received.path, '')}</Response>", content_type="text/xml"
    )


def test_a_whole_call(control, application):
    call = control.place_call(RUIZ, LINE)
    assert (call["status"], call["waiting_for"], call["phone"], call["line"]) == ("in-progress", "person", RUIZ, LINE)
    assert [(line["text"], line["language"]) for line in control.heard(call["sid"])] == [
        ("Press 1 or say list.", "en-US")
    ]
    after = call["lines"][-1]["id"]
    call = control.say(call["sid"], "list", confidence=0.5)
    assert [line["text"] for line in control.heard(call["sid"], after=after)] == ["Two details."]
    assert application.at("/turn")[0].form["Confidence"] == "0.5"
    call = control.stay_silent(call["sid"])
    assert (call["status"], call["is_over"]) == ("completed", True)
    assert [line["kind"] for line in call["lines"]] == ["say", "said", "say", "silent"]
    settle(control)
    assert application.at(STATUS)[0].form["CallStatus"] == "completed"
    assert [one["sid"] for one in control.calls(RUIZ)] == [call["sid"]]


def test_keys_and_hanging_up(control, application):
    sid = control.place_call(RUIZ, LINE)["sid"]
    control.press(sid, "1")
    assert application.at("/turn")[0].form["Digits"] == "1"
    assert control.hang_up(sid)["status"] == "completed"


def test_what_makes_no_sense_is_refused_with_a_reason(control):
    with pytest.raises(PocketPhoneError, match="not one of the account's lines"):
        control.place_call(RUIZ, CHEN)
    sid = control.place_call(RUIZ, LINE)["sid"]
    with pytest.raises(PocketPhoneError, match="no keys of a phone"):
        control.press(sid, "1a")
    with pytest.raises(PocketPhoneError, match="does not ring"):
        control.answer(sid)
    with pytest.raises(PocketPhoneError, match="cannot answer 'maybe'"):
        control.habit(RUIZ, "maybe")
    control.hang_up(sid)
    with pytest.raises(PocketPhoneError, match="or it is over"):
        control.press(sid, "1")


def test_clearing_forgets_the_calls(control):
    sid = control.place_call(RUIZ, LINE)["sid"]
    control.clear()
    assert control.calls(RUIZ) == []
    with pytest.raises(PocketPhoneError, match="404"):
        control.press(sid, "1")
