"""The bell rings once until it is answered, and never makes anyone wait."""

import time

import pytest
from rq import Queue

from bot.bell import JOB_OF, Bell, redis_for_bells
from models.line.duty import QUEUES
from workers.schedule import resolve


@pytest.fixture
def redis(redis_url):
    redis = redis_for_bells(redis_url)
    redis.flushdb()
    yield redis
    redis.close()


def rung(redis, queue: str) -> list[tuple]:
    return [(job.func_name, job.args) for job in Queue(queue, connection=redis).jobs]


def test_a_bell_is_one_job_by_name_however_often_it_is_rung(redis):
    bell = Bell(redis)
    for _ in range(3):
        bell.ring("awarding", 7)
    assert rung(redis, "awarding") == [("workers.drain.drain", ("awarding", 7))]


def test_each_department_and_queue_has_its_own(redis):
    bell = Bell(redis)
    for queue, department_id in [("awarding", 1), ("awarding", 2), ("delivery", 1)]:
        bell.ring(queue, department_id)
    assert len(rung(redis, "awarding")) == 2
    assert rung(redis, "delivery") == [("workers.delivery.deliver", ("delivery", 1))]


def test_an_answered_bell_rings_again(redis):
    bell = Bell(redis)
    bell.ring("awarding", 7)
    bell.answered("awarding", 7)
    bell.ring("awarding", 7)
    assert len(rung(redis, "awarding")) == 2


def test_a_bell_whose_drain_never_began_rings_again_within_half_a_minute(redis):
    bell = Bell(redis)
    bell.ring("awarding", 7)
    assert 0 < redis.ttl("dutyline:bell:awarding:7") <= 30


def test_a_redis_that_is_gone_neither_raises_nor_delays():
    bell = Bell(redis_for_bells("redis://127.0.0.1:1/0"))
    began_at = time.monotonic()
    for _ in range(1000):
        bell.ring("awarding", 7)
    bell.answered("awarding", 7)
    assert bell.others_wait() is False
    assert time.monotonic() - began_at < 1


def test_a_redis_that_is_back_is_rung_again(redis, monkeypatch):
    monkeypatch.setattr("bot.bell.REST_SECONDS", 0.01)
    bell = Bell(redis_for_bells("redis://127.0.0.1:1/0"))
    bell.ring("awarding", 7)
    bell._redis = redis
    time.sleep(0.02)
    bell._queues = {name: Queue(name, connection=redis) for name in JOB_OF}
    bell.ring("awarding", 7)
    assert len(rung(redis, "awarding")) == 1


def test_every_queue_has_a_job_that_exists():
    assert set(JOB_OF) == set(QUEUES)
    for name in JOB_OF.values():
        module, _, function = name.rpartition(".")
        assert callable(resolve(f"{module}:{function}"))
