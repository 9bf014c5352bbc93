"""What the carrier reports of a call we made: one status, in one transaction, with what follows from it."""

import logging

from bot.delivery.failures import failure_of
from models.line.outbound_call_status import CallStatus, NoSuchCall, record_call_status
from models.retry import whole
from models.session import Actor, Database

log = logging.getLogger(__name__)

CARRIER = Actor("carrier", "voice")

# How long a report waits for a PostgreSQL that restarts: the carrier gives us fifteen seconds, and reports only once.
PATIENCE_SECONDS = 10.0


def take_call_report(
    database: Database,
    department_id: int,
    call_id: int,
    sid: str,
    status: CallStatus,
    error_code: int | None = None,
    by_machine: bool = False,
) -> str:
    """Take down that the call under `sid` is `status`; late, twice and out of order do no harm.

    Returns the status, `seen` when it was here before, or `not_ours` for a call this department does not have.
    """
    failure = failure_of(error_code).word if error_code is not None else None

    def take() -> str:
        with database.begin([department_id], CARRIER) as work:
            is_new = record_call_status(
                work, department_id, call_id, sid, status, failure, error_code, by_machine=by_machine
            )
        return status if is_new else "seen"

    try:
        return whole(take, patience_seconds=PATIENCE_SECONDS)
    except NoSuchCall:
        log.warning("status of a call that is not ours", extra={"call": f"{department_id}-{call_id}"})
        return "not_ours"
