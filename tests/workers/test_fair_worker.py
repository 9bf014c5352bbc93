"""One worker alone: a queue that is never empty keeps no other waiting, and neither does a long drain."""

import time
import uuid
from datetime import timedelta
from typing import Any

import pytest
from redis import Redis
from rq import Queue
from rq.worker import DequeueStrategy

from bot.cli.worker import Worker
from models.line import duty
from models.line.duty import QUEUES
from workers import drain as drain_module
from workers.drain import drain

DONE: list[str] = []


def work_on(queue: str) -> None:
    """A job that was done."""
    DONE.append(queue)


def turns(redis_url: str, busy: dict[str, int]) -> list[str]:
    """In which order one worker takes the bells that ring on each queue."""
    DONE.clear()
    mark = uuid.uuid4().hex
    with Redis.from_url(redis_url) as redis:
        redis.flushdb()  # bells of tests before would be answered, too
        queues = {name: Queue(name, connection=redis) for name in QUEUES}
        for name, count in busy.items():
            for number in range(count):
                queues[name].enqueue_call(work_on, args=(name,), result_ttl=0, job_id=f"{mark}-{name}-{number}")
        worker = Worker(list(queues.values()), connection=redis)
        worker.work(burst=True, logging_level="ERROR", dequeue_strategy=DequeueStrategy.ROUND_ROBIN)
    return list(DONE)


BUSY = [
    ({"confirmations": 4, "delivery": 1, "sweep": 1}, ["confirmations", "delivery", "sweep", *["confirmations"] * 3]),
    ({"awarding": 2, "confirmations": 2, "calls": 2}, ["awarding", "confirmations", "calls"] * 2),
    ({"recordings": 2, "awarding": 3}, ["recordings", "awarding", "recordings", "awarding", "awarding"]),
]


@pytest.mark.parametrize(("busy", "order"), BUSY)
def test_queues_take_turns_and_recordings_come_first_of_those_that_waited(redis_url: str, busy: Any, order: Any):
    assert turns(redis_url, busy) == order


@pytest.mark.parametrize(("others_wait", "count"), [(True, 1), (False, 3)])
def test_a_drain_ends_early_only_when_other_bells_ring(house, monkeypatch, others_wait: bool, count: int):
    monkeypatch.setattr(drain_module, "SECONDS_WHILE_OTHERS_WAIT", 0.01)
    monkeypatch.setattr(drain_module, "handler_of", lambda kind: lambda *_: time.sleep(0.02))
    monkeypatch.setattr("bot.bell.Bell.others_wait", lambda _: others_wait)
    with house.database.begin([house.department_id]) as work:
        for subject in range(3):
            duty.plan(work, house.department_id, "run_award", subject, work.now - timedelta(seconds=1))
    assert drain("awarding", house.department_id) == count
