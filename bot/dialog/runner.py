"""One turn: from what came in to the next wait, running the verbs the engine asks for on the way.

The loop knows no database; whoever calls it brings the caller that verbs act for, inside his own transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.dialog.conversation import Conversation
from bot.dialog.engine import advance
from bot.dialog.events import (
    Advance,
    Event,
    HandOffWanted,
    HangingUp,
    Heard,
    Line,
    PutThrough,
    ReadAgain,
    RunVerb,
    Started,
    VerbEnded,
    Waiting,
)
from bot.dialog.understanding.understood import Understood
from flows.loading import Catalogue
from flows.steps import Memory, Verb
from flows.system import NEW_NUMBER

Reread = Callable[[str, Conversation], Understood]
"""Reads a text once more, against a conversation in which the department is known."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn came to: the conversation to keep, the lines to say, who must take over, and what is waited for.

    `leaves` is how a call goes on when nothing is waited for.
    """

    conversation: Conversation
    says: tuple[Line, ...]
    hand_offs: tuple[HandOffWanted, ...]
    waiting: Waiting | None
    leaves: PutThrough | HangingUp | None = None


def take_turn(
    catalogue: Catalogue,
    conversation: Conversation,
    event: Event,
    now: datetime,
    caller: Any,
    reread: Reread,
) -> Turn:
    """Advances until the conversation waits or rests. Verbs run with `caller`; what they raise is not caught."""
    says: list[Line] = []
    hand_offs: list[HandOffWanted] = []
    step = advance(catalogue, conversation, event, now)
    while True:
        says += step.says
        hand_offs += step.hand_offs
        following = _following(step, caller, reread)
        if following is None:
            break
        step = advance(catalogue, step.conversation, following, now)
    waiting = step.next if isinstance(step.next, Waiting) else None
    leaves = step.next if isinstance(step.next, PutThrough | HangingUp) else None
    return Turn(step.conversation, tuple(says), tuple(hand_offs), waiting, leaves)


def _following(step: Advance, caller: Any, reread: Reread) -> Event | None:
    if isinstance(step.next, RunVerb):
        return _run(step.next.verb, step.next.memory, caller)
    if isinstance(step.next, ReadAgain):
        return Heard(reread(step.next.text, step.conversation))
    return None


def _run(verb: Verb, memory: Memory, caller: Any) -> Event:
    """What gives something away is not done from a number that is new; who calls with his PIN has none such."""
    new_until = caller.new_until() if verb.gives_away or verb.noted else None
    if new_until is not None and verb.gives_away:
        return Started(NEW_NUMBER, {"until_at": new_until})
    outcome = verb.run(caller, memory)
    if new_until is not None and outcome.name in verb.noted:
        caller.note(verb.name)
    return VerbEnded(outcome.name, outcome.values)
