"""Plays a transcript on a stage and says what differs. What a stage is made of, it does not know."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.dialog.speakable import code as spoken_code
from bot.transcripts.script import (
    Action,
    Calls,
    Expectation,
    Fault,
    Gets,
    GetsNothing,
    HangsUp,
    Hears,
    MoreMessages,
    Moves,
    Note,
    OnPhone,
    Orders,
    PicksUp,
    Presses,
    Record,
    Says,
    Settles,
    StaysSilent,
    Step,
    Texts,
    Transcript,
    TurnsAway,
)


class StageError(Exception):
    """The stage cannot do what a line asks: no such person, department, detail, fault or record."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A text that one of our lines sent, or a mail, told by the phone of whose it is, without what stands below all."""

    to: str
    from_line: str
    body: str
    by_mail: bool = False


class Stage(Protocol):
    """Where a transcript is played: in this process over a scratch database, or against a running installation.

    Numbers are E.164. The cast is already there, and the clock stands at the transcript's beginning.
    """

    def number_of(self, who: str) -> str:
        """The phone of somebody in the cast (or of a number written out); raises `StageError`."""

    def line_of(self, department: str, who: str) -> str:
        """The line of a department; with an empty `department` the one `who` always texts; raises `StageError`."""

    def name_of(self, number: str) -> str:
        """How the cast calls whoever has this phone."""

    def codes(self) -> Mapping[str, str]:
        """The code of every opening there is by now, by the ref a transcript writes in braces."""

    def text(self, from_number: str, to_line: str, body: str, *, picture: bool = False) -> None:
        """One text comes in, perhaps with a picture; returns when all that follows from it at once has happened."""

    def settle_request(self, number: str, badge: str) -> None:
        """The desk says whose the number is that asked to join, nobody's without a badge; raises `StageError`."""

    def order_officers(self, code: str, count: int) -> None:
        """The desk takes a changed order: so many officers for the detail of this code; raises `StageError`."""

    def on_phone(self, act: OnPhone, said: str) -> None:
        """Somebody does that on the telephone; `said` is what he presses or says, if he does. Raises `StageError`."""

    def heard_on_phone(self) -> Mapping[str, str]:
        """What was heard on the telephone since the last call, by the name of who heard it."""

    def advance(self, to: datetime) -> None:
        """Moves the clock from due time to due time, and returns when nothing is left to do until `to`."""

    def messages(self) -> Sequence[Sent]:
        """The texts and mails sent since the last call, in order."""

    def fault(self, fault: Fault) -> None:
        """Sets a fault of the carrier; raises `StageError` for one it does not know."""

    def records(self, record: Record) -> Sequence[str]:
        """The states of the records that a line speaks of; none when there is none. Raises `StageError`."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where life departed from the script: the line, what it says, and what happened instead."""

    file: str
    line: int
    expected: str
    found: str

    def __str__(self) -> str:
        """Two lines a person can compare."""
        return f"{self.file}:{self.line}\n  expected: {self.expected}\n  found:    {self.found}"


@dataclass(slots=True)
class Played:
    """What came of it. `steps` is the transcript as it really went, for writing it anew."""

    transcript: Transcript
    differences: list[Difference] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def went_well(self) -> bool:
        """Whether everything was as written."""
        return not self.differences


ACTIONS = (Texts, Moves, Fault, Settles, Orders, Calls, PicksUp, TurnsAway, Presses, Says, StaysSilent, HangsUp)


def play(transcript: Transcript, stage: Stage) -> Played:
    """Plays all of it, also past differences, and reports every one of them."""
    player = _Player(transcript, stage, Played(transcript))
    for step in transcript.steps:
        player.take(step)
    player.close_scene()
    return player.played


def matches(expected: str, found: str) -> bool:
    """Whether a text is the expected one; "..." stands for anything, and runs of spaces do not matter."""
    pattern = r".*".join(re.escape(_squeezed(part)) for part in expected.split("..."))
    return re.fullmatch(pattern, _squeezed(found), re.DOTALL) is not None


