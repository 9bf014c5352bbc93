"""Calls over HTTP: what the demonstration's player does."""

import pytest
import requests
from werkzeug import Response

from bot.pocket_phone.calls.call_line import DONE, HEARD
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


def test_a_timed_call_waits_for_nobody_but_who_stays_silent_need_not_wait(control):
    call = control.place_call(RUIZ, LINE, timed=True)
    assert call["waiting_for"] == "playing"
    assert control.stay_silent(call["sid"])["waiting_for"] == "person"
    # The time-out, and then the goodbye.
    control.stay_silent(call["sid"])
    assert control.stay_silent(call["sid"])["status"] == "completed"


def test_a_phone_that_rings_is_taken_up_or_turned_away(control, twilio, application):
    control.habit(RUIZ, "by hand")
    first, second = (twilio.calls.create(to=RUIZ, from_=LINE, url=f"{application.url}/turn").sid for _ in range(2))
    assert control.fetch_call(first)["status"] == "ringing"
    assert control.answer(first)["status"] == "in-progress"
    assert control.turn_away(second, "no-answer")["status"] == "no-answer"
    with pytest.raises(PocketPhoneError, match="not turned away as 'tired'"):
        control.turn_away(second, "tired")


def test_the_desk_takes_who_waits(control, base_url, application):
    application.answer = lambda received: Response(
        "<Response><Enqueue>callers</Enqueue></Response>", content_type="text/xml"
    )
    sid = control.place_call(RUIZ, LINE)["sid"]
    (queue,) = requests.get(f"{base_url}/pocket/state/calls", timeout=5).json()["queues"]
    assert (queue["name"], [one["phone"] for one in queue["waiting"]]) == ("callers", [RUIZ])
    taken = requests.post(f"{base_url}/pocket/desk/take", json={"queue": "callers"}, timeout=5).json()
    assert taken["phone"] == "client:desk"
    desk = control.fetch_call(taken["sid"])
    assert [(line["kind"], line["text"]) for line in desk["lines"]] == [("connected", RUIZ)]
    control.say(desk["sid"], "Duty desk.")
    assert control.heard(sid)[-1]["text"] == "Duty desk."
    control.hang_up(sid)
    assert control.fetch_call(desk["sid"])["is_over"]


def test_the_page_shows_how_phones_answer_and_whatever_is_heard(control, base_url):
    control.habit(RUIZ, "busy")
    assert requests.get(f"{base_url}/pocket/state/calls", timeout=5).json()["habits"] == {RUIZ: "busy"}
    page = requests.get(base_url, timeout=5).text
    assert '<option value="busy" title="It is busy.">it is busy</option>' in page
    script = requests.get(f"{base_url}/static/calls.js", timeout=5).text
    assert [kind for kind in (*HEARD, *DONE) if f"\n  {kind}: (" not in script] == []


def test_clearing_forgets_the_calls(control):
    sid = control.place_call(RUIZ, LINE)["sid"]
    control.clear()
    assert control.calls(RUIZ) == []
    with pytest.raises(PocketPhoneError, match="404"):
        control.press(sid, "1")
