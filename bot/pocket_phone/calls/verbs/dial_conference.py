"""<Dial><Conference>: everybody in it hears everybody else.

Source: Twilio, "TwiML Voice: <Conference>".
"""

from email.utils import formatdate
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from bot.pocket_phone.calls.conferences import Conference, Participant
from bot.pocket_phone.calls.document import Document
from bot.pocket_phone.calls.events import Goto, LegOver, Said, Script, Taken, Wait, afterwards
from bot.pocket_phone.calls.session import Session
from bot.pocket_phone.calls.verbs.dialed import Dialed
from bot.pocket_phone.calls.verbs.holding import GotoNow, hold

# The event by its short name in TwiML, and as the callback calls it.
_EVENTS = {
    "start": "conference-start",
    "end": "conference-end",
    "join": "participant-join",
    "leave": "participant-leave",
}


def dial_conference(session: Session, document: Document, noun: Element) -> Script:
    """Be in the conference until it ends, or this call leaves it; gives what became of it."""
    board, began = session.board, session.now()
    participant = Participant(
        session.sid,
        starts=noun.get("startConferenceOnEnter", "true") != "false",
        ends=noun.get("endConferenceOnExit") == "true",
    )
    conference, begins = board.conferences.join((noun.text or "").strip(), participant)
    _note_callback(conference, document, noun)
    _tell(session, conference, "join", participant)
    with afterwards(lambda: _leave(session, conference)):
        if begins:
            _tell(session, conference, "start")
            for other in conference.others(session.sid):
                board.send_if_live(other, Taken(conference.sid))
        _beep(session, conference, noun)
        if not conference.has_begun:
            yield from hold(session, _wait_goto(document, noun, conference), on="conference")
        yield from _confer(session, conference)
    return Dialed("answered", seconds=round(session.now() - began), was_answered=True)


def _confer(session: Session, conference: Conference) -> Script:
    wait = Wait("conference")
    while not conference.is_over:
        event = yield wait
        if isinstance(event, LegOver) and event.sid == conference.sid:
            return
        if isinstance(event, Said):
            for other in conference.others(session.sid):
                session.board.overhear(other, "voice", event.text)


def _leave(session: Session, conference: Conference) -> None:
    """Out of it; if it ends by that, everybody else is out of it too, and only then it has ended."""
    board, participant = session.board, conference.participants.get(session.sid)
    if participant is None:
        return
    ends = board.conferences.leave(conference, session.sid)
    _tell(session, conference, "leave", participant)
    if not ends:
        return
    others = list(conference.participants.values())
    conference.participants.clear()
    for other in others:
        _tell(session, conference, "leave", other)
        # Who still hears music would not notice otherwise.
        board.send_if_live(other.sid, LegOver(conference.sid) if conference.has_begun else Taken(conference.sid))
    _tell(session, conference, "end")


def _beep(session: Session, conference: Conference, noun: Element) -> None:
    if noun.get("beep", "true") in ("true", "onEnter") and conference.has_begun:
        for each in conference.participants:
            session.board.overhear(each, "beep", "")


def _wait_goto(document: Document, noun: Element, conference: Conference) -> GotoNow:
    address = noun.get("waitUrl")
    fields = {"ConferenceSid": conference.sid, "FriendlyName": conference.name}
    if not address:
        return lambda: None
    goto = Goto(urljoin(document.url, address), noun.get("waitMethod", "POST").upper(), fields)
    return lambda: goto


def _note_callback(conference: Conference, document: Document, noun: Element) -> None:
    address = noun.get("statusCallback")
    if address and not conference.callback_url:
        conference.callback_url = urljoin(document.url, address)
        conference.callback_events = tuple(noun.get("statusCallbackEvent", "start end").split())


def _tell(session: Session, conference: Conference, event: str, participant: Participant | None = None) -> None:
    if not conference.callback_url or event not in conference.callback_events:
        return
    conference.told += 1
    fields = {
        "AccountSid": session.board.settings.account_sid,
        "ConferenceSid": conference.sid,
        "FriendlyName": conference.name,
        "StatusCallbackEvent": _EVENTS[event],
        "SequenceNumber": str(conference.told),
        "Timestamp": formatdate(),
    }
    if event == "end":
        fields["CallSidEndingConference"] = session.sid
    session.board.tell_about(conference.sid, conference.callback_url, fields | _about(participant))


def _about(participant: Participant | None) -> dict[str, str]:
    if participant is None:
        return {}
    return {
        "CallSid": participant.sid,
        "Muted": "false",
        "Hold": "false",
        "Coaching": "false",
        "StartConferenceOnEnter": str(participant.starts).lower(),
        "EndConferenceOnExit": str(participant.ends).lower(),
    }
