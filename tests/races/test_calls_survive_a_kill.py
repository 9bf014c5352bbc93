"""A call-out by phone whose worker is killed in the middle, again and again: nobody is lost or called twice."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.bell import Bell, redis_for_bells
from bot.config import ROOT
from models.session import Database
from tests.one_line import open_line
from tests.workers.call_house import Calling, FilingCarrier, calling, numbers
from workers.tools import Tools, use

LONG = os.environ.get("DUTYLINE_CHAOS") == "1"
# At a call a second 1,700 take 28 minutes: the pace is sixty times that, or ten thousand calls a minute in the short.
OFFICERS, CALLS_A_MINUTE, KILLS = (1700, 3_600, 12) if LONG else (150, 10_000, 3)
MOST_SECONDS = 300 if LONG else 30


@contextmanager
def _worker(urls: tuple[str, str], desk: Calling, folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process that places calls; killed at the end, in the middle of whatever it does."""
    command = [sys.executable, "-m", "tests.races.call_worker", *urls, str(desk.house.department_id), str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            process.kill()


def test_nobody_is_lost_or_called_twice_though_the_worker_is_killed_in_the_middle(
    database: Database, postgres_url: str, redis_url: str, tmp_path: Path
) -> None:
    chance, carrier, phones = random.Random(11), FilingCarrier(tmp_path), numbers(OFFICERS)
    desk = calling(open_line(database, calls_per_minute=CALLS_A_MINUTE))
    for n, phone in enumerate(phones):
        desk.plan(phone, subject_id=n)
    use(Tools(database, Bell(redis_for_bells(redis_url)), carrier))  # type: ignore[arg-type] # all that calls need
    began_at, left_placing = time.monotonic(), 0
    for _ in range(KILLS):
        with _worker((postgres_url, redis_url), desk, tmp_path):
            time.sleep(chance.uniform(0.1, 0.35))
        left_placing += desk.states().count("placing")
        desk.age_claims()
    while set(desk.states()) != {"ringing"} and time.monotonic() - began_at < MOST_SECONDS:
        desk.answer_bells()
    seconds = time.monotonic() - began_at
    called = Counter(number for number, _ in carrier.placed())
    assert set(called) == set(phones), "nobody is lost"
    assert set(called.values()) == {1}, "nobody is called twice"
    assert left_placing > 0, "the kills came in the middle of calls"
    assert len(phones) <= CALLS_A_MINUTE / 60 * (seconds + 1), "the line's pace was kept, over all workers"
