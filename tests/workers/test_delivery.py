"""Texts go out once each, oldest first, at the line's pace; what the carrier refuses is known by its own name."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.bell import Bell
from bot.delivery.client import Refused, Sent, Unknown
from bot.delivery.failures import OF_CODE, back_off, failure_of
from models.line import opt_out
from tests.one_line import open_line
from tests.workers.conftest import at_once
from workers import paced
from workers.delivery import deliver


def run(house) -> int:
    return deliver("delivery", house.department_id)


@pytest.fixture
def nobody_waits(monkeypatch):
    """No other bell rings: those of the test's own texts are not answered by anybody."""
    monkeypatch.setattr(Bell, "others_wait", lambda bell: False)


def text_row(house, message_id: int):
    return house.one("select * from message_out where department_id = :d and id = :id", id=message_id)


def refusing(code: int, retry_after: timedelta | None = None):
    return lambda text: Refused(failure_of(code), code, retry_after)


def test_due_texts_go_out_oldest_first_and_the_carriers_sid_is_kept(house, carrier):
    now = datetime.now(UTC)
    ids = [house.text(f"Text {n}", due_at=now - timedelta(minutes=n)) for n in (1, 2, 3)]
    later = house.text("Later", due_at=now + timedelta(hours=1))
    assert run(house) == 3
    assert [body for _, body in carrier.sent] == ["Text 3", "Text 2", "Text 1"]
    assert [house.state(message_id) for message_id in [*ids, later]] == ["accepted"] * 3 + ["queued"]
    assert text_row(house, ids[0]).sid
    assert text_row(house, ids[0]).accepted_at
    assert text_row(house, ids[0]).attempts == 1


def test_every_step_of_a_text_is_an_event(house):
    house.text()
    run(house)
    assert house.events() == ["message_claimed", "message_accepted"]


def test_drains_at_once_send_no_text_twice(house, carrier):
    for n in range(60):
        house.text(f"Text {n}", to_number=f"+131255501{n:02d}")
    at_once(*[lambda: run(house)] * 3)
    run(house)
    assert sorted(carrier.sent) == sorted((f"+131255501{n:02d}", f"Text {n}") for n in range(60))


def test_no_transaction_is_open_while_the_carrier_is_called(house, carrier, kit):
    open_ones = []

    def look(text):
        asked = (
            "select count(*) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'"
        )
        with kit.database.engine.connect() as conn:
            open_ones.append(conn.exec_driver_sql(asked).scalar_one())
        return Sent("SM1")

    carrier.answer = look
    house.text()
    run(house)
    assert open_ones == [0]


def test_a_line_keeps_its_pace(kit, carrier, monkeypatch, nobody_waits):
    monkeypatch.setattr(paced, "MOST_SECONDS", 0.5)
    house = open_line(kit.database, messages_per_minute=60)
    for n in range(10):
        house.text(f"Text {n}")
    run(house)
    assert 2 <= len(carrier.sent) <= 4
    assert kit.bell._redis.exists(f"dutyline:bell:delivery:{house.department_id}")


def test_a_line_that_rests_does_not_keep_a_worker_when_others_ring(kit, carrier):
    house = open_line(kit.database, messages_per_minute=60)
    for n in range(10):
        house.text(f"Text {n}")
    began_at = time.monotonic()
    run(house)
    assert time.monotonic() - began_at < 0.5
    assert kit.bell._redis.exists(f"dutyline:bell:delivery:{house.department_id}")


def test_two_drains_share_one_pace(kit, carrier, monkeypatch, nobody_waits):
    monkeypatch.setattr(paced, "MOST_SECONDS", 0.5)
    house = open_line(kit.database, messages_per_minute=60)
    for n in range(10):
        house.text(f"Text {n}")
    at_once(*[lambda: run(house)] * 3)
    assert 2 <= len(carrier.sent) <= 4


def test_who_opted_out_on_the_line_is_not_texted_and_the_record_is_told(house, carrier):
    with house.database.begin([house.department_id]) as work:
        opt_out.opt_out(work, house.department_id, house.line_id, house.phone, house.person_id, "STOP")
    message_id = house.text(subject=("assignment", 5))
    run(house)
    assert carrier.sent == []
    row = text_row(house, message_id)
    assert (row.state, row.failure) == ("withheld", "opted_out")
    assert "message_withheld" in house.events()
    assert [row.kind for row in house.rows("select kind from duty where department_id = :d")] == ["award_unreachable"]


