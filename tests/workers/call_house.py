"""A department whose officers are to be called, and a carrier whose calls are files: it outlives who placed them."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from bot.delivery.client import CallReport, Result, Sent
from models.line.call_placing import DueCall
from models.line.outbound_call import Ringing, plan_call
from models.session import Database
from tests.one_line import OneLine
from workers.calling import call
from workers.reconcile import settle_stuck


@dataclass
class Calling:
    """A department with an officer, and ways to plan calls to anybody."""

    house: OneLine
    officer_id: int

    def answer_bells(self) -> int:
        """A worker looks up what nobody saw end, and places what is due; returns how many were handled."""
        settle_stuck("sweep", self.house.department_id)
        return call("calls", self.house.department_id)

    def plan(self, number: str | None = None, subject_id: int = 1, fence: str = "", **ringing: object) -> int:
        """A call about an award, due now unless said otherwise."""
        with self.house.database.begin([self.house.department_id]) as work:
            how = Ringing(**{"due_at": work.now, **ringing})  # type: ignore[arg-type] # as the test gives them
            call_id = plan_call(
                work, self.house.department_id, self.house.line_id, self.officer_id, self.house.person_id,
                number or self.house.phone, "award", subject_id, how, fence,
            )  # fmt: skip
        assert call_id is not None
        return call_id

    def row(self, call_id: int) -> sa.Row[tuple[object, ...]]:
        return self.house.one("select * from outbound_call where department_id = :d and id = :id", id=call_id)

    def states(self) -> list[str]:
        return [row.state for row in self.house.rows("select state from outbound_call where department_id = :d")]

    def age_claims(self, seconds: int = 60) -> None:
        self.house.run(
            f"update outbound_call set claimed_at = claimed_at - interval '{seconds} seconds' where department_id = :d"
        )


def calling(house: OneLine) -> Calling:
    """The department's officer, ready to be called."""
    house.run(
        "insert into officer (department_id, person_id, ref, badge, rank, seniority_on)"
        " values (:d, :p, 'o101', '101', 'Officer', '2010-01-01')",
        p=house.person_id,
    )
    return Calling(house, house.one("select id from officer where department_id = :d").id)


def numbers(count: int) -> list[str]:
    """So many phones, each of another officer."""
    return [f"+1{area}55501{last:02d}" for area in range(630, 630 + count // 100 + 1) for last in range(100)][:count]


@dataclass
class FilingCarrier:
    """Takes every call by writing a file: what one process placed, the next finds on the list."""

    folder: Path
    seconds: float = 0.0
    reports: dict[str, CallReport] = field(default_factory=dict)

    def place_call(self, department_id: int, call: DueCall) -> Result:
        sid = f"CA{department_id}x{call.id}x{time.monotonic_ns()}"
        (self.folder / f"{call.to_number} {sid}").touch()
        # As long as a carrier needs for its answer: who is killed meanwhile never hears it.
        time.sleep(self.seconds)
        return Sent(sid)

    def find_calls(self, to_number: str, from_number: str, since: datetime) -> list[str]:
        return [sid for number, sid in self.placed() if number == to_number]

    def call_report_of(self, sid: str) -> CallReport | None:
        return self.reports.get(sid)

    def placed(self) -> list[tuple[str, str]]:
        """Number and sid of every call."""
        return [(number, sid) for number, sid in (path.name.split(" ") for path in sorted(self.folder.iterdir()))]


def open_database(url: str) -> Database:
    """For a process of its own."""
    return Database(url, pool_size=2)
