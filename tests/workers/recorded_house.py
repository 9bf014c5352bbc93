"""A department that records calls, its telephones, and a carrier of recordings that fails as it is told to."""

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.cli.stages.exchange import InThisProcess
from bot.cli.stages.taping import Taping
from bot.config import ROOT
from bot.delivery.asking import CarrierDown, Result, Unknown
from bot.delivery.recordings import RecordingReport
from bot.pocket_phone.calls.call_line import CallLine, lines_of_call
from bot.pocket_phone.calls.recording import recordings
from bot.pocket_phone.calls.tape import lines_on, running_tapes
from bot.servers.scratch import scratch
from bot.transcripts.playing import StageError
from models.bundle.load import load
from models.bundle.reading import read
from models.line.clock import set_clock
from models.people.phone import owner_of
from models.people.pin import set_pin
from models.session import Database
from tests.conftest import TEST_HOME
from workers.recording import ask_after, record
from workers.tools import Tools, use

BUNDLE = ROOT / "tests" / "transcripts" / "cast_recorded.yaml"
LINE, ALVAREZ = "+19785550100", "+19785550101"
PIN, NEW_PIN = "730519", "846291"


class Killed(BaseException):
    """The worker's process is gone."""


class Unreliable(Taping):
    """Each failure has a share from 0 to 1: answers that get lost, a carrier that is down, a worker that dies."""

    chance = random.Random(0)
    lost = 0.0
    down = 0.0
    killed = 0.0
    asked = 0
    home = ""
    """Where its reports go instead; nowhere, where they get lost."""

    def start(self, name: str, call_sid: str, attempts: int) -> Result:
        if self.chance.random() < self.down:
            return Unknown("answered 500")
        self.asked += 1
        result = super().start(name, call_sid, attempts)
        if self.chance.random() < self.killed:
            raise Killed
        return Unknown("answer lost") if self.chance.random() < self.lost else result

    def stop(self, call_sid: str, sid: str) -> RecordingReport:
        if self.chance.random() < self.down:
            raise CarrierDown("answered 500")
        report = super().stop(call_sid, sid)
        if self.chance.random() < self.killed:
            raise Killed
        if self.chance.random() < self.lost:
            raise CarrierDown("answer lost")
        return report

    def find(self, call_sid: str, since: datetime) -> list[str]:
        if self.chance.random() < self.down:
            raise CarrierDown("answered 500")
        return super().find(call_sid, since)

    def lose_reports(self) -> None:
        """From now on what is begun is not reported."""
        self.home, self._home = self._home, "nowhere"

    def all_is_well(self) -> None:
        self._home = self.home or self._home
        self.lost = self.down = self.killed = 0.0

    def running(self, call_sid: str) -> list[str]:
        """What records the call at this moment, at the carrier itself."""
        return running_tapes(self._board.store, call_sid)

    def kept(self, call_sid: str) -> dict[str, list[CallLine]]:
        """Every recording that the carrier has of the call, and what is on it."""
        store = self._board.store
        return {each.sid: lines_on(store, each.sid) for each in recordings(store, call_sid)}

    def heard_last(self, call_sid: str) -> str:
        """What the line said since its caller did something."""
        lines = lines_of_call(self._board.store, call_sid)
        done = max((place for place, line in enumerate(lines) if line.mine), default=-1)
        return " ".join(line.text for line in lines[done + 1 :])


class _Bell:
    """Nobody rings: whoever tests says when a worker works."""

    def answered(self, queue: str, department_id: int) -> None:
        """Nothing rang."""

    def ring(self, queue: str, department_id: int) -> None:
        """Nobody hears it."""


class RecordedHouse:
    """Alvarez, who has a PIN, and her department, which records all calls."""

    def __init__(self, database: Database, department_id: int) -> None:
        self.database = database
        self.department_id = department_id
        self.phones = InThisProcess(database)
        self.carrier = self.phones.taped_by(Unreliable)
        self.sids: list[str] = []
        use(Tools(database, _Bell(), self))  # type: ignore[arg-type] # all that recordings need of the three
        self.recordings = self.carrier

    def work(self) -> bool:
        """A worker answers the bell; False when it died over it."""
        try:
            record("recordings", self.department_id)
        except Killed:
            return False
        return True

    def call(self, *, identified: bool = True) -> str:
        sid = self.phones.place_call(ALVAREZ, LINE)
        self.sids.append(sid)
        if identified:
            self.phones.press(sid, f"{PIN}#")
        return sid

    def hang_up_all(self) -> None:
        """Every call of the tests before is over, and whatever was recorded of it has ended."""
        for sid in self.sids:
            with suppress(StageError):
                self.phones.hang_up(sid)
        self.sids.clear()
        self.let_leases_pass()
        self.work()
        self.rows("update call set ended_at = ended_at - interval '10 minutes' where state = 'ended' returning id")
        ask_after()

    def rows(self, query: str, **values: object) -> list[sa.Row[tuple[object, ...]]]:
        with self.database.begin([self.department_id]) as work:
            return list(work.conn.execute(sa.text(query), {"d": self.department_id, **values}))

    def states(self, call_sid: str) -> list[str]:
        query = (
            "select r.state from recording r join call c on c.department_id = r.department_id and c.id = r.call_id"
            " where c.sid = :sid order by r.id"
        )
        return [str(row.state) for row in self.rows(query, sid=call_sid)]

    def let_leases_pass(self) -> None:
        with self.database.begin([self.department_id]) as work:
            work.conn.execute(
                sa.text("update recording set retry_at = 'epoch', claimed_at = claimed_at - interval '1 minute'")
            )

    def set_pin(self) -> None:
        with self.database.begin([self.department_id]) as work:
            assert set_pin(work, self.department_id, owner_of(work, ALVAREZ) or 0, PIN) is None


@contextmanager
def open_recorded_house() -> Iterator[RecordedHouse]:
    """With a database of its own."""
    with scratch(TEST_HOME, again=True) as servers:
        database = Database(servers.database_url, demo_clock=True)
        with sa.create_engine(servers.database_url, poolclass=sa.NullPool).begin() as conn:
            set_clock(conn, datetime(2026, 11, 24, 14, 30, tzinfo=UTC))
        department_id = load(database, read(BUNDLE.read_text(), BUNDLE.name), BUNDLE.name).department_id
        house = RecordedHouse(database, department_id)
        house.set_pin()
        yield house
        database.dispose()
