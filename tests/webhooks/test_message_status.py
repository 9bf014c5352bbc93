"""The carrier reports on a text: late, twice, out of order, and never backwards."""

import itertools

import pytest

from models.line import message_delivery
from models.line.message_delivery import DueText
from tests.one_line import OneLine, signature
from tests.webhooks.conftest import Post

SID = "SM" + "1" * 32
AGAIN = "SM" + "2" * 32


def report(post: Post, house: OneLine, message_id: int, status: str, sid: str = SID, code: int | None = None):
    form = {"MessageSid": sid, "MessageStatus": status, "To": house.phone, "From": house.line}
    form |= {"ErrorCode": str(code)} if code else {}
    return post(f"/twilio/message-status?message={house.department_id}-{message_id}", form)


def claim(house: OneLine) -> list[DueText]:
    with house.database.begin([house.department_id]) as work:
        return message_delivery.claim(work, house.department_id, house.line_id, 10).due


def accept(house: OneLine, message_id: int, sid: str = SID) -> list[int]:
    with house.database.begin([house.department_id]) as work:
        return message_delivery.accept(work, house.department_id, {message_id: sid})


@pytest.fixture
def sending(house) -> int:
    """A text handed over, whose answer has not come."""
    message_id = house.text()
    claim(house)
    return message_id


@pytest.fixture
def accepted(house, sending) -> int:
    accept(house, sending)
    return sending


def test_a_text_passes_from_accepted_to_delivered(house, post, accepted):
    states = [(report(post, house, accepted, word), house.state(accepted))[1] for word in ("sent", "delivered")]
    assert states == ["sent", "delivered"]
    assert house.events() == ["message_claimed", "message_accepted", "message_sent", "message_delivered"]


@pytest.mark.parametrize("order", list(itertools.permutations(["queued", "sent", "delivered"])))
def test_in_whatever_order_reports_come_the_text_is_delivered_in_the_end(house, post, accepted, order):
    for word in order:
        assert report(post, house, accepted, word).status_code == 200
    assert house.state(accepted) == "delivered"


def test_a_report_that_comes_twice_counts_once(house, post, accepted):
    for _ in range(2):
        report(post, house, accepted, "delivered")
    assert house.events().count("message_delivered") == 1


def test_a_report_before_our_own_answer_tells_the_sid_and_the_answer_undoes_nothing(house, post, sending):
    report(post, house, sending, "sent")
    row = house.one("select state, sid from message_out where department_id = :d")
    assert (row.state, row.sid) == ("sent", SID)
    assert accept(house, sending) == []
    assert house.state(sending) == "sent"


def test_a_report_on_a_text_taken_back_proves_that_it_was_sent(house, post, sending):
    """Our answer got lost, the list did not show it yet, and it was about to be sent again."""
    house.run("update message_out set state = 'queued' where department_id = :d")
    report(post, house, sending, "queued")
    assert house.state(sending) == "accepted"
    assert claim(house) == []


def test_an_unknown_number_is_marked_and_put_before_a_person(house, post, accepted):
    report(post, house, accepted, "undelivered", code=30005)
    row = house.one("select state, failure, error_code from message_out where department_id = :d")
    assert (row.state, row.failure, row.error_code) == ("undelivered", "unknown_number", 30005)
    assert house.one("select state from phone where number = :n", n=house.phone).state == "bad"
    assert house.hand_offs() == ["phone_cannot_be_texted"]


def test_a_phone_out_of_reach_is_tried_once_more_and_then_given_up(house, post, accepted):
    report(post, house, accepted, "undelivered", code=30003)
    later = "due_at > now() + interval '9 minutes' as later"
    row = house.one(f"select state, sid, {later} from message_out where department_id = :d")
    assert (row.state, row.sid, row.later) == ("queued", None, True)
    house.run("update message_out set due_at = now() where department_id = :d")
    claim(house)
    accept(house, accepted, AGAIN)
    report(post, house, accepted, "undelivered", AGAIN, code=30003)
    row = house.one("select state, failure from message_out where department_id = :d")
    assert (row.state, row.failure) == ("undelivered", "unreachable")


def test_a_late_report_on_the_first_try_does_not_disturb_the_second(house, post, accepted):
    report(post, house, accepted, "undelivered", code=30008)
    report(post, house, accepted, "sent")
    assert house.state(accepted) == "queued"
    assert accept(house, accepted) == [], "nor does our own late answer"
    assert house.state(accepted) == "queued"


def test_too_fast_for_the_campaign_means_slower_not_failed(house, post, accepted):
    report(post, house, accepted, "undelivered", code=30022)
    assert house.state(accepted) == "queued"
    slow = "free_at > clock_timestamp() + interval '50 seconds' as slow"
    assert house.one(f"select {slow} from line where id = :line", line=house.line_id).slow


def test_filtered_texts_alert_people(house, post, accepted):
    report(post, house, accepted, "undelivered", code=30007)
    assert house.hand_offs() == ["text_refused"]


def test_a_text_about_an_assignment_that_never_arrives_becomes_its_duty(house, post):
    message_id = house.text(subject=("assignment", 7))
    claim(house)
    report(post, house, message_id, "undelivered", code=30005)
    report(post, house, message_id, "undelivered", code=30005)
    (row,) = house.rows("select kind, subject_id from duty where department_id = :d")
    assert (row.kind, row.subject_id) == ("award_unreachable", 7)


@pytest.mark.parametrize("query", ["", "?message=", "?message=1", "?message=a-b", "?message=1-2-3", "?message=9-99999"])
def test_a_report_on_no_text_of_ours_is_answered_and_changes_nothing(house, post, query):
    form = {"MessageSid": SID, "MessageStatus": "sent"}
    assert post(f"/twilio/message-status{query}", form).status_code == 200


def test_another_department_in_the_address_reaches_nothing(house, post, accepted):
    form = {"MessageSid": SID, "MessageStatus": "failed"}
    post(f"/twilio/message-status?message={house.department_id + 1}-{accepted}", form)
    assert house.state(accepted) == "accepted"


def test_an_unsigned_report_is_refused(house, post, accepted):
    path = f"/twilio/message-status?message={house.department_id}-{accepted}"
    form = {"MessageSid": SID, "MessageStatus": "failed"}
    assert post(path, form, signature("/twilio/message-status", form)).status_code == 403
    assert house.state(accepted) == "accepted"
