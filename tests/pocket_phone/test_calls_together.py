"""Calls that have to do with each other: queues, dialing, conferences.

Source: Twilio, "TwiML Voice": <Enqueue>, <Leave>, <Dial>, <Number>, <Client>, <Queue>, <Conference>.
"""

import pytest

from bot.pocket_phone.alerts import latest_alerts
from bot.pocket_phone.calls.call import Orders
from bot.pocket_phone.calls.events import Goto
from bot.pocket_phone.calls.habit import Habit, put_habit
from bot.pocket_phone.lines import put_line
from tests.pocket_phone.ivr import CHEN, HOME, LINE, RUIZ, STATUS, VOICE, Ivr, board_for, heard

DESK, OTHER_LINE = "client:desk", "+13125550101"
QUEUE = "<Enqueue action='/left' waitUrl='/wait'>callers</Enqueue><Say>After the queue.</Say>"
# What comes with the call comes from no address: nothing in it can be relative.
TAKE = f"<Response><Dial action='{HOME}/served'><Queue url='{HOME}/about'>callers</Queue></Dial></Response>"


@pytest.fixture
def ivr() -> Ivr:
    return Ivr({VOICE: QUEUE, "/wait": "<Say>You are next.</Say><Play>music.mp3</Play>", "/left": "<Say>Left.</Say>"})


@pytest.fixture
def board(ivr):
    return board_for(ivr)


def take_next(board, twiml=TAKE) -> str:
    """Somebody at a desk takes whoever is next."""
    put_habit(board.store, DESK, Habit("person"))
    return board.call_out(LINE, DESK, Orders(twiml=twiml)).sid


def told(ivr, path, *names) -> list[tuple[str, ...]]:
    return [tuple(asked.form.get(name, "") for name in names) for asked in ivr.at(path)]


# --- waiting


def test_who_waits_hears_the_waiting_document_again_and_again(ivr, board):
    sid = board.place_call(RUIZ, LINE).sid
    assert board.call(sid).waiting_for == "queue"
    assert heard(board, sid) == ["You are next.", f"(play: {HOME}/music.mp3)"]
    board.stay_silent(sid)
    other = board.place_call(CHEN, LINE).sid
    assert told(ivr, "/wait", "CallSid", "QueuePosition", "CurrentQueueSize", "QueueTime", "AvgQueueTime") == [
        (sid, "1", "1", "0", "0"),
        (sid, "1", "1", "34", "34"),
        (other, "2", "2", "0", "19"),
    ]


def test_without_a_waiting_document_there_is_music(ivr, board):
    ivr.documents[VOICE] = "<Enqueue>callers</Enqueue>"
    assert heard(board, board.place_call(RUIZ, LINE).sid) == ["(hold)"]


def test_a_menu_may_stand_in_the_waiting_document(ivr, board):
    ivr.documents |= {
        "/wait": "<Gather numDigits='1' action='/choice'><Say>Press 1 to be called back.</Say></Gather>",
        "/choice": "<Leave/>",
    }
    sid = board.place_call(RUIZ, LINE).sid
    assert board.call(sid).waiting_for == "person"
    board.press(sid, "1")
    assert heard(board, sid)[-1] == "Left."
    assert told(ivr, "/left", "QueueResult") == [("leave",)]


def test_leaving_without_an_action_goes_on_with_the_next_verb(ivr, board):
    ivr.documents |= {VOICE: QUEUE.replace("action='/left' ", ""), "/wait": "<Leave/>"}
    assert heard(board, board.place_call(RUIZ, LINE).sid) == ["After the queue."]


def test_who_hangs_up_in_the_queue_is_out_of_it(ivr, board):
    sid = board.place_call(RUIZ, LINE).sid
    board.hang_up(sid)
    assert told(ivr, "/left", "QueueResult", "CallStatus") == [("hangup", "completed")]
    assert board.queues.named("callers").members == []


def test_who_is_sent_elsewhere_is_out_of_the_queue(ivr, board):
    ivr.documents["/elsewhere"] = "<Say>Hello, Ruiz.</Say><Gather/>"
    sid = board.place_call(RUIZ, LINE).sid
    board.move_call(sid, Goto(f"{HOME}/elsewhere"))
    assert heard(board, sid)[-1] == "Hello, Ruiz."
    assert told(ivr, "/left", "QueueResult") == [("redirected",)]


def test_a_full_queue_takes_nobody(ivr, board):
    board.queues.named("callers").max_size = 1
    board.place_call(RUIZ, LINE)
    board.place_call(CHEN, LINE)
    assert told(ivr, "/left", "QueueResult", "Caller") == [("queue-full", CHEN)]


def test_what_may_not_be_done_while_waiting_is_an_alert(ivr, board):
    ivr.documents["/wait"] = "<Say>Wait.</Say><Record/>"
    assert heard(board, board.place_call(RUIZ, LINE).sid) == ["Wait."]
    assert latest_alerts(board.store)[0]["text"] == "<Record> is not carried out here."


