"""Calls, from the carrier's signed form to TwiML and the record: who calls, what is kept, and what cannot go wrong."""

import json
import logging

import pytest
import sqlalchemy as sa

from bot.dialog import call_turn
from ivr_prompts import audio, load
from ivr_prompts.audio import keep_recording
from tests.dialog.test_recorded import sound_file
from tests.one_line import signature
from tests.webhooks.caller import Caller
from tests.webhooks.phone_line import ALVAREZ, PIN, STRANGER, WRONG

MOST_STATEMENTS = 12


def test_a_known_number_is_greeted_and_asked_for_its_pin_and_nothing_else_is_told(line):
    caller = line.call()
    assert caller.heard.startswith("Millbrook details. Not for emergencies")
    assert "Officer Alvarez, please key your PIN" in caller.heard
    assert len(caller.heard.split()) <= 30  # eight seconds
    assert 'input="dtmf"' in caller.document  # nobody says a PIN aloud
    assert line.of_call(caller).person_id is None


def test_with_the_pin_come_menu_details_and_the_menu_again(line):
    caller = line.identified()
    assert "For your details, press 2." in caller.heard
    assert "Anything else? For open details, press 1." in caller.press("2")
    caller.hang_up()
    ended = line.of_call(caller)
    assert (ended.state, ended.ending, ended.identified_by) == ("ended", "hung_up", "pin")


def test_badge_and_pin_may_be_keyed_at_once_from_any_telephone(line):
    caller = line.call(STRANGER)
    assert "Please key your badge number" in caller.heard
    assert "For your details" in caller.press(f"101*{PIN}#")
    assert line.of_call(caller).identified_by == "badge_and_pin"


def test_a_badge_of_nobody_is_asked_for_its_pin_like_any_other(line):
    told = []
    for badge in ("101", "999"):
        caller = line.call("+19785550198")
        told.append((caller.press(f"{badge}#"), caller.press(f"{WRONG}#")))
    assert told[0] == told[1] == ("Now your PIN, then pound.", told[0][1])


def test_no_record_and_no_log_has_what_was_keyed_for_a_pin(line, caplog):
    with caplog.at_level(logging.DEBUG):
        caller = line.call(STRANGER)
        for keys in (f"101*{WRONG}#", f"{WRONG}#", f"{PIN}#"):
            caller.press(keys)
    sid = caller.form["CallSid"]
    kept = line.rows(
        "select to_jsonb(c) as call, (select jsonb_agg(to_jsonb(t)) from call_turn t where t.call_id = c.id) as turns,"
        " (select jsonb_agg(e.data) from event e where e.data ->> 'call' = c.id::text) as events"
        " from call c where sid = :sid",
        sid=sid,
    )[0]
    assert line.of_call(caller).identified_by == "badge_and_pin"
    written = json.dumps([kept.call, kept.turns, kept.events]) + caplog.text
    assert WRONG not in written
    assert PIN not in written


def test_three_wrong_pins_end_with_a_person_and_are_on_record(line):
    caller = line.call()
    assert [caller.press(f"{WRONG}#") and caller.call for _ in range(3)] == ["listening", "listening", "queue"]
    told = line.rows(
        "select data ->> 'reason' as reason from event where name = 'caller_not_identified'"
        " and subject_id = :id order by id",
        id=line.of_call(caller).id,
    )
    assert [row.reason for row in told] == ["wrong", "wrong", "too_often"]
    assert line.identified().call == "listening"  # a right one starts his count anew


def test_commands_wait_until_it_is_known_who_calls(line):
    caller = line.call(STRANGER)
    assert "I did not get that." in caller.say("what are my details")
    assert caller.press("0")
    assert caller.call == "queue"


def test_who_calls_from_elsewhere_and_has_no_pin_goes_to_a_person(line):
    caller = line.call(STRANGER)
    caller.press("103#")
    assert "You have no PIN yet" in caller.press("730519#")
    assert caller.call == "queue"


def test_a_turn_brought_twice_gets_the_same_document_and_acts_once(line):
    caller = line.identified()
    action = caller.action
    caller.press("1")
    once, turns = caller.document, line.of_call(caller).turns
    caller.post(action, {"Digits": "1"})
    assert caller.document == once
    assert line.of_call(caller).turns == turns


@pytest.mark.parametrize("asked", ["identified", "call"])
def test_silence_and_nonsense_are_re_prompted_twice_and_then_a_person_comes(line, asked):
    for miss in (Caller.stay_silent, lambda caller: caller.press("7#")):
        caller = getattr(line, asked)()
        said = [(miss(caller), caller.call) for _ in range(3)]
        assert [call for _, call in said] == ["listening", "listening", "queue"]
        assert len({words for words, _ in said}) == 3


def test_a_turn_that_fails_says_sorry_and_goes_to_a_person(line, monkeypatch, caplog):
    caller = line.identified()
    with monkeypatch.context() as broken:
        broken.setattr(call_turn, "hear", lambda *_: 1 / 0)
        assert "something went wrong on our side" in caller.press("2")
    assert caller.call == "queue"
    assert "call_turn_not_taken" in [row.reason for row in line.rows("select reason from hand_off")]


def test_the_fallback_takes_the_same_turn_once_more(line):
    caller = line.identified()
    failed = {"ErrorCode": "11200", "ErrorUrl": f"https://line.example.org{caller.action}"}
    assert "Anything else?" in caller.post("/twilio/voice/fallback", {"Digits": "2", **failed})


def test_unsigned_and_malformed_requests_and_strange_numbers(line):
    client = line.app.test_client()
    assert client.post("/twilio/voice", data={"CallSid": "CA1"}).status_code == 403
    form = {"CallSid": "CA1"}
    answer = client.post("/twilio/voice", data=form, headers=signature("/twilio/voice", form))
    assert (answer.status_code, "<Enqueue" in answer.get_data(as_text=True)) == (200, True)
    caller = Caller(client, ALVAREZ, "+19785550177")
    caller.ring()
    assert caller.call == "rejected"


def test_a_turn_of_a_call_takes_at_most_twelve_statements_and_one_commit(line):
    engine, counted = line.database.engine, {"before_cursor_execute": 0, "commit": 0}

    def counter(name):
        def count(*_):
            counted[name] += 1

        return count

    listeners = {name: counter(name) for name in counted}
    for name, listener in listeners.items():
        sa.event.listen(engine, name, listener)
    costs, caller = {}, line.call()
    for keys in ("ring", f"{PIN}#", "2", "1", "*", "3", "9", "0"):
        counted.update(before_cursor_execute=0, commit=0)
        caller.ring() if keys == "ring" else caller.press(keys)
        costs[keys] = (counted["before_cursor_execute"], counted["commit"])
    for name, listener in listeners.items():
        sa.event.remove(engine, name, listener)
    assert {keys: cost for keys, cost in costs.items() if cost[0] > MOST_STATEMENTS or cost[1] > 1} == {}


def test_whose_department_is_known_hears_its_own_recordings_in_the_call_and_while_he_waits(line, tmp_path):
    for prompt in ("again.first", "waiting.offer"):
        keep_recording(tmp_path / "millbrook", prompt, sound_file(tmp_path / "one.wav"), load("en"))
    audio.use_folders([tmp_path])
    try:
        caller = line.identified()
        caller.say("mumble mumble")
        assert "<Play>/audio/" in caller.document
        assert "I did not get that" not in caller.heard
        caller.press("0")
        assert "<Play>/audio/" in caller.send("/twilio/voice/wait", {"QueueTime": "60"}).split("hold.wav")[0]
    finally:
        audio.use_folders([])
