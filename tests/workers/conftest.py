"""A worker's tools over a real database and Redis, with a carrier that does as it is told."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

import pytest

from bot.bell import Bell, redis_for_bells
from bot.delivery.client import Listed, Report, Result, Sent
from bot.dialog.inbound import Medium
from models.line.message_delivery import DueText
from models.session import Database
from tests.one_line import OneLine, open_line
from workers.tools import Tools, use


@dataclass
class FakeCarrier:
    """Takes every text, unless `answer` says otherwise; `on_list` is what it shows when asked."""

    answer: Callable[[DueText], Result] | None = None
    sent: list[tuple[str, str]] = field(default_factory=list)
    on_list: list[tuple[str, str, str]] = field(default_factory=list)
    inbound: list[Listed] = field(default_factory=list)
    reports: dict[str, Report] = field(default_factory=dict)
    asked_since: list[datetime] = field(default_factory=list)
    _sids: "count[int]" = field(default_factory=lambda: count(1))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, department_id: int, text: DueText) -> Result:
        if self.answer is not None:
            return self.answer(text)
        with self._lock:
            self.sent.append((text.to_number, text.body))
            return Sent(f"SM{department_id}x{next(self._sids)}")

    def find(self, to_number: str, from_number: str, since: datetime, body: str) -> list[str]:
        return [sid for number, words, sid in self.on_list if (number, words) == (to_number, body)]

    def list_inbound(self, to_number: str, since: datetime) -> list[Listed]:
        self.asked_since.append(since)
        return [each for each in self.inbound if each.to_number == to_number]

    def report_of(self, sid: str) -> Report | None:
        return self.reports.get(sid)

    def media_of(self, listed: Listed) -> tuple[Medium, ...]:
        return (Medium("https://api.example.org/media", "image/jpeg"),)


@pytest.fixture
def carrier() -> FakeCarrier:
    return FakeCarrier()


@pytest.fixture
def kit(postgres_url: str, redis_url: str, carrier: FakeCarrier) -> Iterator[Tools]:
    redis = redis_for_bells(redis_url)
    redis.flushdb()
    bell = Bell(redis)
    database = Database(postgres_url, ring=bell.ring)
    kit = Tools(database, bell, carrier)  # type: ignore[arg-type]  # the fake has the methods that jobs call
    use(kit)
    yield kit
    database.dispose()
    redis.close()


@pytest.fixture
def house(kit: Tools) -> OneLine:
    return open_line(kit.database, messages_per_minute=6000)


def at_once(*jobs: Callable[[], object]) -> None:
    """Run the jobs at the same moment and wait for all."""
    together = threading.Barrier(len(jobs))

    def begin(job: Callable[[], object]) -> None:
        together.wait()
        job()

    threads = [threading.Thread(target=begin, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
