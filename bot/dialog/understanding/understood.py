"""What was understood of one utterance."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["command", "answer", "more", "stray", "nothing", "empty", "too_long"]
"""`answer` fits the open question; `more` asks for the rest of its list; `stray` looks like an answer but no question
takes it; `empty` has no words at all (a photo, an emoji)."""


INSTEAD = "instead"
"""As `nearest`: the turn before is meant again, with these slots instead of its own."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A command with its slots, or an answer with its value; every layer of understanding fills the same form.

    `answer` is the place of the fitting answer in the question's list, `value` what it holds, `then` the step it
    leads to. Slots: `codes` (list of digits), `numbers` (list of places in a list), `time` (as
    `flows/clock_times.py` keeps it), `maybe_code` (digits read as a time that may be a code).
    """

    kind: Kind
    text: str
    command: str = ""
    slots: Mapping[str, Any] = field(default_factory=dict)
    answer: int = -1
    value: Any = None
    then: str = ""
    urgent: bool = False
    nearest: str = ""
    """The command that what nobody understood comes near; `codes` may then be among the slots."""
    certain: bool = True
    """False where it was read out of a sentence by the tolerant layer."""
