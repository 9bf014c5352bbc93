"""The life of a call from its first ring to its end, as a script: one that comes in, one that the REST API begins."""

from urllib.parse import urlsplit

from bot.pocket_phone.calls.call_line import lines_of_call
from bot.pocket_phone.calls.document import Document
from bot.pocket_phone.calls.events import Goto, Script, Wait, afterwards
from bot.pocket_phone.calls.fields import call_fields
from bot.pocket_phone.calls.interpreter import follow
from bot.pocket_phone.calls.recording import add_recording, recording_fields
from bot.pocket_phone.calls.ringing import advance, connect, ring, until_over
from bot.pocket_phone.calls.session import Session


def incoming(session: Session, goto: Goto) -> Script:
    """Somebody calls one of our lines."""

    def talk() -> Script:
        yield from follow(session, session.fetch(goto))

    return until_over(session, talk())


def connected(session: Session) -> Script:
    """A client connects, with TwiML that says what it wants."""

    def talk() -> Script:
        yield from follow(session, session.given(session.call.orders.twiml))

    return until_over(session, talk())


def outgoing(session: Session, *, delay_seconds: float) -> Script:
    """The account calls somebody, when it is this call's turn."""

    def talk() -> Script:
        if delay_seconds > 0:
            yield Wait("its turn", delay_seconds, is_real=True)
        advance(session, "initiated")
        by = yield from ring(session)
        connect(session, by)
        with afterwards(lambda: _keep_recording(session)):
            yield from follow(session, _first_document(session))

    return until_over(session, talk())


def _first_document(session: Session) -> Document | None:
    orders = session.call.orders
    return session.fetch(Goto(orders.url, orders.method)) if orders.url else session.given(orders.twiml)


def _keep_recording(session: Session) -> None:
    """A call that was to be recorded has been, from the moment it was taken up."""
    board, call = session.board, session.call
    if not call.orders.record:
        return
    text = " ".join(line.text for line in lines_of_call(board.store, call.sid) if line.kind == "said")
    seconds = session.seconds_connected()
    recording = add_recording(board.store, call.sid, source="OutboundAPI", text=text, duration_seconds=seconds)
    if urlsplit(call.orders.recording_status_callback).scheme:
        fields = call_fields(board.settings, call) | recording_fields(board.settings, recording)
        board.tell(call, call.orders.recording_status_callback, fields)
