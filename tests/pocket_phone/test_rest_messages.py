"""The REST API takes what twilio-python sends and answers as Twilio's does."""

import time
from datetime import UTC, datetime, timedelta

import pytest
import requests
from twilio.base.exceptions import TwilioRestException

from bot.pocket_phone.lines import line_of
from tests.pocket_phone.conftest import CHEN, KEY, LINE, RUIZ, SECOND_LINE, SECRET, SID, TOKEN, settle, twilio_client


def refusal(call, *arguments, **named) -> TwilioRestException:
    with pytest.raises(TwilioRestException) as caught:
        call(*arguments, **named)
    return caught.value


def test_a_created_message_has_every_field_of_the_resource(twilio):
    message = twilio.messages.create(to=RUIZ, from_=LINE, body="Detail 4821 is yours.")
    assert message.sid.startswith("SM")
    assert len(message.sid) == 34
    assert message.account_sid == SID
    assert (message.to, message.from_, message.body) == (RUIZ, LINE, "Detail 4821 is yours.")
    assert message.status == "queued"
    assert message.direction == "outbound-api"
    assert (message.num_segments, message.num_media) == ("1", "0")
    assert (message.price, message.price_unit) == (None, "USD")
    assert (message.error_code, message.error_message) == (None, None)
    assert message.api_version == "2010-04-01"
    assert message.date_sent is None
    assert abs((datetime.now(UTC) - message.date_created).total_seconds()) < 5
    assert message.uri == f"/2010-04-01/Accounts/{SID}/Messages/{message.sid}.json"
    assert message.subresource_uris["media"].endswith(f"/Messages/{message.sid}/Media.json")


def test_the_raw_answer_is_201_with_dates_in_rfc_2822(base_url, control):
    form = {"To": RUIZ, "From": LINE, "Body": "Hi"}
    answer = requests.post(f"{base_url}/2010-04-01/Accounts/{SID}/Messages.json", form, auth=(SID, TOKEN), timeout=5)
    assert answer.status_code == 201
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json()["date_created"].endswith(" +0000")
    assert isinstance(answer.json()["num_segments"], str)


def test_a_message_is_fetched_as_it_is_now(twilio, control):
    sid = twilio.messages.create(to=RUIZ, from_=LINE, body="Hi").sid
    settle(control)
    message = twilio.messages(sid).fetch()
    assert message.status == "delivered"
    assert message.date_sent is not None


def test_numbers_are_read_as_people_write_them(twilio):
    assert twilio.messages.create(to="(312) 555-0111", from_=LINE, body="Hi").to == RUIZ


def test_segments_are_billed_by_the_alphabet(twilio):
    assert twilio.messages.create(to=RUIZ, from_=LINE, body="a" * 161).num_segments == "2"
    assert twilio.messages.create(to=RUIZ, from_=LINE, body="\u2019" * 71).num_segments == "2"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": "", "from_": LINE, "body": "Hi"}, 21604),
        ({"to": "12", "from_": LINE, "body": "Hi"}, 21211),
        ({"to": "no number", "from_": LINE, "body": "Hi"}, 21211),
        ({"to": RUIZ, "body": "Hi"}, 21603),
        ({"to": RUIZ, "from_": "Harbor", "body": "Hi"}, 21212),
        ({"to": RUIZ, "from_": CHEN, "body": "Hi"}, 21606),
        ({"to": LINE, "from_": LINE, "body": "Hi"}, 21266),
        ({"to": RUIZ, "from_": LINE}, 21602),
        ({"to": RUIZ, "from_": LINE, "body": " "}, 21619),
        ({"to": RUIZ, "from_": LINE, "body": "a" * 1601}, 21617),
        ({"to": RUIZ, "from_": LINE, "body": "Hi", "status_callback": "nowhere"}, 21609),
    ],
)
def test_what_twilio_refuses_is_refused_with_its_number(twilio, fields, code):
    error = refusal(twilio.messages.create, **fields)
    assert (error.status, error.code) == (400, code)


