"""What nobody saw end is looked up on the carrier's list; what never reached us is taken in."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.client import CarrierDown, Listed, Report, Unknown
from bot.dialog import turn
from models.line import message_delivery
from tests.workers.conftest import at_once
from workers.delivery import deliver
from workers.hear_again import hear_again
from workers.reconcile import ASK_AFTER, GIVE_UP_AFTER, LEASE, ask_after, settle_stuck


@pytest.fixture(autouse=True)
def _only_our_line(house, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rounds go through every line there is: here those of all other tests too."""
    monkeypatch.setattr("models.line.line.numbers", lambda _: [house.line])
    monkeypatch.setattr(house.database, "departments", lambda: [house.department_id])


def leave_sending(house, body: str = "Detail 4821 is yours.", *, longer_than_the_lease: bool = True) -> int:
    """A text claimed by a worker that died."""
    message_id = house.text(body)
    with house.database.begin([house.department_id]) as work:
        message_delivery.claim(work, house.department_id, house.line_id, 100)
    if longer_than_the_lease:
        age_claims(house)
    return message_id


def age_claims(house) -> None:
    seconds = LEASE.total_seconds() + 1
    ago = f"claimed_at - interval '{seconds} seconds'"
    house.run(f"update message_out set claimed_at = {ago} where department_id = :d and state = 'sending'")


def settle(house) -> int:
    return settle_stuck("sweep", house.department_id)


def sid_of(house, message_id: int):
    return house.one("select sid from message_out where department_id = :d and id = :id", id=message_id).sid


def test_a_text_on_the_carriers_list_went_out_and_is_not_sent_again(house, carrier):
    message_id = leave_sending(house)
    carrier.on_list = [(house.phone, "Detail 4821 is yours.", "SMfound")]
    assert settle(house) == 1
    assert (house.state(message_id), sid_of(house, message_id)) == ("accepted", "SMfound")
    deliver("delivery", house.department_id)
    assert carrier.sent == []


def test_whoever_was_asked_by_a_text_that_is_found_was_asked(house, carrier, monkeypatch):
    noted = []
    monkeypatch.setattr("workers.reconcile.note_sent", lambda _work, _department, ids: noted.extend(ids))
    message_id = leave_sending(house)
    carrier.on_list = [(house.phone, "Detail 4821 is yours.", "SMfound")]
    settle(house)
    assert noted == [message_id]


def test_a_text_that_is_not_on_the_list_is_sent_again_once(house, carrier):
    message_id = leave_sending(house)
    at_once(*[lambda: settle(house)] * 3)
    at_once(*[lambda: deliver("delivery", house.department_id)] * 3)
    assert house.state(message_id) == "accepted"
    assert len(carrier.sent) == 1


def test_a_text_whose_lease_runs_is_left_alone(house, carrier):
    message_id = leave_sending(house, longer_than_the_lease=False)
    assert settle(house) == 0
    assert house.state(message_id) == "sending"


def test_the_sid_of_another_text_that_reads_alike_is_not_taken(house, carrier):
    first = house.text("Same words")
    deliver("delivery", house.department_id)
    second = leave_sending(house, "Same words")
    carrier.on_list = [(house.phone, "Same words", sid_of(house, first))]
    settle(house)
    assert house.state(second) == "queued"


def test_two_lost_texts_that_read_alike_take_a_sid_each(house, carrier):
    ids = [house.text("Same words") for _ in range(2)]
    carrier.answer = lambda text: Unknown("answered 500")
    deliver("delivery", house.department_id)
    age_claims(house)
    carrier.on_list = [(house.phone, "Same words", "SMa"), (house.phone, "Same words", "SMb")]
    settle(house)
    assert {sid_of(house, message_id) for message_id in ids} == {"SMa", "SMb"}


def test_a_carrier_that_does_not_answer_settles_nothing(house, carrier, monkeypatch):
    def down(*_):
        raise CarrierDown

    monkeypatch.setattr(type(carrier), "find", down)
    message_id = leave_sending(house)
    assert settle(house) == 0
    assert house.state(message_id) == "sending"


