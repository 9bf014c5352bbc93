"""What a live call may ask of the switchboard it hangs on, so that calls need not know who places them."""

from typing import Any, Protocol

from bot.pocket_phone.calls.call import Call
from bot.pocket_phone.calls.conferences import Conferences
from bot.pocket_phone.calls.events import Script
from bot.pocket_phone.calls.queues import Queues
from bot.pocket_phone.calls.recordings import Recordings
from bot.pocket_phone.faults import Faults
from bot.pocket_phone.post import Answer
from bot.pocket_phone.settings import Settings
from bot.pocket_phone.store import Store


class Board(Protocol):
    """The switchboard (switchboard.py), from the side of a call."""

    store: Store
    settings: Settings
    faults: Faults
    queues: Queues
    conferences: Conferences
    recordings: Recordings

    def call(self, sid: str) -> Call:
        """Any call of the account; NoSuchCall if there is none."""

    def is_timed(self, sid: str) -> bool:
        """Whether time passes by itself for that call."""

    def is_live(self, sid: str) -> bool:
        """Whether it is still being carried on."""

    def now_on(self, sid: str) -> float:
        """The live call's own time, in seconds of which only differences mean something; 0 when it is over."""

    def begin(self, session: Any, script: Script, *, is_timed: bool) -> None:
        """Carry on the call of this session (session.py, which hangs on a board itself) by its script from now on."""

    def is_machine(self, sid: str) -> None:
        """A machine has taken this call up."""

    def ask(self, call: Call, url: str, method: str, fields: dict[str, str]) -> Answer:
        """Send a webhook of the call and give the answer."""

    def tell(self, call: Call, url: str, fields: dict[str, str]) -> None:
        """Send something whose answer does not matter."""

    def tell_about(self, sid: str, url: str, fields: dict[str, str]) -> None:
        """Likewise of a conference."""

    def tell_status(self, sid: str, event: str) -> None:
        """Tell the status callback of a call what became of it."""

    def send_if_live(self, sid: str, letter: object) -> None:
        """Let this happen to another call, if it is still there."""

    def end_if_live(self, sid: str, status: str) -> None:
        """End another call, if it is still there."""

    def overhear(self, sid: str, kind: str, text: str) -> None:
        """Whoever is on that call hears what another one said or pressed."""

    def forget(self, sid: str) -> None:
        """The call is over."""
