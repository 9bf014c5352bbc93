"""A stage that also remembers every text that phones received on it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.transcripts.playing import Sent, Stage
from bot.transcripts.script import Fault, OnPhone, Record


class Listening:
    """See bot.transcripts.playing.Stage; `heard` is all that came, in order."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.heard: list[Sent] = []

    def number_of(self, who: str) -> str:
        return self._stage.number_of(who)

    def line_of(self, department: str, who: str) -> str:
        return self._stage.line_of(department, who)

    def name_of(self, number: str) -> str:
        return self._stage.name_of(number)

    def codes(self) -> Mapping[str, str]:
        return self._stage.codes()

    def text(self, from_number: str, to_line: str, body: str, *, picture: bool = False) -> None:
        self._stage.text(from_number, to_line, body, picture=picture)

    def settle_request(self, number: str, badge: str) -> None:
        self._stage.settle_request(number, badge)

    def order_officers(self, code: str, count: int) -> None:
        self._stage.order_officers(code, count)

    def on_phone(self, act: OnPhone, said: str) -> None:
        self._stage.on_phone(act, said)

    def heard_on_phone(self) -> Mapping[str, str]:
        return self._stage.heard_on_phone()

    def advance(self, to: datetime) -> None:
        self._stage.advance(to)

    def messages(self) -> Sequence[Sent]:
        came = self._stage.messages()
        self.heard += came
        return came

    def fault(self, fault: Fault) -> None:
        self._stage.fault(fault)

    def records(self, record: Record) -> Sequence[str]:
        return self._stage.records(record)
