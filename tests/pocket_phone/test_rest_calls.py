"""twilio-python, unchanged, against the pocket phone: calls and recordings."""

import datetime as dt

import pytest
from twilio.base.exceptions import TwilioRestException
from werkzeug import Response

from tests.pocket_phone.conftest import CHEN, LINE, RUIZ, settle

VERBS = {
    "/offer": "<Gather numDigits='1' action='/turn'><Say>Press 1.</Say></Gather>",
    "/agent": "<Say>One moment.</Say><Gather/>",
    "/record": "<Record action='/kept'/>",
}


@pytest.fixture(autouse=True)
def offer(application):
    application.answer = lambda received: Response(
        f"<Response>{VERBS.get(received.path, '')}</Response>", content_type="text/xml"
    )


def create(twilio, application, **more):
    return twilio.calls.create(**{"to": RUIZ, "from_": LINE, "url": f"{application.url}/offer"} | more)


def test_a_call_is_queued_rings_and_is_answered(twilio, control, application):
    control.habit(RUIZ, "by hand")
    events = ["initiated", "ringing", "answered", "completed"]
    call = create(twilio, application, status_callback=f"{application.url}/status", status_callback_event=events)
    assert (call.status, call.direction, call.to, call._from) == ("queued", "outbound-api", RUIZ, LINE)
    (ringing,) = control.calls(RUIZ)
    assert control.fetch_call(ringing["sid"])["status"] == "ringing"
    control.answer(call.sid)
    assert control.press(call.sid, "1")["status"] == "completed"
    settle(control)
    told = [received.form["CallStatus"] for received in application.at("/status")]
    assert told == ["initiated", "ringing", "in-progress", "completed"]
    fetched = twilio.calls(call.sid).fetch()
    assert (fetched.status, fetched.duration) == ("completed", "1")
    assert fetched.start_time <= fetched.end_time
    assert (fetched.queue_time, fetched.to_formatted) == ("0", "(312) 555-0111")


def test_machine_detection_is_told(twilio, control, application):
    control.habit(RUIZ, "machine")
    call = create(twilio, application, machine_detection="DetectMessageEnd", timeout=20)
    settle(control)
    assert application.at("/offer")[0].form["AnsweredBy"] == "machine_end_beep"
    assert twilio.calls(call.sid).fetch().answered_by == "machine_end_beep"


def test_a_live_call_is_sent_elsewhere(twilio, control, application):
    control.habit(RUIZ, "person")
    sid = create(twilio, application).sid
    assert control.fetch_call(sid)["waiting_for"] == "person"
    twilio.calls(sid).update(url=f"{application.url}/agent", method="POST")
    assert [line["text"] for line in control.heard(sid)] == ["Press 1.", "One moment."]
    twilio.calls(sid).update(twiml="<Response><Say>Goodbye.</Say></Response>")
    assert control.fetch_call(sid)["status"] == "completed"
    with pytest.raises(TwilioRestException) as refused:
        twilio.calls(sid).update(url=f"{application.url}/agent")
    assert refused.value.code == 21220


def test_a_live_call_is_ended_and_a_ringing_one_canceled(twilio, control, application):
    control.habit(RUIZ, "person")
    control.habit(CHEN, "by hand")
    answered, ringing = create(twilio, application), create(twilio, application, to=CHEN)
    control.fetch_call(answered.sid)
    control.fetch_call(ringing.sid)
    # What was taken up is not canceled.
    assert twilio.calls(answered.sid).update(status="canceled").status == "in-progress"
    assert twilio.calls(answered.sid).update(status="completed").status == "completed"
    assert twilio.calls(ringing.sid).update(status="canceled").status == "canceled"


def test_calls_are_listed_by_filter_and_page(twilio, control, application):
    control.habit(RUIZ, "busy")
    for number in (RUIZ, CHEN, RUIZ):
        create(twilio, application, to=number)
    inbound = control.place_call(CHEN, LINE)["sid"]
    settle(control)
    now = dt.datetime.now(dt.UTC)
    day = dt.timedelta(days=1)
    assert len(twilio.calls.list()) == 4
    assert len(twilio.calls.list(page_size=1, limit=3)) == 3
    assert {call.status for call in twilio.calls.list(to=RUIZ)} == {"busy"}
    assert [call.sid for call in twilio.calls.list(from_=CHEN)] == [inbound]
    assert len(twilio.calls.list(status="no-answer")) == 1
    assert len(twilio.calls.list(start_time_after=now - day, start_time_before=now + day)) == 4
    assert twilio.calls.list(start_time_before=now - day) == []
    assert len(twilio.calls.list(end_time_after=now - day)) == 4
    with pytest.raises(TwilioRestException):
        twilio.calls("CA" + "0" * 32).fetch()


REFUSED = [
    ({"to": ""}, 21201),
    ({"to": "five"}, 21211),
    ({"from_": ""}, 21213),
    ({"from_": CHEN}, 21210),
    ({"url": ""}, 21205),
    ({"url": "offer"}, 21205),
    ({"url": None, "twiml": "<Response>" + " " * 4000 + "</Response>"}, 32018),
    ({"timeout": 601}, 21208),
    ({"send_digits": "12x"}, 21214),
    ({"machine_detection": "Maybe"}, 20001),
    ({"status_callback": "nowhere"}, 21609),
]


@pytest.mark.parametrize(("wrong", "code"), REFUSED)
def test_what_twilio_refuses(twilio, application, wrong, code):
    with pytest.raises(TwilioRestException) as refused:
        create(twilio, application, **wrong)
    assert refused.value.code == code


@pytest.mark.parametrize(("fault", "status"), [("429", 429), ("500", 500), ("answer_lost", 500)])
def test_the_api_may_fail(twilio, control, application, fault, status):
    control.fault(fault, number=RUIZ, count=1)
    with pytest.raises(TwilioRestException) as failed:
        create(twilio, application)
    assert failed.value.status == status
    settle(control)
    assert len(twilio.calls.list()) == (fault == "answer_lost")


def test_a_finished_call_can_be_deleted(twilio, control, application):
    sid = create(twilio, application).sid
    settle(control)
    assert twilio.calls(sid).delete()
    assert twilio.calls.list() == []


def test_recordings_are_listed_fetched_and_deleted(twilio, control, application):
    control.habit(RUIZ, "person")
    sid = create(twilio, application, url=f"{application.url}/record").sid
    control.fetch_call(sid)
    control.say(sid, "I cannot come tomorrow.")
    settle(control)
    (recording,) = twilio.recordings.list(call_sid=sid)
    assert [one.sid for one in twilio.calls(sid).recordings.list()] == [recording.sid]
    assert (recording.call_sid, recording.duration, recording.status) == (sid, "2", "completed")
    assert twilio.recordings(recording.sid).fetch().source == "RecordVerb"
    assert twilio.recordings(recording.sid).delete()
    assert twilio.recordings.list() == []


def test_a_numbers_voice_settings_are_kept_and_used(twilio, control, application):
    (number,) = twilio.incoming_phone_numbers.list(phone_number=LINE)
    assert (number.voice_url, number.capabilities["voice"]) == (f"{application.url}/twilio/voice", True)
    updated = number.update(voice_url=f"{application.url}/agent", status_callback=f"{application.url}/over")
    assert updated.voice_url == f"{application.url}/agent"
    sid = control.place_call(RUIZ, LINE)["sid"]
    assert [line["text"] for line in control.heard(sid)] == ["One moment."]
    control.hang_up(sid)
    settle(control)
    assert application.at("/over")[0].form["CallStatus"] == "completed"
