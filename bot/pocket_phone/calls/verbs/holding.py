"""Waiting with something to listen to: in a queue, or for a conference to begin."""

from collections.abc import Callable

from bot.pocket_phone.calls.carrying import carry_out, go_on
from bot.pocket_phone.calls.events import Goto, Script, Taken, Wait
from bot.pocket_phone.calls.session import Session

# What the document of a wait may hold (Twilio, "TwiML Voice: <Enqueue>", waitUrl).
WHILE_WAITING = frozenset({"Say", "Play", "Pause", "Gather", "Redirect", "Hangup", "Leave"})
_MUSIC_SECONDS = 30.0

# The waiting document as it is to be asked for now, with the place and times of the moment; None if there is none.
GotoNow = Callable[[], Goto | None]


def hold(session: Session, goto_now: GotoNow, *, on: str) -> Script:
    """Carry out the waiting document over and over; gives the `Taken` that ends it.

    Where time does not pass of itself, a round in which the person did nothing is the last until he stays silent.
    """
    has_music = False
    try:
        while True:
            goto = goto_now()
            if goto is None or not (yield from _one_round(session, goto)):
                if not has_music:
                    session.hear("hold")
                has_music = True
                yield Wait(on, _MUSIC_SECONDS)
            elif session.documents and not session.board.is_timed(session.sid):
                yield Wait(on, _MUSIC_SECONDS)
    except Taken as taken:
        return taken


def _one_round(session: Session, goto: Goto) -> Script:
    """Whether there was something to hear: an empty document, or none, would be asked for without end."""
    following: Goto | None = goto
    heard = False
    while following:
        document = yield from go_on(session, following)
        if document is None:
            return heard
        heard = heard or len(document.root) > 0
        following = yield from carry_out(session, document, only=WHILE_WAITING)
    return heard
