"""The web application: the carrier's webhooks, health and metrics, and the pages for everybody."""

import gc
import logging
import time
import uuid

from flask import Flask, Response, request
from twilio.request_validator import RequestValidator
from werkzeug.exceptions import HTTPException

from bot import api, health, pages, webhooks
from bot.bell import Bell, redis_for_bells
from bot.config import Config
from bot.logs import request_id, set_up_logs, text_sid
from bot.services import Services, lend
from flows.catalogue import catalogue
from ivr_prompts.audio import use_folders
from models.session import Database

log = logging.getLogger(__name__)

# The longest text is 10,000 characters; four bytes each, three characters a byte where a form escapes them.
LARGEST_REQUEST = 1_000_000
# New objects since the last look: a few texts' worth, instead of a tenth of one text's.
GARBAGE_LOOKED_FOR_AFTER = 10_000


def create_app(config: Config | None = None) -> Flask:
    """The application for `config`; None reads the settings, sets up logs, and refuses to start on bad ones."""
    is_served = config is None
    if config is None:
        set_up_logs()
        config = Config.load().require()
    # Read now, so that a flow that does not load stops the start and not the first text.
    catalogue()
    app = Flask(__name__, static_folder=None)
    app.config.update(
        SECRET_KEY=config.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
    )
    use_folders(config.audio_folders)
    lend(app, services_for(config))
    app.before_request(_name_request)
    app.after_request(_tell_request)
    app.register_error_handler(Exception, _answer_error)
    app.register_blueprint(webhooks.blueprint)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(api.blueprint)
    if is_served:
        _keep_what_is_loaded()
    return app


def services_for(config: Config) -> Services:
    """The services that `config` describes; nothing is connected yet."""
    redis = redis_for_bells(config.redis_url or "")
    bell = Bell(redis)
    database = Database(
        config.database_url or "", demo_clock=config.is_demo, ring=bell.ring, plans_once=True, mails=config.mails
    )
    validator = RequestValidator(config.twilio_auth_token or "")
    return Services(config, database, redis, validator, config.public_url or "")


def _keep_what_is_loaded() -> None:
    """What stands now stays: going through all of it for garbage again and again would make texts wait."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_LOOKED_FOR_AFTER)


def _name_request() -> None:
    request_id.set(uuid.uuid4().hex)
    text_sid.set(None)
    request.environ["dutyline.begun"] = time.monotonic()


def _tell_request(response: Response) -> Response:
    """A line for every request but those without a signature: they are counted, and that is all."""
    response.headers["X-Request-Id"] = request_id.get() or ""
    if response.status_code == 403 and request.path.startswith("/twilio/"):
        return response
    milliseconds = round(1000 * (time.monotonic() - request.environ["dutyline.begun"]), 1)
    log.info(
        "answered",
        extra={"path": request.path, "status": response.status_code, "milliseconds": milliseconds},
    )
    return response


def _answer_error(error: Exception) -> Response:
    """Nothing of ours is shown. The carrier reads TwiML and tries its fallback on what is not a success."""
    status = error.code if isinstance(error, HTTPException) and error.code else 503
    if not isinstance(error, HTTPException):
        log.error("not answered", extra={"path": request.path}, exc_info=error)
    if request.path.startswith("/twilio/"):
        return webhooks.empty_answer(status)
    return Response(f"{status}\n", status, content_type="text/plain")
