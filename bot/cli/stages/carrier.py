"""A carrier inside this process: delivers at once, reports what became of it, and misbehaves when it is told to."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.cli.stages.taping import Taping
from bot.delivery.client import Listed, Refused, Result, Sent, Unknown
from bot.delivery.failures import BUSY, OPTED_OUT, back_off
from bot.dialog.inbound import Medium
from bot.pocket_phone.carrier_words import IN, OUT
from bot.pocket_phone.faults import CODES, KINDS
from bot.transcripts.playing import Sent as Received
from bot.transcripts.playing import StageError
from bot.transcripts.script import Fault
from models.line.call_placing import DueCall
from models.line.message_delivery import DueText

FAULTS_FROM = frozenset({"duplicate"})
DEFAULT_CODE = 30003


@dataclass(frozen=True, slots=True)
class Report:
    """What the carrier says became of a text of ours."""

    department_id: int
    message_id: int
    sid: str
    status: str
    code: int | None = None


@dataclass(slots=True)
class _Switch:
    """A fault that is on; `left` None means until all is well again."""

    kind: str
    number: str | None
    code: int | None
    left: int | None

    def strikes(self, kind: str, number: str) -> bool:
        return self.kind == kind and self.left != 0 and self.number in (None, number)


@dataclass(slots=True)
class FakeCarrier:
    """Speaks like bot.delivery.client.Carrier. Drains call it from several threads."""

    reports: deque[Report] = field(default_factory=deque)
    call_out: Callable[[str, DueCall], str] = lambda _name, _call: "CA0"
    recordings: Taping | None = None
    _late: list[Report] = field(default_factory=list)
    _delivered: list[tuple[int, Received]] = field(default_factory=list)
    _taken: list[tuple[str, str, str, str]] = field(default_factory=list)
    _opted_out: set[tuple[str, str]] = field(default_factory=set)
    _switches: list[_Switch] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _sids: int = 0

    def send(self, department_id: int, text: DueText) -> Result:
        """Take one text, or not."""
        with self._lock:
            if (text.from_number, text.to_number) in self._opted_out:
                return Refused(OPTED_OUT, 21610, None)
            if self._strike("429", text.to_number):
                return Refused(BUSY, 20429, back_off(text.attempts))
            if self._strike("500", text.to_number):
                return Unknown("answered 500")
            sid = self._take(department_id, text)
            return Unknown("answered 500") if self._strike("answer_lost", text.to_number) else Sent(sid)

    def place_call(self, department_id: int, call: DueCall) -> Result:
        """Have a telephone of the play rung."""
        with self._lock:
            return Sent(self.call_out(f"{department_id}-{call.id}", call))

    def find_calls(self, to_number: str, from_number: str, since: datetime) -> list[str]:
        """Nothing: every call is taken at once."""
        return []

    def find(self, to_number: str, from_number: str, since: datetime, body: str) -> list[str]:
        """The sids of texts like this one, oldest first. They are few, so `since` is of no matter."""
        return [sid for sid, *about in self._taken if about == [to_number, from_number, body]]

    def list_inbound(self, to_number: str, since: datetime) -> list[Listed]:
        """Nothing: every text is brought at once."""
        return []

    def media_of(self, listed: Listed) -> tuple[Medium, ...]:
        """Nothing: nobody sends pictures here."""
        return ()

    def hear(self, from_number: str, line: str, body: str) -> tuple[str, int]:
        """Somebody texts: the carrier's own words are done; gives the sid, and how often it will be brought."""
        with self._lock:
            word = body.strip().upper()
            if word in OUT:
                self._opted_out.add((line, from_number))
            elif word in IN:
                self._opted_out.discard((line, from_number))
            return self._sid(), 2 if self._strike("duplicate", from_number) else 1

    def late_reports(self) -> list[Report]:
        """The reports that were held back until now."""
        with self._lock:
            late, self._late = self._late, []
        return late

    def delivered(self) -> Sequence[Received]:
        """What phones received since the last call, in the order in which it was written."""
        with self._lock:
            taken, self._delivered = sorted(self._delivered, key=lambda pair: pair[0]), []
        return [received for _, received in taken]

    def fault(self, fault: Fault, number: str | None) -> None:
        """Turn a fault on, or all off; raises `StageError` for one there is not."""
        kind = fault.kind.replace(" ", "_")
        if kind == "well_again":
            self._switches.clear()
            return
        if kind not in KINDS:
            raise StageError(f"nothing goes wrong by the name {fault.kind!r}; there are {', '.join(KINDS)}")
        if fault.code is not None and fault.code not in CODES:
            raise StageError(f"{fault.code} is no delivery error; there are {', '.join(map(str, CODES))}")
        self._switches.append(_Switch(kind, number, fault.code, fault.count))

    def _take(self, department_id: int, text: DueText) -> str:
        sid, number = self._sid(), text.to_number
        self._taken.append((sid, number, text.from_number, text.body))
        failed = self._strike("failed", number)
        undelivered = None if failed else self._strike("undelivered", number)
        ends = "failed" if failed else "undelivered" if undelivered else "delivered"
        misfortune = failed or undelivered
        if misfortune is None:
            self._delivered.append((text.id, Received(number, text.from_number, text.body)))
        code = (misfortune.code or DEFAULT_CODE) if misfortune else None
        told = self._told(Report(department_id, text.id, sid, ends, code), number)
        (self._late if self._strike("late", number) else self.reports).extend(told)
        return sid

    def _told(self, end: Report, number: str) -> list[Report]:
        """Nothing takes time here: that a text was sent is told only where it may harm."""
        sent = replace(end, status="sent", code=None)
        if self._strike("callback_lost", number):
            return []
        if self._strike("callback_twice", number):
            return [sent, sent, end, end]
        return [end, sent] if self._strike("out_of_order", number) else [end]

    def _strike(self, kind: str, number: str) -> _Switch | None:
        found = next((switch for switch in self._switches if switch.strikes(kind, number)), None)
        if found is not None and found.left is not None:
            found.left -= 1
        return found

    def _sid(self) -> str:
        self._sids += 1
        return f"SM{self._sids:032x}"
