"""What came in on a call: what whoever takes it in hands to the dialog."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

RING = "0"
"""The token of a call's first turn."""


@dataclass(frozen=True, slots=True)
class CallInput:
    """One request of the carrier's about a call of ours, in our words.

    `token` is that of the turn it belongs to. `keys` is what was keyed, # included where it was; `speech` what a
    recogniser heard, with its `confidence` from 0 to 1. `queue` says how waiting for a person ended, when it did.
    `desk` says how ringing the desk ended, when it did; `recording` is the message that was left, by its sid, url and
    seconds. `told` are those of the carrier's parameters that may be kept as they are. `outbound` is the department and
    the id of the call that the line makes, `by_machine` whether the carrier takes what picked up for a machine.
    """

    sid: str
    line_number: str
    other_number: str
    token: str = RING
    keys: str = ""
    speech: str = ""
    confidence: float | None = None
    queue: str = ""
    desk: str = ""
    recording: Mapping[str, Any] | None = None
    told: Mapping[str, str] = field(default_factory=dict)
    outbound: tuple[int, int] | None = None
    by_machine: bool = False

    @property
    def kind(self) -> str:
        """What happened, in a word."""
        if self.token == RING:
            return "ring"
        if self.queue or self.desk:
            return "queue" if self.queue else "desk"
        if self.recording:
            return "recording"
        return "keys" if self.keys else "speech" if self.speech else "silence"
