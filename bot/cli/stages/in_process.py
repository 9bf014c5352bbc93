"""A stage inside this process: a scratch database, the real dialog and the real workers, and a carrier of our own.

Texts come in where the webhook hands them over; queues are drained here instead of by worker processes. Real time does
not pass: what waits for the carrier's patience is asked for again at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from bot.bell import JOB_OF
from bot.cli.stages.bundles import hurry, read_bundles
from bot.cli.stages.carrier import FakeCarrier
from bot.cli.stages.cast import Cast, cast_of
from bot.cli.stages.codes import codes_by_ref
from bot.cli.stages.exchange import InThisProcess
from bot.cli.stages.office import PICTURE, order_officers, settle_request
from bot.cli.stages.post import FAULTS, FakeMail, received
from bot.cli.stages.records import opening_named, states
from bot.cli.stages.taping import Taping
from bot.cli.stages.telephone import Telephones, pins_for
from bot.cli.stages.trouble import undone
from bot.cli.stepping import clock_of, move, step_to
from bot.delivery.reports import take_report
from bot.dialog.intake import Arrival, take_in
from bot.servers.scratch import scratch
from bot.transcripts.playing import Sent, StageError
from bot.transcripts.script import Fault, OnPhone, Record, Transcript
from models.bundle.load import load
from models.line.call_placing import DueCall
from models.session import Database
from workers.reconcile import LEASE
from workers.schedule import resolve
from workers.sweep import sweep
from workers.tools import Tools, use

# How often what the carrier put off is asked for again before the stage calls it stuck.
MOST_WAITS = 20


@contextmanager
def in_process(transcript: Transcript, folder: Path, home: Path) -> Iterator["InProcessStage"]:
    """A stage for one transcript, whose bundles are named relative to `folder`; servers of ours run below `home`.

    Raises `StageError` for a bundle that is not there, BundleErrors for one that is wrong, ServerError.
    """
    bundles = read_bundles(transcript.bundles, folder)
    with scratch(home, again=True) as servers:
        bell = _Bell()
        database = _OfOnePlay(servers.database_url, demo_clock=True, ring=bell.ring, pool_size=2, mails=True)
        try:
            move(database, transcript.starts_at, running=False)
            for name, bundle in bundles.items():
                load(database, bundle, name)
            hurry(database)
            cast = cast_of(list(bundles.values()))
            stage = InProcessStage(database, bell, cast, pins_for(database, transcript, cast))
            # Whatever was posted before the transcript begins was told then.
            stage.settle()
            stage.messages()
            yield stage
        finally:
            database.dispose()


class InProcessStage:
    """See bot.transcripts.playing.Stage."""

    def __init__(self, database: Database, bell: "_Bell", cast: Cast, pins: Mapping[str, str] | None = None) -> None:
        self.database = database
        self._bell = bell
        self._cast = cast
        self._carrier = FakeCarrier()
        self._mail = FakeMail()
        self._exchange = InThisProcess(database)
        self._telephones = Telephones(self._exchange, cast, pins or {})
        self._carrier.call_out = self._ring
        self._carrier.recordings = self._exchange.taped_by(Taping)
        use(Tools(database, bell, self._carrier, self._mail))  # type: ignore[arg-type]  # same shape, other machinery

    def number_of(self, who: str) -> str:
        return self._cast.number_of(who)

    def line_of(self, department: str, who: str) -> str:
        return self._cast.line_of(department, who)

    def name_of(self, number: str) -> str:
        return self._cast.name_of(number)

    def codes(self) -> Mapping[str, str]:
        return codes_by_ref(self.database)

    def text(self, from_number: str, to_line: str, body: str, *, picture: bool = False) -> None:
        sid, times = self._carrier.hear(from_number, to_line, body)
        media = (PICTURE,) if picture else ()
        arrival = Arrival(sid=sid, from_number=from_number, to_number=to_line, body=body, media=media)
        outcome, *_ = [take_in(self.database, arrival) for _ in range(times)]
        self._settle_late()
        if outcome != "taken":
            raise StageError(f"the text was not taken ({outcome}); the log says why")

    def settle_request(self, number: str, badge: str) -> None:
        settle_request(self.database, number, badge)
        self._settle_late()

    def order_officers(self, code: str, count: int) -> None:
        order_officers(self.database, code, count)
        self._settle_late()

    def on_phone(self, act: OnPhone, said: str) -> None:
        self._telephones.act(act, said, self.line_of)
        self._settle_late()

    def heard_on_phone(self) -> Mapping[str, str]:
        return self._telephones.heard()

    def advance(self, to: datetime) -> None:
        self._settle_late()
        step_to(self.database, to, self.settle)

    def messages(self) -> Sequence[Sent]:
        mails = [(each.key, each.title, each.body) for each in self._mail.delivered()]
        return [*self._carrier.delivered(), *received(self.database, mails)]

    def fault(self, fault: Fault) -> None:
        if fault.kind in FAULTS or fault.kind == "well again":
            self._mail.fault(fault)
        if fault.kind not in FAULTS:
            self._carrier.fault(fault, self.number_of(fault.who) if fault.who else None)

    def records(self, record: Record) -> Sequence[str]:
        number = self.number_of(record.who) if record.who else None
        return states(self.database, record, number, opening_named(self.database, record.ref))

    def settle(self) -> None:
        """Do all that is due; raises `StageError` for what does not come to an end."""
        self._telephones.ring_out(self._now())
        for waits in range(MOST_WAITS):
            self._do_what_rings()
            stuck = undone(self.database)
            if not stuck:
                return
            # The clock has moved, which rings no bell: the sweep finds what is due. Or something waits for real time.
            if waits:
                _let_real_time_pass(self.database)
            sweep()
        raise StageError(f"this does not get done: {'; '.join(stuck)}")

    def _ring(self, name: str, call: DueCall) -> str:
        """The line calls somebody; gives the call's sid."""
        sid = self._exchange.ring(name, call)
        self._telephones.rings(call.to_number, sid, self._now())
        return sid

    def _now(self) -> datetime:
        return clock_of(self.database)[0]

    def _settle_late(self) -> None:
        """Late reports come after the next thing that happened."""
        late = self._carrier.late_reports()
        self.settle()
        if late:
            self._carrier.reports.extend(late)
            self.settle()

    def _do_what_rings(self) -> None:
        while self._bell.rings or self._carrier.reports:
            self._bell.answer_all()
            while self._carrier.reports:
                take_report(self.database, *astuple(self._carrier.reports.popleft()))


