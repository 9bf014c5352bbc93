"""`/terms`, `/privacy` and `/opt-in`, as carriers ask for them before they let a number text (A2P 10DLC).

Anybody may read them, without a script or a cookie, in each language; `?department=` names whose they are.
"""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request, send_from_directory
from sqlalchemy.exc import SQLAlchemyError

from bot.pages.hold import hold_music
from bot.pages.program import Program, program_named, whole_program
from bot.pages.samples import samples
from bot.services import services_of
from models.line.consent import WORDING

LANGUAGES = ("en", "es")
PAGES = ("terms", "privacy", "opt-in")

blueprint = Blueprint("pages", __name__, template_folder="templates")

_STATIC = Path(__file__).with_name("static")
# The one form is the button that ends mails (bot/pages/mail_stop.py).
_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


@blueprint.get("/terms")
def terms() -> Response:
    """What is sent, how often, what it costs, how it is stopped."""
    return _page("terms")


@blueprint.get("/privacy")
def privacy() -> Response:
    """What is kept, for how long, and that nobody else gets it."""
    return _page("privacy")


@blueprint.get("/opt-in")
def opt_in() -> Response:
    """How one agrees, the words that are agreed to, and what the texts look like."""
    return _page("opt-in")


@blueprint.get("/pages/public.css")
def styles() -> Response:
    """The one style sheet."""
    return send_from_directory(_STATIC, "public.css", max_age=3600)


@blueprint.get("/audio/hold.wav")
def hold_audio() -> Response:
    """What callers hear while they wait; the carrier keeps it for a day."""
    response = Response(hold_music(), content_type="audio/wav")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@blueprint.after_request
def guard(response: Response) -> Response:
    """Nothing but our own style sheet is loaded, and nobody puts the page into a frame."""
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _page(name: str) -> Response:
    language, program = asked_language(), _program()
    response = make_response(
        render_template(
            f"{language}/{name}.html",
            page=name,
            language=language,
            languages=LANGUAGES,
            program=program,
            samples=samples(language, program.zone) if name == "opt-in" else [],
            address=services_of(current_app).public_url,
            wording=WORDING,
        )
    )
    response.headers["Content-Language"] = language
    response.vary.add("Accept-Language")
    return response


def asked_language() -> str:
    """The one asked for, else the reader's own, else English."""
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or "en"


def _program() -> Program:
    engine = services_of(current_app).database.engine
    slug = request.args.get("department")
    if not slug:
        try:
            return whole_program(engine)
        except SQLAlchemyError:
            return Program()  # the pages are to be read even while the database is away
    return program_named(engine, slug) or abort(404)
