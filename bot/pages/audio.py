"""`/audio/<name>`: recorded prompts, for the carrier to play. They hold nothing but the line's own words."""

from flask import Response, abort, send_file

from bot.pages.public import blueprint
from ivr_prompts.audio import KINDS, file_with_sound


@blueprint.get("/audio/<name>")
def recording(name: str) -> Response:
    """The recording of this name. A changed file has another name, so the carrier may keep this one for good."""
    sound, _, kind = name.partition(".")
    path = file_with_sound(sound)
    if path is None or path.suffix.lower() != f".{kind}":
        abort(404)
    return send_file(path, mimetype=KINDS[path.suffix.lower()], max_age=_A_YEAR)


_A_YEAR = 365 * 24 * 3600
