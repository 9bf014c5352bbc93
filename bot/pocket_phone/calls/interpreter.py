"""Carrying out TwiML, document after document, in Twilio's order; and which verbs there are."""

from bot.pocket_phone.calls.carrying import VERBS, carry_out, go_on
from bot.pocket_phone.calls.document import Document
from bot.pocket_phone.calls.events import Moved, Script
from bot.pocket_phone.calls.session import APPLICATION_ERROR, Session
from bot.pocket_phone.calls.verbs.dialing import run_dial
from bot.pocket_phone.calls.verbs.enqueueing import run_enqueue, run_leave
from bot.pocket_phone.calls.verbs.gathering import run_gather
from bot.pocket_phone.calls.verbs.leading_on import run_hangup, run_redirect, run_reject
from bot.pocket_phone.calls.verbs.prompts import run_prompt
from bot.pocket_phone.calls.verbs.recording import run_record

VERBS.update(
    {
        "Say": run_prompt,
        "Play": run_prompt,
        "Pause": run_prompt,
        "Gather": run_gather,
        "Record": run_record,
        "Enqueue": run_enqueue,
        "Leave": run_leave,
        "Dial": run_dial,
        "Redirect": run_redirect,
        "Hangup": run_hangup,
        "Reject": run_reject,
    }
)


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
            document = yield from go_on(session, goto)
        except Moved as moved:
            document = session.moved_to(moved)


def _tell_application_error(session: Session) -> None:
    session.answer()
    session.hear("carrier", APPLICATION_ERROR)
