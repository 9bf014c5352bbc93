"""The sweep finds what nobody rang for, department by department; the seal chains what happened."""

import time
from datetime import timedelta

import pytest
from rq import Queue

from models.line import duty, message_delivery
from models.line.duty import QUEUE_OF
from models.proof import event
from models.proof.seal import verify
from tests.one_line import open_line
from workers import sweep as sweep_module
from workers.reconcile import LEASE
from workers.schedule import HANDLER_OF, ROUNDS, problems
from workers.seal import seal
from workers.sweep import retire_codes, sweep


@pytest.fixture(autouse=True)
def other(house, kit, monkeypatch):
    """The rounds go through all departments there are: here through the test's own and this one."""
    other = open_line(kit.database)
    monkeypatch.setattr(kit.database, "departments", lambda: [house.department_id, other.department_id])
    return other


@pytest.fixture
def rung(kit):
    """The bells that ring, of one department."""
    redis = kit.bell._redis

    def rung(house) -> set[str]:
        queues = ("recordings", "awarding", "reminders", "delivery", "calls", "sweep")
        jobs = [job for name in queues for job in Queue(name, connection=redis).jobs]
        return {job.args[0] for job in jobs if job.args[1] == house.department_id}

    return rung


def forget(kit) -> None:
    """Redis is emptied, as may happen at any moment."""
    kit.bell._redis.flushdb()


def plan(house, kind: str, due_in: timedelta) -> None:
    with house.database.begin([house.department_id]) as work:
        duty.plan(work, house.department_id, kind, 1, work.now + due_in)


def test_what_is_due_is_rung_after_redis_lost_everything(house, kit, rung):
    plan(house, "run_award", timedelta(0))
    plan(house, "alarm_late", timedelta(hours=1))
    house.text()
    forget(kit)
    assert rung(house) == set()
    sweep()
    assert rung(house) == {"awarding", "delivery"}


def test_a_department_with_nothing_due_is_left_in_peace(house, kit, rung):
    plan(house, "run_award", timedelta(hours=1))
    sweep()
    assert rung(house) == set()


def test_texts_stuck_at_the_carrier_ring_for_a_look(house, kit, rung):
    house.text()
    with house.database.begin([house.department_id]) as work:
        message_delivery.claim(work, house.department_id, house.line_id, 10)
    forget(kit)
    sweep()
    assert rung(house) == set()
    house.run(
        "update message_out set claimed_at = claimed_at - cast(:lease as interval) where department_id = :d",
        lease=LEASE * 2,
    )
    sweep()
    assert rung(house) == {"sweep"}


def test_one_departments_trouble_keeps_no_other_waiting(house, other, kit, rung, monkeypatch):
    for each in (house, other):
        plan(each, "run_award", timedelta(0))
    forget(kit)
    ring = sweep_module._ring_what_is_due

    def trouble(tools, department_id):
        if department_id == house.department_id:
            raise ZeroDivisionError
        return ring(tools, department_id)

    monkeypatch.setattr(sweep_module, "_ring_what_is_due", trouble)
    sweep()
    assert (rung(house), rung(other)) == (set(), {"awarding"})


def test_committed_events_are_chained(house):
    with house.database.begin([house.department_id]) as work:
        for subject in range(3):
            event.record(work, house.department_id, "posting_opened", "posting", subject)
    ends_at, audit = time.monotonic() + 10, None
    # What is younger than any transaction under way, also another test's, is sealed by a later round.
    while (audit is None or audit.unsealed) and time.monotonic() < ends_at:
        seal()
        with house.database.begin([house.department_id]) as work:
            audit = verify(work, house.department_id)
    assert (audit.checked, audit.broken_at, audit.unsealed) == (3, None, 0)


def test_codes_of_details_long_over_are_freed(house):
    assert retire_codes() >= 0


def test_every_duty_has_a_handler_every_round_a_job_every_queue_a_worker():
    assert (
        problems({"recordings", "awarding", "confirmations", "reminders", "delivery", "calls", "mail", "sweep"}) == []
    )


def test_what_does_not_fit_is_named(monkeypatch):
    monkeypatch.setitem(HANDLER_OF, "run_award", "workers.nowhere:handle")
    monkeypatch.delitem(QUEUE_OF, "fill_slot")
    found = problems({"recordings", "awarding", "confirmations", "reminders", "delivery", "calls", "mail", "elsewhere"})
    assert any("workers.nowhere:handle" in sentence for sentence in found)
    assert any("fill_slot" in sentence for sentence in found)
    assert sum("Procfile" in sentence for sentence in found) == 2


def test_rounds_come_round_often_enough():
    every = {each.job: each.every_seconds for each in ROUNDS}
    assert every["workers.sweep:sweep"] <= 10
    assert every["workers.seal:seal"] <= 60
