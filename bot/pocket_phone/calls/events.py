"""What may happen to a call, and what a call may be waiting for."""

import contextlib
import dataclasses
from collections.abc import Callable, Generator, Iterator
from typing import Any


@dataclasses.dataclass(frozen=True)
class Pressed:
    """Keys, in the order in which the person pressed them."""

    keys: str


@dataclasses.dataclass(frozen=True)
class Said:
    """Words, as speech recognition would write them, and how sure it would be."""

    text: str
    confidence: float = 0.9


@dataclasses.dataclass(frozen=True)
class TimeUp:
    """What was waited for did not come, or what was playing is over."""


@dataclasses.dataclass(frozen=True)
class PickedUp:
    """The person, or a machine, took up the ringing phone."""

    by: str = "person"


@dataclasses.dataclass(frozen=True)
class TurnedAway:
    """The ringing phone was not taken up: the status the call ends with."""

    status: str


@dataclasses.dataclass(frozen=True)
class LegReady:
    """A leg that this call dialed was answered, and has heard what it was to hear first."""

    sid: str


@dataclasses.dataclass(frozen=True)
class LegOver:
    """A leg, or the other side of a conversation, is gone; `status` is what it ended with."""

    sid: str
    status: str = "completed"


@dataclasses.dataclass(frozen=True)
class Joined:
    """The call that dialed this leg connects it now."""

    sid: str


@dataclasses.dataclass(frozen=True)
class Changed:
    """Somebody joined the queue that this call waits to serve."""


Event = Pressed | Said | TimeUp | PickedUp | TurnedAway | LegReady | LegOver | Joined | Changed
ACTS = (Pressed, Said)


@dataclasses.dataclass(frozen=True)
class Goto:
    """The document that comes next; a fetch of `url` with these fields beside the usual ones."""

    url: str
    method: str = "POST"
    fields: dict[str, str] = dataclasses.field(default_factory=dict)


class CallOver(Exception):
    """Somebody hung up; `status` is what the call ends with."""

    def __init__(self, status: str = "completed") -> None:
        super().__init__(status)
        self.status = status


class Moved(Exception):
    """The REST API sent the live call elsewhere: to a document, or to TwiML that it gave."""

    def __init__(self, goto: Goto | None = None, twiml: str = "") -> None:
        super().__init__(goto.url if goto else "TwiML")
        self.goto = goto
        self.twiml = twiml


class Taken(Exception):
    """What a call was waiting for is there: somebody takes it out of the queue, or the conference begins.

    `goto` is what it hears first.
    """

    def __init__(self, sid: str, goto: Goto | None = None) -> None:
        super().__init__(sid)
        self.sid = sid
        self.goto = goto


class LeftQueue(Exception):
    """<Leave> was carried out."""


@dataclasses.dataclass(frozen=True)
class Wait:
    """What a call stands at. `seconds` None means until something happens.

    `on` is "its turn", "ringing", "playing" (nothing to be done but listen), "person", "dial", "queue", "talk" or
    "conference". With `has_begun` only the time-out is still to pass; with `is_real` it passes in real time always.
    """

    on: str
    seconds: float | None = None
    has_begun: bool = False
    is_real: bool = False


Script = Generator[Wait, Event, Any]


@contextlib.contextmanager
def afterwards(do: Callable[[], None]) -> Iterator[None]:
    """Do this when the block is left, however that is; not when the script is thrown away unfinished.

    That happens to a switchboard that nobody holds any more, and then there is nobody left to be told.
    """
    try:
        yield
    except GeneratorExit:
        raise
    except BaseException:
        do()
        raise
    else:
        do()
