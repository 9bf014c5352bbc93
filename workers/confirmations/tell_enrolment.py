"""A request to be put on the line was settled: tell the number how, and the officer's other phone, if it is his."""

from typing import Any

import sqlalchemy as sa

from bot.dialog.events import Line
from bot.dialog.rendering import render, voice_for
from models.line import message_out
from models.people.department import department
from models.people.enrolment import enrolment
from models.people.officer import officer
from models.people.phone import numbers_of
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """One text to the number; a second to where he was texted until now, so that nobody takes his place unnoticed."""
    row = enrolment(work, department_id, duty.subject_id)
    if row.state == "refused":
        _say(work, row, row.number, "enrol.refused", row.language, None)
        return
    who = officer(work, department_id, row.officer_id)
    language = row.language if row.language != "en" else who.language
    _say(work, row, row.number, "enrol.enrolled", language, who.person_id, name=who.name)
    for other in [one for one in numbers_of(work, who.person_id) if one != row.number][:1]:
        _say(work, row, other, "enrol.other_number", who.language, who.person_id, digits=row.number[-4:])


def _say(
    work: Work, row: sa.Row[Any], number: str, prompt: str, language: str, person_id: int | None, **values: Any
) -> None:
    where = department(work, row.department_id)
    body = render([Line(prompt, {"department": where.name, **values})], voice_for(language, where.zone))
    message_out.write(work, where.id, row.line_id, number, body, prompt=prompt, person_id=person_id)
