"""While a caller waits for a person: what he hears between two requests of the carrier, and the keys that lead out."""

from dataclasses import dataclass
from typing import Any

from bot.dialog.rendering import Voice, render_prompt
from models.line import waiting
from models.line.waiting import Place
from models.session import Work

PLACE_AFTER_SECONDS = 15
"""The place is told at about twenty seconds, when the first round of music is over."""
WAYS_OUT_AFTER_SECONDS = 55
ROUNDS_BETWEEN = 2
"""Rounds of hold music from one word to the next: about forty-five seconds with what is said."""

CALL_BACK, MESSAGE, MENU = "1", "2", "*"


@dataclass(frozen=True, slots=True)
class Hold:
    """Words, then so many rounds of music, during which keys are taken; or the caller waits no longer."""

    said: str
    language: str
    rounds: int = 1
    leaves: bool = False
    audio: str = ""
    """The slug of the department whose own recordings he hears."""


def hold(work: Work, department_id: int, row: Any, waited_seconds: int, keys: str, voice: Voice) -> Hold:
    """The next thing he hears; `row` is his waiting, `waited_seconds` how long it has been."""
    if row is None or row.state != "waiting" or _goes(work, department_id, row, keys):
        return Hold("", voice.prompts.language, leaves=True)
    if waited_seconds < PLACE_AFTER_SECONDS and not keys:
        return Hold("", voice.prompts.language)
    place = waiting.place_of(work, department_id, row.id)
    said = [_place(place, voice)]
    if waited_seconds >= WAYS_OUT_AFTER_SECONDS or keys:
        said.append(render_prompt("waiting.offer", {}, voice))
    return Hold(" ".join(said), voice.prompts.language, ROUNDS_BETWEEN)


def _goes(work: Work, department_id: int, row: Any, keys: str) -> bool:
    """Whether a key leads out of the line. What he wants is written down at once, should he hang up now."""
    if keys == CALL_BACK and row.number.startswith("+"):
        return waiting.move(work, department_id, row.id, "ask_back")
    if keys in (CALL_BACK, MESSAGE):
        return waiting.move(work, department_id, row.id, "begin_message")
    return keys == MENU and waiting.move(work, department_id, row.id, "leave", ended_at=work.now)


def _place(place: Place, voice: Voice) -> str:
    said = render_prompt("waiting.first" if place.number == 1 else "waiting.place", {"place": place.number}, voice)
    if place.minutes is None:
        return said
    return f"{said} {render_prompt('waiting.minutes', {'minutes': place.minutes}, voice)}"
