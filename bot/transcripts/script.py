"""A transcript as data: what happens, and what people and records should show for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


class TranscriptError(Exception):
    """A line nobody can play; the message says file, line, and what was not understood."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(f"{file}:{line}: {problem}")
        self.file = file
        self.line = line
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Texts:
    """Somebody texts a department's line; without `department`, the line he always texts. `picture`: he sends one."""

    line: int
    who: str
    department: str
    body: str
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Moves:
    """The clock moves on to `at` (aware UTC), and everything due until then happens. `said` is how it was written."""

    line: int
    at: datetime
    said: str


@dataclass(frozen=True, slots=True)
class Fault:
    """The carrier misbehaves: `kind` as the pocket phone names it, and whose texts are hit (`towards` to or from).

    `count` is how often, None from now on; `kind` "well again" ends all of it.
    """

    line: int
    kind: str
    code: int | None
    seconds: int
    count: int | None
    towards: str
    who: str
    said: str


@dataclass(frozen=True, slots=True)
class Settles:
    """The desk settles what the number of `who` asked for: it is the officer's with `badge`, nobody's if empty."""

    line: int
    who: str
    badge: str
    said: str


@dataclass(frozen=True, slots=True)
class Orders:
    """The desk takes a changed order: so many officers for the detail `ref` from now on."""

    line: int
    ref: str
    count: int
    said: str


@dataclass(frozen=True, slots=True)
class Calls:
    """Somebody calls a department's line; without `department` the line he always texts, without `number` from his own
    telephone."""

    line: int
    who: str
    department: str
    number: str


@dataclass(frozen=True, slots=True)
class Presses:
    """The caller presses keys; PIN among them is his PIN, WRONG another one, NEW the one he chooses, a ref its code."""

    line: int
    who: str
    keys: str


@dataclass(frozen=True, slots=True)
class Says:
    """The caller says something, of which the recogniser is so sure, in percent."""

    line: int
    who: str
    words: str
    percent: int


@dataclass(frozen=True, slots=True)
class StaysSilent:
    """The caller lets the time pass."""

    line: int
    who: str


@dataclass(frozen=True, slots=True)
class HangsUp:
    """The caller hangs up."""

    line: int
    who: str


@dataclass(frozen=True, slots=True)
class PicksUp:
    """Whose telephone rings picks it up, or his machine does."""

    line: int
    who: str
    by_machine: bool = False


@dataclass(frozen=True, slots=True)
class TurnsAway:
    """Whose telephone rings does not pick it up: it rings out, or is busy."""

    line: int
    who: str
    is_busy: bool = False


@dataclass(frozen=True, slots=True)
class Hears:
    """What somebody should hear on the telephone after the last thing that happened; "..." stands for anything."""

    line: int
    who: str
    body: str


@dataclass(frozen=True, slots=True)
class Gets:
    """Somebody should have received this; "..." in it stands for anything. A mail begins with its subject line."""

    line: int
    who: str
    department: str
    body: str
    by_mail: bool = False


@dataclass(frozen=True, slots=True)
class GetsNothing:
    """Somebody should have received nothing since the last thing that happened."""

    line: int
    who: str


@dataclass(frozen=True, slots=True)
class MoreMessages:
    """Other messages came too, so many of them, or any number where none is said."""

    line: int
    count: int | None


@dataclass(frozen=True, slots=True)
class Record:
    """A record should stand so: of a kind, of somebody, for a detail's `ref`, in a state; or, `absent`, not at all."""

    line: int
    kind: str
    who: str
    ref: str
    state: str
    absent: bool
    said: str


@dataclass(frozen=True, slots=True)
class Note:
    """A comment or an empty line, kept for whoever reads the file after it was written anew."""

    line: int
    text: str


OnPhone: TypeAlias = Calls | PicksUp | TurnsAway | Presses | Says | StaysSilent | HangsUp
Action: TypeAlias = Texts | Moves | Fault | Settles | Orders | OnPhone
Expectation: TypeAlias = Gets | GetsNothing | MoreMessages | Record | Hears
Step: TypeAlias = Action | Expectation | Note


@dataclass(frozen=True, slots=True)
class Transcript:
    """A whole file: its head, and its steps in order. `heads` keeps the head's lines as they were written.

    `without_pin` are those who have no PIN; all others in the cast who call have one, drawn for the play.
    """

    file: str
    title: str
    bundles: tuple[str, ...]
    starts_at: datetime
    zone: str
    steps: tuple[Step, ...]
    heads: tuple[str, ...]
    without_pin: tuple[str, ...] = ()
