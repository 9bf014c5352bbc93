"""Where a text message goes first: from the carrier's form to the dialog, in one transaction."""

import logging
from typing import cast

from flask import Response, current_app, request
from werkzeug.datastructures import MultiDict

from bot import metrics
from bot.dialog.inbound import Medium, OptOutType
from bot.dialog.intake import Arrival, take_in
from bot.logs import text_sid
from bot.services import services_of
from bot.webhooks.door import blueprint, empty_answer, keepable

log = logging.getLogger(__name__)

# Said elsewhere in the row, or of no use later.
NOT_KEPT = frozenset({"Body", "AccountSid", "ApiVersion", "SmsSid", "SmsMessageSid"})
MOST_MEDIA = 10


@blueprint.post("/sms")
@blueprint.post("/sms/fallback")
def take_sms() -> Response:
    """Take in a text; the fallback's second delivery of one that was taken changes nothing.

    The answer is always empty: replies go out through the outbox. When the text could not even be written down the
    error goes up and becomes a 503, on which the carrier tries the fallback.
    """
    arrival = arrival_of(request.form)
    if arrival is None:
        metrics.texts_in.labels("malformed").inc()
        log.warning("text without sid or numbers")
        return empty_answer()
    text_sid.set(arrival.sid)
    with metrics.turn_seconds.time():
        outcome = take_in(services_of(current_app).database, arrival)
    metrics.texts_in.labels(outcome).inc()
    if outcome == "not_ours":
        log.warning("text to a number that is no line of ours", extra={"to": arrival.to_number})
    return empty_answer()


def arrival_of(form: MultiDict[str, str]) -> Arrival | None:
    """The carrier's fields in our words; None without a sid or a number, which nobody could answer."""
    clean = {keepable(name): keepable(value) for name, value in form.items()}
    sid, sender, receiver = (clean.get(name, "") for name in ("MessageSid", "From", "To"))
    if not (sid and sender and receiver):
        return None
    return Arrival(
        sid=sid,
        from_number=sender,
        to_number=receiver,
        body=clean.get("Body", ""),
        media=_media(clean),
        opt_out_type=_opt_out_type(clean.get("OptOutType", "")),
        raw={name: value for name, value in clean.items() if name not in NOT_KEPT},
    )


def _media(form: dict[str, str]) -> tuple[Medium, ...]:
    count = form.get("NumMedia", "0")
    # Python reads no number of thousands of digits, and nobody sends so many pictures.
    most = min(int(count), MOST_MEDIA) if count.isascii() and count.isdigit() and len(count) < 9 else 0
    return tuple(
        Medium(form[f"MediaUrl{place}"], form.get(f"MediaContentType{place}", ""))
        for place in range(most)
        if f"MediaUrl{place}" in form
    )


def _opt_out_type(word: str) -> OptOutType | None:
    return cast("OptOutType", word) if word in ("STOP", "START", "HELP") else None
