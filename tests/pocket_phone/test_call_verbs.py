"""Each verb as Twilio carries it out. Source: Twilio, "TwiML for Programmable Voice", the page of the verb."""

import pytest

from bot.pocket_phone.calls.carrying import VERBS, carry_out
from bot.pocket_phone.calls.events import Pressed, Said, TimeUp
from bot.pocket_phone.calls.pace import Threads
from bot.pocket_phone.calls.session import Session
from tests.pocket_phone.ivr import HOME, LINE, RUIZ, STATUS, VOICE, Ivr, board_for, heard


@pytest.fixture
def ivr() -> Ivr:
    return Ivr()


@pytest.fixture
def board(ivr):
    return board_for(ivr)


def called(ivr, board, document, **others) -> str:
    """A call that was answered with this document."""
    ivr.documents |= {VOICE: document} | {f"/{name}": other for name, other in others.items()}
    return board.place_call(RUIZ, LINE).sid


PROMPTS = [
    ("<Say>One</Say><Say>Two</Say>", ["One", "Two"]),
    ("<Say loop='3'>One</Say>", ["One"]),
    ("<Play>hold.mp3</Play><Play digits='1w2'/>", [f"(play: {HOME}/twilio/hold.mp3)", "(tone: 1w2)"]),
    ("<Pause length='3'/><Say>Late</Say>", ["Late"]),
    # What is marked is read as its marks say; alias instead of abbreviation.
    ("<Say>At <sub alias='Saint'>St</sub> <break time='1s'/>Mary, <say-as interpret-as='digits'>12</say-as>.</Say>",
     ["At Saint Mary, 12."]),
    # Nothing after these is reached.
    ("<Say>One</Say><Hangup/><Say>Two</Say>", ["One"]),
    ("<Redirect>/next</Redirect><Say>Two</Say>", ["Next"]),
    # Reject does nothing on a call that was answered.
    ("<Say>One</Say><Reject/><Say>Two</Say>", ["One", "Two"]),
    # Verbs that are not for this line are passed over.
    ("<Sms>Hi</Sms><Refer><Sip>sip:a@b</Sip></Refer><Say>One</Say>", ["One"]),
]  # fmt: skip


@pytest.mark.parametrize(("document", "lines"), PROMPTS)
def test_what_is_heard(ivr, board, document, lines):
    assert heard(board, called(ivr, board, document, next="<Say>Next</Say>")) == lines


def test_a_line_says_in_which_voice_and_language_and_with_which_marks(ivr, board):
    say = "<Say voice='Polly.Lupe-Neural' language='es-US'>Detalle <say-as interpret-as='digits'>12</say-as></Say>"
    (line,) = board.heard(called(ivr, board, say))
    assert (line.kind, line.text, line.voice, line.language) == ("say", "Detalle 12", "Polly.Lupe-Neural", "es-US")
    assert line.ssml == 'Detalle <say-as interpret-as="digits">12</say-as>'


# What is gathered: attributes, what the person does, what the action is told (None: it is not asked).
GATHERED = [
    # Finishing on #, which is not told; a time-out after the last key also finishes.
    ("", "12#", {"Digits": "12", "FinishedOnKey": "#"}),
    ("", "12", {"Digits": "12", "FinishedOnKey": ""}),
    ("finishOnKey='*'", "12#*", {"Digits": "12#", "FinishedOnKey": "*"}),
    ("finishOnKey=''", "12#*", {"Digits": "12#*", "FinishedOnKey": ""}),
    # What finishes counts only after another key.
    ("", "#", None),
    ("", "#1#", {"Digits": "1", "FinishedOnKey": "#"}),
    ("numDigits='1'", "23", {"Digits": "2", "FinishedOnKey": ""}),
    ("numDigits='4' finishOnKey='#'", "48#", {"Digits": "48", "FinishedOnKey": "#"}),
    # Speech only where it is asked for, keys likewise.
    ("", '"list"', None),
    ("input='speech'", "1", None),
    ("input='speech'", '"list"', {"SpeechResult": "list", "Confidence": "0.9", "Language": "en-US"}),
    ("input='dtmf speech' language='es-MX'", '"lista"',
     {"SpeechResult": "lista", "Confidence": "0.9", "Language": "es-MX"}),
    ("input='dtmf speech'", "1#", {"Digits": "1", "FinishedOnKey": "#"}),
    # Silence: on to the next verb, unless the empty result is wanted.
    ("", "", None),
    ("actionOnEmptyResult='true'", "", {"Digits": "", "FinishedOnKey": ""}),
    ("actionOnEmptyResult='true' input='speech'", "", {"SpeechResult": "", "Confidence": "0.0", "Language": "en-US"}),
    ("actionOnEmptyResult='true' input='dtmf speech'", "", {"Digits": "", "FinishedOnKey": ""}),
]  # fmt: skip


