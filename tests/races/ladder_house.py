"""A department of many officers, one detail on short notice, and everything between a ladder and their telephones."""

import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.app import create_app
from bot.cli.stepping import move
from bot.config import ROOT
from bot.pocket_phone.app import create_app as create_pocket_phone
from bot.pocket_phone.calls.call import Call, unfinished_calls
from bot.pocket_phone.calls.habit import Habit, put_habit
from bot.pocket_phone.calls.switchboard import NoSuchCall
from bot.pocket_phone.lines import put_line
from bot.pocket_phone.phone import PocketPhone
from bot.pocket_phone.settings import Settings
from bot.servers.scratch import Scratch, scratch
from bot.services import services_of
from models.bundle.load import load
from models.bundle.reading import read
from models.bundle.schema import Bundle, OfficerRecord, OpeningRecord
from models.people.pin import set_pin
from models.session import Database
from tests.conftest import TEST_HOME
from tests.one_line import TOKEN, config_for
from tests.races.ladder_worker import ACCOUNT, tools_for
from tests.workers.call_house import numbers
from tests.workers.test_delivery_over_http import Door, serve
from workers.tools import use

BUNDLE = ROOT / "tests" / "transcripts" / "cast_calls.yaml"
LINE, PIN = "+19785550100", "730519"
TEN = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
"""Ten in the morning, when the detail becomes known that starts at six."""
SILENT = {"nobody": 40, "busy": 10, "declined": 10, "machine": 10, "unreachable": 5}
"""What telephones do whose owners do not take them up, and how many of a hundred; the others do, and say no."""


@dataclass
class Ladder:
    """The department while officers are asked by calls, one after the other down the list."""

    servers: Scratch
    database: Database
    department_id: int
    phone: PocketPhone
    urls: tuple[str, str]
    phones: list[str]
    takers: set[str]
    factor: float
    now: datetime = TEN
    steps: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def worker(self) -> Iterator[None]:
        """A worker process; killed at the end, in the middle of whatever it does."""
        urls = (self.servers.database_url, self.servers.redis_url)
        command = [sys.executable, "-m", "tests.races.ladder_worker", *urls, str(self.department_id), *self.urls]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            try:
                yield
            finally:
                process.kill()

    @contextmanager
    def people(self) -> Iterator[None]:
        """The clock runs on, so many times faster than time, and whoever took up his telephone does the next thing."""
        over = threading.Event()
        thread = threading.Thread(target=self._live, args=(over,))
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def is_over(self) -> bool:
        """Whether nobody is asked any more, and nobody's telephone rings."""
        ended = self.rows("select from call_out where state <> 'running'")
        return bool(ended) and not self.rows("select from outbound_call where state <> 'ended'")

    def age_claims(self) -> None:
        """What the dead left is looked up at once, and not after a lease."""
        for table in ("outbound_call", "message_out"):
            self.rows(f"update {table} set claimed_at = claimed_at - interval '60 seconds' returning id")

    def rows(self, query: str) -> list[Any]:
        with self.database.begin([self.department_id]) as work:
            return list(work.conn.execute(sa.text(query)))

    def _live(self, over: threading.Event) -> None:
        told_at = time.monotonic()
        while not over.wait(0.05):
            passed, told_at = time.monotonic() - told_at, time.monotonic()
            self.now += self.factor * timedelta(seconds=passed)
            move(self.database, self.now, running=False)
            for call in unfinished_calls(self.phone.store):
                with suppress(NoSuchCall):
                    self._act(call)

    def _act(self, call: Call) -> None:
        """Any key, the PIN, yes or no, and he hangs up."""
        if not self.phone.calls.wait_settled(call.sid, 0):
            return
        call = self.phone.calls.call(call.sid)
        if call.waiting_for != "person" or call.answered_by == "machine":
            return
        step = self.steps[call.sid] = self.steps.get(call.sid, -1) + 1
        keys = ("1", f"{PIN}#", "1" if call.phone in self.takers else "2")
        if step < len(keys):
            self.phone.calls.press(call.sid, keys[step])
        else:
            self.phone.calls.hang_up(call.sid)


