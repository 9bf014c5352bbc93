"""Conferences and who is in them, kept in memory like the calls themselves.

Source: Twilio, "TwiML Voice: <Conference>". A conference begins when two are in it and one of them may begin it.
"""

import dataclasses
import threading
import uuid


@dataclasses.dataclass(frozen=True)
class Participant:
    """`starts`: the conference may begin when he is there; `ends`: it is over when he leaves."""

    sid: str
    starts: bool
    ends: bool


class Conference:
    """One conference from its first participant to its end; the next of that name is another."""

    def __init__(self, name: str) -> None:
        self.sid = f"CF{uuid.uuid4().hex}"
        self.name = name
        self.has_begun = False
        self.is_over = False
        # Where its events are told, and which: whoever joins first and says so decides.
        self.callback_url = ""
        self.callback_events: tuple[str, ...] = ()
        self.told = 0
        self.participants: dict[str, Participant] = {}

    def others(self, sid: str) -> list[str]:
        return [other for other in self.participants if other != sid]

    @property
    def can_begin(self) -> bool:
        return len(self.participants) > 1 and any(one.starts for one in self.participants.values())


class Conferences:
    """Those that are going on, by name."""

    def __init__(self) -> None:
        self._going_on: dict[str, Conference] = {}
        self._lock = threading.Lock()

    def join(self, name: str, participant: Participant) -> tuple[Conference, bool]:
        """The conference he is in now, and whether it begins by that."""
        with self._lock:
            conference = self._going_on.setdefault(name, Conference(name))
            conference.participants[participant.sid] = participant
            begins = not conference.has_begun and conference.can_begin
            conference.has_begun = conference.has_begun or begins
            return conference, begins

    def leave(self, conference: Conference, sid: str) -> bool:
        """Whether the conference ends by that: he was the last, or it goes with him."""
        with self._lock:
            participant = conference.participants.pop(sid, None)
            if participant is None or conference.is_over:
                return False
            conference.is_over = participant.ends or not conference.participants
            if conference.is_over:
                self._going_on.pop(conference.name, None)
            return conference.is_over

    def all(self) -> list[Conference]:
        return list(self._going_on.values())

    def clear(self) -> None:
        self._going_on.clear()