def filled(body: str, codes: Mapping[str, str]) -> str:
    """The text with the code in place of each ref in braces; raises `StageError` for a ref that nothing has."""
    return re.sub(r"\{([^{}\s]+)\}", lambda found: _code(found[1], codes), body)


def with_refs(body: str, codes: Mapping[str, str]) -> str:
    """The codes in a real message as the refs they stand for; of two refs for one code the shorter."""
    refs: dict[str, str] = {}
    for ref, code in sorted(codes.items(), key=lambda pair: (len(pair[0]), pair[0])):
        refs.setdefault(code, ref)
    return re.sub(r"\d{3,6}", lambda found: f"{{{refs[found[0]]}}}" if found[0] in refs else found[0], body)


def _squeezed(text: str) -> str:
    return re.sub(r"[ \t]+", " ", text)


@dataclass(slots=True)
class _Player:
    """A scene is one thing that happens and the expectations below it."""

    transcript: Transcript
    stage: Stage
    played: Played
    expected: list[Expectation | Note] = field(default_factory=list)
    line: int = 1

    def take(self, step: Step) -> None:
        """An action closes the scene before it; everything else waits for that."""
        if isinstance(step, ACTIONS):
            self.close_scene()
            self.line = step.line
            self.played.steps.append(step)
            self._act(step)
        else:
            self.expected.append(step)

    def close_scene(self) -> None:
        """Holds what came against what was expected, first whole, then in order."""
        pending = list(self.stage.messages())
        wanted = [step for step in self.expected if isinstance(step, Gets)]
        pairs = self._pair(wanted, pending)
        heard = dict(self.stage.heard_on_phone())
        for step in self.expected:
            self._settle(step, pairs, pending, heard)
        self._report_unheard(heard)
        if not any(isinstance(step, MoreMessages) for step in self.expected):
            self._report_unexpected(pending)
        self.expected.clear()

    def _act(self, step: Action) -> None:
        try:
            if isinstance(step, Texts):
                number, line = self.stage.number_of(step.who), self.stage.line_of(step.department, step.who)
                self.stage.text(number, line, self._filled(step.body), picture=step.picture)
            elif isinstance(step, Settles):
                self.stage.settle_request(self.stage.number_of(step.who), step.badge)
            elif isinstance(step, Orders):
                self.stage.order_officers(self._filled(f"{{{step.ref}}}"), step.count)
            elif isinstance(step, Moves):
                self.stage.advance(step.at)
            elif isinstance(step, Fault):
                self.stage.fault(step)
            else:
                self.stage.on_phone(step, self._filled(_put_in(step)))
        except StageError as error:
            self._differs(step.line, "a line that can be played", str(error))

    def _pair(self, wanted: list[Gets], pending: list[Sent]) -> dict[int, Sent | None]:
        """A message for each expectation: those that fit in any order, then what is left to the same phone."""
        pairs: dict[int, Sent | None] = {}
        for fits in (True, False):
            for step in wanted:
                if pairs.get(step.line) is None:
                    pairs[step.line] = self._claim(step, pending, fits=fits)
        return pairs

    def _claim(self, step: Gets, pending: list[Sent], *, fits: bool) -> Sent | None:
        try:
            number = self.stage.number_of(step.who)
            line = self.stage.line_of(step.department, step.who) if step.department else ""
            body = self._filled(step.body)
        except StageError:
            return None
        for place, sent in enumerate(pending):
            right_phone = sent.to == number and line in ("", sent.from_line) and sent.by_mail == step.by_mail
            if right_phone and (not fits or matches(body, sent.body)):
                return pending.pop(place)
        return None

    def _settle(
        self, step: Expectation | Note, pairs: dict[int, Sent | None], pending: list[Sent], heard: dict[str, str]
    ) -> None:
        if isinstance(step, Gets):
            self._settle_gets(step, pairs.get(step.line))
            return
        if isinstance(step, Hears):
            self._settle_hears(step, heard.pop(step.who, ""))
            return
        self.played.steps.append(step)
        if isinstance(step, GetsNothing):
            self._settle_nothing(step, pending)
        elif isinstance(step, MoreMessages):
            if step.count is not None and step.count != len(pending):
                self._differs(step.line, f"{step.count} more messages", f"{len(pending)} more messages")
        elif isinstance(step, Record):
            self._settle_record(step)

    def _settle_gets(self, step: Gets, sent: Sent | None) -> None:
        try:
            body = self._filled(step.body)
            self.stage.number_of(step.who)
        except StageError as error:
            self._differs(step.line, step.body, str(error))
            return
        if sent is None:
            self._differs(step.line, f"{step.who} gets{' mail' if step.by_mail else ''}: {body}", "nothing came")
        elif matches(body, sent.body):
            self.played.steps.append(step)
        else:
            self.played.steps.append(
                Gets(step.line, step.who, step.department, self._with_refs(sent.body), step.by_mail)
            )
            self._differs(step.line, body, sent.body)

    def _settle_hears(self, step: Hears, found: str) -> None:
        try:
            body = filled(step.body, self._spoken_codes())
        except StageError as error:
            self._differs(step.line, step.body, str(error))
            return
        if matches(body, found):
            self.played.steps.append(step)
        else:
            if found:
                self.played.steps.append(Hears(step.line, step.who, self._as_heard(found)))
            self._differs(step.line, body, found or "nothing was heard")

    def _report_unheard(self, heard: dict[str, str]) -> None:
        """Written anew it stands at once below what was done on the telephone, or first when nothing was done yet."""
        for who, found in heard.items():
            acts = [at for at, step in enumerate(self.played.steps) if isinstance(step, ACTIONS)]
            place = acts[-1] if acts else -1
            self.played.steps.insert(place + 1, Hears(self.line, who, self._as_heard(found)))
            self._differs(self.line, f"nothing that {who} hears", found)

    def _as_heard(self, found: str) -> str:
        for ref, code in sorted(self._spoken_codes().items(), key=lambda pair: (len(pair[0]), pair[0])):
            found = found.replace(code, f"{{{ref}}}")
        return found

    def _spoken_codes(self) -> dict[str, str]:
        return {ref: spoken_code(code) for ref, code in self.stage.codes().items()}

    def _settle_nothing(self, step: GetsNothing, pending: list[Sent]) -> None:
        for sent in pending:
            if self.stage.name_of(sent.to) == step.who:
                self._differs(step.line, f"{step.who} gets nothing", sent.body)

    def _settle_record(self, step: Record) -> None:
        try:
            found = list(self.stage.records(step))
        except StageError as error:
            self._differs(step.line, step.said, str(error))
            return
        states = ", ".join(found) or "no such record"
        if step.absent and found:
            self._differs(step.line, step.said, f"there is one: {states}")
        if not step.absent and step.state not in found:
            self._differs(step.line, step.said, states)

    def _report_unexpected(self, pending: list[Sent]) -> None:
        """Written anew they stand above the records, empty lines and comments that end the scene."""
        ending: list[Step] = []
        while self.played.steps and isinstance(self.played.steps[-1], Note | Record):
            ending.insert(0, self.played.steps.pop())
        for sent in pending:
            self._unexpected(sent)
        self.played.steps += ending

    def _unexpected(self, sent: Sent) -> None:
        who = self.stage.name_of(sent.to)
        self.played.steps.append(Gets(self.line, who, "", self._with_refs(sent.body), sent.by_mail))
        self._differs(self.line, f"nothing more to {who}{' by mail' if sent.by_mail else ''}", sent.body)

    def _differs(self, line: int, expected: str, found: str) -> None:
        self.played.differences.append(Difference(self.transcript.file, line, expected, found))

    def _filled(self, body: str) -> str:
        return filled(body, self.stage.codes())

    def _with_refs(self, body: str) -> str:
        return with_refs(body, self.stage.codes())


def _put_in(step: OnPhone) -> str:
    """The keys or the words."""
    return step.keys if isinstance(step, Presses) else step.words if isinstance(step, Says) else ""


def _code(ref: str, codes: Mapping[str, str]) -> str:
    if ref not in codes:
        raise StageError(f"no detail here is called {ref}")
    return codes[ref]
