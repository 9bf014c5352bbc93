"""An incoming text reaches the webhook as Twilio would send it."""

import time

import pytest
from werkzeug import Response

from bot.pocket_phone.client import PocketPhoneError
from tests.pocket_phone.conftest import CHEN, LINE, RUIZ, SECOND_LINE, SID, settle

SMS, FALLBACK = "/twilio/sms", "/twilio/sms/fallback"


def twiml(text):
    return lambda received: Response(text, content_type="text/xml")


def test_the_form_and_headers_are_twilios_and_the_signature_holds(control, application):
    sid = control.text(RUIZ, LINE, "S4821 & ¿más?")["sid"]
    settle(control)
    (received,) = application.received
    assert received.path == SMS
    assert received.is_signed
    assert received.headers["User-Agent"] == "TwilioProxy/1.1"
    assert received.headers["Content-Type"] == "application/x-www-form-urlencoded; charset=utf-8"
    assert received.headers["I-Twilio-Idempotency-Token"]
    assert received.form == {
        "ToCountry": "US",
        "ToState": "",
        "ToCity": "",
        "ToZip": "",
        "FromCountry": "US",
        "FromState": "",
        "FromCity": "",
        "FromZip": "",
        "SmsMessageSid": sid,
        "SmsSid": sid,
        "MessageSid": sid,
        "SmsStatus": "received",
        "Body": "S4821 & ¿más?",
        "To": LINE,
        "From": RUIZ,
        "NumMedia": "0",
        "NumSegments": "1",
        "AccountSid": SID,
        "ApiVersion": "2010-04-01",
    }


def test_a_picture_comes_with_its_address(control, application):
    control.text(RUIZ, LINE, "voucher", media=[{"url": "https://example.com/1.jpg", "content_type": "image/jpeg"}])
    settle(control)
    form = application.received[0].form
    assert form["MessageSid"].startswith("MM")
    assert (form["NumMedia"], form["MediaUrl0"]) == ("1", "https://example.com/1.jpg")
    assert form["MediaContentType0"] == "image/jpeg"


def test_a_number_may_have_a_webhook_of_its_own(control, application):
    control.add_line(SECOND_LINE, sms_url=f"{application.url}/second?line=2")
    control.text(RUIZ, SECOND_LINE, "Hi")
    settle(control)
    assert application.received[0].path == "/second"
    assert application.received[0].is_signed


def test_a_text_to_a_number_we_do_not_own_is_refused(control):
    with pytest.raises(PocketPhoneError, match="not one of the account's lines"):
        control.text(RUIZ, CHEN, "Hi")


def test_an_empty_answer_sends_nothing(control, application):
    control.text(RUIZ, LINE, "IN")
    settle(control)
    assert [message["mine"] for message in control.messages(RUIZ)] == [True]
    assert control.alerts() == []


def test_a_message_in_the_answer_is_sent_as_a_reply(control, application):
    answer = "<Response><Message>Checked in.</Message><Message><Body>8 to 4</Body></Message></Response>"
    application.answer = twiml(answer)
    control.text(RUIZ, LINE, "IN")
    settle(control)
    replies = [message for message in control.messages(RUIZ) if not message["mine"]]
    assert [(reply["body"], reply["direction"]) for reply in replies] == [
        ("Checked in.", "outbound-reply"),
        ("8 to 4", "outbound-reply"),
    ]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Response("<Response><Message>", content_type="text/xml"), 12100),
        (Response("<Reply/>", content_type="text/xml"), 12100),
        (Response("<?xml version='1.0' encoding='none'?><Response/>", content_type="text/xml"), 12100),
        (Response('<!DOCTYPE a [<!ENTITY b "c">]><Response/>', content_type="text/xml"), 12100),
        (Response('{"ok": true}', content_type="application/json"), 12300),
        (Response("no", status=403), 11200),
        (Response("oops", status=500), 11200),
    ],
)
def test_a_bad_answer_is_an_alert_and_the_fallback_is_asked(control, application, answer, code):
    application.answer = lambda received: answer if received.path == SMS else Response("", status=204)
    control.text(RUIZ, LINE, "IN")
    settle(control)
    (fallback,) = application.at(FALLBACK)
    assert fallback.is_signed
    assert (fallback.form["ErrorCode"], fallback.form["ErrorUrl"]) == (str(code), application.url + SMS)
    assert fallback.form["MessageSid"] == application.at(SMS)[0].form["MessageSid"]
    assert [alert["code"] for alert in control.alerts()] == [code]


def test_without_an_answer_from_either_the_text_is_lost_but_listed(control, application, twilio):
    control.add_line(SECOND_LINE, sms_url="http://127.0.0.1:9/a", sms_fallback_url="http://127.0.0.1:9/b")
    control.text(RUIZ, SECOND_LINE, "IN")
    settle(control)
    assert [alert["code"] for alert in control.alerts()] == [11205, 11205]
    assert [message.body for message in twilio.messages.list(to=SECOND_LINE)] == ["IN"]


def test_connection_overrides_retry_with_the_same_token(control, application):
    control.add_line(SECOND_LINE, sms_url=f"{application.url}/second#rc=2&rp=5xx")
    tries = []

    def answer(received):
        tries.append(received)
        return Response("", status=503 if len(tries) < 3 else 204)

    application.answer = answer
    control.text(RUIZ, SECOND_LINE, "IN")
    settle(control)
    assert len(application.at("/second")) == 3
    assert all(received.is_signed for received in tries)
    assert len({received.headers["I-Twilio-Idempotency-Token"] for received in tries}) == 1
    assert application.at(FALLBACK) == []


def test_an_answer_that_takes_too_long_goes_to_the_fallback(control, application):
    control.add_line(SECOND_LINE, sms_url=f"{application.url}/slow#rt=100")

    def answer(received):
        if received.path == "/slow":
            time.sleep(0.3)
        return Response("", status=204)

    application.answer = answer
    control.text(RUIZ, SECOND_LINE, "IN")
    settle(control)
    assert len(application.at("/slow")) == 1
    assert application.at(FALLBACK)[0].form["ErrorCode"] == "11205"
