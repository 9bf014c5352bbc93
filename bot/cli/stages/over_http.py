"""A stage on a running installation: texts go in as the pocket phone's signed webhooks, phones receive the answers.

Nothing is done here but texting and moving the clock; the records are only read, to hold them against the transcript.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa

from bot.cli.stages.cast import Cast
from bot.cli.stages.codes import codes_by_ref
from bot.cli.stages.exchange import OfPocketPhone
from bot.cli.stages.idle import Idleness, NotIdle
from bot.cli.stages.office import PICTURE, order_officers, settle_request
from bot.cli.stages.post import received
from bot.cli.stages.records import opening_named, states
from bot.cli.stages.telephone import Telephones
from bot.cli.stepping import PATIENCE_SECONDS, step_to
from bot.pocket_phone.client import PocketPhoneClient, PocketPhoneError
from bot.transcripts.playing import Sent, StageError
from bot.transcripts.script import Fault, OnPhone, Record
from models.retry import whole
from models.session import Database

Result = TypeVar("Result")

# A text whose webhook failed twice is heard again from the carrier's list, some minutes later.
TAKEN_WITHIN_SECONDS = 300.0


class OverHttp:
    """See bot.transcripts.playing.Stage."""

    def __init__(
        self,
        database: Database,
        phone: PocketPhoneClient,
        idleness: Idleness,
        cast: Cast,
        pins: Mapping[str, str] | None = None,
    ) -> None:
        self.database = database
        self._phone = phone
        self._idleness = idleness
        self._cast = cast
        self._seen = 0
        self._calls_seen = 0
        self._mails_seen = 0
        self._telephones = Telephones(OfPocketPhone(phone), cast, pins or {})

    def number_of(self, who: str) -> str:
        return self._cast.number_of(who)

    def line_of(self, department: str, who: str) -> str:
        return self._cast.line_of(department, who)

    def name_of(self, number: str) -> str:
        return self._cast.name_of(number)

    def codes(self) -> Mapping[str, str]:
        return _patiently(lambda: codes_by_ref(self.database))

    def text(self, from_number: str, to_line: str, body: str, *, picture: bool = False) -> None:
        media = [{"url": PICTURE.url, "content_type": PICTURE.content_type}] if picture else []
        try:
            sid = str(self._phone.text(from_number, to_line, body, media=media)["sid"])
        except PocketPhoneError as error:
            raise StageError(str(error)) from error
        self.settle()
        self._wait_until_taken(sid)

    def settle_request(self, number: str, badge: str) -> None:
        settle_request(self.database, number, badge)
        self.settle()

    def order_officers(self, code: str, count: int) -> None:
        order_officers(self.database, code, count)
        self.settle()

    def on_phone(self, act: OnPhone, said: str) -> None:
        self._telephones.act(act, said, self.line_of)
        self.settle()

    def heard_on_phone(self) -> Mapping[str, str]:
        return self._telephones.heard()

    def advance(self, to: datetime) -> None:
        step_to(self.database, to, self.settle)
        self._tell_clock()

    def messages(self) -> Sequence[Sent]:
        arrived = self._phone.messages(after=self._seen)
        self._seen = max((message["id"] for message in arrived), default=self._seen)
        mails = self._phone.mails(after=self._mails_seen)
        self._mails_seen = max((mail["id"] for mail in mails), default=self._mails_seen)
        texts = [
            Sent(message["to"], message["from"], message["body"])
            for message in arrived
            if not message["mine"] and not message["by_carrier"] and message["status"] == "delivered"
        ]
        return [
            *texts,
            *_patiently(lambda: received(self.database, [(m["key"], m["subject"], m["body"]) for m in mails])),
        ]

    def fault(self, fault: Fault) -> None:
        kind, number = fault.kind.replace(" ", "_"), self.number_of(fault.who) if fault.who else None
        try:
            if kind == "well_again":
                self._phone.clear_faults()
            else:
                self._phone.fault(kind, number=number, count=fault.count, code=fault.code, seconds=fault.seconds)
        except PocketPhoneError as error:
            raise StageError(str(error)) from error

    def records(self, record: Record) -> Sequence[str]:
        number = self.number_of(record.who) if record.who else None
        return _patiently(lambda: states(self.database, record, number, opening_named(self.database, record.ref)))

    def mind_phones(self, answering: str = "by hand") -> None:
        """What the phones of the cast do when they ring: wait for what the play does, or what is said."""
        for number in self._cast.names:
            self._phone.habit(number, answering)

    def settle(self) -> None:
        """Wait until the installation is idle; raises `StageError`. What rang before the clock moved has rung out."""
        now = self._tell_clock()
        try:
            self._telephones.ring_out(now)
            self._idleness.wait()
        except NotIdle as error:
            raise StageError(str(error)) from error
        self._look_who_rings(now)

    def _look_who_rings(self, now: datetime) -> None:
        for call in self._phone.changed_calls(after=self._calls_seen):
            self._calls_seen = max(self._calls_seen, call["change_id"])
            if call["direction"] != "inbound" and call["status"] == "ringing":
                self._telephones.rings(call["phone"], call["sid"], now)

    def _tell_clock(self) -> datetime:
        """The phones show the demonstration's time beside each text."""
        now = _patiently(self._now)
        self._phone.tell_clock(now.isoformat())
        return now

    def _now(self) -> datetime:
        with self.database.begin([]) as work:
            return work.now

    def _wait_until_taken(self, sid: str) -> None:
        """The carrier has handed it over; should that have failed, it is on the carrier's list."""
        give_up_at = time.monotonic() + TAKEN_WITHIN_SECONDS
        while not _patiently(lambda: self._is_taken(sid)):
            if time.monotonic() > give_up_at:
                raise StageError(f"the text {sid} was never taken in")
            time.sleep(0.5)
            self.settle()

    def _is_taken(self, sid: str) -> bool:
        found = sa.text("select exists (select from message_in where department_id = :d and sid = :sid)")
        for department_id in self.database.departments():
            with self.database.begin([department_id]) as work:
                if work.conn.execute(found, {"d": department_id, "sid": sid}).scalar_one():
                    return True
        return False


def _patiently(read: Callable[[], Result]) -> Result:
    """What `read` gives, also while PostgreSQL is being started again."""
    return whole(read, patience_seconds=PATIENCE_SECONDS)
