"""The door of all webhooks: only what carries the carrier's signature comes in."""

from flask import Blueprint, Response, current_app, request

from bot import metrics
from bot.services import services_of

blueprint = Blueprint("twilio", __name__, url_prefix="/twilio")


@blueprint.before_request
def refuse_unsigned() -> Response | None:
    """403 unless the signature fits our public address and every field.

    The address is put together from PUBLIC_URL, never from headers: whatever stands between us and the carrier, this
    is the one it signed.
    """
    services = services_of(current_app)
    signature = request.headers.get("X-Twilio-Signature", "")
    if signature and services.validator.validate(_signed_address(services.public_url), request.form, signature):
        return None
    metrics.unsigned.labels(request.path if request.url_rule else "other").inc()
    return Response(status=403)


def empty_answer(status: int = 200) -> Response:
    """TwiML that says nothing: replies go out through the outbox."""
    return Response("<Response/>", status, content_type="text/xml; charset=utf-8")


def keepable(value: str) -> str:
    """The value as PostgreSQL can keep it: without NUL, and without half of a pair of code units."""
    return value.replace("\0", "").encode("utf-8", "replace").decode()


def _signed_address(public_url: str) -> str:
    query = request.query_string.decode("latin-1")
    return f"{public_url}{request.path}?{query}" if query else f"{public_url}{request.path}"
