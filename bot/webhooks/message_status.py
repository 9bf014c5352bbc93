"""Where the carrier reports what became of a text of ours."""

import logging
import re

from flask import Response, current_app, request

from bot import metrics
from bot.delivery.failures import failure_of
from bot.services import services_of
from bot.webhooks.door import blueprint, empty_answer
from models.line.hand_off import hand_off
from models.line.message_delivery import slow_down_line_of
from models.line.message_status import FAILED, NoSuchMessage, record_status
from models.retry import whole
from models.session import Actor, Database

log = logging.getLogger(__name__)

CARRIER = Actor("carrier", "sms")
PATIENCE_SECONDS = 4.0

# Twilio's words in ours. A read text was delivered; a cancelled one never left.
STATUS_OF = {
    "accepted": "accepted",
    "scheduled": "accepted",
    "queued": "accepted",
    "sending": "accepted",
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "undelivered": "undelivered",
    "failed": "failed",
    "canceled": "failed",
}
_MESSAGE = re.compile(r"([0-9]{1,18})-([0-9]{1,18})", re.ASCII)


@blueprint.post("/message-status")
def take_status() -> Response:
    """Take down a status, however late, often and out of order it comes."""
    message = _MESSAGE.fullmatch(request.args.get("message", ""))
    status = STATUS_OF.get(request.form.get("MessageStatus", ""))
    sid = request.form.get("MessageSid", "")
    if message is None or status is None or not sid:
        metrics.statuses.labels("malformed").inc()
        return empty_answer()
    outcome = whole(
        lambda: _record(services_of(current_app).database, int(message[1]), int(message[2]), sid, status),
        patience_seconds=PATIENCE_SECONDS,
    )
    metrics.statuses.labels(outcome).inc()
    return empty_answer()


def _record(database: Database, department_id: int, message_id: int, sid: str, status: str) -> str:
    code = _error_code(request.form.get("ErrorCode", ""))
    failure = failure_of(code) if status in FAILED else None
    with database.begin([department_id], CARRIER) as work:
        try:
            is_new = record_status(
                work,
                department_id,
                message_id,
                sid,
                status,
                code,
                failure.word if failure else None,
                failure.retries if failure else (),
            )
        except NoSuchMessage:
            log.warning("status of a text that is not ours", extra={"text": f"{department_id}-{message_id}"})
            return "not_ours"
        if not is_new:
            return "seen"
        if failure is not None and failure.slows_line:
            slow_down_line_of(work, department_id, message_id, failure.retries[0])
        if failure is not None and failure.alerts:
            hand_off(work, department_id, "text_refused", failure=failure.word, text=message_id)
    return status


def _error_code(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
