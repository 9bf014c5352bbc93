"""<Dial><Queue>: serve whoever is first in a queue, or wait for somebody to come.

Source: Twilio, "TwiML Voice: <Queue>".
"""

from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from bot.pocket_phone.calls.document import Document
from bot.pocket_phone.calls.events import Goto, LegOver, LegReady, Script, Taken, TimeUp, Wait
from bot.pocket_phone.calls.queues import Member, Queue
from bot.pocket_phone.calls.session import Session
from bot.pocket_phone.calls.verbs.dialed import Dialed, ring_seconds
from bot.pocket_phone.calls.verbs.talking import talk


def dial_queue(session: Session, document: Document, dial: Element, noun: Element) -> Script:
    """Talk to the first in the queue; gives what became of it."""
    queue = session.board.queues.find((noun.text or "").strip())
    if queue is None:
        return Dialed("failed", more={"DequeueResult": "queue-not-found"})
    member = yield from _first(session, queue, ring_seconds(dial))
    if member is None:
        return Dialed("no-answer", more={"DequeueResult": "timeout", "QueueSid": queue.sid})
    waited = round(member.waited())
    is_there = yield from _take(session, document, noun, member)
    began = session.now()
    if is_there:
        yield from talk(session, member.sid)
    more = {
        "DequeueResult": "bridged" if is_there else "hangup",
        "DequeuedCallSid": member.sid,
        "DequeuedCallQueueTime": str(waited),
        "DequeuedCallDuration": str(round(session.now() - began)),
        "QueueSid": queue.sid,
    }
    return Dialed("completed", member.sid, seconds=round(session.now() - began), was_answered=is_there, more=more)


def _first(session: Session, queue: Queue, seconds: int) -> Script:
    """The first who waits; else whoever comes in time, or None."""
    queue.watchers.append(session.sid)
    wait = Wait("dial", seconds)
    try:
        while (member := queue.take_first()) is None:
            if isinstance((yield wait), TimeUp):
                return None
        return member
    finally:
        queue.watchers.remove(session.sid)


def _take(session: Session, document: Document, noun: Element, member: Member) -> Script:
    """Get him out of his waiting; gives whether he is still there when he has heard what he hears first."""
    address = noun.get("url")
    goto = Goto(urljoin(document.url, address), noun.get("method", "POST").upper()) if address else None
    session.board.send_if_live(member.sid, Taken(session.sid, goto))
    wait = Wait("dial")
    while session.board.is_live(member.sid):
        event = yield wait
        if isinstance(event, LegReady) and event.sid == member.sid:
            return True
        if isinstance(event, LegOver) and event.sid == member.sid:
            return False
    return False
