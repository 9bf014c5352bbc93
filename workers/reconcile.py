"""What came of texts and calls that nobody saw end: asked of the carrier, before anything goes out again."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bot.delivery.call_reports import take_call_report
from bot.delivery.client import Carrier, CarrierDown
from bot.delivery.reports import take_report
from models.awarding.asking.contact import note_sent
from models.line import call_placing, message_delivery, message_out, outbound_call
from models.line.outbox import Outbox
from models.session import Actor, Work
from workers import counts
from workers.tools import Tools, tools

log = logging.getLogger(__name__)

# Longer than any worker needs from claim to result: ten seconds a request, a few to one number in a row.
LEASE = timedelta(seconds=45)
# Reports come within seconds where carriers give any; a carrier that gave none of a text in an hour gives none.
ASK_AFTER = timedelta(minutes=2)
GIVE_UP_AFTER = timedelta(hours=1)
# A call is over within minutes: of one that rings or talks for longer, the report of its end got lost.
CALL_ASK_AFTER = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class _Lookup:
    """How one kind is looked up: on the carrier's list by what it was, and by its sid."""

    channel: str
    outbox: Outbox
    find: Callable[[Carrier, sa.Row[Any]], list[str]]
    found: Callable[[Work, int, int, str], bool]
    unended: Callable[[Work, int], list[sa.Row[Any]]]
    ask: Callable[[Tools, int, sa.Row[Any]], bool]


def settle_stuck(queue: str, department_id: int) -> int:
    """Look up all of the department that is on its way beyond the lease; returns how many were settled.

    Found on the carrier's list it went out; not found it goes out again. A silent carrier settles nothing.
    """
    kit = tools()
    kit.bell.answered(queue, department_id)
    return sum(_settle_kind(kit, department_id, lookup) for lookup in _LOOKUPS)


def ask_after() -> int:
    """Ask the carrier what became of awards, offers and calls whose reports got lost; returns how many had news.

    Without it a text that never arrived would be taken for one that nobody answered.
    """
    kit, news = tools(), 0
    for department_id in kit.database.departments():
        try:
            news += sum(_ask_kind(kit, department_id, lookup) for lookup in _LOOKUPS)
        except CarrierDown as error:
            _tell_down(department_id, error)
            break
    return news


def is_any_stuck(work: Work, department_id: int) -> bool:
    """Whether `settle_stuck` has something to look up."""
    return any(lookup.outbox.is_stuck(work, department_id, LEASE) for lookup in _LOOKUPS)


def _settle_kind(kit: Tools, department_id: int, lookup: _Lookup) -> int:
    with kit.database.begin([department_id]) as work:
        stuck = lookup.outbox.stuck(work, department_id, LEASE)
    settled = 0
    for row in stuck:
        try:
            sids = lookup.find(kit.carrier, row)
        except CarrierDown as error:
            _tell_down(department_id, error)
            break
        settled += _settle(kit, department_id, lookup, row, sids)
    return settled


def _settle(kit: Tools, department_id: int, lookup: _Lookup, row: sa.Row[Any], sids: list[str]) -> bool:
    """In one transaction with the check which of the sids are others' of ours: two texts may read alike."""
    with kit.database.begin([department_id], Actor("carrier", lookup.channel)) as work:
        known = lookup.outbox.sids_known(work, department_id, sids)
        unknown = [sid for sid in sids if sid not in known]
        if unknown:
            counts.reconciled.labels(f"{lookup.channel}_found").inc()
            return lookup.found(work, department_id, row.id, unknown[0])
        counts.reconciled.labels(f"{lookup.channel}_again").inc()
        return lookup.outbox.not_found(work, department_id, row.id, row.claimed_at)


def _ask_kind(kit: Tools, department_id: int, lookup: _Lookup) -> int:
    with kit.database.begin([department_id]) as work:
        unended = lookup.unended(work, department_id)
    news = sum(lookup.ask(kit, department_id, row) for row in unended)
    counts.reconciled.labels(f"{lookup.channel}_asked_after").inc(news)
    return news


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


def _tell_down(department_id: int, error: CarrierDown) -> None:
    log.warning("carrier does not answer", extra={"department": department_id, "why": str(error)})


_LOOKUPS = (
    _Lookup(
        channel="sms",
        outbox=message_delivery.OUTBOX,
        find=lambda carrier, row: carrier.find(row.to_number, row.from_number, row.claimed_at, row.body),
        found=_text_found,
        unended=lambda work, department_id: message_out.unsettled(work, department_id, ASK_AFTER, GIVE_UP_AFTER),
        ask=_ask_after_text,
    ),
    _Lookup(
        channel="voice",
        outbox=call_placing.OUTBOX,
        find=lambda carrier, row: carrier.find_calls(row.to_number, row.from_number, row.claimed_at),
        found=call_placing.placed,
        unended=lambda work, department_id: outbound_call.unended(work, department_id, CALL_ASK_AFTER),
        ask=_ask_after_call,
    ),
)
