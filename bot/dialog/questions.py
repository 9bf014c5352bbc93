"""The question a conversation stands at: which one, whether it still holds, and what of its list is shown."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.dialog.conversation import Conversation, Frame
from bot.dialog.events import Next, Question, Resting, Waiting, at_once
from flows.answers import Choice, Pin, YesNo
from flows.loading import Catalogue
from flows.steps import END, Ask

_FORGOTTEN = Ask("", (YesNo(END, END),))
"""Stands for a question whose step is gone: it may have been one that takes a yes."""


def question_of(catalogue: Catalogue, conversation: Conversation, now: datetime) -> Question | None:
    """The question that an answer given now would belong to; not `open` when it expired or its flow forgot it."""
    top = conversation.top
    if top is None:
        return None
    still_open = is_current(catalogue, top) and not has_expired(top, now)
    return Question(
        ask_at(catalogue, top) or _FORGOTTEN, top.memory, top.page, still_open, conversation.channel == "voice"
    )


def asks_for_pin(question: Question | None) -> bool:
    """Whether what comes in now may be a PIN: whoever writes down what arrived masks it first."""
    return question is not None and any(isinstance(answer, Pin) for answer in question.ask.answers)


def standing(catalogue: Catalogue, conversation: Conversation) -> Next:
    """What an unchanged conversation still waits for."""
    top = conversation.top
    ask = ask_at(catalogue, top) if top else None
    if top is None or ask is None or top.expires_at is None:
        return Resting()
    exits = catalogue.flows[top.flow].exits_of(ask)
    speaks_up = exits is not None and exits.on_time_out != END
    time_out_at = top.expires_at - ask.wait.expires + ask.wait.time_out if speaks_up else None
    return Waiting(conversation.turn, time_out_at, top.expires_at)


def ask_at(catalogue: Catalogue, frame: Frame) -> Ask | None:
    flow = catalogue.flows.get(frame.flow)
    step = flow.steps.get(frame.step) if flow else None
    return step if isinstance(step, Ask) else None


def is_current(catalogue: Catalogue, frame: Frame) -> bool:
    """Same revision, or another one in which this very question is unchanged: then the conversation moves over."""
    if catalogue.revisions.get(frame.flow) == frame.revision:
        return True
    return bool(frame.question) and catalogue.questions.get((frame.flow, frame.step)) == frame.question


def has_expired(frame: Frame, now: datetime) -> bool:
    return frame.expires_at is not None and now >= frame.expires_at


def page_values(ask: Ask, frame: Frame, channel: str = "sms") -> Mapping[str, Any]:
    """The part of a long list that is shown now, and whether more follows.

    It is numbered from the list's beginning, but in a call from its own: the number is the key to press.
    """
    for answer in ask.answers:
        if isinstance(answer, Choice) and answer.listed:
            items = frame.memory.get(answer.listed, ())
            size = at_once(answer, spoken=channel == "voice")
            start = frame.page * size
            before = 0 if channel == "voice" else start
            shown = [
                {**item, "number": before + place} for place, item in enumerate(items[start : start + size], start=1)
            ]
            return {"page": shown, "more": len(items) > start + size}
    return {"page": [], "more": False}
