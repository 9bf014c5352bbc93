"""Compares with the carrier's own list: texts whose sending nobody saw end, and texts that never reached us."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.delivery.client import CarrierDown, Listed
from bot.delivery.reports import take_report
from bot.dialog.intake import Arrival, take_in
from models.awarding.asking.contact import note_sent
from models.line import line, message_delivery, message_in, message_out
from models.session import SYSTEM, Actor
from workers import counts
from workers.tools import Tools, tools

log = logging.getLogger(__name__)

# Reports come within seconds where carriers give any; a carrier that gave none in an hour gives none.
ASK_AFTER = timedelta(minutes=2)
GIVE_UP_AFTER = timedelta(hours=1)

CARRIER = Actor("carrier", "sms")

# Longer than any drain needs from claim to result: ten seconds a call, a few calls to one number in a row.
LEASE = timedelta(seconds=45)

# How young a text may be to be still on its way through our own webhook, and how far back a first look goes.
STILL_ARRIVING = timedelta(seconds=60)
FIRST_LOOK = timedelta(days=1)
# The carrier's list may show a text a little after its date.
OVERLAP = timedelta(minutes=10)


def settle_stuck(queue: str, department_id: int) -> int:
    """Look up every text of the department that is `sending` beyond the lease; returns how many were settled.

    Found on the carrier's list it went out; not found it is sent again. A carrier that does not answer settles nothing.
    """
    kit = tools()
    kit.bell.answered(queue, department_id)
    with kit.database.begin([department_id]) as work:
        stuck = message_out.stuck(work, department_id, LEASE)
    settled = 0
    for row in stuck:
        try:
            sids = kit.carrier.find(row.to_number, row.from_number, row.claimed_at, row.body)
        except CarrierDown as error:
            log.warning("carrier does not answer", extra={"department": department_id, "why": str(error)})
            break
        settled += _settle(kit, department_id, row, sids)
    return settled


def hear_again() -> int:
    """Take in, on every line, the texts that the carrier has and we have not; returns how many."""
    kit = tools()
    with kit.database.engine.connect() as conn:
        numbers = line.numbers(conn)
    heard = 0
    for number in numbers:
        try:
            heard += _hear_line_again(kit, number)
        except CarrierDown as error:
            log.warning("carrier does not answer", extra={"why": str(error)})
            break
        except Exception:
            # One line's trouble must not keep the others unheard.
            log.exception("line not reconciled")
    return heard


def ask_after() -> int:
    """Ask the carrier what became of texts about awards and offers whose reports got lost; returns how many had news.

    Without it a text that never arrived would be taken for one that nobody answered.
    """
    kit = tools()
    news = 0
    for department_id in kit.database.departments():
        with kit.database.begin([department_id]) as work:
            unsettled = message_out.unsettled(work, department_id, ASK_AFTER, GIVE_UP_AFTER)
        try:
            news += sum(_ask_after(kit, department_id, row) for row in unsettled)
        except CarrierDown as error:
            log.warning("carrier does not answer", extra={"department": department_id, "why": str(error)})
            break
    return news


def _ask_after(kit: Tools, department_id: int, row: sa.Row[Any]) -> bool:
    report = kit.carrier.report_of(row.sid)
    if report is None or report.status == row.state:
        return False
    counts.reconciled.labels("asked_after").inc()
    outcome = take_report(kit.database, department_id, row.id, row.sid, report.status, report.error_code)
    return outcome == report.status


def _settle(kit: Tools, department_id: int, row: sa.Row[Any], sids: list[str]) -> bool:
    """In one transaction with the check which of the sids are other texts' of ours: two may read alike."""
    with kit.database.begin([department_id], CARRIER) as work:
        known = message_delivery.sids_known(work, department_id, sids)
        unknown = [sid for sid in sids if sid not in known]
        if unknown:
            counts.reconciled.labels("found").inc()
            note_sent(work, department_id, [row.id])
            return message_delivery.found(work, department_id, row.id, unknown[0])
        counts.reconciled.labels("sent_again").inc()
        return message_delivery.not_found(work, department_id, row.id, row.claimed_at)


def _hear_line_again(kit: Tools, number: str) -> int:
    until = datetime.now(UTC) - STILL_ARRIVING
    with kit.database.begin_on_line(number, SYSTEM) as (work, found):
        since = line.heard_until(work, number) if found is not None else None
    listed = kit.carrier.list_inbound(number, (since or until - FIRST_LOOK) - OVERLAP)
    missed = _unseen(kit, number, [each for each in listed if each.made_at <= until])
    for each in missed:
        counts.reconciled.labels("heard_late").inc()
        take_in(kit.database, _arrival(kit, each))
    with kit.database.begin_on_line(number, SYSTEM) as (work, _):
        line.note_heard(work, number, until)
    return len(missed)


def _unseen(kit: Tools, number: str, listed: list[Listed]) -> list[Listed]:
    with kit.database.begin_on_line(number, SYSTEM) as (work, found):
        if found is None:
            return []
        seen = message_in.sids_seen(work, found.department_id, [each.sid for each in listed])
    return [each for each in listed if each.sid not in seen]


def _arrival(kit: Tools, listed: Listed) -> Arrival:
    return Arrival(
        sid=listed.sid,
        from_number=listed.from_number,
        to_number=listed.to_number,
        body=listed.body,
        media=kit.carrier.media_of(listed) if listed.has_media else (),
        received_at=listed.made_at,
        raw={"MessageSid": listed.sid, "From": listed.from_number, "To": listed.to_number, "heard": "late"},
    )
