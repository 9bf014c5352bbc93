"""A live call: its script, what it stands at, and how time passes for it."""

import dataclasses
import logging

from bot.pocket_phone.calls.call import note_on_call
from bot.pocket_phone.calls.carrying import MOST_DOCUMENTS
from bot.pocket_phone.calls.events import ACTS, CallOver, Event, Moved, Script, TimeUp, Wait
from bot.pocket_phone.calls.pace import Mailbox, Pace
from bot.pocket_phone.calls.session import Session

log = logging.getLogger(__name__)

# A machine hears this many questions, then its tape is full.
_MACHINE_PATIENCE = 6


@dataclasses.dataclass(frozen=True)
class _Alarm:
    """The time-out of one wait."""

    wait: Wait


class Silence:
    """The person lets the time pass."""


class LiveCall:
    """Everything that happens to the call goes through here, one after the other.

    A timed call waits as long as a person would, unless he says that he stays silent. Any other waits for its person's
    next act and for nothing else: what plays is over at once, and a time-out passes only when he stays silent.
    """

    def __init__(self, session: Session, script: Script, pace: Pace, *, is_timed: bool) -> None:
        self.session = session
        self.is_timed = is_timed
        self.is_machine = False
        self.wait: Wait | None = None
        self.is_over = False
        self._script = script
        self._pace = pace
        self._machine_heard = 0
        self.mailbox = Mailbox(pace, self._take)

    def begin(self) -> None:
        self.mailbox.put(None)

    def _take(self, letter: "Event | Silence | _Alarm | CallOver | Moved | None") -> None:
        if self.is_over:
            return
        if isinstance(letter, _Alarm):
            if letter.wait is not self.wait:
                return
            letter = TimeUp()
        if isinstance(letter, Silence):
            self.session.documents = 0
            if not self._can_time_out():
                return
            letter = TimeUp()
        if isinstance(letter, ACTS):
            self.session.documents = 0
        self._step(letter)
        while not self.is_over and self._passes_by_itself():
            self._step(TimeUp())
        self._note()

    def _can_time_out(self) -> bool:
        return self.wait is not None and self.wait.seconds is not None

    def _passes_by_itself(self) -> bool:
        if self.is_timed or self.wait is None or self.wait.seconds is None or self.wait.is_real:
            return False
        if self.wait.on == "playing":
            return self.session.documents <= MOST_DOCUMENTS
        return self.wait.has_begun or (self.wait.on == "person" and self.is_machine)

    def _step(self, letter: Event | CallOver | Moved | None) -> None:
        before = self.wait
        if isinstance(letter, TimeUp) and before and before.seconds and not self.is_timed:
            self.session.pass_seconds(before.seconds)
        if self.is_machine and before and before.on == "person":
            self._machine_heard += 1
            letter = CallOver() if self._machine_heard > _MACHINE_PATIENCE else letter
        try:
            if isinstance(letter, Exception):
                self.wait = self._script.throw(letter)
            else:
                self.wait = self._script.send(letter)  # type: ignore[arg-type] # a generator begins with None
        except StopIteration:
            self._finish()
            return
        except Exception:
            # A mistake of ours cuts this call off, as a carrier's would, and no other.
            log.exception("Call %s is cut off", self.session.sid)
            self.session.end("failed")
            self._finish()
            return
        # The same wait once more goes on from where it was.
        is_real = self.is_timed or self.wait.is_real
        if is_real and self.wait is not before and self.wait.seconds is not None:
            alarm = _Alarm(self.wait)
            self._pace.later(self.wait.seconds, lambda: self.mailbox.put(alarm))

    def _finish(self) -> None:
        self.wait, self.is_over = None, True
        self.session.board.forget(self.session.sid)

    def _note(self) -> None:
        on = self.wait.on if self.wait else None
        if not self.is_over and on != self.session.call.waiting_for:
            note_on_call(self.session.board.store, self.session.sid, waiting_for=on)
