"""A person calls a line: the webhook, its fallback, the end of the call."""

import pytest
from werkzeug import Response

from bot.pocket_phone.alerts import latest_alerts
from bot.pocket_phone.calls.habit import Habit, put_habit
from bot.pocket_phone.calls.session import APPLICATION_ERROR
from bot.pocket_phone.calls.switchboard import NoSuchCall
from bot.pocket_phone.lines import NoSuchLine, line_of
from bot.pocket_phone.resource_settings import set_of
from tests.pocket_phone.ivr import CHEN, FALLBACK, HOME, LINE, RUIZ, SID, STATUS, VOICE, Ivr, board_for, heard, twiml

MENU = "<Gather numDigits='1'><Say>Press 1.</Say></Gather>"


@pytest.fixture
def ivr() -> Ivr:
    return Ivr({VOICE: MENU})


@pytest.fixture
def board(ivr):
    return board_for(ivr)


def alerts(board) -> list[int]:
    return [alert["code"] for alert in latest_alerts(board.store)]


def test_the_form_and_headers_are_twilios_and_the_signature_holds(ivr, board):
    call = board.place_call(RUIZ, LINE)
    (asked,) = ivr.asked
    assert asked.is_signed
    assert asked.headers["User-Agent"] == "TwilioProxy/1.1"
    assert asked.headers["I-Twilio-Idempotency-Token"]
    places = {
        f"{who}{place}": "US" if place == "Country" else ""
        for who in ("From", "To", "Caller", "Called")
        for place in ("Country", "State", "City", "Zip")
    }
    assert asked.form == places | {
        "AccountSid": SID,
        "ApiVersion": "2010-04-01",
        "CallSid": call.sid,
        "CallStatus": "ringing",
        "Direction": "inbound",
        "From": RUIZ,
        "Caller": RUIZ,
        "To": LINE,
        "Called": LINE,
    }
    assert (call.status, call.waiting_for) == ("in-progress", "person")
    assert heard(board, call.sid) == ["Press 1."]


def test_after_the_first_document_the_call_is_in_progress(ivr, board):
    board.press(board.place_call(RUIZ, LINE).sid, "1")
    assert [asked.form["CallStatus"] for asked in ivr.at(VOICE)] == ["ringing", "in-progress"]


def test_what_the_carriers_attest_is_told_where_something_is(ivr, board):
    put_habit(board.store, RUIZ, Habit(verstat="TN-Validation-Passed-A"))
    board.place_call(RUIZ, LINE)
    board.place_call(CHEN, LINE, verstat="TN-Validation-Failed-C")
    board.place_call(CHEN, LINE)
    assert [asked.form.get("StirVerstat") for asked in ivr.asked] == [
        "TN-Validation-Passed-A",
        "TN-Validation-Failed-C",
        None,
    ]


def test_a_number_may_have_addresses_of_its_own(ivr, board):
    own = {"voice_url": f"{HOME}/own?l=2", "voice_method": "GET", "status_callback": f"{HOME}/over"}
    set_of(board.store, line_of(board.store, LINE).sid, own)
    sid = board.place_call(RUIZ, LINE).sid
    first, last = ivr.asked
    assert (first.path, first.method, first.is_signed, first.form["l"]) == ("/own", "GET", True, "2")
    assert first.form["CallSid"] == sid
    assert last.path == "/over"


def test_a_number_we_do_not_own_cannot_be_called(board):
    with pytest.raises(NoSuchLine):
        board.place_call(RUIZ, CHEN)


def test_the_end_of_a_call_is_told_with_how_long_it_was(ivr, board):
    sid = board.place_call(RUIZ, LINE).sid
    board.stay_silent(sid)
    (told,) = ivr.at(STATUS)
    assert told.is_signed
    # Two words, and five seconds of silence.
    assert {name: told.form[name] for name in ("CallSid", "CallStatus", "CallDuration", "Duration")} == {
        "CallSid": sid,
        "CallStatus": "completed",
        "CallDuration": "6",
        "Duration": "1",
    }
    assert (told.form["CallbackSource"], told.form["SequenceNumber"]) == ("call-progress-events", "0")
    call = board.call(sid)
    assert (call.status, call.duration_seconds) == ("completed", 6)
    with pytest.raises(NoSuchCall):
        board.press(sid, "1")


def test_hanging_up_ends_the_call_and_asks_for_nothing_more(ivr, board):
    sid = board.place_call(RUIZ, LINE).sid
    board.hang_up(sid)
    assert [asked.path for asked in ivr.asked] == [VOICE, STATUS]
    assert board.call(sid).status == "completed"


