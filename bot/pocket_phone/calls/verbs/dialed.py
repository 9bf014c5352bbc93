"""What became of a <Dial>."""

import dataclasses
from xml.etree.ElementTree import Element

_USUAL_RING_SECONDS = 30


@dataclasses.dataclass(frozen=True)
class Dialed:
    """`status` in Twilio's words; `sid` the leg, if there was one; `more` what only this noun tells."""

    status: str
    sid: str = ""
    seconds: int | None = None
    was_answered: bool = False
    more: dict[str, str] = dataclasses.field(default_factory=dict)

    def fields(self) -> dict[str, str]:
        """What the action is told."""
        fields = {"DialCallStatus": self.status, "DialBridged": str(self.was_answered).lower()}
        if self.sid:
            fields["DialCallSid"] = self.sid
        if self.seconds is not None:
            fields["DialCallDuration"] = str(self.seconds)
        return fields | self.more


def ring_seconds(dial: Element) -> int:
    """How long it rings."""
    timeout = dial.get("timeout", "")
    return int(timeout) if timeout.isdecimal() else _USUAL_RING_SECONDS
