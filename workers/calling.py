"""The calls queue: has the carrier call who is to be called, each line at its own pace (workers/paced.py)."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

from bot.delivery.client import Refused, Result, Sent, Unknown
from models.line import call_placing
from models.line.call_placing import OUTBOX, DueCall
from models.line.hand_off import hand_off
from models.session import Actor, Work
from workers import counts
from workers.paced import Carrying, go_round
from workers.tools import Tools, tools

log = logging.getLogger(__name__)

CARRIER = Actor("carrier", "voice")
Outcome: TypeAlias = tuple[DueCall, Result]

THREADS = 8


def call(queue: str, department_id: int) -> int:
    """Answer the bell of a department's calls; returns how many the carrier took or refused."""
    kit = tools()
    kit.bell.answered(queue, department_id)
    return go_round(kit, department_id, _CALLS)


def _place(kit: Tools, department_id: int, calls: Sequence[DueCall]) -> list[Outcome]:
    with ThreadPoolExecutor(min(THREADS, len(calls)), thread_name_prefix="carrier") as pool:
        return list(zip(calls, pool.map(lambda each: kit.carrier.place_call(department_id, each), calls), strict=True))


def _settle(kit: Tools, department_id: int, outcomes: Sequence[Outcome]) -> None:
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
        OUTBOX.requeue(work, department_id, each.id, refused.retry_after, refused.code)
        OUTBOX.slow_down(work, each.line_id, refused.retry_after)
    if refused.failure.alerts and each.attempts == 1:
        hand_off(work, department_id, "call_refused", failure=refused.failure.word, call=each.id)


def _name_of(result: Result) -> str:
    return result.failure.word if isinstance(result, Refused) else type(result).__name__.lower()


_CALLS = Carrying(OUTBOX, call_placing.claim, _place, _settle)
