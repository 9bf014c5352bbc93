"""The carrier takes some words for itself and blocks who opted out."""

import pytest
from twilio.base.exceptions import TwilioRestException
from werkzeug import Response

from tests.pocket_phone.conftest import LINE, RUIZ, SECOND_LINE, settle


def carrier_said(control):
    return [message["body"] for message in control.messages(RUIZ) if message["by_carrier"]]


def assert_blocked(twilio, **fields):
    with pytest.raises(TwilioRestException) as caught:
        twilio.messages.create(to=RUIZ, body="Hi", **fields)
    assert (caught.value.status, caught.value.code) == (400, 21610)


@pytest.mark.parametrize("word", ["STOP", "stopall", " Unsubscribe ", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT"])
def test_an_opt_out_word_blocks_later_sends_and_still_reaches_the_webhook(control, twilio, application, word):
    control.text(RUIZ, LINE, word)
    settle(control)
    assert application.received[0].form["Body"] == word
    assert carrier_said(control)[0].startswith("You have successfully been unsubscribed.")
    assert_blocked(twilio, from_=LINE)


@pytest.mark.parametrize("word", ["START", "Yes", "UNSTOP"])
def test_an_opt_in_word_unblocks(control, twilio, word):
    control.text(RUIZ, LINE, "STOP")
    control.text(RUIZ, LINE, word)
    settle(control)
    assert carrier_said(control)[1].startswith("You have successfully been re-subscribed")
    assert twilio.messages.create(to=RUIZ, from_=LINE, body="Hi").status == "queued"


@pytest.mark.parametrize("word", ["YES", "START", "STOP IT", "CANCEL 4821", "OUT"])
def test_an_ordinary_message_is_answered_by_nobody_but_the_webhook(control, twilio, application, word):
    control.text(RUIZ, LINE, word)
    settle(control)
    assert [received.form["Body"] for received in application.received] == [word]
    assert carrier_said(control) == []
    assert twilio.messages.create(to=RUIZ, from_=LINE, body="Hi").status == "queued"


@pytest.mark.parametrize("word", ["HELP", "info"])
def test_help_is_answered_and_reaches_the_webhook(control, application, word):
    control.text(RUIZ, LINE, word)
    settle(control)
    assert carrier_said(control) == ["Reply STOP to unsubscribe. Msg&Data Rates May Apply."]
    assert len(application.received) == 1


def test_an_opt_out_holds_for_the_one_line(control, twilio):
    control.add_line(SECOND_LINE)
    control.text(RUIZ, LINE, "STOP")
    assert twilio.messages.create(to=RUIZ, from_=SECOND_LINE, body="Hi").status == "queued"


def test_in_a_messaging_service_it_holds_for_all_its_lines_and_the_webhook_says_so(control, twilio, application):
    service = "MG" + "1" * 32
    control.add_line(LINE, service_sid=service, advanced_opt_out=True)
    control.add_line(SECOND_LINE, service_sid=service)
    control.text(RUIZ, LINE, "STOP")
    settle(control)
    assert application.received[0].form["MessagingServiceSid"] == service
    assert application.received[0].form["OptOutType"] == "STOP"
    assert_blocked(twilio, from_=SECOND_LINE)
    assert_blocked(twilio, messaging_service_sid=service)


def test_a_reply_to_who_opted_out_is_blocked_too(control, application):
    application.answer = lambda received: Response(
        "<Response><Message>Bye.</Message></Response>", content_type="text/xml"
    )
    control.text(RUIZ, LINE, "STOP")
    settle(control)
    assert [alert["code"] for alert in control.alerts()] == [21610]
    assert len(control.messages(RUIZ)) == 2


def test_what_the_carrier_says_is_not_among_the_accounts_messages(control, twilio):
    control.text(RUIZ, LINE, "HELP")
    settle(control)
    assert [message.direction for message in twilio.messages.list()] == ["inbound"]
