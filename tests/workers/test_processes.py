"""The processes that `dutyline up` starts for the workers and the clock: they work, and end when told."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from redis import Redis
from rq import Queue

from bot.config import ROOT
from tests.one_line import TOKEN

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(postgres_url, redis_url) -> Iterator[Start]:
    """Starts `dutyline` with these arguments; whatever still runs at the end is killed."""
    processes = []
    environment = os.environ | {
        "DATABASE_URL": postgres_url,
        "REDIS_URL": redis_url,
        "DUTYLINE_MODE": "production",
        "PUBLIC_URL": "http://127.0.0.1:1",
        "TWILIO_ACCOUNT_SID": "AC" + "0123456789abcdef" * 2,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_API_BASE": "http://127.0.0.1:1",
        "SECRET_KEY": "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
    }

    def start(*arguments: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "bot.cli.main", *arguments]
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def until(condition: Callable[[], object], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def ends_well(process: "subprocess.Popen[str]") -> bool:
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=10) == 0


def attempts(house, message_id: int) -> int:
    asked = "select attempts from message_out where department_id = :d and id = :id and state = 'queued'"
    rows = house.rows(asked, id=message_id)
    return rows[0].attempts if rows else 0


def test_a_worker_answers_bells_until_it_is_told_to_stop(house, start):
    worker = start("worker", "delivery", "sweep")
    message_id = house.text()
    until(lambda: attempts(house, message_id) == 1)
    assert ends_well(worker)


def test_a_worker_that_was_killed_is_replaced_by_the_next(house, start):
    start("worker", "delivery").kill()
    message_id = house.text()
    start("worker", "delivery")
    until(lambda: attempts(house, message_id) == 1)


def test_a_worker_whose_redis_was_emptied_is_known_again(house, kit, start):
    worker = start("worker", "delivery")
    until(lambda: kit.bell._redis.scard("rq:workers") == 1)
    kit.bell._redis.flushdb()
    message_id = house.text()
    until(lambda: attempts(house, message_id) == 1)
    until(lambda: kit.bell._redis.scard("rq:workers") == 1)
    assert ends_well(worker)


def test_a_worker_refuses_queues_there_are_not(start):
    assert start("worker", "elsewhere").wait(timeout=10) == 2


def test_the_clock_rings_the_rounds_until_it_is_told_to_stop(kit, start, redis_url):
    clock = start("cron")
    with Redis.from_url(redis_url) as redis:
        queue = Queue("sweep", connection=redis)
        until(lambda: {"workers.sweep.sweep", "workers.seal.seal"} <= {job.func_name for job in queue.jobs})
    assert ends_well(clock)
