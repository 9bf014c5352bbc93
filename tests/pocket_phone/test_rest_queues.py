"""twilio-python, unchanged, against the pocket phone: queues and their members."""

import pytest
from twilio.base.exceptions import TwilioRestException
from werkzeug import Response

from tests.pocket_phone.conftest import CHEN, LINE, RUIZ, settle

VERBS = {
    "/twilio/voice": "<Enqueue action='/left' waitUrl='/wait'>callers</Enqueue>",
    "/wait": "<Say>Please wait.</Say>",
    "/agent": "<Say>Hello.</Say><Gather/>",
}


@pytest.fixture(autouse=True)
def queue(application):
    application.answer = lambda received: Response(
        f"<Response>{VERBS.get(received.path, '')}</Response>", content_type="text/xml"
    )


def test_who_waits_is_listed_in_order(twilio, control):
    sids = [control.place_call(number, LINE)["sid"] for number in (RUIZ, CHEN)]
    (queue,) = twilio.queues.list()
    assert (queue.friendly_name, queue.current_size, queue.average_wait_time) == ("callers", 2, 1)
    members = twilio.queues(queue.sid).members.list()
    assert [(member.call_sid, member.position) for member in members] == [(sids[0], 1), (sids[1], 2)]
    assert twilio.queues(queue.sid).members(sids[1]).fetch().wait_time == 1


@pytest.mark.parametrize("who", ["Front", "by sid"])
def test_a_member_is_taken_out_by_sending_him_elsewhere(twilio, control, application, who):
    sids = [control.place_call(number, LINE)["sid"] for number in (RUIZ, CHEN)]
    (queue,) = twilio.queues.list()
    wanted = sids[0] if who == "Front" else sids[1]
    twilio.queues(queue.sid).members("Front" if who == "Front" else wanted).update(url=f"{application.url}/agent")
    assert [line["text"] for line in control.heard(wanted)] == ["Please wait.", "Hello."]
    settle(control)
    assert application.at("/left")[0].form["QueueResult"] == "redirected"
    assert twilio.queues(queue.sid).fetch().current_size == 1


def test_queues_are_made_renamed_and_removed(twilio, control):
    queue = twilio.queues.create("night desk", max_size=20)
    assert (queue.friendly_name, queue.max_size) == ("night desk", 20)
    assert twilio.queues(queue.sid).update(friendly_name="desk", max_size=30).max_size == 30
    for again in (lambda: twilio.queues.create("desk"), lambda: twilio.queues("QU" + "0" * 32).fetch()):
        with pytest.raises(TwilioRestException):
            again()
    assert twilio.queues(queue.sid).delete()
    control.place_call(RUIZ, LINE)
    (callers,) = twilio.queues.list()
    with pytest.raises(TwilioRestException) as refused:
        twilio.queues(callers.sid).delete()
    assert refused.value.code == 22002
