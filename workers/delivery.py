"""The delivery queue: hands due texts to the carrier, each line at its own pace (workers/paced.py)."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import groupby
from typing import TypeAlias

from bot.delivery.client import Refused, Result, Sent, Unknown
from models.awarding.asking.contact import note_sent
from models.line import message_delivery
from models.line.hand_off import hand_off
from models.line.message_delivery import OUTBOX, DueText
from models.session import Actor, Work
from workers import counts
from workers.paced import Carrying, go_round
from workers.tools import Tools, tools

log = logging.getLogger(__name__)

CARRIER = Actor("carrier", "sms")
Outcome: TypeAlias = tuple[DueText, Result]

THREADS = 8

# Kept from batch to batch, and so are their connections; a thread begins when it is first needed.
_CALLERS = ThreadPoolExecutor(THREADS, thread_name_prefix="carrier")


def deliver(queue: str, department_id: int) -> int:
    """Answer the delivery bell of a department; returns how many texts the carrier took or refused."""
    kit = tools()
    kit.bell.answered(queue, department_id)
    return go_round(kit, department_id, _TEXTS)


def hand_over(kit: Tools, department_id: int, texts: Sequence[DueText]) -> list[Outcome]:
    """Call the carrier for each, several at once; texts of one person go one after another, in order."""
    by_number = sorted(texts, key=lambda text: text.to_number)
    batches = [list(group) for _, group in groupby(by_number, key=lambda text: text.to_number)]
    if len(batches) == 1:
        return _hand_over_in_order(kit, department_id, batches[0])
    done = _CALLERS.map(lambda batch: _hand_over_in_order(kit, department_id, batch), batches)
    return [outcome for batch in done for outcome in batch]


def _hand_over_in_order(kit: Tools, department_id: int, texts: list[DueText]) -> list[Outcome]:
    """Stops at the first that must wait: what follows waits with it, so that the person reads them in order."""
    outcomes: list[Outcome] = []
    for place, text in enumerate(texts):
        result = kit.carrier.send(department_id, text)
        outcomes.append((text, result))
        if isinstance(result, Refused) and result.retry_after is not None:
            later = Refused(result.failure, result.code, result.retry_after)
            return outcomes + [(following, later) for following in texts[place + 1 :]]
    return outcomes


def settle(kit: Tools, department_id: int, outcomes: Sequence[Outcome]) -> None:
    """Write down what the carrier said of each. What nobody knows stays `sending` until it is looked up."""
    with kit.database.begin([department_id], CARRIER) as work:
        taken = {text.id: result.sid for text, result in outcomes if isinstance(result, Sent)}
        message_delivery.accept(work, department_id, taken)
        note_sent(work, department_id, list(taken))
        for text, result in outcomes:
            if isinstance(result, Refused):
                _settle_refusal(work, department_id, text, result)
    for text, result in outcomes:
        counts.texts_out.labels(_name_of(result)).inc()
        _tell(department_id, text, result)


def _tell(department_id: int, text: DueText, result: Result) -> None:
    """One line a text: `reply` is its row, `text` the carrier's sid, as on the lines of its reports."""
    told = {"reply": f"{department_id}-{text.id}", "outcome": _name_of(result)}
    if isinstance(result, Sent):
        log.info("handed over", extra={**told, "text": result.sid})
    elif isinstance(result, Unknown):
        log.warning("carrier unclear", extra={**told, "why": result.reason})
    else:
        log.warning("not taken", extra={**told, "code": result.code})


def _settle_refusal(work: Work, department_id: int, text: DueText, refused: Refused) -> None:
    failure = refused.failure
    if refused.is_opt_out:
        message_delivery.stop_texting(work, department_id, text)
    elif refused.retry_after is None:
        message_delivery.refuse(work, department_id, text.id, failure.word, refused.code)
    else:
        OUTBOX.requeue(work, department_id, text.id, refused.retry_after, refused.code)
    if failure.slows_line:
        OUTBOX.slow_down(work, text.line_id, refused.retry_after or timedelta(minutes=1))
    if failure.alerts and text.attempts == 1:
        hand_off(work, department_id, "text_refused", person_id=text.person_id, failure=failure.word, text=text.id)


def _name_of(result: Result) -> str:
    return result.failure.word if isinstance(result, Refused) else type(result).__name__.lower()


_TEXTS = Carrying(OUTBOX, message_delivery.claim, hand_over, settle)
