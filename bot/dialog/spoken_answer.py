"""What a turn of a call comes to: what is said, and what then; as it is kept for a second delivery of the turn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.dialog.listening import Listening

Then = Literal["listen", "ring_desk", "queue", "hang_up"]


@dataclass(frozen=True, slots=True)
class SpokenAnswer:
    """Words in a language, and then: listen for the turn `token`, ring the telephones of the desk, wait in the queue
    for a person, or hang up.
    """

    said: str
    language: str
    then: Then
    token: str = ""
    listening: Listening | None = None
    waiting: str = ""
    """The department and the id of a caller who waits for a person, by which the desk finds him."""
    rings: tuple[str, ...] = ()
    """The telephones of the desk that ring."""
    held: Mapping[str, Any] | None = None
    """What is said instead as soon as nothing is recorded any more."""
    audio: str = ""
    """The slug of the department whose own recordings he hears; empty while it is not known which is his."""

    def to_json(self) -> dict[str, Any]:
        """A plain dict for a JSON column."""
        return {
            "said": self.said,
            "language": self.language,
            "then": self.then,
            "token": self.token,
            "listening": self.listening.to_json() if self.listening else None,
            "waiting": self.waiting,
            "rings": list(self.rings),
            **({"held": self.held} if self.held else {}),
            **({"audio": self.audio} if self.audio else {}),
        }


def answer_from_json(stored: Mapping[str, Any]) -> SpokenAnswer:
    """The inverse of `SpokenAnswer.to_json`."""
    heard = stored["listening"]
    listening = Listening(**{**heard, "hints": tuple(heard["hints"])}) if heard else None
    return SpokenAnswer(
        stored["said"],
        stored["language"],
        stored["then"],
        stored["token"],
        listening,
        stored.get("waiting", ""),
        tuple(stored.get("rings", ())),
        stored.get("held"),
        stored.get("audio", ""),
    )
