"""Status callbacks tell how a message fared, and faults make it fare badly on demand."""

import pytest
from twilio.base.exceptions import TwilioRestException

from bot.pocket_phone.client import PocketPhoneError
from tests.pocket_phone.conftest import CHEN, LINE, RUIZ, SECOND_LINE, SID, settle

STATUS = "/twilio/message-status"


def send(twilio, application, to=RUIZ, **fields):
    return twilio.messages.create(
        **{"to": to, "from_": LINE, "body": "Hi", "status_callback": f"{application.url}{STATUS}?m=7"} | fields
    )


def statuses(application):
    return [received.form["MessageStatus"] for received in application.at(STATUS)]


def test_sent_and_delivered_are_told_each_by_a_signed_request(twilio, control, application):
    sid = send(twilio, application).sid
    settle(control)
    sent, delivered = application.at(STATUS)
    assert sent.is_signed
    assert delivered.is_signed
    assert sent.form == {
        "SmsSid": sid,
        "SmsStatus": "sent",
        "MessageStatus": "sent",
        "MessageSid": sid,
        "To": RUIZ,
        "From": LINE,
        "AccountSid": SID,
        "ApiVersion": "2010-04-01",
    }
    assert delivered.form["MessageStatus"] == "delivered"
    assert len(delivered.form["RawDlrDoneDate"]) == 10


def test_a_messaging_service_tells_queued_as_well(twilio, control, application):
    service = "MG" + "1" * 32
    control.add_line(SECOND_LINE, service_sid=service)
    send(twilio, application, from_=None, messaging_service_sid=service)
    settle(control)
    assert statuses(application) == ["queued", "sent", "delivered"]
    assert {received.form["MessagingServiceSid"] for received in application.at(STATUS)} == {service}
    assert {received.form["From"] for received in application.at(STATUS)} == {SECOND_LINE}


def test_without_a_callback_url_nobody_is_told(twilio, control, application):
    twilio.messages.create(to=RUIZ, from_=LINE, body="Hi")
    settle(control)
    assert application.received == []


@pytest.mark.parametrize("code", [30003, 30004, 30005, 30006, 30007, 30008])
def test_undelivered_comes_with_its_code(twilio, control, application, code):
    control.fault("undelivered", number=RUIZ, code=code)
    message = send(twilio, application)
    settle(control)
    assert statuses(application) == ["sent", "undelivered"]
    assert application.at(STATUS)[1].form["ErrorCode"] == str(code)
    message = message.fetch()
    assert (message.status, message.error_code) == ("undelivered", code)
    assert message.error_message


def test_failed_never_leaves(twilio, control, application):
    control.fault("failed", code=30002)
    message = send(twilio, application)
    settle(control)
    assert statuses(application) == ["failed"]
    assert message.fetch().date_sent is None


def test_429_and_500_refuse_the_next_n_sends_and_keep_nothing(twilio, control, application):
    control.fault("429", count=2)
    control.fault("500", count=1)
    for status, code in ((429, 20429), (429, 20429), (500, 20500)):
        with pytest.raises(TwilioRestException) as caught:
            send(twilio, application)
        assert (caught.value.status, caught.value.code) == (status, code)
    send(twilio, application)
    assert len(twilio.messages.list()) == 1


def test_a_lost_answer_leaves_a_message_that_only_the_list_shows(twilio, control, application):
    control.fault("answer_lost", count=1)
    with pytest.raises(TwilioRestException) as caught:
        send(twilio, application, body="Did it arrive?")
    assert caught.value.status == 500
    assert [message.body for message in twilio.messages.list(to=RUIZ)] == ["Did it arrive?"]


def test_a_duplicate_reaches_the_webhook_twice_with_one_sid_and_one_token(control, application):
    control.fault("duplicate", count=1)
    control.text(RUIZ, LINE, "IN")
    control.text(RUIZ, LINE, "OUT")
    settle(control)
    bodies = sorted(received.form["Body"] for received in application.received)
    assert bodies == ["IN", "IN", "OUT"]
    twice = [received for received in application.received if received.form["Body"] == "IN"]
    assert len({received.form["MessageSid"] for received in twice}) == 1
    assert len({received.headers["I-Twilio-Idempotency-Token"] for received in twice}) == 1


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("out_of_order", ["delivered", "sent"]),
        ("callback_twice", ["sent", "sent", "delivered", "delivered"]),
        ("callback_lost", []),
    ],
)
def test_callbacks_come_as_carriers_sometimes_send_them(twilio, control, application, kind, told):
    control.fault(kind, count=1)
    message = send(twilio, application)
    settle(control)
    assert statuses(application) == told
    assert message.fetch().status == "delivered"


def test_late_waits_and_counts_as_pending(twilio, control, application):
    control.fault("late", count=1, seconds=1)
    send(twilio, application)
    assert not control.wait_idle(seconds=0)
    assert statuses(application) == []
    settle(control)
    assert statuses(application) == ["sent", "delivered"]


def test_a_fault_strikes_its_phone_only_is_counted_and_cleared(twilio, control, application):
    control.fault("undelivered", number=CHEN, count=3)
    send(twilio, application)
    send(twilio, application, to=CHEN)
    settle(control)
    (fault,) = control.faults()
    assert (fault["taken"], fault["remaining"]) == (1, 2)
    control.clear_faults()
    assert control.faults() == []


def test_a_fault_may_be_named_as_people_write_it(control):
    control.fault("out of order")
    assert control.faults()[0]["kind"] == "out_of_order"


@pytest.mark.parametrize("fields", [{"kind": "fire"}, {"kind": "undelivered", "code": 99}])
def test_a_fault_that_is_none_is_refused(control, fields):
    with pytest.raises(PocketPhoneError, match="400"):
        control.fault(**fields)