def test_an_opt_out_that_only_the_carrier_knew_is_remembered(house, carrier):
    carrier.answer = refusing(21610)
    message_id = house.text()
    run(house)
    assert house.state(message_id) == "withheld"
    carrier.answer = None
    house.text("Another")
    run(house)
    assert carrier.sent == []


def test_a_number_for_good_wrong_fails_and_is_marked(house, carrier):
    carrier.answer = refusing(21211)
    message_id = house.text(subject=("offer", 5))
    run(house)
    row = text_row(house, message_id)
    assert (row.state, row.failure, row.error_code) == ("failed", "unknown_number", 21211)
    assert house.one("select state from phone where number = :n", n=house.phone).state == "bad"
    assert [row.kind for row in house.rows("select kind from duty where department_id = :d")] == ["offer_unreachable"]


def test_turned_away_for_now_waits_in_real_time_and_goes_out_later(house, carrier):
    carrier.answer = refusing(20429, timedelta(seconds=2))
    message_id = house.text()
    run(house)
    row = text_row(house, message_id)
    assert (row.state, row.failure) == ("queued", None)
    assert row.retry_at > datetime.now(UTC)
    carrier.answer = None
    assert run(house) == 0
    house.run("update message_out set retry_at = 'epoch' where department_id = :d")
    assert run(house) == 1
    assert text_row(house, message_id).attempts == 2


def test_texts_to_one_person_wait_behind_the_one_that_must_wait(house, carrier):
    carrier.answer = refusing(20429, timedelta(seconds=2))
    first, second = house.text("First"), house.text("Second")
    calls = []
    carrier.answer = lambda text: (calls.append(text.body), Refused(failure_of(20429), 20429, timedelta(seconds=2)))[1]
    run(house)
    assert calls == ["First"]
    assert {house.state(first), house.state(second)} == {"queued"}


def test_what_nobody_knows_is_not_sent_again_on_a_guess(house, carrier):
    carrier.answer = lambda text: Unknown("answered 500")
    message_id = house.text()
    run(house)
    assert house.state(message_id) == "sending"
    carrier.answer = None
    assert run(house) == 0


def test_a_worker_killed_between_claim_and_result_leaves_the_text_sending(house, carrier):
    class Killed(BaseException):
        pass

    def die(text):
        raise Killed

    carrier.answer = die
    message_id = house.text()
    with pytest.raises(Killed):
        run(house)
    assert house.state(message_id) == "sending"


def test_slow_down_slows_the_line(house, carrier):
    carrier.answer = refusing(30022, timedelta(minutes=1))
    house.text()
    run(house)
    assert house.one("select free_at > clock_timestamp() + interval '50 seconds' as slow from line where id = :l",
                     l=house.line_id).slow  # fmt: skip


def test_a_mistake_of_ours_alerts_people(house, carrier):
    carrier.answer = refusing(21617)
    house.text()
    run(house)
    assert house.hand_offs() == ["text_refused"]


def test_several_people_are_texted_at_the_same_time(house, carrier):
    together = threading.Barrier(4, timeout=5)

    def wait(text):
        together.wait()
        return Sent(f"SM{text.id}")

    carrier.answer = wait
    for n in range(4):
        house.text(to_number=f"+131255501{n:02d}")
    assert run(house) == 4


@pytest.mark.parametrize(
    ("code", "word", "is_permanent"),
    [
        (30003, "unreachable", False),
        (30004, "blocked", True),
        (30005, "unknown_number", True),
        (30006, "landline", True),
        (30007, "filtered", True),
        (30008, "unknown", False),
        (30022, "slow_down", False),
        (21211, "unknown_number", True),
        (21610, "opted_out", True),
        (99999, "unknown", True),
    ],
)
def test_each_code_has_our_word(code, word, is_permanent):
    failure = failure_of(code)
    assert (failure.word, failure.is_permanent) == (word, is_permanent)


def test_waits_double_up_to_five_minutes():
    assert [back_off(n).total_seconds() for n in (1, 2, 3)] == [2, 4, 8]
    assert back_off(50) == timedelta(minutes=5)
    assert all(wait > timedelta(0) for failure in OF_CODE.values() for wait in failure.retries)
