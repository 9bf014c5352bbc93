"""twilio-python, unchanged, against the pocket phone: a call is recorded while it is under way."""

import pytest
from twilio.base.exceptions import TwilioRestException
from werkzeug import Response

from tests.pocket_phone.conftest import LINE, RUIZ, settle

VERBS = {"/twilio/voice": "<Gather action='/turn' finishOnKey='#'><Say>Key it.</Say></Gather>"}
VERBS["/turn"] = VERBS["/twilio/voice"]
EVENTS = ["in-progress", "completed", "absent"]


@pytest.fixture
def call(application, control):
    """A live call to the line, which asks for keys again and again."""
    application.answer = lambda received: Response(
        f"<Response>{VERBS.get(received.path, '')}</Response>", content_type="text/xml"
    )
    return control.place_call(RUIZ, LINE)["sid"]


def record(twilio, application, call):
    return twilio.calls(call).recordings.create(
        recording_status_callback=f"{application.url}/recorded",
        recording_status_callback_event=EVENTS,
        recording_channels="dual",
    )


def keyed(control, sid):
    return [line["text"] for line in control.lines_on(sid) if line["kind"] == "pressed"]


def test_what_is_keyed_during_a_pause_is_on_no_recording(twilio, control, application, call):
    control.press(call, "1#")
    recording = record(twilio, application, call)
    assert (recording.status, recording.channels, recording.source) == ("in-progress", 2, "StartCallRecordingAPI")
    assert control.fetch_call(call)["recording"] == "recording"
    control.press(call, "2#")
    paused = twilio.calls(call).recordings("Twilio.CURRENT").update(status="paused", pause_behavior="skip")
    assert (paused.sid, paused.status) == (recording.sid, "paused")
    assert control.fetch_call(call)["recording"] == "paused"
    control.press(call, "3#")
    twilio.calls(call).recordings(recording.sid).update(status="in-progress")
    control.press(call, "4#")
    assert twilio.calls(call).recordings(recording.sid).update(status="stopped").status == "stopped"
    control.press(call, "5#")
    assert keyed(control, recording.sid) == ["2#", "4#"]
    settle(control)
    told = [received.form for received in application.at("/recorded")]
    assert [form["RecordingStatus"] for form in told] == ["in-progress", "completed"]
    assert {(form["CallSid"], form["RecordingSid"], form["RecordingChannels"]) for form in told} == {
        (call, recording.sid, "2")
    }
    assert all(received.is_signed for received in application.at("/recorded"))


def test_the_end_of_the_call_ends_its_recording(twilio, control, application, call):
    sid = record(twilio, application, call).sid
    assert [one.status for one in twilio.calls(call).recordings.list()] == ["in-progress"]
    control.hang_up(call)
    settle(control)
    assert [received.form["RecordingStatus"] for received in application.at("/recorded")] == [
        "in-progress",
        "completed",
    ]
    fetched = twilio.calls(call).recordings(sid).fetch()
    assert (fetched.status, fetched.duration) == ("completed", "1")
    assert twilio.recordings(sid).delete()
    assert twilio.calls(call).recordings.list() == []


def refused(ask):
    with pytest.raises(TwilioRestException) as refusal:
        ask()
    return refusal.value.status, refusal.value.code


def test_what_cannot_be_recorded_is_refused(twilio, control, application, call):
    sid = record(twilio, application, call).sid
    running = twilio.calls(call).recordings(sid)
    assert refused(running.delete) == (409, 20009)
    assert refused(lambda: running.update(status="quiet")) == (400, 20001)
    assert refused(lambda: twilio.calls(call).recordings("RE0").fetch()) == (404, 20404)
    running.update(status="stopped")
    assert refused(lambda: running.update(status="in-progress")) == (400, 21220)
    assert refused(lambda: twilio.calls(call).recordings("Twilio.CURRENT").update(status="paused")) == (404, 20404)
    control.hang_up(call)
    assert refused(lambda: record(twilio, application, call)) == (400, 21220)


def test_an_answer_that_got_lost_has_begun_a_recording_all_the_same(twilio, control, application, call):
    control.fault("answer_lost", number=RUIZ, count=1)
    assert refused(lambda: record(twilio, application, call))[0] == 500
    assert [one.status for one in twilio.calls(call).recordings.list()] == ["in-progress"]