@pytest.mark.parametrize(("attributes", "done", "told"), GATHERED)
def test_what_a_gather_tells_its_action(ivr, board, attributes, done, told):
    document = f"<Gather action='turn?c=7' {attributes}><Say>Well?</Say></Gather><Say>Nothing.</Say>"
    ivr.documents["/twilio/turn"] = "<Say>Taken.</Say>"
    sid = called(ivr, board, document)
    if done.startswith('"'):
        board.say(sid, done.strip('"'))
    elif done:
        board.press(sid, done)
    if board.call(sid).status == "in-progress":
        board.stay_silent(sid)
    assert heard(board, sid) == ["Well?", "Nothing." if told is None else "Taken."]
    asked = ivr.at("/twilio/turn")
    assert len(asked) == (told is not None)
    for turn in asked:
        assert turn.is_signed
        assert turn.form["c"] == "7"
        assert {name: turn.form[name] for name in turn.form if name in _GATHERED} == told


_GATHERED = {"Digits", "FinishedOnKey", "SpeechResult", "Confidence", "Language"}


def test_without_an_action_the_document_itself_is_asked_again(ivr, board):
    sid = called(ivr, board, "<Gather numDigits='1'/>")
    board.press(sid, "5")
    assert ivr.paths() == [VOICE, VOICE]
    assert ivr.asked[-1].form["Digits"] == "5"


def test_an_action_may_be_asked_with_get(ivr, board):
    sid = called(ivr, board, "<Gather method='GET' action='/turn?c=7' numDigits='1'/>", turn="<Say>Got it.</Say>")
    board.press(sid, "5")
    (turn,) = ivr.at("/turn")
    assert (turn.method, turn.is_signed, turn.form["Digits"], turn.form["c"]) == ("GET", True, "5", "7")


def test_how_sure_speech_recognition_is_is_told(ivr, board):
    sid = called(ivr, board, "<Gather input='speech' action='/turn'/>")
    board.say(sid, "drop it", confidence=0.31)
    assert ivr.at("/turn")[0].form["Confidence"] == "0.31"


def test_keys_pressed_while_nothing_listens_are_lost(ivr, board):
    sid = called(ivr, board, "<Gather numDigits='1' action='/turn'/>", turn="<Gather numDigits='1' action='/last'/>")
    board.press(sid, "12")
    assert ivr.at("/turn")[0].form["Digits"] == "1"
    assert ivr.at("/last") == []


# --- barge-in, with time as it is: the script is handed what happens while a prompt plays

LONG = "<Say>One two three.</Say><Say>Four five six.</Say>"


def script_of(board, document):
    """The script of a document on a call that stands ringing, and its session."""
    sid = board.place_call(RUIZ, LINE).sid
    session = Session(board, sid)
    return carry_out(session, session.given(f"<Response>{document}</Response>")), sid


BARGE_IN = [
    ("", Pressed("7"), ["One two three."]),
    ("", Said("list"), ["One two three.", "Four five six."]),
    ("input='speech'", Said("list"), ["One two three."]),
    ("input='speech'", Pressed("7"), ["One two three.", "Four five six."]),
    ("input='speech' bargeIn='false'", Said("list"), ["One two three.", "Four five six."]),
    ("input='dtmf speech' bargeIn='false'", Pressed("7"), ["One two three."]),
]


