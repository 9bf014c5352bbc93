"""The account calls somebody: how the phone answers, what is told of it, and whose turn it is."""

import pytest

from bot.pocket_phone.calls.call import Orders
from bot.pocket_phone.calls.habit import Habit, put_habit
from bot.pocket_phone.calls.pace import Threads, Turns
from bot.pocket_phone.calls.recording import recordings
from bot.pocket_phone.calls.switchboard import NotRinging
from tests.pocket_phone.ivr import CHEN, HOME, LINE, RUIZ, STATUS, Ivr, board_for, heard

OFFER, ALL = "/offer", ("initiated", "ringing", "answered", "completed")
QUESTION = "<Gather numDigits='1' action='/turn'><Say>Press 1 to accept.</Say></Gather><Say>Goodbye.</Say>"


@pytest.fixture
def ivr() -> Ivr:
    return Ivr({OFFER: QUESTION, "/turn": "<Say>It is yours.</Say>"})


@pytest.fixture
def board(ivr):
    return board_for(ivr)


def orders(**more) -> Orders:
    return Orders(**{"url": HOME + OFFER, "status_callback": HOME + STATUS, "status_callback_events": ALL} | more)


def call_out(board, answering="nobody", **more) -> str:
    put_habit(board.store, RUIZ, Habit(answering))
    return board.call_out(LINE, RUIZ, orders(**more)).sid


def statuses(ivr) -> list[str]:
    return [told.form["CallStatus"] for told in ivr.at(STATUS)]


# How a phone answers, how the call ends if its person says nothing, the statuses told, SIP's word for it.
ANSWERED = [
    ("nobody", "no-answer", ["initiated", "ringing", "no-answer"], "487"),
    ("busy", "busy", ["initiated", "ringing", "busy"], "486"),
    ("declined", "busy", ["initiated", "ringing", "busy"], "486"),
    ("unreachable", "failed", ["initiated", "ringing", "failed"], "404"),
    ("person", "completed", ["initiated", "ringing", "in-progress", "completed"], "200"),
    ("machine", "completed", ["initiated", "ringing", "in-progress", "completed"], "200"),
]


@pytest.mark.parametrize(("answering", "status", "told", "sip"), ANSWERED)
def test_how_a_phone_answers(ivr, board, answering, status, told, sip):
    sid = call_out(board, answering)
    if answering == "person":
        board.stay_silent(sid)
    assert board.call(sid).status == status
    assert statuses(ivr) == told
    assert [asked.form["SequenceNumber"] for asked in ivr.at(STATUS)] == [str(place) for place in range(len(told))]
    assert ivr.at(STATUS)[-1].form["SipResponseCode"] == sip
    assert all(asked.is_signed for asked in ivr.asked)
    assert len(ivr.at(OFFER)) == (status == "completed")


def test_the_form_of_the_first_document_is_twilios(ivr, board):
    sid = call_out(board, "person")
    form = ivr.at(OFFER)[0].form
    wanted = {"CallSid": sid, "CallStatus": "in-progress", "Direction": "outbound-api", "From": LINE, "To": RUIZ}
    assert {name: form[name] for name in wanted} == wanted
    assert "AnsweredBy" not in form


def test_the_person_called_answers_the_question(ivr, board):
    sid = call_out(board, "person")
    board.press(sid, "1")
    assert heard(board, sid) == ["Press 1 to accept.", "It is yours."]
    assert ivr.at("/turn")[0].form["Digits"] == "1"
    assert board.call(sid).status == "completed"


def test_only_the_end_is_told_unless_more_is_asked_for(ivr, board):
    call_out(board, status_callback_events=("completed",))
    assert statuses(ivr) == ["no-answer"]


def test_a_phone_in_somebodys_hand_rings_until_it_is_taken_up(ivr, board):
    sid = call_out(board, "by hand")
    assert (board.call(sid).status, board.call(sid).waiting_for) == ("ringing", "ringing")
    board.answer(sid)
    assert heard(board, sid) == ["Press 1 to accept."]
    with pytest.raises(NotRinging):
        board.answer(sid)


