"""`POST /api/tours`: a scheduling system brings a department's tours, as CSV or iCalendar.

The token names the source, and nothing else can be reached with it. The answer says what changed, or, place by place,
why nothing did. The same file again changes nothing.
"""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from bot.services import services_of
from models.people.department import department
from models.session import Actor, Database
from models.tours.arriving import LARGEST, read_schedule, window_round
from models.tours.bringing import TourErrors, bring_tours
from models.tours.report import as_json
from models.tours.source import Presented, read_token, source_of_token

blueprint = Blueprint("api", __name__, url_prefix="/api")

PUSHER = Actor("department_system", "api")


@blueprint.post("/tours")
def take_tours() -> tuple[Response, int]:
    """Bring in the body. 401: no token that holds. 413: too large. 422: something is wrong, with every problem."""
    request.max_content_length = LARGEST
    shown = _token()
    if shown is None:
        return _refused()
    try:
        brought = _bring(services_of(current_app).database, shown, request.get_data(cache=False))
    except TourErrors as error:
        problems = [{"place": each.place, "message": each.message} for each in error.problems]
        return jsonify(error="Nothing was imported.", problems=problems), 422
    return (jsonify(brought), 200) if brought is not None else _refused()


def _token() -> Presented | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return read_token(token.strip()) if scheme.lower() == "bearer" else None


def _bring(database: Database, shown: Presented, content: bytes) -> dict[str, Any] | None:
    """What it came to; None when the token does not hold."""
    with database.begin([shown.department_id], PUSHER) as work:
        source = source_of_token(work, shown)
        if source is None:
            return None
        about = department(work, shown.department_id)
        reading = read_schedule(content, source.mapping, about.zone, window_round(work.now))
        return as_json(bring_tours(work, about, source, reading), about.zone)


def _refused() -> tuple[Response, int]:
    answer = jsonify(
        error="A token that holds is needed: Authorization: Bearer TOKEN. `dutyline tours token` makes one."
    )
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer, 401
