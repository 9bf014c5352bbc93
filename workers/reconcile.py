"""What came of texts and calls that nobody saw end: asked of the carrier, before anything goes out again."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bot.delivery.call_reports import take_call_report
from bot.delivery.reports import take_report
from models.awarding.asking.contact import note_sent
from models.line import call_placing, mail_delivery, message_delivery, message_out, outbound_call
from models.session import Actor, Work
from workers.lookup import Lookup, ask_everywhere, settle_kind
from workers.mailing import LEASE as MAIL_LEASE
from workers.mailing import send_stuck_again
from workers.tools import Tools, tools

# Longer than any worker needs from claim to result: ten seconds a request, a few to one number in a row.
LEASE = timedelta(seconds=45)
# Reports come within seconds where carriers give any; a carrier that gave none of a text in an hour gives none.
ASK_AFTER = timedelta(minutes=2)
GIVE_UP_AFTER = timedelta(hours=1)
# A call is over within minutes: of one that rings or talks for longer, the report of its end got lost.
CALL_ASK_AFTER = timedelta(minutes=3)

_OUTBOXES = (message_delivery.OUTBOX, call_placing.OUTBOX)


def settle_stuck(queue: str, department_id: int) -> int:
    """Look up all of the department that is on its way beyond the lease; returns how many were settled.

    Found on the carrier's list it went out; not found it goes out again. A silent carrier settles nothing. A mail
    server has no list (see workers/mailing.py).
    """
    kit = tools()
    kit.bell.answered(queue, department_id)
    settled = sum(settle_kind(kit, department_id, lookup) for lookup in _LOOKUPS)
    return settled + send_stuck_again(kit, department_id)


def ask_after() -> int:
    """Ask the carrier what became of awards, offers and calls whose reports got lost; returns how many had news.

    Without it a text that never arrived would be taken for one that nobody answered.
    """
    return ask_everywhere(_LOOKUPS)


def is_any_stuck(work: Work, department_id: int) -> bool:
    """Whether `settle_stuck` has something to look up."""
    is_mail_stuck = mail_delivery.OUTBOX.is_stuck(work, department_id, MAIL_LEASE)
    return is_mail_stuck or any(outbox.is_stuck(work, department_id, LEASE) for outbox in _OUTBOXES)


def _text_found(work: Work, department_id: int, message_id: int, sid: str) -> bool:
    note_sent(work, department_id, [message_id])
    return bool(message_delivery.accept(work, department_id, {message_id: sid}))


def _ask_after_text(kit: Tools, department_id: int, row: sa.Row[Any]) -> bool:
    report = kit.carrier.report_of(row.sid)
    if report is None or report.status == row.state:
        return False
    outcome = take_report(kit.database, department_id, row.id, row.sid, report.status, report.error_code)
    return outcome == report.status


def _ask_after_call(kit: Tools, department_id: int, row: sa.Row[Any]) -> bool:
    report = kit.carrier.call_report_of(row.sid)
    if report is None or report.status in ("ringing", "answered"):
        return False
    outcome = take_call_report(
        kit.database, department_id, row.id, row.sid, report.status, report.error_code, report.by_machine
    )
    return outcome == report.status


_LOOKUPS = (
    Lookup(
        name="sms",
        actor=Actor("carrier", "sms"),
        stuck=lambda work, department_id: message_delivery.OUTBOX.stuck(work, department_id, LEASE),
        find=lambda carrier, row: carrier.find(row.to_number, row.from_number, row.claimed_at, row.body),
        sids_known=message_delivery.OUTBOX.sids_known,
        found=_text_found,
        not_found=lambda work, d, row: message_delivery.OUTBOX.not_found(work, d, row.id, row.claimed_at),
        unended=lambda work, department_id: message_out.unsettled(work, department_id, ASK_AFTER, GIVE_UP_AFTER),
        ask=_ask_after_text,
    ),
    Lookup(
        name="voice",
        actor=Actor("carrier", "voice"),
        stuck=lambda work, department_id: call_placing.OUTBOX.stuck(work, department_id, LEASE),
        find=lambda carrier, row: carrier.find_calls(row.to_number, row.from_number, row.claimed_at),
        sids_known=call_placing.OUTBOX.sids_known,
        found=call_placing.placed,
        not_found=lambda work, d, row: call_placing.OUTBOX.not_found(work, d, row.id, row.claimed_at),
        unended=lambda work, department_id: outbound_call.unended(work, department_id, CALL_ASK_AFTER),
        ask=_ask_after_call,
    ),
)
