"""Duties are done once, in one transaction each; what fails is noted and tried again."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from models.line import duty
from models.line.duty import MOST_ATTEMPTS
from models.proof import event
from models.working.assignment import SlotTaken
from tests.workers.conftest import at_once
from workers import drain as drain_module
from workers.drain import drain
from workers.schedule import HANDLER_OF


@pytest.fixture
def handler(monkeypatch) -> Callable[[Callable[..., None]], None]:
    """Who does run_award in this test."""
    monkeypatch.setitem(HANDLER_OF, "run_award", "the test")
    return lambda handle: monkeypatch.setattr(drain_module, "handler_of", lambda kind: handle)


def plan(house, *subjects: int, due_in: timedelta = timedelta(0)) -> None:
    with house.database.begin([house.department_id]) as work:
        for subject in subjects:
            duty.plan(work, house.department_id, "run_award", subject, work.now + due_in)


def duties(house) -> list[Any]:
    return house.rows("select * from duty where department_id = :d order by id")


def record(work, department_id, row) -> None:
    event.record(work, department_id, "award_ran", "posting", row.subject_id)


def done(house) -> list[int]:
    return [row.subject_id for row in house.rows("select subject_id from event where name = 'award_ran'")]


def test_what_is_due_is_done_oldest_first_and_the_rest_waits(house, handler):
    handler(record)
    plan(house, 3)
    plan(house, 1, due_in=-timedelta(hours=1))
    plan(house, 9, due_in=timedelta(hours=1))
    assert drain("awarding", house.department_id) == 2
    assert done(house) == [1, 3]
    assert [row.done_at is not None for row in duties(house)] == [True, True, False]


def test_a_duty_that_fails_is_undone_noted_and_leaves_the_others_alone(house, handler):
    def handle(work, department_id, row):
        record(work, department_id, row)
        if row.subject_id == 1:
            raise ZeroDivisionError

    handler(handle)
    plan(house, 1, 2)
    drain("awarding", house.department_id)
    assert done(house) == [2]
    (failed, _) = duties(house)
    assert (failed.attempts, failed.failure, failed.done_at) == (1, "ZeroDivisionError", None)
    assert house.one("select not_before > clock_timestamp() as waits from duty where subject_id = 1").waits


def test_a_duty_that_keeps_failing_is_put_before_a_person_once(house, handler):
    def handle(work, department_id, row):
        raise ZeroDivisionError

    handler(handle)
    plan(house, 1)
    for _ in range(MOST_ATTEMPTS + 2):
        house.run("update duty set not_before = 'epoch' where department_id = :d")
        drain("awarding", house.department_id)
    assert house.hand_offs() == ["duty_keeps_failing"]
    assert duties(house)[0].attempts == MOST_ATTEMPTS + 2


@pytest.mark.parametrize("code", ["deadlock_detected", "serialization_failure"])
def test_a_lost_race_is_run_again_at_once_and_counts_as_no_failure(house, handler, code):
    tries = []

    def handle(work, department_id, row):
        tries.append(row.id)
        record(work, department_id, row)
        if len(tries) < 3:
            work.conn.exec_driver_sql(f"do $$ begin raise exception using errcode = '{code}'; end $$")

    handler(handle)
    plan(house, 1)
    drain("awarding", house.department_id)
    assert (len(tries), done(house), duties(house)[0].attempts) == (3, [1], 0)


def test_a_slot_taken_meanwhile_is_run_again_whole(house, handler):
    tries = []

    def handle(work, department_id, row):
        tries.append(row.id)
        if len(tries) == 1:
            raise SlotTaken

    handler(handle)
    plan(house, 1)
    assert drain("awarding", house.department_id) == 1


def test_two_drains_at_once_do_each_duty_once(house, handler):
    def handle(work, department_id, row):
        record(work, department_id, row)
        time.sleep(0.005)

    handler(handle)
    plan(house, *range(20))
    at_once(*[lambda: drain("awarding", house.department_id)] * 3)
    assert sorted(done(house)) == list(range(20))


def test_a_duty_planned_while_the_drain_runs_rings_again(house, handler, kit):
    """The bell is stilled before anything is read, so nothing falls between reading and ringing."""
    rung = []
    handler(lambda work, department_id, row: rung.append(kit.bell._redis.exists(key)))
    key = f"dutyline:bell:awarding:{house.department_id}"
    plan(house, 1)
    assert kit.bell._redis.exists(key)
    drain("awarding", house.department_id)
    assert rung == [0]


def test_a_drain_that_takes_long_ends_and_rings_for_itself(house, handler, kit, monkeypatch):
    monkeypatch.setattr(drain_module, "MOST_SECONDS", 0.05)
    handler(lambda work, department_id, row: time.sleep(0.06))
    plan(house, 1, 2)
    assert drain("awarding", house.department_id) == 1
    assert kit.bell._redis.exists(f"dutyline:bell:awarding:{house.department_id}")


def test_a_worker_killed_in_the_middle_of_a_duty_leaves_it_due(house, handler):
    class Killed(BaseException):
        pass

    def handle(work, department_id, row):
        record(work, department_id, row)
        work.flush()
        raise Killed

    handler(handle)
    plan(house, 1)
    with pytest.raises(Killed):
        drain("awarding", house.department_id)
    assert (done(house), duties(house)[0].attempts) == ([], 0)
    handler(record)
    drain("awarding", house.department_id)
    assert done(house) == [1]


def test_departments_do_not_see_each_others_duties(house, kit, handler):
    handler(record)
    plan(house, 1)
    assert drain("awarding", house.department_id + 1) == 0
    assert done(house) == []