# --- being served


def test_the_first_in_the_queue_is_taken_and_both_hear_each_other(ivr, board):
    ivr.documents |= {"/about": "<Say>This call may be recorded.</Say>", "/served": "<Say>Next?</Say>"}
    first, second = (board.place_call(number, LINE).sid for number in (RUIZ, CHEN))
    desk = take_next(board)
    board.say(desk, "Duty desk, good morning.")
    board.say(first, "I cannot come tomorrow.")
    assert heard(board, first)[2:] == ["This call may be recorded.", "(voice: Duty desk, good morning.)"]
    assert heard(board, desk) == ["(voice: I cannot come tomorrow.)"]
    assert told(ivr, "/about", "CallSid", "DequeingCallSid") == [(first, desk)]
    assert board.call(second).waiting_for == "queue"
    board.hang_up(first)
    assert heard(board, desk)[-1] == "Next?"
    assert told(ivr, "/left", "QueueResult") == []
    (served,) = told(ivr, "/served", "DialCallStatus", "DialBridged", "DequeueResult", "DequeuedCallSid")
    assert served == ("completed", "true", "bridged", first)


def test_when_the_desk_hangs_up_the_caller_goes_on_with_the_action(ivr, board):
    sid = board.place_call(RUIZ, LINE).sid
    board.hang_up(take_next(board, TAKE.replace(f" url='{HOME}/about'", "")))
    assert heard(board, sid)[-1] == "Left."
    assert told(ivr, "/left", "QueueResult") == [("bridged",)]


def test_the_desk_may_wait_for_somebody_to_come(ivr, board):
    board.hang_up(board.place_call(RUIZ, LINE).sid)
    desk = take_next(board, TAKE.replace(f" url='{HOME}/about'", ""))
    assert board.call(desk).waiting_for == "dial"
    caller = board.place_call(CHEN, LINE).sid
    board.say(desk, "Duty desk.")
    assert heard(board, caller)[-1] == "(voice: Duty desk.)"


@pytest.mark.parametrize(("is_known", "result"), [(True, "timeout"), (False, "queue-not-found")])
def test_the_desk_finds_nobody(ivr, board, is_known, result):
    if is_known:
        board.queues.named("callers")
    desk = take_next(board)
    if is_known:
        board.stay_silent(desk)
    assert told(ivr, "/served", "DequeueResult") == [(result,)]


# --- dialing phones


def dial(ivr, board, document, *, answering="nobody", number=CHEN) -> str:
    put_habit(board.store, number, Habit(answering))
    ivr.documents |= {VOICE: document, "/done": "<Say>Done.</Say>"}
    return board.place_call(RUIZ, LINE).sid


def leg_of(board, number):
    row = board.store.row("select sid from call where to_number = ? order by id desc limit 1", number)
    return board.call(row["sid"])


@pytest.mark.parametrize(
    ("answering", "status"),
    [("nobody", "no-answer"), ("busy", "busy"), ("declined", "busy"), ("unreachable", "failed")],
)
def test_what_the_action_is_told_of_a_phone_that_was_not_reached(ivr, board, answering, status):
    sid = dial(ivr, board, f"<Dial action='/done'>{CHEN}</Dial><Say>Never.</Say>", answering=answering)
    assert heard(board, sid) == ["(ring)", "Done."]
    assert told(ivr, "/done", "DialCallStatus", "DialBridged") == [(status, "false")]


def test_without_an_action_the_next_verb_follows(ivr, board):
    assert heard(board, dial(ivr, board, f"<Dial>{CHEN}</Dial><Say>Sorry.</Say>")) == ["(ring)", "Sorry."]


def test_who_is_dialed_hears_the_whisper_first_and_then_the_caller(ivr, board):
    ivr.documents["/whisper"] = "<Gather numDigits='1' action='/accepted'><Say>A call for you, press 1.</Say></Gather>"
    number = f"<Number url='/whisper' statusCallback='/leg' statusCallbackEvent='answered completed'>{CHEN}</Number>"
    sid = dial(ivr, board, f"<Dial action='/done' callerId='{LINE}'>{number}</Dial>", answering="person")
    leg = leg_of(board, CHEN)
    assert (leg.parent_sid, leg.direction, leg.from_number) == (sid, "outbound-dial", LINE)
    board.say(sid, "Hello?")
    assert heard(board, leg.sid) == ["A call for you, press 1."]
    board.press(leg.sid, "1")
    board.say(sid, "Chen?")
    assert heard(board, leg.sid)[-1] == "(voice: Chen?)"
    board.say(leg.sid, "Yes.")
    assert heard(board, sid) == ["(ring)", "(voice: Yes.)"]
    board.hang_up(leg.sid)
    assert told(ivr, "/whisper", "CallSid", "ParentCallSid", "Direction") == [(leg.sid, sid, "outbound-dial")]
    assert told(ivr, "/leg", "CallStatus") == [("in-progress",), ("completed",)]
    assert told(ivr, "/done", "DialCallStatus", "DialCallSid", "DialBridged") == [("completed", leg.sid, "true")]


