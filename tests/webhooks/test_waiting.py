"""A caller who asks for a person: the desk's telephones, the line with its music, a call back, a message."""

import xml.etree.ElementTree as ET

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from bot.cli.main import main
from bot.pages.hold import RATE, hold_music
from models.line.desk_phone import put_desk_phone, remove_desk_phone
from tests.production import on_servers, put
from tests.twiml import check_twiml
from tests.webhooks.caller import Caller
from tests.webhooks.phone_line import ALVAREZ, LINE, STRANGER
from workers.drain import drain

DESK = "+19785550177"


class Waiter(Caller):
    """A caller whom the carrier keeps in its queue."""

    def wait(self, seconds: int, keys: str = "") -> str:
        """The carrier asks what he hears now; gives the words, or that he leaves the queue."""
        more = {"QueueTime": str(seconds), "QueuePosition": "1", **({"Digits": keys} if keys else {})}
        root = ET.fromstring(self.raw("/twilio/voice/wait", more))
        return "leaves" if root.find("Leave") is not None else " ".join(say.text or "" for say in root.iter("Say"))

    def leave(self, result: str = "leave") -> str:
        return self.post(self.action, {"QueueResult": result, "QueueTime": "80"})

    def raw(self, path: str, more: dict[str, str]) -> str:
        document = self.send(path, more)
        assert check_twiml(document) == []
        return document


@pytest.fixture
def waiter(line) -> Waiter:
    """Somebody at his PIN who has pressed 0."""
    made = Waiter(line.app.test_client(), ALVAREZ, LINE)
    made.ring()
    assert "Let me get you a person" in made.press("0")
    return made


@pytest.fixture
def desk_phone(line):
    with line.database.engine.begin() as conn:
        put_desk_phone(conn, DESK, "Pat")
    yield DESK
    with line.database.engine.begin() as conn:
        remove_desk_phone(conn, DESK)


def row_of(line, waiter):
    return line.rows(
        "select w.* from waiting w join call c on c.department_id = w.department_id and c.id = w.call_id"
        " where c.sid = :sid order by w.id desc",
        sid=waiter.form["CallSid"],
    )[0]


def place(waiter: Waiter) -> int:
    said = waiter.wait(30)
    return 1 if "next" in said else int(said.split("number ")[1].split()[0])


def ring_desk(line) -> tuple[Waiter, ET.Element]:
    caller = Waiter(line.app.test_client(), ALVAREZ, LINE)
    caller.ring()
    dial = ET.fromstring(caller.raw(caller.action, {"Digits": "0"})).find("Dial")
    assert dial is not None
    return caller, dial


def test_he_hears_music_first_then_his_place_then_the_ways_out(line, waiter):
    assert waiter.call == "queue"
    assert waiter.wait(0) == ""
    assert waiter.wait(21).startswith("You are ")
    assert "press 1" not in waiter.wait(21)
    assert "To be called back without losing your place, press 1." in waiter.wait(62)
    assert row_of(line, waiter).state == "waiting"


def test_who_came_first_is_first_and_keeps_his_place_to_be_called_back(line):
    first, second = (Waiter(line.app.test_client(), number, LINE) for number in (ALVAREZ, STRANGER))
    for each in (first, second):
        each.ring()
        each.press("0")
    before = place(second)
    assert place(first) < before
    assert first.wait(62, "1") == "leaves"
    assert place(second) == before
    assert "You keep your place. We call you back at 9 7 8, 5 5 5, 0 1 0 1. Goodbye." in first.leave()
    assert first.call == "hung up"
    first.hang_up()
    assert row_of(line, first).state == "wants_call"


def test_the_wish_to_be_called_back_stands_though_he_hangs_up_at_once(line, waiter):
    waiter.wait(62, "1")
    waiter.hang_up()
    assert row_of(line, waiter).state == "wants_call"


def test_who_hangs_up_waits_no_longer(line, waiter):
    waiter.hang_up()
    assert row_of(line, waiter).state == "left"
    assert waiter.wait(40) == "leaves"


def test_a_message_is_recorded_kept_and_written_out(line, waiter):
    assert waiter.wait(62, "2") == "leaves"
    assert "After the tone" in waiter.leave()
    record = ET.fromstring(waiter.document).find("Record")
    said = {"RecordingUrl": "https://api.example.org/RE1", "RecordingSid": "RE1", "RecordingDuration": "14"}
    assert "Your message is kept" in waiter.post(record.get("action"), said)
    written = {"RecordingSid": "RE1", "TranscriptionStatus": "completed", "TranscriptionText": "my tire is flat"}
    waiter.raw("/twilio/voice/transcript", written)
    kept = row_of(line, waiter)
    assert (kept.state, kept.recording_seconds, kept.transcript) == ("message", 14, "my tire is flat")


def test_silence_after_the_tone_is_asked_again(line, waiter):
    waiter.wait(62, "2")
    waiter.leave()
    action = ET.fromstring(waiter.document).find("Redirect").text
    assert "I did not hear anything" in waiter.post(action, {})
    assert ET.fromstring(waiter.document).find("Record") is not None


