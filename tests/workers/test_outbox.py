"""What goes out on a line: at its pace, after its rest, and again only when the carrier never had it."""

from datetime import UTC, datetime, timedelta

import pytest

from models.line import message_delivery
from models.line.outbox import pace
from tests.one_line import open_line
from workers import paced
from workers.delivery import deliver

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
OUTBOX = message_delivery.OUTBOX


@pytest.mark.parametrize(
    ("parts", "free_after_seconds", "out", "free_again_after_seconds"),
    [
        pytest.param([1, 1, 1], 0, 1, 1, id="one a second, and the next waits"),
        pytest.param([1, 1, 1], -60, 3, 1, id="who stood idle may send for two seconds at once"),
        pytest.param([1, 1, 1, 1], -60, 3, 1, id="and no more"),
        pytest.param([3, 3], -60, 1, 1, id="a text of several parts takes as many places"),
        pytest.param([1], 0.001, 0, 0.001, id="busy for a moment yet"),
        pytest.param([0], 0, 1, 1, id="nothing counts as less than one"),
        pytest.param([], 0, 0, 0, id="nothing to send"),
    ],
)
def test_a_lines_pace(parts, free_after_seconds, out, free_again_after_seconds):
    taken, free_at = pace(
        parts, NOON + timedelta(seconds=free_after_seconds), NOON, per_minute=60, burst=timedelta(seconds=2)
    )
    assert (taken, free_at) == (out, NOON + timedelta(seconds=free_again_after_seconds))


def test_when_a_claim_is_full_others_may_be_due_behind_it(house):
    for n in range(3):
        house.text(f"Text {n}")
    with house.database.begin([house.department_id]) as work:
        full = message_delivery.claim(work, house.department_id, house.line_id, 2)
        last = message_delivery.claim(work, house.department_id, house.line_id, 2)
    assert (len(full.due), full.paced_seconds is None) == (2, False)
    assert (len(last.due), last.paced_seconds) == (1, None)


def test_what_is_to_be_asked_again_later_is_not_due_before(house):
    message_id = house.text()
    with house.database.begin([house.department_id]) as work:
        message_delivery.claim(work, house.department_id, house.line_id, 1)
        OUTBOX.requeue(work, house.department_id, message_id, timedelta(hours=1), 20429)
    with house.database.begin([house.department_id]) as work:
        assert not OUTBOX.is_due(work, house.department_id)
        assert list(OUTBOX.lines_due(work, house.department_id)) == []
    house.run("update message_out set retry_at = clock_timestamp() where department_id = :d")
    with house.database.begin([house.department_id]) as work:
        assert OUTBOX.is_due(work, house.department_id)


def test_a_short_rest_does_not_end_a_longer_one(house):
    with house.database.begin([house.department_id]) as work:
        OUTBOX.slow_down(work, house.line_id, timedelta(hours=1))
        OUTBOX.slow_down(work, house.line_id, timedelta(seconds=1))
    rests = house.one(
        "select free_at > clock_timestamp() + interval '50 minutes' as long from line where department_id = :d"
    )
    assert rests.long


def test_what_was_claimed_again_meanwhile_is_not_put_back_by_who_looked_before(house):
    message_id = house.text()
    with house.database.begin([house.department_id]) as work:
        message_delivery.claim(work, house.department_id, house.line_id, 1)
    house.run("update message_out set claimed_at = claimed_at - interval '2 minutes' where department_id = :d")
    with house.database.begin([house.department_id]) as work:
        (looked_at,) = OUTBOX.stuck(work, house.department_id, timedelta(minutes=1))
    house.run("update message_out set claimed_at = clock_timestamp() where department_id = :d")
    with house.database.begin([house.department_id]) as work:
        assert not OUTBOX.not_found(work, house.department_id, message_id, looked_at.claimed_at)
    assert house.state(message_id) == "sending"


def test_a_line_that_rests_for_long_is_left_to_the_sweep(kit, carrier, monkeypatch):
    monkeypatch.setattr(paced, "MOST_SECONDS", 0.3)
    house = open_line(kit.database)
    house.text()
    with house.database.begin([house.department_id]) as work:
        OUTBOX.slow_down(work, house.line_id, timedelta(minutes=5))
    kit.bell.answered("delivery", house.department_id)
    assert deliver("delivery", house.department_id) == 0
    assert carrier.sent == []
    assert not kit.bell._redis.exists(f"dutyline:bell:delivery:{house.department_id}")
