"""Carrying out one document, verb after verb.

A script is a generator. It yields what the call stands at (`Wait`) and is sent what happened (`Event`); it knows
neither threads nor time, so that tests and the page run the same one.
"""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from bot.pocket_phone.calls.document import Document
from bot.pocket_phone.calls.events import Goto, Script, Wait
from bot.pocket_phone.calls.session import Session
from bot.pocket_phone.twiml import SCHEMA_WARNING

Verb = Callable[[Session, Document, Element], Script]

# Filled by the interpreter: verbs that make people wait carry out documents themselves.
VERBS: dict[str, Verb] = {}
# So many documents without anybody doing anything go round in circles, and would for hours.
MOST_DOCUMENTS = 25
# A call that begins with one of these is not taken up by it.
_WITHOUT_ANSWER = ("Reject", "Pause", "Redirect")


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


def go_on(session: Session, goto: Goto) -> Script:
    """Fetch the next document; gives None if it cannot be had. What goes round in circles does so slowly."""
    if session.documents > MOST_DOCUMENTS:
        yield Wait("playing", 1.0)
    return session.fetch(goto)