@pytest.mark.parametrize(("attributes", "event", "lines"), BARGE_IN)
def test_what_interrupts_a_nested_prompt(ivr, board, attributes, event, lines):
    ivr.documents[VOICE] = "<Gather/>"
    script, sid = script_of(board, f"<Gather {attributes} numDigits='1'>{LONG}</Gather>")
    wait = script.send(None)
    assert wait.on == "playing"
    goto = None
    try:
        wait = script.send(event)
        while wait.on == "playing":
            wait = script.send(TimeUp())
    except StopIteration as end:
        goto = end.value
    assert heard(board, sid) == lines
    assert (goto is not None) == (len(lines) == 1)


def test_outside_a_gather_nothing_interrupts(ivr, board):
    ivr.documents[VOICE] = "<Gather/>"
    script, sid = script_of(board, LONG)
    first = script.send(None)
    assert script.send(Pressed("7")) is first
    script.send(TimeUp())
    assert heard(board, sid) == ["One two three.", "Four five six."]


def test_a_timed_call_times_out_by_itself(ivr):
    pace = Threads(2)
    board = board_for(ivr, pace=pace)
    ivr.documents[VOICE] = "<Gather timeout='1'/><Say>Nothing heard, for now.</Say>"
    sid = board.place_call(RUIZ, LINE, is_timed=True).sid
    board.wait_settled(sid, 5)
    board.press(sid, "1#")
    board.wait_settled(sid, 5)
    assert len(ivr.at(VOICE)) == 2
    board.hang_up(sid)
    assert board.wait_idle(5)
    assert board.call(sid).status == "completed"
    pace.stop()


def test_a_mistake_in_carrying_out_cuts_off_that_call_alone(ivr, board, monkeypatch, caplog):
    other = called(ivr, board, "<Gather/>")
    monkeypatch.setitem(VERBS, "Pause", lambda *about: 1 / 0)
    sid = called(ivr, board, "<Pause/>")
    assert (board.call(sid).status, board.call(other).status) == ("failed", "in-progress")
    assert "is cut off" in caplog.text


# --- recording


RECORD = "<Record action='/kept' recordingStatusCallback='/told' transcribe='true' transcribeCallback='/text'/>"


def test_what_is_recorded_is_told_to_action_and_callbacks(ivr, board):
    sid = called(ivr, board, f"{RECORD}<Say>Never.</Say>", kept="<Say>Thank you.</Say>")
    board.say(sid, "This is Ruiz, call me back.")
    assert heard(board, sid) == ["(beep)", "Thank you."]
    kept, told, text = (ivr.at(path)[0].form for path in ("/kept", "/told", "/text"))
    assert (kept["RecordingDuration"], kept["Digits"]) == ("2", "")
    assert told["RecordingStatus"] == "completed"
    assert {kept["RecordingSid"]} == {told["RecordingSid"], text["RecordingSid"]}
    assert text["TranscriptionText"] == "This is Ruiz, call me back."
    assert all(asked.is_signed for asked in ivr.asked)


def test_who_hangs_up_has_been_recorded_too(ivr):
    # With time as it is he can hang up while the tape runs; at once would not let him.
    pace = Threads(2)
    board = board_for(ivr, pace=pace)
    ivr.documents |= {VOICE: RECORD.replace("action", "timeout='30' action")}
    sid = board.place_call(RUIZ, LINE, is_timed=True).sid
    board.say(sid, "Call me back.")
    board.hang_up(sid)
    assert board.wait_idle(5)
    pace.stop()
    form = ivr.at("/kept")[0].form
    assert (form["Digits"], form["CallStatus"]) == ("hangup", "completed")
    assert ivr.at(STATUS)[0].form["CallStatus"] == "completed"


def test_a_key_ends_a_recording_and_silence_alone_makes_none(ivr, board):
    sid = called(ivr, board, f"{RECORD}<Say>Empty.</Say>")
    board.press(sid, "#")
    assert heard(board, sid) == ["(beep)", "Empty."]
    assert ivr.at("/kept") == []