def test_who_hangs_up_at_the_whisper_was_not_connected(ivr, board):
    ivr.documents["/whisper"] = "<Gather><Say>A call for you, press 1.</Say></Gather><Hangup/>"
    dial(ivr, board, f"<Dial action='/done'><Number url='/whisper'>{CHEN}</Number></Dial>", answering="person")
    board.stay_silent(leg_of(board, CHEN).sid)
    assert told(ivr, "/done", "DialCallStatus", "DialBridged") == [("completed", "false")]


def test_the_first_to_answer_is_connected_and_the_others_ring_no_more(ivr, board):
    put_habit(board.store, DESK, Habit("by hand"))
    both = f"<Number>{CHEN}</Number><Client>desk</Client>"
    sid = dial(ivr, board, f"<Dial action='/done'>{both}</Dial>", answering="by hand")
    assert board.call(sid).waiting_for == "dial"
    board.answer(leg_of(board, DESK).sid)
    board.say(sid, "Hello.")
    assert heard(board, leg_of(board, DESK).sid) == ["(voice: Hello.)"]
    assert leg_of(board, CHEN).status == "canceled"


def test_one_after_the_other_where_that_is_asked_for(ivr, board):
    put_habit(board.store, DESK, Habit("person"))
    both = f"<Number>{CHEN}</Number><Client>desk</Client>"
    sid = dial(ivr, board, f"<Dial sequential='true'>{both}</Dial>", answering="busy")
    assert (leg_of(board, CHEN).status, leg_of(board, DESK).status) == ("busy", "in-progress")
    assert board.call(sid).waiting_for == "talk"


def test_it_rings_only_so_long(ivr, board):
    sid = dial(ivr, board, f"<Dial action='/done' timeout='20'>{CHEN}</Dial>", answering="by hand")
    board.stay_silent(sid)
    assert told(ivr, "/done", "DialCallStatus") == [("no-answer",)]
    assert leg_of(board, CHEN).status == "no-answer"


def test_the_caller_who_hangs_up_takes_the_leg_with_him(ivr, board):
    sid = dial(ivr, board, f"<Dial action='/done'>{CHEN}</Dial>", answering="person")
    board.hang_up(sid)
    assert {board.call(sid).status, leg_of(board, CHEN).status} == {"completed"}
    assert ivr.at("/done") == []
    assert len(ivr.at(STATUS)) == 1


def test_a_star_may_end_the_conversation(ivr, board):
    sid = dial(ivr, board, f"<Dial action='/done' hangupOnStar='true'>{CHEN}</Dial>", answering="person")
    board.press(sid, "*")
    assert heard(board, sid)[-1] == "Done."


# --- conferences

ROOM = (
    "<Dial action='/done'><Conference beep='false' {} statusCallback='/room'"
    " statusCallbackEvent='start join leave end'>call 7</Conference></Dial>"
)


def enter(ivr, board, number, attributes="") -> str:
    ivr.documents |= {VOICE: ROOM.format(attributes), "/done": "<Say>Done.</Say>"}
    return board.place_call(number, LINE).sid


def events(ivr) -> list[str]:
    return [event for (event,) in told(ivr, "/room", "StatusCallbackEvent")]


def test_a_conference_from_its_beginning_to_its_end(ivr, board):
    first = enter(ivr, board, RUIZ, "startConferenceOnEnter='false' waitUrl='/wait'")
    assert heard(board, first) == ["You are next.", f"(play: {HOME}/music.mp3)"]
    second = enter(ivr, board, CHEN, "endConferenceOnExit='true'")
    assert events(ivr) == ["participant-join", "participant-join", "conference-start"]
    board.say(second, "Here I am.")
    assert heard(board, first)[-1] == "(voice: Here I am.)"
    board.hang_up(second)
    assert heard(board, first)[-1] == "Done."
    assert events(ivr)[3:] == ["participant-leave", "participant-leave", "conference-end"]
    assert told(ivr, "/done", "DialCallStatus", "CallSid") == [("answered", first)]
    assert board.conferences.all() == []


def test_three_hear_each_other_and_one_may_leave(ivr, board):
    put_line(board.store, OTHER_LINE)
    sids = [enter(ivr, board, number) for number in (RUIZ, CHEN, "+13125550113")]
    board.hang_up(sids[0])
    board.say(sids[1], "Still there?")
    assert heard(board, sids[2]) == ["(voice: Still there?)"]
    assert events(ivr).count("participant-leave") == 1
    assert "conference-end" not in events(ivr)


def test_who_waits_alone_for_a_conference_that_ends_goes_on(ivr, board):
    first = enter(ivr, board, RUIZ, "startConferenceOnEnter='false'")
    second = enter(ivr, board, CHEN, "startConferenceOnEnter='false' endConferenceOnExit='true'")
    board.hang_up(second)
    assert heard(board, first) == ["(hold)", "Done."]
