"""A number was added to an officer's: a number he had before hears of it."""

from typing import Any

import sqlalchemy as sa

from bot.dialog.events import Line
from bot.dialog.rendering import render, voice_for
from models.line import message_out
from models.line.line import line_of, number_of_department
from models.people.department import department
from models.people.officer import officer_of
from models.people.phone import numbers_of
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """One text to the first of his other numbers that can be texted; where he has none there is nobody to ask."""
    who, added = officer_of(work, department_id, duty.subject_id), duty.fence
    others = [number for number in numbers_of(work, duty.subject_id) if number != added]
    if who is None or not others:
        return
    where = department(work, department_id)
    told = {"department": where.name, "digits": added[-4:], "line": number_of_department(work, department_id)}
    prompt = "new_number.told"
    body = render([Line(prompt, told)], voice_for(who.language, where.zone))
    line_id = line_of(work, department_id)
    message_out.write(work, department_id, line_id, others[0], body, prompt=prompt, person_id=who.person_id)