def test_a_text_settled_meanwhile_by_its_callback_is_not_sent_again(house, carrier):
    message_id = leave_sending(house)
    with house.database.begin([house.department_id]) as work:
        (row,) = message_delivery.OUTBOX.stuck(work, house.department_id, LEASE)
        message_delivery.accept(work, house.department_id, {message_id: "SMcallback"})
    with house.database.begin([house.department_id]) as work:
        assert not message_delivery.OUTBOX.not_found(work, house.department_id, message_id, row.claimed_at)
    assert house.state(message_id) == "accepted"


@pytest.fixture
def heard(monkeypatch) -> list[str]:
    """What the dialog was told, in order."""
    told: list[str] = []
    monkeypatch.setattr(turn, "take_text", lambda work, line, text: told.append(text.body))
    return told


def inbound(house, sid: str, body: str, minutes_ago: float = 10) -> Listed:
    return Listed(sid, house.phone, house.line, body, datetime.now(UTC) - timedelta(minutes=minutes_ago))


def test_a_text_that_never_reached_us_is_taken_in_once_with_the_time_it_was_sent(house, carrier, heard):
    missed = inbound(house, f"SM{house.line}a", "DROP 4821", minutes_ago=30)
    carrier.inbound = [missed]
    hear_again()
    hear_again()
    assert heard == ["DROP 4821"]
    row = house.one("select received_at, person_id from message_in where department_id = :d")
    assert (row.received_at, row.person_id) == (missed.made_at, house.person_id)


def test_a_text_that_is_still_arriving_is_left_to_its_webhook(house, carrier, heard):
    carrier.inbound = [inbound(house, f"SM{house.line}a", "IN", minutes_ago=0.1)]
    hear_again()
    assert heard == []


def test_a_picture_is_taken_in_with_its_address(house, carrier, heard):
    text = inbound(house, f"MM{house.line}a", "")
    carrier.inbound = [Listed(text.sid, text.from_number, text.to_number, "", text.made_at, has_media=True)]
    hear_again()
    assert house.one("select media from message_in where department_id = :d").media == [
        {"url": "https://api.example.org/media", "content_type": "image/jpeg"}
    ]


def test_the_next_look_begins_where_the_last_one_ended(house, carrier, heard):
    hear_again()
    carrier.asked_since.clear()
    hear_again()
    until = house.one("select heard_until from line where id = :line", line=house.line_id).heard_until
    assert datetime.now(UTC) - timedelta(minutes=15) < max(carrier.asked_since) < until


def leave_unheard_of(house, subject: tuple[str, int] = ("assignment", 1), *, ago: timedelta | None = None) -> int:
    """A text the carrier took and of which no report came."""
    message_id = house.text(subject=subject)
    deliver("delivery", house.department_id)
    seconds = (ago or ASK_AFTER + timedelta(minutes=1)).total_seconds()
    house.run(f"update message_out set claimed_at = claimed_at - interval '{seconds} seconds' where department_id = :d")
    return message_id


def test_a_lost_report_of_an_award_that_did_not_arrive_is_asked_for(house, carrier):
    message_id = leave_unheard_of(house)
    carrier.reports = {sid_of(house, message_id): Report("undelivered", 30005)}
    assert ask_after() == 1
    assert house.state(message_id) == "undelivered"
    due = house.one("select kind, subject_id from duty where department_id = :d")
    assert (due.kind, due.subject_id) == ("award_unreachable", 1)


def test_what_the_carrier_has_no_news_of_stays_as_it_is(house, carrier):
    message_id = leave_unheard_of(house)
    carrier.reports = {sid_of(house, message_id): Report("accepted", None)}
    assert ask_after() == 0
    assert house.state(message_id) == "accepted"


def test_nobody_asks_after_a_text_too_young_too_old_or_of_no_consequence(house, carrier):
    ids = [
        leave_unheard_of(house, ago=timedelta(0)),
        leave_unheard_of(house, ago=GIVE_UP_AFTER + timedelta(minutes=1)),
        leave_unheard_of(house, subject=("opening", 1)),
    ]
    carrier.reports = {sid_of(house, each): Report("undelivered", 30005) for each in ids}
    assert ask_after() == 0


def test_a_report_that_comes_after_all_changes_nothing_more(house, carrier):
    message_id = leave_unheard_of(house)
    carrier.reports = {sid_of(house, message_id): Report("delivered", None)}
    assert ask_after() == 1
    assert ask_after() == 0
    assert house.state(message_id) == "delivered"
