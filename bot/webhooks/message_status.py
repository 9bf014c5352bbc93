"""Where the carrier reports what became of a text of ours."""

import re

from flask import Response, current_app, request

from bot import metrics
from bot.delivery.reports import take_report
from bot.delivery.statuses import STATUS_OF
from bot.logs import text_sid
from bot.services import services_of
from bot.webhooks.door import blueprint, empty_answer, keepable

_MESSAGE = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")


@blueprint.post("/message-status")
def take_status() -> Response:
    """Take down a status, however late, often and out of order it comes."""
    message = _MESSAGE.fullmatch(request.args.get("message", ""))
    status = STATUS_OF.get(request.form.get("MessageStatus", ""))
    sid = keepable(request.form.get("MessageSid", ""))
    if message is None or status is None or not sid:
        metrics.statuses.labels("malformed").inc()
        return empty_answer()
    text_sid.set(sid)
    database, code = services_of(current_app).database, _error_code(request.form.get("ErrorCode", ""))
    outcome = take_report(database, int(message[1]), int(message[2]), sid, status, code)
    metrics.statuses.labels(outcome).inc()
    return empty_answer()


def _error_code(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
