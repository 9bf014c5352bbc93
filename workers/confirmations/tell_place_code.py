"""Check-in to a detail opens: its site contact is texted the code to read out to the officers who come."""

from typing import Any

import sqlalchemy as sa

from bot.dialog.events import Line
from bot.dialog.rendering import render, voice_for
from models.details.opening import opening
from models.line import message_out
from models.line.line import line_of
from models.people.department import department
from models.people.handbook import current
from models.session import Work
from models.working.place import draw_place_code


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """One text a detail, where its site asks for it and has a contact with a number."""
    about, where = opening(work, department_id, duty.subject_id), department(work, department_id)
    rules = current(work, department_id, work.now.astimezone(where.zone).date()).rules
    if about.contact_number is None or rules.place.asked == "never":
        return
    code = draw_place_code(work, department_id, about.detail_id, rules.place)
    if code is None:
        return
    values = {**about.told(), "department": where.name, "digits": code}
    body = render([Line("contractor.place_code", values)], voice_for(rules.contractor.language, where.zone))
    message_out.write(
        work,
        department_id,
        line_of(work, department_id),
        about.contact_number,
        body,
        prompt="contractor.place_code",
        person_id=None,
        subject=("detail", about.detail_id),
    )
