"""What the carrier reports of a text after it took it: one status, in one transaction, with what follows from it."""

import logging

from bot.delivery.failures import Failure, failure_of
from models.line.hand_off import hand_off
from models.line.message_delivery import slow_down_line_of
from models.line.message_status import FAILED, NoSuchMessage, record_status
from models.retry import whole
from models.session import Actor, Database, Work

log = logging.getLogger(__name__)

CARRIER = Actor("carrier", "sms")

# How long a report waits for a PostgreSQL that restarts: the carrier gives us fifteen seconds, and reports only once.
PATIENCE_SECONDS = 10.0


def take_report(
    database: Database, department_id: int, message_id: int, sid: str, status: str, error_code: int | None
) -> str:
    """Take down that the text under `sid` is `status` (our word); late, twice and out of order do no harm.

    Returns the status, `seen` when it was here before, or `not_ours` for a text this department does not have.
    """
    return whole(
        lambda: _take(database, department_id, message_id, sid, status, error_code), patience_seconds=PATIENCE_SECONDS
    )


def _take(database: Database, department_id: int, message_id: int, sid: str, status: str, code: int | None) -> str:
    failure = failure_of(code) if status in FAILED else None
    word, retries = (failure.word, failure.retries) if failure else (None, ())
    try:
        with database.begin([department_id], CARRIER) as work:
            is_new = record_status(work, department_id, message_id, sid, status, code, word, retries)
            if is_new and failure is not None:
                _heed(work, department_id, message_id, failure)
    except NoSuchMessage:
        log.warning("status of a text that is not ours", extra={"text": f"{department_id}-{message_id}"})
        return "not_ours"
    return status if is_new else "seen"


def _heed(work: Work, department_id: int, message_id: int, failure: Failure) -> None:
    """What a failure says about more than its one text."""
    if failure.slows_line:
        slow_down_line_of(work, department_id, message_id, failure.retries[0])
    if failure.alerts:
        hand_off(work, department_id, "text_refused", failure=failure.word, text=message_id)