def test_star_leads_back_to_the_call(line, waiter):
    assert waiter.wait(30, "*") == "leaves"
    assert "please key your PIN" in waiter.leave()
    assert waiter.call == "listening"
    waiter.press("0")
    assert row_of(line, waiter).state == "waiting"


@pytest.mark.parametrize("result", ["queue-full", "error", "system-error"])
def test_where_nobody_can_wait_there_is_a_call_back_or_a_message(line, waiter, result):
    assert "To be called back without losing your place, press 1. To leave a message, press 2." in waiter.leave(result)
    assert "We call you back" in waiter.press("1")
    assert row_of(line, waiter).state == "wants_call"


@pytest.mark.parametrize(
    "shown", ["anonymous", "+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"], ids=str
)
def test_who_hides_his_number_cannot_be_called_back_and_leaves_a_message(line, shown):
    hidden = Waiter(line.app.test_client(), shown, LINE)
    hidden.ring()
    hidden.press("0")
    hidden.leave("queue-full")
    assert "hides its number" in hidden.press("1")
    assert ET.fromstring(hidden.document).find("Record") is not None


def test_the_telephones_of_the_desk_ring_and_who_presses_a_key_talks(line, desk_phone):
    caller, dial = ring_desk(line)
    number = dial.find("Number")
    assert (number.text, row_of(line, caller).state) == (DESK, "waiting")
    at_desk = {"From": LINE, "To": DESK}
    whisper = caller.raw(number.get("url"), at_desk)
    assert (
        "Rosa Alvarez, known by his number only. Asked for a person. To talk to the caller, press 1. Speaks English."
        in whisper
    )
    taken = ET.fromstring(whisper).find("Gather").get("action")
    assert "Hangup" not in caller.raw(taken, {**at_desk, "Digits": "1"})
    assert "Hangup" in caller.raw(taken, {**at_desk, "Digits": "1"})  # another was faster
    assert row_of(line, caller).state == "answered"
    event = line.rows("select data ->> 'by' as who from event where name = 'caller_answered' order by id")[-1]
    assert event.who == "Pat"
    assert "Hangup" in caller.raw(dial.get("action"), {"DialCallStatus": "completed"})


@pytest.mark.parametrize("status", ["no-answer", "busy", "failed"])
def test_when_nobody_picks_up_he_waits_in_line(line, desk_phone, status):
    caller, dial = ring_desk(line)
    assert "you keep your place" in caller.post(dial.get("action"), {"DialCallStatus": status})
    assert caller.call == "queue"
    assert row_of(line, caller).state == "waiting"


def test_a_machine_at_the_desk_talks_to_nobody(line, desk_phone):
    caller, dial = ring_desk(line)
    whisper = caller.raw(dial.find("Number").get("url"), {"From": LINE, "To": DESK})
    assert [each.tag for each in ET.fromstring(whisper)] == ["Gather", "Hangup"]
    caller.post(dial.get("action"), {"DialCallStatus": "completed"})
    assert caller.call == "queue"  # the carrier calls it completed, but nobody talked to him


def test_the_desk_is_told_by_text_whom_to_call_and_says_when_it_is_done(line, waiter, desk_phone, monkeypatch):
    waiter.wait(62, "1")
    drain("confirmations", line.department_id)
    found = row_of(line, waiter)
    told = line.rows("select body from message_out where to_number = :n order by id", n=DESK)[-1]
    assert told.body.startswith("Call back Rosa Alvarez, 978-555-0101, who waits since ")
    put(monkeypatch, {**on_servers(line.servers.database_url, line.servers.redis_url), "DUTYLINE_MODE": "demo"})
    slug = line.rows("select slug from department where id = :d")[0].slug
    run = CliRunner()
    listed = run.invoke(main, ["desk", "list", slug])
    assert "call back  Rosa Alvarez, +19785550101, en" in listed.output, listed.output
    done = run.invoke(main, ["desk", "done", slug, str(found.id), "--by", "Pat", "--note", "reached"])
    assert done.exit_code == 0, done.output
    assert row_of(line, waiter).state == "done"
    again = run.invoke(main, ["desk", "done", slug, str(found.id)])
    assert again.exit_code == 1
    assert "see dutyline desk list" in again.output


def test_how_long_it_takes_is_told_once_enough_were_answered(line, waiter):
    with line.database.begin([line.department_id]) as work:
        work.conn.execute(
            sa.text(
                "insert into waiting (department_id, call_id, hand_off, number, language, state, entered_at, taken_at)"
                " select department_id, min(id), '', '', 'en', 'answered', :now - interval '5 minutes', :now"
                " from call, generate_series(1, 9) n where department_id = :d group by department_id, n"
            ),
            {"d": line.department_id, "now": work.now},
        )
    assert " minutes." in waiter.wait(30)


def test_the_music_is_ours_and_twenty_seconds_long(line):
    answer = line.app.test_client().get("/audio/hold.wav")
    assert answer.content_type == "audio/wav"
    assert answer.data == hold_music()
    assert len(answer.data) == pytest.approx(20 * RATE * 2, rel=0.01)
