"""Carrying out TwiML: verb after verb, document after document, in Twilio's order.

A script is a generator. It yields what the call stands at (`Wait`) and is sent what happened (`Event`); it knows
neither threads nor time, so that tests and the page run the same one.
"""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from bot.pocket_phone.calls.document import Document
from bot.pocket_phone.calls.events import Goto, Moved, Script
from bot.pocket_phone.calls.session import APPLICATION_ERROR, Session
from bot.pocket_phone.calls.verbs.gathering import run_gather
from bot.pocket_phone.calls.verbs.leading_on import run_hangup, run_redirect, run_reject
from bot.pocket_phone.calls.verbs.prompts import run_prompt
from bot.pocket_phone.calls.verbs.recording import run_record
from bot.pocket_phone.twiml import SCHEMA_WARNING

Verb = Callable[[Session, Document, Element], Script]

VERBS: dict[str, Verb] = {
    "Say": run_prompt,
    "Play": run_prompt,
    "Pause": run_prompt,
    "Gather": run_gather,
    "Record": run_record,
    "Redirect": run_redirect,
    "Hangup": run_hangup,
    "Reject": run_reject,
}
# A call that begins with one of these is not taken up by it.
_WITHOUT_ANSWER = ("Reject", "Pause", "Redirect")


def follow(session: Session, document: Document | None) -> Script:
    """Carry out the document and what it leads to, until there is nothing more to do."""
    while True:
        try:
            if document is None:
                _tell_application_error(session)
                return
            goto = yield from carry_out(session, document)
            if goto is None:
                return
            document = session.fetch(goto)
        except Moved as moved:
            document = session.moved_to(moved)


def carry_out(session: Session, document: Document, *, only: frozenset[str] | None = None) -> Script:
    """One document; gives the `Goto` it ends with, None if it just ends.

    `only` names the verbs that count where the rest are ignored: while somebody waits, before two are connected.
    """
    for node in document.root:
        verb = VERBS.get(node.tag)
        if verb is None or (only is not None and node.tag not in only):
            session.warn(SCHEMA_WARNING, f"<{node.tag}> is not carried out here.", url=document.url)
            continue
        if node.tag not in _WITHOUT_ANSWER:
            session.answer()
        goto = yield from verb(session, document, node)
        if isinstance(goto, Goto):
            return goto
    return None


def _tell_application_error(session: Session) -> None:
    session.answer()
    session.hear("carrier", APPLICATION_ERROR)
