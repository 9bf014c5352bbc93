"""A leg: the phone or the client that <Dial> rings, until it is connected or given up."""

from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from bot.pocket_phone.calls.call import Orders, add_call
from bot.pocket_phone.calls.document import Document
from bot.pocket_phone.calls.events import Goto, Joined, LegOver, LegReady, Script, Wait
from bot.pocket_phone.calls.habit import habit_of
from bot.pocket_phone.calls.ringing import advance, connect, ring, until_over
from bot.pocket_phone.calls.session import Session
from bot.pocket_phone.calls.verbs.dialed import ring_seconds
from bot.pocket_phone.calls.verbs.talking import hear_first, talk
from bot.pocket_phone.numbers import e164


def dial_leg(parent: Session, document: Document, dial: Element, noun: Element) -> str:
    """Ring the phone of this <Number> or <Client>; gives the leg's sid."""
    board, call, to_number = parent.board, parent.call, _address(noun)
    is_timed = call.is_timed or habit_of(board.store, to_number).is_timed
    leg = add_call(
        board.store,
        direction="outbound-dial",
        from_number=dial.get("callerId") or call.from_number,
        to_number=to_number,
        status="queued",
        orders=_orders(document, dial, noun),
        parent_sid=call.sid,
        is_timed=is_timed,
        clock_at=call.clock_at,
    )
    session = Session(board, leg.sid)
    address = noun.get("url")
    goto = Goto(urljoin(document.url, address), noun.get("method", "POST").upper()) if address else None
    board.begin(session, _leg(session, parent.sid, goto), is_timed=is_timed)
    return leg.sid


def _address(noun: Element) -> str:
    if noun.tag == "Client":
        identity = noun.findtext("Identity") or noun.text or ""
        return f"client:{identity.strip()}"
    text = (noun.text or "").strip()
    return e164(text) or text


def _orders(document: Document, dial: Element, noun: Element) -> Orders:
    callback = noun.get("statusCallback")
    return Orders(
        timeout_seconds=ring_seconds(dial),
        status_callback=urljoin(document.url, callback) if callback else "",
        status_callback_events=tuple(noun.get("statusCallbackEvent", "completed").split()),
        machine_detection=noun.get("machineDetection", ""),
        send_digits=noun.get("sendDigits", ""),
    )


def _leg(session: Session, parent_sid: str, goto: Goto | None) -> Script:
    def life() -> Script:
        advance(session, "initiated")
        connect(session, (yield from ring(session)))
        if goto:
            yield from hear_first(session, goto)
        session.board.send_if_live(parent_sid, LegReady(session.sid))
        yield from _talk_when_joined(session)

    yield from until_over(session, life())
    session.board.send_if_live(parent_sid, LegOver(session.sid, session.call.status))


def _talk_when_joined(session: Session) -> Script:
    wait = Wait("talk")
    while not isinstance(event := (yield wait), Joined):
        pass
    yield from talk(session, event.sid)
