"""<Redirect>, <Hangup> and <Reject>: verbs after which nothing in the document is reached."""

from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from bot.pocket_phone.calls.document import Document
from bot.pocket_phone.calls.events import CallOver, Goto, Script
from bot.pocket_phone.calls.session import Session


def run_redirect(_session: Session, document: Document, node: Element) -> Script:
    yield from ()
    return Goto(urljoin(document.url, (node.text or "").strip()), node.get("method", "POST").upper())


def run_hangup(_session: Session, _document: Document, _node: Element) -> Script:
    yield from ()
    raise CallOver


def run_reject(session: Session, _document: Document, node: Element) -> Script:
    """Only an unanswered call can be turned away; after that it does nothing."""
    yield from ()
    if session.call.status != "ringing":
        return
    if node.get("reason") == "busy":
        raise CallOver("busy")
    session.hear("carrier", "The number you have dialed is not in service.")
    raise CallOver("no-answer")
