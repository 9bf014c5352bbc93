"""Reads a transcript. The grammar is in docs/transcripts.md; lines of calls are read in voice_lines.py."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.transcripts.clock import ClockError, read_move, read_start
from bot.transcripts.script import (
    Fault,
    Gets,
    GetsNothing,
    Hears,
    MoreMessages,
    Moves,
    Note,
    Orders,
    Record,
    Settles,
    Step,
    Texts,
    Transcript,
    TranscriptError,
)
from bot.transcripts.voice_lines import HINT, hears_at, read_voice

DEFAULT_ZONE = "America/New_York"
HEADS = ("Title", "Bundle", "Clock", "Zone", "No PIN")

_HEAD = re.compile(rf"({'|'.join(HEADS)}):\s*(.*)")
_TEXTS = re.compile(r"(?P<who>\S.*?) texts(?: (?P<department>[^:]+))?:(?P<body>.*)")
_PICTURE = re.compile(r"(?P<who>\S.*?) sends a picture(?: to (?P<department>[^:]+?))?(?::(?P<body>.*))?")
_OFFICE = re.compile(r"office: *(?:enrols (?P<who>.+) as (?P<badge>\S+)|refuses (?P<refused>.+))")
_ORDERS = re.compile(r"office: *orders (?P<count>\d{1,3}) officers? for \{(?P<ref>[^{}]+)\}")
_GETS = re.compile(r"(?P<who>\S.*?) gets(?P<mail> mail)?(?: from (?P<department>[^:]+))?:(?P<body>.*)")
_NOTHING = re.compile(r"(?P<who>\S.*?) gets nothing\.?")
_MORE = re.compile(r"and (?:(\d+) )?more messages?\.?")
_CARRIER = re.compile(
    r"carrier: *(?P<kind>(?:[a-z_][a-z_ ]*?|429|500))(?: (?P<code>\d{5}))?(?: (?P<seconds>\d+) seconds)?"
    r"(?: (?P<count>\d+) times| (?P<lasting>from now on))?(?: (?P<towards>to|from) (?P<who>.+))?"
)
_RECORD = re.compile(
    r"record: *(?P<no>no )?(?P<kind>[a-z][a-z_ -]*?)(?: of (?P<who>.+?))?(?: for \{(?P<ref>[^{}]+)\})?"
    r"(?: is (?P<state>[a-z][a-z_ -]*))?"
)


def parse(text: str, file: str) -> Transcript:
    """The transcript a file holds; raises `TranscriptError` at the first line that is not understood."""
    return _Reader(file, text.splitlines()).transcript()


class _Reader:
    """Goes through the lines once."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.at = 0
        self.head_at: dict[str, int] = {}
        self.zone = ZoneInfo(DEFAULT_ZONE)
        self.now = datetime.min.replace(tzinfo=UTC)

    def transcript(self) -> Transcript:
        """The head first, because the clock and its zone are read from it."""
        heads = self._heads()
        body_at = self.at
        self.at = self.head_at.get("Zone", 0)
        self.zone = self._zone(heads.get("Zone", DEFAULT_ZONE))
        self.at = self.head_at["Clock"]
        starts_at = self.now = self._guarded(lambda: read_start(heads["Clock"], self.zone))
        self.at = body_at
        kept = tuple(self.lines[:body_at])
        return Transcript(
            file=self.file,
            title=heads["Title"],
            bundles=tuple(name.strip() for name in heads["Bundle"].split(",")),
            starts_at=starts_at,
            zone=self.zone.key,
            steps=tuple(self._steps()),
            heads=kept,
            without_pin=tuple(name.strip() for name in heads.get("No PIN", "").split(",") if name.strip()),
        )

    def _heads(self) -> dict[str, str]:
        heads: dict[str, str] = {}
        while self.at < len(self.lines):
            line = self.lines[self.at].strip()
            found = _HEAD.fullmatch(line)
            if found:
                heads[found[1]] = found[2].strip()
                self.head_at[found[1]] = self.at
            elif line and not line.startswith("#"):
                break
            self.at += 1
            if found is None and not line and "Clock" in heads:
                break
        for name in ("Title", "Bundle", "Clock"):
            if not heads.get(name):
                raise self._problem(f"the head lacks a line {name}: ...")
        return heads

    def _zone(self, name: str) -> ZoneInfo:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise self._problem(f"there is no time zone {name}") from error

    def _steps(self) -> list[Step]:
        steps: list[Step] = []
        while self.at < len(self.lines):
            steps.append(self._step())
            self.at += 1
        return steps

    def _step(self) -> Step:
        line, number = self.lines[self.at], self.at + 1
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            return Note(number, stripped)
        if line[0].isspace():
            raise self._problem("an indented line continues a text, and none stands above it")
        readers = (self._texts, self._picture, self._gets, self._move, self._office, self._expectation)
        for read in (*readers, self._carrier, self._record, self._hears, read_voice):
            step = read(number, stripped)
            if step is not None:
                return step
        raise self._problem(f"not understood: {stripped!r}. {_hint(stripped)}")

    def _texts(self, number: int, line: str) -> Step | None:
        found = _TEXTS.fullmatch(line)
        if found is None:
            return None
        return Texts(number, found["who"], (found["department"] or "").strip(), self._body(found["body"]))

    def _picture(self, number: int, line: str) -> Step | None:
        found = _PICTURE.fullmatch(line)
        if found is None:
            return None
        return Texts(number, found["who"], found["department"] or "", self._body(found["body"] or ""), picture=True)

    def _office(self, number: int, line: str) -> Step | None:
        ordered = _ORDERS.fullmatch(line)
        if ordered:
            return Orders(number, ordered["ref"], int(ordered["count"]), line)
        found = _OFFICE.fullmatch(line)
        if found is None:
            return None
        return Settles(number, found["who"] or found["refused"], found["badge"] or "", line)

    def _gets(self, number: int, line: str) -> Step | None:
        found = _GETS.fullmatch(line)
        if found is None:
            return None
        department = (found["department"] or "").strip()
        return Gets(number, found["who"], department, self._body(found["body"]), by_mail=bool(found["mail"]))

    def _hears(self, number: int, line: str) -> Step | None:
        found = hears_at(line)
        return Hears(number, found[0], self._body(found[1])) if found else None

    def _body(self, first: str) -> str:
        """What stands after the colon, and the indented lines below it."""
        parts = [first.strip()]
        while (
            self.at + 1 < len(self.lines) and self.lines[self.at + 1][:1].isspace() and self.lines[self.at + 1].strip()
        ):
            self.at += 1
            parts.append(self.lines[self.at].strip())
        return "\n".join(parts)

    def _move(self, number: int, line: str) -> Step | None:
        if not line.startswith("--"):
            return None
        said = line.removeprefix("--").strip()
        self.now = self._guarded(lambda: read_move(said, self.now, self.zone))
        return Moves(number, self.now, said)

    def _expectation(self, number: int, line: str) -> Step | None:
        nothing = _NOTHING.fullmatch(line)
        if nothing:
            return GetsNothing(number, nothing["who"])
        more = _MORE.fullmatch(line)
        return MoreMessages(number, int(more[1]) if more[1] else None) if more else None

    def _carrier(self, number: int, line: str) -> Step | None:
        found = _CARRIER.fullmatch(line)
        if found is None:
            return None
        return Fault(
            number,
            found["kind"],
            int(found["code"]) if found["code"] else None,
            int(found["seconds"] or 0),
            None if found["lasting"] else int(found["count"] or 1),
            found["towards"] or "",
            found["who"] or "",
            line,
        )

    def _record(self, number: int, line: str) -> Step | None:
        found = _RECORD.fullmatch(line)
        if found is None:
            return None
        if bool(found["state"]) == bool(found["no"]):
            raise self._problem('a record line says "is" and a state, or "no" at its start')
        return Record(
            number,
            found["kind"],
            found["who"] or "",
            found["ref"] or "",
            found["state"] or "",
            bool(found["no"]),
            line,
        )

    def _guarded(self, read: Callable[[], datetime]) -> datetime:
        try:
            return read()
        except ClockError as error:
            raise self._problem(str(error)) from error

    def _problem(self, problem: str) -> TranscriptError:
        return TranscriptError(self.file, max(min(self.at, len(self.lines) - 1), 0) + 1, problem)


def _hint(line: str) -> str:
    """What the line most likely wanted to be."""
    starts = (
        ("record", "A record line reads: record: assignment of Alvarez for {harbor-sat} is confirmed"),
        ("carrier", "A carrier line reads: carrier: undelivered 30003 to Brooks"),
        (
            "office",
            "office: enrols +1 978-555-0199 as 105, office: refuses +1 978-555-0199, office: orders 3 officers for {a}",
        ),
        ("-", "A clock line reads: -- Thu Nov 26 5:00 PM"),
    )
    for start, hint in starts:
        if line.startswith(start):
            return hint
    if " texts" in line or " gets" in line:
        return "A colon stands before the words: Alvarez texts: LIST"
    if re.search(r" (calls|answers?|presses|says|stays|hangs|hears)", line):
        return HINT
    return "Lines begin with a name and texts or gets, with --, carrier:, record:, and, or #"
