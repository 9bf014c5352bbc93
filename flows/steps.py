"""The step types a conversation is written in, and the flow that holds them.

A flow is data: named steps that say, ask, do, or hand off, and the name of the step that follows each.
Nothing here runs; `bot/dialog/engine.py` walks it and `flows/checking.py` refuses a flow with a gap in it.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from flows.answers import Answer

END = "end"
"""The step name that ends a flow: the conversation goes back to what was interrupted, or rests."""

Memory = Mapping[str, Any]
"""What a flow has learnt: text, whole numbers, booleans, aware times, dates, and lists and dicts of these.

A `Secret` (flows/answers.py) is known until the turn ends."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a verb ended: one of the names it declared, and the values the flow should remember of it."""

    name: str
    values: Memory = field(default_factory=dict)


VerbFunction = Callable[[Any, Memory], Outcome]
"""Takes the caller (flows/caller.py) and the flow's memory; does its work in the turn's own transaction."""


@dataclass(frozen=True, slots=True)
class Verb:
    """What a flow may do, with every outcome it can have.

    `acts` is true when it changes a record: a flow that has acted is never started over by itself. What `gives_away`
    is not done from a number that is new (flows/new_number.py); with an outcome that is `noted` it is, since a fact is
    never refused, and a person looks at it.
    """

    name: str
    outcomes: tuple[str, ...]
    acts: bool
    run: VerbFunction = field(repr=False, compare=False)
    gives_away: bool = False
    noted: tuple[str, ...] = ()


def verb(
    *outcomes: str, acts: bool = False, gives_away: bool = False, noted: tuple[str, ...] = ()
) -> Callable[[VerbFunction], Verb]:
    """Turns a function into a verb that declares its outcomes, so that a flow can be checked for routing them all."""

    def declare(function: VerbFunction) -> Verb:
        return Verb(f"{function.__module__}.{function.__qualname__}", outcomes, acts, function, gives_away, noted)

    return declare


@dataclass(frozen=True, slots=True)
class Exits:
    """Where a question goes when it gets no usable answer.

    `nonsense` and `silence` are two re-prompts each, differently worded; the third miss goes to the step
    `too_many`, which must end with a person. `on_time_out` is the step taken when nobody answered in time
    (`END` closes the question without a word).
    With `repeats` the question itself follows the re-prompt, so that general re-prompts can be shared.
    """

    nonsense: tuple[str, str]
    silence: tuple[str, str]
    on_time_out: str
    too_many: str
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a question stands: `time_out` until the flow speaks again, `expires` until an answer is too late."""

    time_out: timedelta = timedelta(hours=1)
    expires: timedelta = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Say:
    """Says a prompt with the flow's memory as its values, and goes on."""

    prompt: str
    then: str = END


@dataclass(frozen=True, slots=True)
class Ask:
    """Asks, and waits. `answers` are tried in order; the first that fits decides where the flow goes."""

    prompt: str
    answers: tuple[Answer, ...]
    wait: Wait = Wait()
    exits: Exits | None = None


@dataclass(frozen=True, slots=True)
class Do:
    """Runs a verb and follows the step named for its outcome."""

    verb: Verb
    then: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HandOff:
    """Gives the conversation to a person, for a reason the desk can read, and says so when a prompt is given.

    A caller is put through at once, unless it `can_wait`: then the matter is put before a person and the call goes on.
    """

    reason: str
    prompt: str = ""
    then: str = END
    can_wait: bool = False


@dataclass(frozen=True, slots=True)
class Jump:
    """Goes on in another flow, from its start or an entry of it, with all that this one remembers."""

    flow: str
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Follow:
    """Starts the flow of the command that memory names under `command`, with the codes in memory and what was heard
    beside it (`heard`).

    Over a flow that a call comes home to it is laid; any other it replaces.
    """

    command: str


@dataclass(frozen=True, slots=True)
class HangUp:
    """Ends the call, with a last prompt."""

    prompt: str


@dataclass(frozen=True, slots=True)
class SettleDepartment:
    """Remembers the chosen department for `hours` and reads the text again that could not be read without it.

    `department` and `text` name the memory that holds the department's id and the text that waits. In a call nothing
    waits to be read: without `text` the flow goes on with `then`.
    """

    department: str
    text: str = ""
    hours: int = 12
    then: str = END


@dataclass(frozen=True, slots=True)
class SwitchLanguage:
    """Goes on in the language that memory holds under `language`."""

    language: str
    then: str


Step = Say | Ask | Do | HandOff | Jump | Follow | HangUp | SettleDepartment | SwitchLanguage

Slot = Literal["codes", "numbers", "time"]


@dataclass(frozen=True, slots=True)
class Command:
    """A word that starts a flow, per language, and the arguments it takes.

    `letter` is its short form before a code (A4821). `bare` makes a lone yes or no mean this command when no
    question is open. `slots` are filled in any order; what fills none of them makes the text not this command.
    `rest` is a pattern, in upper case: what follows the word and fits it whole is handed on as it is.
    """

    name: str
    words: Mapping[str, tuple[str, ...]]
    slots: tuple[Slot, ...] = ()
    needs_slot: bool = False
    letter: str = ""
    bare: Literal["", "yes", "no"] = ""
    rest: str = ""


Manner = Literal["ordinary", "digression", "aside"]
"""What a flow does to a question it interrupts: an ordinary flow replaces it, a digression returns to it and asks it
again behind a bridging line, an aside answers alone and leaves the question standing."""


@dataclass(frozen=True, slots=True)
class Flow:
    """One conversation. `start` is its first step; `entries` are further steps the engine may begin at.

    With `comes_back` it is what a call comes home to: other flows are laid over it, and when they have ended it goes
    on at that step.
    """

    name: str
    start: str
    steps: Mapping[str, Step]
    commands: tuple[Command, ...] = ()
    exits: Exits | None = None
    manner: Manner = "ordinary"
    entries: tuple[str, ...] = ()
    comes_back: str = ""

    @property
    def begins_at(self) -> tuple[str, ...]:
        """Every step that something else than a step of its own leads to."""
        return tuple(filter(None, (self.start, *self.entries, self.comes_back)))

    def exits_of(self, ask: Ask) -> Exits | None:
        """The exits that hold for a question: its own, else the flow's."""
        return ask.exits or self.exits


def revision_of(flow: Flow) -> str:
    """A short hash of the definition. Conversations are pinned to it, so that a deploy is noticed."""
    return hashlib.sha256(repr(flow).encode()).hexdigest()[:12]
