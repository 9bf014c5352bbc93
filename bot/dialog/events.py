"""What goes into the engine and what comes out of it."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.dialog.conversation import Conversation
from bot.dialog.understanding.understood import Understood
from flows.answers import Choice
from flows.steps import Ask, Memory, Verb


@dataclass(frozen=True, slots=True)
class Heard:
    """The person said something, and this is how it was understood."""

    understood: Understood


@dataclass(frozen=True, slots=True)
class Silence:
    """The person was listened to and said nothing. Never an empty message."""


@dataclass(frozen=True, slots=True)
class TimedOut:
    """Nobody answered the question of this turn in time."""

    turn: int


@dataclass(frozen=True, slots=True)
class Started:
    """We begin a flow ourselves, at its start or at a named entry."""

    flow: str
    values: Memory = field(default_factory=dict)
    entry: str = ""


@dataclass(frozen=True, slots=True)
class VerbEnded:
    """The verb that was asked for has run."""

    outcome: str
    values: Memory = field(default_factory=dict)


Event = Heard | Silence | TimedOut | Started | VerbEnded


@dataclass(frozen=True, slots=True)
class Line:
    """A prompt to say, with the values of that moment."""

    prompt: str
    values: Memory


@dataclass(frozen=True, slots=True)
class HandOffWanted:
    """A person must take over: why, and in which flow and step it happened."""

    reason: str
    flow: str
    step: str


@dataclass(frozen=True, slots=True)
class RunVerb:
    """The engine stands at a verb; run it and come back with `VerbEnded`."""

    verb: Verb
    memory: Memory


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question is open. `time_out_at` is for a row fenced by `turn`; None when nothing is said at the time-out."""

    turn: int
    time_out_at: datetime | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """The department is known now: read this text again, in the same turn."""

    text: str


@dataclass(frozen=True, slots=True)
class Resting:
    """Nothing is open."""


@dataclass(frozen=True, slots=True)
class PutThrough:
    """The caller goes to a person now; what he was doing stays as it is."""


@dataclass(frozen=True, slots=True)
class HangingUp:
    """The call is over: everything is said."""


Next = RunVerb | Waiting | ReadAgain | Resting | PutThrough | HangingUp


@dataclass(frozen=True, slots=True)
class Advance:
    """One advance of the engine: the new conversation, what is said and handed off on the way, and what is next."""

    conversation: Conversation
    says: tuple[Line, ...]
    hand_offs: tuple[HandOffWanted, ...]
    next: Next


@dataclass(frozen=True, slots=True)
class Question:
    """The question a conversation stands at, as the understanding sees it.

    One that is not `open` any more, because it expired or a deploy changed it, takes no answer; but a bare yes or no
    still belongs to it, and must not be taken for the answer to something else.
    """

    ask: Ask
    memory: Memory
    page: int
    """The page of a long list that was shown last, from zero."""
    open: bool = True
    spoken: bool = False
    """In a call, where lists are read out in shorter parts."""

    def shown_at_once(self, answer: Choice) -> int:
        """How many items of a list are shown or read out at a time."""
        return at_once(answer, spoken=self.spoken)


def at_once(answer: Choice, *, spoken: bool) -> int:
    """How many items of a list are shown, or read out, at a time."""
    return answer.per_page_spoken if spoken else answer.per_page