def test_a_refusal_has_the_four_fields_of_twilios_json(base_url, control):
    url = f"{base_url}/2010-04-01/Accounts/{SID}/Messages.json"
    body = requests.post(url, {"To": RUIZ, "From": LINE}, auth=(SID, TOKEN), timeout=5).json()
    assert body == {
        "code": 21602,
        "message": "Message body is required.",
        "more_info": "https://www.twilio.com/docs/errors/21602",
        "status": 400,
    }


def test_the_longest_body_is_taken(twilio):
    assert len(twilio.messages.create(to=RUIZ, from_=LINE, body="a" * 1600).body) == 1600


def test_an_api_key_opens_the_account_too(base_url, control):
    client = twilio_client(base_url, KEY, SECRET)
    assert client.messages.create(to=RUIZ, from_=LINE, body="Hi").status == "queued"
    client.http_client.session.close()


@pytest.mark.parametrize(("username", "password"), [(SID, "wrong"), ("AC" + "f" * 32, TOKEN), (KEY, TOKEN)])
def test_wrong_credentials_are_401_with_20003(base_url, control, username, password):
    client = twilio_client(base_url, username, password)
    error = refusal(client.messages.create, to=RUIZ, from_=LINE, body="Hi")
    assert (error.status, error.code) == (401, 20003)
    client.http_client.session.close()


def test_no_credentials_are_challenged(base_url):
    answer = requests.get(f"{base_url}/2010-04-01/Accounts/{SID}.json", timeout=5)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


def test_what_is_not_there_is_20404(twilio, base_url):
    error = refusal(twilio.messages("SM" + "0" * 32).fetch)
    assert (error.status, error.code) == (404, 20404)
    answer = requests.get(f"{base_url}/2010-04-01/Accounts/{SID}/Faxes.json", auth=(SID, TOKEN), timeout=5)
    assert (answer.status_code, answer.json()["code"]) == (404, 20404)


def test_the_account_can_be_fetched(twilio):
    account = twilio.api.v2010.accounts(SID).fetch()
    assert (account.sid, account.status, account.type) == (SID, "active", "Full")


def test_the_accounts_numbers_are_listed_and_their_webhook_set(twilio, application):
    (number,) = twilio.incoming_phone_numbers.list()
    assert (number.phone_number, number.sms_url) == (LINE, f"{application.url}/twilio/sms")
    number.update(sms_url="https://example.com/other")
    assert twilio.incoming_phone_numbers(number.sid).fetch().sms_url == "https://example.com/other"


def test_a_body_can_be_redacted_and_a_message_deleted(twilio, control):
    message = twilio.messages.create(to=RUIZ, from_=LINE, body="Secret")
    settle(control)
    assert message.update(body="").body == ""
    assert message.delete()
    assert refusal(message.fetch).code == 20404


def test_a_messaging_service_accepts_first_and_picks_the_sender_later(twilio, control):
    service = "MG" + "1" * 32
    control.add_line(SECOND_LINE, service_sid=service)
    message = twilio.messages.create(to=RUIZ, messaging_service_sid=service, body="Hi")
    assert (message.status, message.from_, message.num_segments) == ("accepted", None, "0")
    settle(control)
    message = message.fetch()
    assert (message.status, message.from_, message.num_segments) == ("delivered", SECOND_LINE, "1")
    assert message.messaging_service_sid == service


def test_an_unknown_messaging_service_is_refused(twilio):
    assert refusal(twilio.messages.create, to=RUIZ, messaging_service_sid="MG" + "2" * 32, body="Hi").code == 21701