@contextmanager
def ladder(officers: int, slots: int, calls_a_minute: int, factor: float, chance: random.Random) -> Iterator[Ladder]:
    """So many officers and slots; the line's pace is in real time, and the clock runs `factor` times as fast.

    As many take a slot as there are: the last on the list, and others far down.
    """
    door, phones = Door(), numbers(officers)
    with scratch(TEST_HOME, again=True) as servers:
        public_url, stop_web = serve(door)
        phone = PocketPhone(Settings(account_sid=ACCOUNT, auth_token=TOKEN, public_url=public_url, calls_per_second=0))
        phone.start()
        api_base, stop_phone = serve(create_pocket_phone(phone))
        config = config_for(servers.database_url, servers.redis_url, public_url=public_url, mode="demo")
        door.app = create_app(config)
        kit = tools_for(servers.database_url, servers.redis_url, api_base, public_url)
        use(kit)
        move(kit.database, TEN - timedelta(minutes=1), running=False)
        department_id = load(kit.database, _crowded(phones, slots, calls_a_minute), BUNDLE.name).department_id
        takers = {*chance.sample(phones[officers * 3 // 4 : -1], slots - 1), phones[-1]}
        _furnish(kit.database, department_id, phone, phones, takers, calls_a_minute, chance)
        yield Ladder(servers, kit.database, department_id, phone, (api_base, public_url), phones, takers, factor)
        kit.carrier.close()
        stop_phone()
        phone.stop()
        stop_web()
        services = services_of(door.app)
        for made in (kit.database, services.database):
            made.dispose()
        services.redis.close()


def _crowded(phones: list[str], slots: int, calls_a_minute: int) -> Bundle:
    """Asked by one call each, with five minutes to answer; no more at a time than the line calls in four."""
    bundle = read(BUNDLE.read_text(encoding="utf-8"), BUNDLE.name)
    rules = bundle.handbook.model_dump(mode="json")
    rules["calls"]["tries"] = 1
    steps = [{"by": "voice", "answer_minutes": 5}]
    rules["notice"]["bands"][1]["ladder"] |= {"steps": steps, "at_once": min(len(phones) // 3, 240) // slots}
    officers = tuple(
        OfficerRecord(
            ref=f"o{place}", badge=str(1000 + place), name=f"Officer {place}", rank="Officer",
            seniority_on=date(1990, 1, 1) + timedelta(days=place), phones=(number,),
        )
        for place, number in enumerate(phones)
    )  # fmt: skip
    details = tuple(
        each.model_copy(update={"openings": (OpeningRecord(count=slots),)})
        for each in bundle.details
        if each.ref == "water-main"
    )
    handbook = type(bundle.handbook).model_validate(rules)
    return bundle.model_copy(update={"officers": officers, "details": details, "handbook": handbook})


def _furnish(
    database: Database,
    department_id: int,
    phone: PocketPhone,
    phones: list[str],
    takers: set[str],
    calls_a_minute: int,
    chance: random.Random,
) -> None:
    """The line's pace, one PIN for everybody, since it takes long to make, and what each telephone does."""
    with database.begin([department_id]) as work:
        first = work.conn.execute(
            sa.text("select person_id from phone where number = :n"), {"n": phones[0]}
        ).scalar_one()
        assert set_pin(work, department_id, first, PIN) is None
        work.conn.execute(
            sa.text(
                "insert into pin (person_id, hash, set_at) select o.person_id, p.hash, p.set_at from officer o, pin p"
                " where p.person_id = :p on conflict (person_id) do nothing"
            ),
            {"p": first},
        )
        work.conn.execute(sa.text("update line set calls_per_minute = :pace"), {"pace": calls_a_minute})
    put_line(phone.store, LINE)
    habits = (*SILENT, "person")
    weights = (*SILENT.values(), 100 - sum(SILENT.values()))
    for number in phones:
        answering = "person" if number in takers else chance.choices(habits, weights)[0]
        put_habit(phone.store, number, Habit(answering))
