"""Where the carrier reports how far a call has come: one the line makes, or one that somebody made to it."""

from flask import Response, current_app, request

from bot import metrics
from bot.delivery.call_reports import take_call_report
from bot.delivery.statuses import CALL_STATUS_OF, is_machine
from bot.services import services_of
from bot.webhooks.door import blueprint, empty_answer, keepable
from bot.webhooks.voice import ENDING_OF, outbound_named, take_end


@blueprint.post("/call-status")
def take_call_status() -> Response:
    """Take down a status of a call, however late, often and out of order it comes.

    The address we gave with a call that the line makes names it; without one it is a call to us.
    """
    if "call" not in request.args:
        return take_end()
    call = outbound_named(request.args["call"])
    status = CALL_STATUS_OF.get(request.form.get("CallStatus", ""))
    sid = keepable(request.form.get("CallSid", ""))
    if call is None or status is None or not sid:
        metrics.statuses.labels("malformed").inc()
        return empty_answer()
    code, by_machine = _code(request.form.get("ErrorCode", "")), is_machine(request.form.get("AnsweredBy", ""))
    database = services_of(current_app).database
    outcome = take_call_report(database, *call, sid, status, code, by_machine)
    metrics.statuses.labels(outcome).inc()
    # What was said on it is a call like any other, and over now.
    return take_end() if request.form.get("CallStatus") in ENDING_OF else empty_answer()


def _code(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