class TestList:
    def test_it_holds_both_directions_newest_first(self, twilio, control):
        twilio.messages.create(to=RUIZ, from_=LINE, body="first")
        control.text(RUIZ, LINE, "second")
        settle(control)
        found = twilio.messages.list()
        assert [(message.body, message.direction) for message in found] == [
            ("second", "inbound"),
            ("first", "outbound-api"),
        ]
        assert found[0].status == "received"

    def test_it_is_filtered_by_either_end(self, twilio, control):
        twilio.messages.create(to=RUIZ, from_=LINE, body="to Ruiz")
        twilio.messages.create(to=CHEN, from_=LINE, body="to Chen")
        control.text(CHEN, LINE, "from Chen")
        settle(control)
        assert [message.body for message in twilio.messages.list(to=RUIZ)] == ["to Ruiz"]
        assert [message.body for message in twilio.messages.list(from_=CHEN)] == ["from Chen"]
        assert [message.body for message in twilio.messages.list(to=CHEN, from_=LINE)] == ["to Chen"]

    def test_it_is_filtered_by_the_time_of_sending(self, twilio, control):
        twilio.messages.create(to=RUIZ, from_=LINE, body="now")
        settle(control)
        now = datetime.now(UTC)
        minute = timedelta(minutes=1)
        assert len(twilio.messages.list(date_sent_after=now - minute, date_sent_before=now + minute)) == 1
        assert twilio.messages.list(date_sent_after=now + minute) == []
        assert twilio.messages.list(date_sent_before=now - minute) == []
        assert len(twilio.messages.list(date_sent=now.date().isoformat())) == 1
        assert twilio.messages.list(date_sent=(now - timedelta(days=2)).date().isoformat()) == []

    def test_it_comes_in_pages_without_gap_or_repetition(self, twilio, control):
        for number in range(7):
            twilio.messages.create(to=RUIZ, from_=LINE, body=str(number))
        settle(control)
        page = twilio.messages.page(page_size=3)
        bodies = [message.body for message in page]
        twilio.messages.create(to=RUIZ, from_=LINE, body="in between")
        second = page.next_page()
        bodies += [message.body for message in second]
        third = second.next_page()
        bodies += [message.body for message in third]
        assert bodies == ["6", "5", "4", "3", "2", "1", "0"]
        assert third.next_page_url is None
        assert [message.body for message in third.previous_page()] == ["3", "2", "1"]
        assert len(twilio.messages.list(page_size=2)) == 8

    def test_the_frame_of_a_page_is_twilios(self, base_url, twilio):
        twilio.messages.create(to=RUIZ, from_=LINE, body="Hi")
        path = f"/2010-04-01/Accounts/{SID}/Messages.json"
        body = requests.get(f"{base_url}{path}?PageSize=1&To={RUIZ}".replace("+", "%2B"), auth=(SID, TOKEN), timeout=5)
        frame = body.json()
        assert [message["to"] for message in frame.pop("messages")] == [RUIZ]
        assert frame == {
            "first_page_uri": f"{path}?To=%2B13125550111&PageSize=1&Page=0",
            "next_page_uri": None,
            "previous_page_uri": None,
            "page": 0,
            "page_size": 1,
            "start": 0,
            "end": 0,
            "uri": f"{path}?To=%2B13125550111&PageSize=1&Page=0",
        }

    def test_a_date_that_is_none_is_refused(self, base_url):
        url = f"{base_url}/2010-04-01/Accounts/{SID}/Messages.json"
        answer = requests.get(url, {"DateSent>": "yesterday"}, auth=(SID, TOKEN), timeout=5)
        assert (answer.status_code, answer.json()["code"]) == (400, 20001)


def test_two_hundred_messages_a_second_and_their_callbacks(phone, application, control):
    """Slower than this, it would be what a measurement of ours measures."""
    line = line_of(phone.store, LINE)
    begun = time.process_time()
    for _ in range(200):
        phone.send(to_number=RUIZ, body="Hi", senders=[line])
    assert phone.deliveries.wait_idle(20)
    # Time of the processor, so that a busy machine does not fail the test.
    assert time.process_time() - begun < 1
