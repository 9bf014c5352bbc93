"""`/mail/stop`: the page behind the link below every mail, which ends an officer's mails in a department.

Opening it changes nothing, because mail programs and scanners open links by themselves. The button does, and so does
the one click that a mail program sends by itself (RFC 8058). It does nothing else, and tells nothing of anybody.
"""

from flask import Response, abort, current_app, make_response, render_template, request

from bot.delivery.mail_link import PATH, Named, read_token
from bot.pages.program import program_of
from bot.pages.public import LANGUAGES, asked_language, blueprint
from bot.services import services_of
from models.line.mail_choice import choose_mail, mail_choice
from models.people.officer import officers_by_id
from models.session import Actor


@blueprint.get(PATH)
def ask() -> Response:
    """What would be ended, and the button."""
    return _page(_named(), "ask")


@blueprint.post(PATH)
def stop() -> Response:
    """No more mails to the address that the link was mailed to; twice does no harm."""
    named = _named()
    database = services_of(current_app).database
    with database.begin([named.department_id]) as work:
        who = officers_by_id(work, named.department_id, [named.officer_id]).get(named.officer_id)
        chosen = mail_choice(work, named.department_id, named.officer_id)
        if who is not None and chosen is not None and named.is_of(chosen.address):
            work.actor = Actor("officer", "email", who.person_id)
            choose_mail(work, named.department_id, who.id, "nothing", "link", chosen.address)
    return _page(named, "done")


def _named() -> Named:
    """404 for a link that we did not sign."""
    secret = services_of(current_app).config.secret_key or ""
    return read_token(secret, request.args.get("t", "")) or abort(404)


def _page(named: Named, state: str) -> Response:
    language = asked_language()
    program = program_of(services_of(current_app).database.engine, named.department_id) or abort(404)
    page = render_template(
        f"{language}/mail-stop.html",
        page="mail-stop",
        language=language,
        languages=LANGUAGES,
        program=program,
        state=state,
        wording="",
    )
    response = make_response(page)
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.vary.add("Accept-Language")
    return response
