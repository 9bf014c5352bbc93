"""The pocket phone as a web application: Twilio's APIs, the control API and the page."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from werkzeug.exceptions import HTTPException

from bot.pocket_phone.calls_control import calls_control
from bot.pocket_phone.calls_rest import calls_rest
from bot.pocket_phone.control import control
from bot.pocket_phone.mails_control import mails_control
from bot.pocket_phone.messaging import API as MESSAGING_API
from bot.pocket_phone.messaging import messaging
from bot.pocket_phone.page import page
from bot.pocket_phone.phone import PocketPhone
from bot.pocket_phone.queues_rest import queues_rest
from bot.pocket_phone.recordings_rest import recordings_rest
from bot.pocket_phone.rest import API, answer_unknown_path, rest, the_phone

# Recordings are the application's, and are played from where it has them.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " media-src 'self' {application}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def create_app(phone: PocketPhone, *, host: str = "127.0.0.1") -> Flask:
    """The application for this phone; bound to a loopback `host`, it answers only to loopback names."""
    app = Flask(__name__)
    app.extensions["pocket_phone"] = phone
    app.register_blueprint(rest)
    app.register_blueprint(calls_rest)
    app.register_blueprint(queues_rest)
    app.register_blueprint(recordings_rest)
    app.register_blueprint(messaging)
    app.register_blueprint(control)
    app.register_blueprint(calls_control)
    app.register_blueprint(mails_control)
    app.register_blueprint(page)
    app.register_error_handler(HTTPException, _answer_http_error)
    app.after_request(_guard_page)
    if _is_loopback(host):
        app.before_request(_only_loopback_names)
    return app


def _only_loopback_names() -> None:
    """A foreign name that someone pointed at this machine must not reach the control API from a browser."""
    name = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    if not _is_loopback(name.strip("[]")):
        abort(403)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _answer_http_error(error: HTTPException) -> Response | HTTPException:
    return answer_unknown_path(error) if request.path.startswith((API, MESSAGING_API)) else error


def _guard_page(response: Response) -> Response:
    address = urlsplit(the_phone().settings.public_url)
    policy = _POLICY.format(application=f"{address.scheme}://{address.netloc}")
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
