"""A process that is told to stop finishes what it has begun: the request is answered, the duty is done."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa

from bot.bell import Bell, redis_for_bells
from bot.config import ROOT
from bot.servers.ports import listen_at_first_free, port_number
from bot.servers.procfile import read_procfile
from models.session import Database
from tests.one_line import OneLine, open_line, signature
from tests.production import on_servers

Start = Callable[[list[str]], "subprocess.Popen[bytes]"]


@pytest.fixture
def port() -> int:
    with listen_at_first_free("127.0.0.1", 8800 + os.getpid() % 100) as door:
        return port_number(door)


@pytest.fixture
def house(postgres_url: str, redis_url: str) -> Iterator[OneLine]:
    redis = redis_for_bells(redis_url)
    redis.flushdb()
    database = Database(postgres_url, ring=Bell(redis).ring)
    yield open_line(database, messages_per_minute=6000)
    database.dispose()
    redis.close()


@pytest.fixture
def start(postgres_url: str, redis_url: str, port: int) -> Iterator[Start]:
    """Starts a process of ours with settings of a production; what still runs at the end is killed."""
    processes = []
    environment = os.environ | {
        **on_servers(postgres_url, redis_url),
        "DUTYLINE_MODE": "production",
        "TWILIO_API_BASE": "http://127.0.0.1:1",
    }

    def start(arguments: list[str]) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", *arguments]
        processes.append(subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.wait()


def _until(condition: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _waits_for_a_lock(house: OneLine) -> bool:
    """Whether some other connection to this database waits for what we hold; what waits in others is not looked at."""
    waiting = sa.text(
        "select count(*) from pg_locks l join pg_stat_activity a on a.pid = l.pid and a.datname = current_database()"
        " where not l.granted and l.locktype in ('transactionid', 'tuple')"
    )
    with house.database.engine.connect() as conn:
        return bool(conn.execute(waiting).scalar_one())


def test_a_stopping_web_answers_the_request_under_way(house: OneLine, start: Start, port: int) -> None:
    web = start([*read_procfile()["web"], "--bind", f"127.0.0.1:{port}"])
    _until(lambda: _answers(port))
    form = {"MessageSid": "SMlast", "From": house.phone, "To": house.line, "Body": "LIST"}
    outcome: list[int] = []

    def text() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
        headers = signature("/twilio/sms", form) | {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/twilio/sms", urlencode(form), headers)
        outcome.append(connection.getresponse().status)
        connection.close()

    request = threading.Thread(target=text)
    # The text is held up in the middle of its transaction: its sid is being written by somebody else.
    with house.database.begin([house.department_id]) as work:
        work.conn.execute(
            sa.text(
                "insert into message_in (department_id, line_id, sid, from_number, body, raw, received_at)"
                " values (:d, :l, 'SMlast', '+12075550101', '', '{}', now())"
            ),
            {"d": house.department_id, "l": house.line_id},
        )
        request.start()
        _until(lambda: _waits_for_a_lock(house))
        web.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        assert web.poll() is None
        work.conn.rollback()
    request.join()
    assert outcome == [200]
    assert web.wait(timeout=15) == 0
    assert house.rows("select sid from message_in where department_id = :d")


def test_a_stopping_worker_finishes_its_duty(house: OneLine, start: Start) -> None:
    message_id = house.text()
    with house.database.begin([house.department_id]) as work:
        work.conn.execute(sa.text("select from line where id = :l for update"), {"l": house.line_id})
        worker = start(["bot.cli.main", "worker", "delivery", "sweep"])
        _until(lambda: _waits_for_a_lock(house))
        worker.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        assert worker.poll() is None
    assert worker.wait(timeout=15) == 0
    [row] = house.rows("select state, attempts from message_out where department_id = :d and id = :id", id=message_id)
    assert (row.state, row.attempts) == ("queued", 1)
