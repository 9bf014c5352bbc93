"""Whatever the documents say and whoever does what: no call is dropped, and each can be ended."""

import contextlib
import logging

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.pocket_phone.calls.call import FINAL, unfinished_calls
from bot.pocket_phone.calls.habit import ANSWERING, Habit, put_habit
from bot.pocket_phone.calls.switchboard import NoSuchCall, NotRinging
from tests.pocket_phone.ivr import CHEN, LINE, RUIZ, STATUS, VOICE, Ivr, board_for

VERBS = [
    "<Say>Hello.</Say>",
    "<Gather numDigits='1' action='/a'><Say>Press.</Say></Gather>",
    "<Gather input='dtmf speech' action='/b' actionOnEmptyResult='true'/>",
    "<Record action='/a'/>",
    "<Pause/>",
    "<Redirect>/a</Redirect>",
    "<Redirect>/twilio/voice</Redirect>",
    "<Enqueue waitUrl='/wait' action='/b'>callers</Enqueue>",
    "<Enqueue>callers</Enqueue>",
    "<Leave/>",
    "<Dial action='/b'><Queue>callers</Queue></Dial>",
    f"<Dial timeout='5'><Number url='/a'>{CHEN}</Number></Dial>",
    f"<Dial>{CHEN}</Dial>",
    "<Dial><Conference waitUrl='/wait' endConferenceOnExit='true'>room</Conference></Dial>",
    "<Dial><Conference startConferenceOnEnter='false'>room</Conference></Dial>",
    "<Reject/>",
    "<Hangup/>",
    "<Nonsense/>",
]
documents = st.lists(st.sampled_from(VERBS), max_size=3).map("".join)
ACTS = {
    "press": lambda board, sid: board.press(sid, "1#"),
    "say": lambda board, sid: board.say(sid, "list"),
    "silent": lambda board, sid: board.stay_silent(sid),
    "hang up": lambda board, sid: board.hang_up(sid),
    "answer": lambda board, sid: board.answer(sid),
    "end": lambda board, sid: board.end_call(sid),
}
acts = st.lists(st.tuples(st.sampled_from([*ACTS, "call"]), st.integers(0, 3)), max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(documents, documents, documents, documents), st.sampled_from(sorted(ANSWERING)), acts)
def test_any_documents_and_any_acts(caplog, written, answering, done):
    caplog.set_level(logging.ERROR)
    ivr = Ivr(dict(zip((VOICE, "/a", "/b", "/wait"), written, strict=True)))
    board = board_for(ivr)
    put_habit(board.store, CHEN, Habit(answering))
    board.place_call(RUIZ, LINE)
    for act, who in done:
        live = [call.sid for call in unfinished_calls(board.store)]
        if act == "call":
            board.place_call(RUIZ, LINE)
        elif live:
            do(board, act, live[who % len(live)])
    for call in unfinished_calls(board.store):
        do(board, "end", call.sid)
    ended = board.store.rows("select status from call")
    assert {row["status"] for row in ended} <= set(FINAL)
    assert len(ivr.at(STATUS)) == board.store.row("select count(*) as n from call where direction = 'inbound'")["n"]
    assert board.queues.named("callers").members == []
    assert board.conferences.all() == []
    assert caplog.records == []


def do(board, act, sid) -> None:
    with contextlib.suppress(NoSuchCall, NotRinging):
        ACTS[act](board, sid)
