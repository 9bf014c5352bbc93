"""What is remembered of a conversation between two turns, and its JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flows.answers import Secret
from flows.steps import Memory


@dataclass(frozen=True, slots=True)
class Frame:
    """One flow under way: where it is, what it knows, and how often its question went unanswered.

    `began_with` is what the flow was started with, so that it can be started over; `acted` says that it has changed
    a record and must not be. `question` is a hash of the open question, by which a conversation moves to a revision
    that did not change it. `trail` holds the questions BACK can return to, with the memory of that moment.
    """

    flow: str
    revision: str
    step: str
    memory: Memory = field(default_factory=dict)
    began_with: Memory = field(default_factory=dict)
    acted: bool = False
    misses: int = 0
    silences: int = 0
    page: int = 0
    question: str = ""
    expires_at: datetime | None = None
    trail: tuple[tuple[str, Memory], ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """One person, one line, one channel.

    The last frame is the one that talks; the others were interrupted. `turn` grows with every event and fences
    timers: what belongs to an earlier turn does nothing. `misses` counts texts nobody understood while no question
    was open. `department_id` was chosen on a line that several departments share, and holds until `department_until`;
    `asked_in` is the department the open question is about. A call has no memory for the eye: on `channel` "voice" a
    question that was interrupted is always asked again. `last` is the command heard last, which a correction means.
    """

    frames: tuple[Frame, ...] = ()
    turn: int = 0
    turns_open: int = 0
    steps_taken: int = 0
    misses: int = 0
    language: str = "en"
    department_id: int | None = None
    department_until: datetime | None = None
    asked_in: int | None = None
    channel: str = "sms"
    last: str = ""

    @property
    def top(self) -> Frame | None:
        """The flow that talks now, if any."""
        return self.frames[-1] if self.frames else None

    def department_at(self, now: datetime) -> int | None:
        """The department chosen on a shared line, while the choice holds."""
        if self.department_until is not None and now < self.department_until:
            return self.department_id
        return None


def to_json(conversation: Conversation) -> dict[str, Any]:
    """A plain dict for a JSON column. What is at its default is left out, so that most rows stay short."""
    full: dict[str, Any] = {
        "frames": [_frame_to_json(frame) for frame in conversation.frames],
        "turn": conversation.turn,
        "turns_open": conversation.turns_open,
        "misses": conversation.misses,
        "language": conversation.language,
        "department_id": conversation.department_id,
        "department_until": _pack(conversation.department_until),
        "asked_in": conversation.asked_in,
        "channel": conversation.channel if conversation.channel != "sms" else "",
        "last": conversation.last,
    }
    return {key: value for key, value in full.items() if value}


def from_json(stored: Mapping[str, Any]) -> Conversation:
    """The inverse of `to_json`; an empty dict is a conversation that has not begun."""
    return Conversation(
        frames=tuple(_frame_from_json(frame) for frame in stored.get("frames", ())),
        turn=stored.get("turn", 0),
        turns_open=stored.get("turns_open", 0),
        misses=stored.get("misses", 0),
        language=stored.get("language", "en"),
        department_id=stored.get("department_id"),
        department_until=_unpack(stored.get("department_until")),
        asked_in=stored.get("asked_in"),
        channel=stored.get("channel", "sms"),
        last=stored.get("last", ""),
    )


def _frame_to_json(frame: Frame) -> dict[str, Any]:
    full: dict[str, Any] = {
        "flow": frame.flow,
        "revision": frame.revision,
        "step": frame.step,
        "memory": _pack(frame.memory),
        "began_with": _pack(frame.began_with),
        "acted": frame.acted,
        "misses": frame.misses,
        "silences": frame.silences,
        "page": frame.page,
        "question": frame.question,
        "expires_at": _pack(frame.expires_at),
        "trail": [[step, _pack(memory)] for step, memory in frame.trail],
    }
    return {key: value for key, value in full.items() if value}


def _frame_from_json(stored: Mapping[str, Any]) -> Frame:
    return Frame(
        flow=stored["flow"],
        revision=stored["revision"],
        step=stored["step"],
        memory=_unpack(stored.get("memory", {})),
        began_with=_unpack(stored.get("began_with", {})),
        acted=stored.get("acted", False),
        misses=stored.get("misses", 0),
        silences=stored.get("silences", 0),
        page=stored.get("page", 0),
        question=stored.get("question", ""),
        expires_at=_unpack(stored.get("expires_at")),
        trail=tuple((step, _unpack(memory)) for step, memory in stored.get("trail", ())),
    )


def _pack(value: Any) -> Any:
    """Times and dates become tagged text; everything else is JSON already, or a mistake that is named here.

    A secret is left out, wherever it stands: nothing of it is kept beyond its turn."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime):
        return {"$at": value.isoformat()}
    if isinstance(value, date):
        return {"$on": value.isoformat()}
    if isinstance(value, Mapping):
        return {str(key): _pack(item) for key, item in value.items() if not isinstance(item, Secret)}
    if isinstance(value, list | tuple):
        return [_pack(item) for item in value]
    raise TypeError(f"a flow cannot remember a {type(value).__name__}")


def _unpack(value: Any) -> Any:
    if isinstance(value, list):
        return [_unpack(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "$at" in value:
        return datetime.fromisoformat(value["$at"])
    if "$on" in value:
        return date.fromisoformat(value["$on"])
    return {key: _unpack(item) for key, item in value.items()}
