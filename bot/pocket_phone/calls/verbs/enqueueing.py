"""<Enqueue> and <Leave>: a caller waits until somebody takes him, or he gives up.

Source: Twilio, "TwiML Voice: <Enqueue>": the action hears how it ended when it has; of who was taken, when he has been
served.
"""

from collections.abc import Callable
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from bot.pocket_phone.calls.document import Document
from bot.pocket_phone.calls.events import CallOver, Changed, Goto, LeftQueue, LegReady, Moved, Script, Taken
from bot.pocket_phone.calls.fields import call_fields
from bot.pocket_phone.calls.queues import Queue
from bot.pocket_phone.calls.session import Session, goto_of
from bot.pocket_phone.calls.verbs.holding import GotoNow, hold
from bot.pocket_phone.calls.verbs.talking import hear_first, talk


def run_enqueue(session: Session, document: Document, node: Element) -> Script:
    """Wait in the queue; afterwards the action, if there is one, else the next verb."""
    board, queue = session.board, session.board.queues.named((node.text or "").strip())
    waited = _stopwatch(session)
    if not queue.join(session.sid, waited):
        return _left(document, node, queue, "queue-full", 0)
    for watcher in list(queue.watchers):
        board.send_if_live(watcher, Changed())
    try:
        taken = yield from hold(session, _wait_goto(session, document, node, queue, waited), on="queue")
    except LeftQueue:
        return _left(document, node, queue, "leave", waited())
    except (CallOver, Moved) as gone:
        _tell_gone(session, document, node, queue, gone, waited())
        raise
    finally:
        queue.leave(session.sid)
    seconds = waited()
    yield from _served(session, taken, queue, seconds)
    return _left(document, node, queue, "bridged", seconds)


def run_leave(session: Session, _document: Document, _node: Element) -> Script:
    """Out of the queue and on with the document that led into it; elsewhere it does nothing."""
    yield from ()
    if session.board.queues.holding(session.sid):
        raise LeftQueue


def _stopwatch(session: Session) -> Callable[[], float]:
    began = session.now()
    return lambda: session.now() - began


def _wait_goto(
    session: Session, document: Document, node: Element, queue: Queue, waited: Callable[[], float]
) -> GotoNow:
    def now() -> Goto | None:
        address = node.get("waitUrl")
        if not address:
            return None
        fields = {
            "QueueSid": queue.sid,
            "QueueTime": str(round(waited())),
            "QueuePosition": str(queue.position(session.sid)),
            "CurrentQueueSize": str(len(queue.members)),
            "AvgQueueTime": str(queue.average_wait),
        }
        return Goto(urljoin(document.url, address), node.get("waitUrlMethod", "POST").upper(), fields)

    return now


def _served(session: Session, taken: Taken, queue: Queue, seconds: float) -> Script:
    """What is to be heard first, then the conversation."""
    if taken.goto:
        fields = {"QueueSid": queue.sid, "QueueTime": str(round(seconds)), "DequeingCallSid": taken.sid}
        yield from hear_first(session, Goto(taken.goto.url, taken.goto.method, fields))
    session.board.send_if_live(taken.sid, LegReady(session.sid))
    yield from talk(session, taken.sid)


def _left(document: Document, node: Element, queue: Queue, result: str, seconds: float) -> Goto | None:
    return goto_of(document, node, **_fields(queue, result, seconds)) if node.get("action") else None


def _tell_gone(
    session: Session, document: Document, node: Element, queue: Queue, gone: CallOver | Moved, seconds: float
) -> None:
    """Nobody carries out what the action answers: the caller is gone, or elsewhere."""
    if not node.get("action"):
        return
    result = "hangup" if isinstance(gone, CallOver) else "redirected"
    goto = goto_of(document, node, **_fields(queue, result, seconds))
    fields = call_fields(session.board.settings, session.call) | goto.fields
    session.board.tell(session.call, goto.url, fields | ({"CallStatus": "completed"} if result == "hangup" else {}))


def _fields(queue: Queue, result: str, seconds: float) -> dict[str, str]:
    return {"QueueResult": result, "QueueSid": queue.sid, "QueueTime": str(round(seconds))}
