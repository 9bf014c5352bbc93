"""The calls queue: has the carrier call who is to be called, each line at its own pace.

Two transactions and nothing open between them: claim, place, settle. Whoever dies in the middle leaves calls `placing`:
they are looked up on the carrier's list before anybody's phone rings again. Nobody is lost, and nobody called twice.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, TypeAlias

import sqlalchemy as sa

from bot.delivery.call_reports import take_call_report
from bot.delivery.client import CarrierDown, Refused, Result, Sent, Unknown
from models.line import call_placing, outbound_call
from models.line.call_placing import CallClaim, DueCall
from models.line.hand_off import hand_off
from models.retry import whole
from models.session import Actor, Work
from workers import counts
from workers.paced import go_round
from workers.tools import Tools, tools

log = logging.getLogger(__name__)

CARRIER = Actor("carrier", "voice")
Outcome: TypeAlias = tuple[DueCall, Result]

BATCH = 20
THREADS = 8
# How long a result waits for a PostgreSQL that restarts before its call is left to be looked up.
PATIENCE_SECONDS = 5.0
# Longer than any worker needs from claim to result.
LEASE = timedelta(seconds=45)
# A call is over within minutes: of one that rings or talks for longer, the report of its end got lost.
ASK_AFTER = timedelta(minutes=3)


def call(queue: str, department_id: int) -> int:
    """Answer the bell of a department's calls; returns how many the carrier took or refused."""
    kit = tools()
    kit.bell.answered(queue, department_id)
    settle_stuck(kit, department_id)
    return go_round(kit, queue, department_id, _round)


def settle_stuck(kit: Tools, department_id: int) -> int:
    """Look up every call of the department that is `placing` beyond the lease; returns how many were settled.

    Found on the carrier's list it was placed; not found it is placed again. A silent carrier settles none.
    """
    with kit.database.begin([department_id]) as work:
        stuck = outbound_call.stuck(work, department_id, LEASE)
    settled = 0
    for row in stuck:
        try:
            sids = kit.carrier.find_calls(row.to_number, row.from_number, row.claimed_at)
        except CarrierDown as error:
            log.warning("carrier does not answer", extra={"department": department_id, "why": str(error)})
            break
        settled += _settle_stuck(kit, department_id, row, sids)
    return settled


def ask_after() -> int:
    """Ask the carrier what became of calls whose end nobody reported; returns how many had ended."""
    kit, ended = tools(), 0
    for department_id in kit.database.departments():
        with kit.database.begin([department_id]) as work:
            unended = outbound_call.unended(work, department_id, ASK_AFTER)
        try:
            ended += sum(_ask_after(kit, department_id, row) for row in unended)
        except CarrierDown as error:
            log.warning("carrier does not answer", extra={"department": department_id, "why": str(error)})
            break
    return ended


def _round(kit: Tools, department_id: int) -> tuple[int, float | None]:
    """One claim; returns calls handled, and seconds to the next that is due, None when none is."""
    claims = whole(lambda: _claim(kit, department_id), patience_seconds=PATIENCE_SECONDS)
    calls = [each for claim in claims for each in claim.calls]
    if calls:
        outcomes = _place(kit, department_id, calls)
        whole(lambda: _settle(kit, department_id, outcomes), patience_seconds=PATIENCE_SECONDS)
    return len(calls), min((claim.paced_seconds for claim in claims if claim.paced_seconds is not None), default=None)


def _claim(kit: Tools, department_id: int) -> list[CallClaim]:
    with kit.database.begin([department_id]) as work:
        return [
            call_placing.claim(work, department_id, line_id, BATCH)
            for line_id in call_placing.lines_due(work, department_id)
        ]


def _place(kit: Tools, department_id: int, calls: list[DueCall]) -> list[Outcome]:
    with ThreadPoolExecutor(min(THREADS, len(calls)), thread_name_prefix="carrier") as pool:
        return list(zip(calls, pool.map(lambda each: kit.carrier.place_call(department_id, each), calls), strict=True))


def _settle(kit: Tools, department_id: int, outcomes: list[Outcome]) -> None:
    """Write down what the carrier said of each. What nobody knows stays `placing` until it is looked up."""
    with kit.database.begin([department_id], CARRIER) as work:
        for each, result in outcomes:
            if isinstance(result, Sent):
                call_placing.placed(work, department_id, each.id, result.sid)
            elif isinstance(result, Refused):
                _settle_refusal(work, department_id, each, result)
    for each, result in outcomes:
        counts.calls_out.labels(_name_of(result)).inc()
        told = {"call": f"{department_id}-{each.id}", "outcome": _name_of(result)}
        if isinstance(result, Unknown):
            log.warning("carrier unclear", extra={**told, "why": result.reason})
        else:
            log.info("call put to the carrier", extra=told)


def _settle_refusal(work: Work, department_id: int, each: DueCall, refused: Refused) -> None:
    if refused.retry_after is None:
        call_placing.refuse(work, department_id, each.id, each.to_number, refused.failure.word, refused.code)
    else:
        call_placing.requeue(work, department_id, each.id, refused.retry_after, refused.code)
        call_placing.rest(work, each.line_id, refused.retry_after)
    if refused.failure.alerts and each.attempts == 1:
        hand_off(work, department_id, "call_refused", failure=refused.failure.word, call=each.id)


def _settle_stuck(kit: Tools, department_id: int, row: sa.Row[Any], sids: list[str]) -> bool:
    """In one transaction with the check which of the sids are other calls' of ours."""
    with kit.database.begin([department_id], CARRIER) as work:
        known = call_placing.sids_known(work, department_id, sids)
        unknown = [sid for sid in sids if sid not in known]
        if unknown:
            counts.reconciled.labels("call_found").inc()
            return call_placing.placed(work, department_id, row.id, unknown[0])
        counts.reconciled.labels("call_again").inc()
        return call_placing.not_found(work, department_id, row.id, row.claimed_at)


def _ask_after(kit: Tools, department_id: int, row: sa.Row[Any]) -> bool:
    report = kit.carrier.call_report_of(row.sid)
    if report is None or report.status in ("ringing", "answered"):
        return False
    counts.reconciled.labels("call_asked_after").inc()
    outcome = take_call_report(
        kit.database, department_id, row.id, row.sid, report.status, report.error_code, report.by_machine
    )
    return outcome == report.status


def _name_of(result: Result) -> str:
    return result.failure.word if isinstance(result, Refused) else type(result).__name__.lower()
