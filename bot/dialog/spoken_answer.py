"""What a turn of a call comes to: what is said, and what then; as it is kept for a second delivery of the turn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.dialog.listening import Listening

Then = Literal["listen", "queue", "hang_up"]


@dataclass(frozen=True, slots=True)
class SpokenAnswer:
    """Words in a language, and then: listen for the turn `token`, wait in the queue for a person, or hang up."""

    said: str
    language: str
    then: Then
    token: str = ""
    listening: Listening | None = None
    hand_off: str = ""
    """The department and the id of the hand-off a caller in the queue came with, as the desk finds it."""

    def to_json(self) -> dict[str, Any]:
        """A plain dict for a JSON column."""
        return {
            "said": self.said,
            "language": self.language,
            "then": self.then,
            "token": self.token,
            "listening": self.listening.to_json() if self.listening else None,
            "hand_off": self.hand_off,
        }


def answer_from_json(stored: Mapping[str, Any]) -> SpokenAnswer:
    """The inverse of `SpokenAnswer.to_json`."""
    heard = stored["listening"]
    listening = Listening(**{**heard, "hints": tuple(heard["hints"])}) if heard else None
    return SpokenAnswer(
        stored["said"], stored["language"], stored["then"], stored["token"], listening, stored["hand_off"]
    )