@pytest.mark.parametrize(
    ("act", "status"),
    [
        (lambda board, sid: board.turn_away(sid), "busy"),
        (lambda board, sid: board.turn_away(sid, "failed"), "failed"),
        (lambda board, sid: board.stay_silent(sid), "no-answer"),
        (lambda board, sid: board.end_call(sid, "canceled"), "canceled"),
        (lambda board, sid: board.end_call(sid), "canceled"),
    ],
)
def test_what_else_becomes_of_a_ringing_phone(board, act, status):
    sid = call_out(board, "by hand")
    act(board, sid)
    assert (board.call(sid).status, board.call(sid).duration_seconds) == (status, None)


# Twilio, "Answering machine detection": what AnsweredBy says.
DETECTED = [
    ("person", "Enable", "human"),
    ("machine", "Enable", "machine_start"),
    ("machine", "DetectMessageEnd", "machine_end_beep"),
    ("machine", "", None),
]


@pytest.mark.parametrize(("answering", "detection", "told"), DETECTED)
def test_what_answered_is_told_with_the_first_document(ivr, board, answering, detection, told):
    sid = call_out(board, answering, machine_detection=detection)
    assert ivr.at(OFFER)[0].form.get("AnsweredBy") == told
    assert board.call(sid).answered_by == told


def test_detection_in_the_background_is_told_by_itself(ivr, board):
    call_out(board, "machine", machine_detection="Enable", async_amd=True, async_amd_status_callback=f"{HOME}/detected")
    assert "AnsweredBy" not in ivr.at(OFFER)[0].form
    assert ivr.at("/detected")[0].form["AnsweredBy"] == "machine_start"


def test_a_machine_hears_the_message_and_presses_nothing(ivr, board):
    ivr.documents[OFFER] = "<Gather><Say>Call us back.</Say></Gather><Redirect>/offer</Redirect>"
    sid = call_out(board, "machine")
    assert 1 < len(heard(board, sid)) < 10
    assert board.call(sid).status == "completed"


def test_twiml_may_come_with_the_call(ivr, board):
    sid = call_out(board, "person", url="", twiml="<Response><Say>Storm watch.</Say></Response>")
    assert heard(board, sid) == ["Storm watch."]
    assert ivr.paths() == []


def test_digits_may_be_sent_first(board):
    assert heard(board, call_out(board, "person", send_digits="ww12"))[0] == "(tone: ww12)"


def test_a_recorded_call_is_told_when_it_is_over(ivr, board):
    sid = call_out(board, "person", record=True, recording_status_callback=f"{HOME}/recorded")
    board.press(sid, "1")
    (recording,) = recordings(board.store, sid)
    assert ivr.at("/recorded")[0].form["RecordingSid"] == recording.sid


def test_a_fault_fails_the_call(board):
    board.faults.set("failed", number=RUIZ)
    assert board.call(call_out(board, "person")).status == "failed"


def test_callbacks_may_come_last_one_first(ivr, board):
    board.faults.set("out_of_order", number=RUIZ, count=1)
    call_out(board)
    assert statuses(ivr) == ["no-answer", "ringing", "initiated"]


def test_calls_wait_their_turn(monkeypatch):
    monkeypatch.setattr("bot.pocket_phone.calls.pace.time.monotonic", lambda: 100.0)
    one_a_second, at_once = Turns(1), Turns(0)
    assert [one_a_second.next() for _ in range(3)] == [0.0, 1.0, 2.0]
    assert [at_once.next() for _ in range(3)] == [0.0, 0.0, 0.0]


def test_a_call_that_waits_its_turn_is_queued_and_can_be_canceled(ivr):
    pace = Threads(2)
    board = board_for(ivr, pace=pace, calls_per_second=0.1)
    put_habit(board.store, RUIZ, Habit("busy"))
    first, second = (board.call_out(LINE, number, orders()) for number in (RUIZ, CHEN))
    assert (first.queue_ms, 9000 < second.queue_ms <= 10_000) == (0, True)
    assert board.wait_settled(first.sid, 5)
    assert [board.call(call.sid).status for call in (first, second)] == ["busy", "queued"]
    board.end_call(second.sid, "canceled")
    assert board.wait_idle(5)
    assert board.call(second.sid).status == "canceled"
    assert "canceled" in statuses(ivr)
    pace.stop()


def test_calls_of_a_killed_process_are_cut_off(ivr, board):
    sid = call_out(board, "by hand")
    fresh = board_for(ivr)
    fresh.store = board.store
    fresh.start()
    assert fresh.call(sid).status == "failed"
    assert statuses(ivr)[-1] == "failed"
