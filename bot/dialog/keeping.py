"""What a turn leaves behind: the answer, the conversation, hand-offs, and what is due if nobody answers."""

from dataclasses import dataclass, replace
from typing import Any

from bot.dialog.conversation import Conversation, to_json
from bot.dialog.rendering import render, voice_for
from bot.dialog.runner import Turn
from bot.dialog.understanding.understood import Understood
from flows.caller import Caller
from models.line import duty, message_out
from models.line.conversation import save_turn
from models.line.hand_off import HandedOver, hand_off
from models.line.urgency import goes_first
from models.session import Work


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a turn belongs: the line and the department it is at home in, and what it came from, if from a text."""

    home_id: int
    line_id: int
    message_in_id: int | None
    understood: Understood | None


def keep(work: Work, kept: Kept, caller: Caller, before: Conversation, turn: Turn) -> None:
    """Writes all of it, in the turn's own transaction. The hand-offs of a shared line go to the department meant."""
    after = replace(turn.conversation, asked_in=_asked_in(caller, before, turn.conversation))
    conversation_id, _ = save_turn(
        work,
        kept.home_id,
        person_id=caller.officer.person_id,
        line_id=kept.line_id,
        channel="sms",
        verb=_verb(turn),
        dialog=to_json(after),
        message_in_id=kept.message_in_id,
        message_out_id=_answer(work, kept, caller, turn),
        understood=_without_words(kept.understood),
        flow=after.top.flow if after.top else _flow_of(kept.understood),
        step=after.top.step if after.top else None,
    )
    if turn.hand_offs:
        _hand_off(work, caller, turn, conversation_id if caller.department.id == kept.home_id else None)
    if turn.waiting is not None and turn.waiting.time_out_at is not None:
        fence = str(turn.waiting.turn)
        duty.plan(work, kept.home_id, "conversation_time_out", conversation_id, turn.waiting.time_out_at, fence)


def _hand_off(work: Work, caller: Caller, turn: Turn, conversation_id: int | None) -> None:
    """A person takes over; who has a detail soon, or is on one, goes first."""
    who = HandedOver(
        caller.officer.person_id, language=turn.conversation.language, conversation_id=conversation_id, by_text=True
    )
    is_urgent = goes_first(work, caller.officer.person_id)
    for wanted in turn.hand_offs:
        hand_off(
            work,
            caller.department.id,
            wanted.reason,
            who=who,
            urgent=wanted.reason == "emergency" or is_urgent,
            flow=wanted.flow,
            step=wanted.step,
        )


def _asked_in(caller: Caller, before: Conversation, after: Conversation) -> int | None:
    """The department of the open question: this turn's, unless the question was only left standing."""
    if not after.frames:
        return None
    return before.asked_in if after.top is before.top else caller.department.id


def _answer(work: Work, kept: Kept, caller: Caller, turn: Turn) -> int | None:
    if not turn.says:
        return None
    return message_out.write(
        work,
        kept.home_id,
        kept.line_id,
        caller.number,
        render(turn.says, voice_for(turn.conversation.language, caller.department.zone)),
        prompt=turn.says[0].prompt,
        person_id=caller.officer.person_id,
    )


def _verb(turn: Turn) -> str:
    if turn.waiting is not None:
        return "ask"
    return "hand_off" if turn.hand_offs else "rest"


def _flow_of(understood: Understood | None) -> str | None:
    return understood.command or None if understood else None


def _without_words(understood: Understood | None) -> dict[str, Any]:
    """What the record keeps of an understanding; the words stand in the message."""
    if understood is None:
        return {}
    full = {"kind": understood.kind, "command": understood.command, "slots": dict(understood.slots)}
    return {name: value for name, value in full.items() if value}
