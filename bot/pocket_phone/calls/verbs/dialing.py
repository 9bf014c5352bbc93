"""<Dial>: another phone, a client, whoever is first in a queue, or a conference.

Source: Twilio, "TwiML Voice: <Dial>". With an action the call goes on there, whatever became of the dialing; without
one with the next verb.
"""

import dataclasses
from xml.etree.ElementTree import Element

from bot.pocket_phone.calls.document import Document
from bot.pocket_phone.calls.events import Joined, LegOver, LegReady, Script, TimeUp, Wait, afterwards
from bot.pocket_phone.calls.legs import dial_leg
from bot.pocket_phone.calls.session import Session, goto_of
from bot.pocket_phone.calls.verbs.dial_conference import dial_conference
from bot.pocket_phone.calls.verbs.dial_queue import dial_queue
from bot.pocket_phone.calls.verbs.dialed import Dialed, ring_seconds
from bot.pocket_phone.calls.verbs.talking import talk

_PHONES = ("Number", "Client")


def run_dial(session: Session, document: Document, node: Element) -> Script:
    """Dial, talk, and tell the action what became of it."""
    nouns = [noun for noun in node if noun.tag in (*_PHONES, "Queue", "Conference")]
    if nouns and nouns[0].tag == "Queue":
        dialed = yield from dial_queue(session, document, node, nouns[0])
    elif nouns and nouns[0].tag == "Conference":
        dialed = yield from dial_conference(session, document, nouns[0])
    else:
        dialed = yield from _dial_phones(session, document, node, nouns or [_number(node)])
    return goto_of(document, node, **dialed.fields()) if node.get("action") else None


def _number(dial: Element) -> Element:
    """A number that stands in <Dial> itself."""
    noun = Element("Number")
    noun.text = dial.text
    return noun


@dataclasses.dataclass
class _Legs:
    """The phones that still ring, and how the last one ended."""

    ringing: list[str]
    last: LegOver | None = None


def _dial_phones(session: Session, document: Document, node: Element, nouns: list[Element]) -> Script:
    """All at once, or one after the other; the first to answer is connected."""
    rounds = [[noun] for noun in nouns] if node.get("sequential") == "true" else [nouns]
    if node.get("answerOnBridge") != "true":
        session.hear("ring")
    dialed = Dialed("failed")
    for each in rounds:
        dialed = yield from _one_round(session, document, node, each)
        if dialed.was_answered:
            return dialed
    return dialed


def _one_round(session: Session, document: Document, node: Element, nouns: list[Element]) -> Script:
    legs = _Legs([dial_leg(session, document, node, noun) for noun in nouns])
    wait = Wait("dial", ring_seconds(node))
    with afterwards(lambda: _give_up(session, legs, "no-answer")):
        while legs.ringing:
            event = yield wait
            if isinstance(event, LegReady) and event.sid in legs.ringing:
                legs.ringing.remove(event.sid)
                _give_up(session, legs, "canceled")
                return (yield from _connected(session, node, event.sid))
            if isinstance(event, LegOver) and event.sid in legs.ringing:
                legs.ringing.remove(event.sid)
                legs.last = event
            if isinstance(event, TimeUp):
                return Dialed("no-answer", legs.ringing[0])
    # What was taken up and hung up before it was connected has been completed, as Twilio tells it.
    return Dialed(legs.last.status, legs.last.sid) if legs.last else Dialed("failed")


def _connected(session: Session, node: Element, leg: str) -> Script:
    session.board.send_if_live(leg, Joined(session.sid))
    began = session.now()
    yield from talk(session, leg, hang_up_on_star=node.get("hangupOnStar") == "true")
    return Dialed("completed", leg, seconds=max(1, round(session.now() - began)), was_answered=True)


def _give_up(session: Session, legs: _Legs, status: str) -> None:
    """The phones that still ring need ring no more."""
    for leg in legs.ringing:
        session.board.end_if_live(leg, status)
    legs.ringing = []