BAD = [
    ("closed with 500", Response("oops", status=500), 11200),
    ("refused with 403", Response("no", status=403), 11200),
    ("not XML", Response("<Response><Say>", content_type="text/xml"), 12100),
    ("nothing at all", Response("", content_type="text/xml"), 12100),
    ("another root", Response("<Reply/>", content_type="text/xml"), 12100),
    ("a document type", Response('<!DOCTYPE a [<!ENTITY b "c">]><Response/>', content_type="text/xml"), 12100),
    ("JSON", Response('{"ok": true}', content_type="application/json"), 12300),
]


@pytest.mark.parametrize(("answer", "code"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_bad_answer_is_an_alert_and_the_fallback_is_asked(ivr, board, answer, code):
    ivr.documents |= {VOICE: answer, FALLBACK: "<Say>Please hold.</Say><Gather/>"}
    sid = board.place_call(RUIZ, LINE).sid
    (fallback,) = ivr.at(FALLBACK)
    assert fallback.is_signed
    assert (fallback.form["ErrorCode"], fallback.form["ErrorUrl"]) == (str(code), HOME + VOICE)
    assert fallback.form["CallSid"] == sid
    assert heard(board, sid) == ["Please hold."]
    assert alerts(board) == [code]


def test_the_fallback_also_stands_in_for_a_later_document(ivr, board):
    ivr.documents |= {VOICE: "<Gather action='/next'/>", "/next": Response(status=502), FALLBACK: "<Say>Sorry.</Say>"}
    sid = board.place_call(RUIZ, LINE).sid
    board.press(sid, "1#")
    assert ivr.at(FALLBACK)[0].form["ErrorUrl"] == f"{HOME}/next"
    assert heard(board, sid) == ["Sorry."]


def test_when_the_fallback_fails_too_the_caller_hears_of_an_application_error(ivr, board):
    ivr.documents |= {VOICE: Response(status=500), FALLBACK: Response(status=500)}
    sid = board.place_call(RUIZ, LINE).sid
    assert heard(board, sid) == [f"(carrier: {APPLICATION_ERROR})"]
    assert board.call(sid).status == "completed"
    assert alerts(board) == [11200, 11200]


def test_what_breaks_the_grammar_is_an_alert_and_carried_out_as_far_as_it_goes(ivr, board):
    ivr.documents[VOICE] = "<Shout>Hey</Shout><Say volume='9'>Hello.</Say>"
    sid = board.place_call(RUIZ, LINE).sid
    assert heard(board, sid) == ["Hello."]
    texts = [alert["text"] for alert in latest_alerts(board.store)]
    assert texts == [
        "<Shout> is not carried out here.",
        "There is no <Shout> in TwiML. <Say> has no attribute volume.",
    ]
    assert set(alerts(board)) == {12200}


def test_text_is_read_out_and_sound_is_played(ivr, board):
    ivr.documents[VOICE] = Response("Closed today.", content_type="text/plain")
    assert heard(board, board.place_call(RUIZ, LINE).sid) == ["Closed today."]
    ivr.documents[VOICE] = Response(b"RIFF", content_type="audio/wav")
    assert heard(board, board.place_call(RUIZ, LINE).sid) == [f"(play: {HOME}{VOICE})"]


def test_a_duplicate_comes_with_the_same_token_and_its_answer_is_not_listened_to(ivr, board):
    board.faults.set("duplicate", count=1)
    sid = board.place_call(RUIZ, LINE).sid
    first, second = ivr.at(VOICE)
    assert first.form == second.form
    assert first.headers["I-Twilio-Idempotency-Token"] == second.headers["I-Twilio-Idempotency-Token"]
    assert heard(board, sid) == ["Press 1."]


@pytest.mark.parametrize(("fault", "times"), [("callback_lost", 0), ("callback_twice", 2)])
def test_a_status_callback_may_be_lost_or_come_twice(ivr, board, fault, times):
    board.faults.set(fault)
    board.hang_up(board.place_call(RUIZ, LINE).sid)
    assert len(ivr.at(STATUS)) == times


def test_a_call_that_goes_round_in_circles_stands_still_until_its_person_does_something(ivr, board):
    ivr.documents[VOICE] = "<Say>Again.</Say><Redirect>/twilio/voice</Redirect>"
    sid = board.place_call(RUIZ, LINE).sid
    assert 20 < len(ivr.at(VOICE)) < 40
    assert board.call(sid).waiting_for == "playing"
    board.hang_up(sid)
    assert board.call(sid).status == "completed"


@pytest.mark.parametrize(
    ("document", "status"),
    [
        ("", "completed"),
        ("<Reject/>", "no-answer"),
        ("<Reject reason='busy'/>", "busy"),
        ("<Pause length='2'/><Reject reason='busy'/>", "busy"),
        ("<Hangup/>", "completed"),
    ],
)
def test_how_a_call_ends_by_its_first_verb(ivr, board, document, status):
    ivr.documents[VOICE] = twiml(document)
    assert board.place_call(RUIZ, LINE).status == status