class _OfOnePlay(Database):
    """A database whose departments stay those of the play's bundles: who goes through them need not ask for them."""

    _known: Sequence[int] = ()

    def departments(self) -> list[int]:
        self._known = self._known or super().departments()
        return list(self._known)


class _Bell:
    """Like bot.bell.Bell, but whoever rings has to answer it himself."""

    def __init__(self) -> None:
        self.rings: dict[tuple[str, int], None] = {}

    def ring(self, queue: str, department_id: int) -> None:
        self.rings[queue, department_id] = None

    def answered(self, queue: str, department_id: int) -> None:
        self.rings.pop((queue, department_id), None)

    def others_wait(self) -> bool:
        return False

    def answer_all(self) -> None:
        """Do the jobs that the bells stand for, those that ring meanwhile included."""
        while self.rings:
            queue, department_id = next(iter(self.rings))
            self.answered(queue, department_id)
            module, _, function = JOB_OF[queue].rpartition(".")
            resolve(f"{module}:{function}")(queue, department_id)


def _let_real_time_pass(database: Database) -> None:
    """As if all pauses were over, and as if what is on its way had been so for longer than the lease."""
    with database.engine.begin() as conn:
        conn.execute(
            sa.text("update line set free_at = '-infinity', calls_free_at = '-infinity', mails_free_at = '-infinity'")
        )
    for department_id in database.departments():
        with database.begin([department_id]) as work:
            work.conn.execute(sa.text("update duty set not_before = '-infinity' where done_at is null"))
            work.conn.execute(sa.text("update message_out set retry_at = '-infinity' where state = 'queued'"))
            work.conn.execute(sa.text("update outbound_call set retry_at = 'epoch' where state = 'queued'"))
            work.conn.execute(sa.text("update mail_out set retry_at = 'epoch' where state = 'queued'"))
            work.conn.execute(sa.text("update recording set retry_at = 'epoch'"))
            work.conn.execute(
                sa.text(
                    "update message_out set claimed_at = claimed_at - cast(:lease as interval) where state = 'sending'"
                ),
                {"lease": LEASE * 2},
            )
