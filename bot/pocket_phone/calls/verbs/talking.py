"""Two calls connected: what one says the other hears, until one of them is gone."""

from bot.pocket_phone.calls.carrying import carry_out, go_on
from bot.pocket_phone.calls.events import CallOver, Goto, LegOver, Pressed, Said, Script, Wait, afterwards
from bot.pocket_phone.calls.session import Session

# What somebody may hear before he is connected.
BEFORE_CONNECTING = frozenset({"Say", "Play", "Pause", "Gather", "Record", "Redirect", "Hangup", "Reject"})


def talk(session: Session, other: str, *, hang_up_on_star: bool = False) -> Script:
    """Until the other side is gone, or this side ends it; either way the other side is told."""
    board, wait = session.board, Wait("talk")
    session.hear("connected", board.call(other).phone)
    with afterwards(lambda: board.send_if_live(other, LegOver(session.sid))):
        while True:
            event = yield wait
            if isinstance(event, LegOver) and event.sid == other:
                return
            if isinstance(event, Said):
                board.overhear(other, "voice", event.text)
            if isinstance(event, Pressed):
                board.overhear(other, "tone", event.keys)
                if hang_up_on_star and "*" in event.keys:
                    return


def hear_first(session: Session, goto: Goto) -> Script:
    """Let him hear this before he is connected; what cannot be had, or hangs up, ends the call."""
    following: Goto | None = goto
    while following:
        document = yield from go_on(session, following)
        if document is None:
            raise CallOver
        following = yield from carry_out(session, document, only=BEFORE_CONNECTING)
