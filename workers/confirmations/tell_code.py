"""A one-time code is texted to the number, or mailed to the address, whose holder is to give it back."""

from typing import Any

import sqlalchemy as sa

from bot.dialog.events import Line
from bot.dialog.rendering import render, voice_for
from models.line import message_out
from models.line.line import line_of
from models.people.department import department
from models.people.officer import officer_of
from models.people.one_time_code import MINUTES, code_sent
from models.session import Work
from workers.telling import mail


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """One text or mail, in the officer's language; nothing for a code that was used meanwhile."""
    sent = code_sent(work, duty.subject_id)
    who = officer_of(work, department_id, sent.person_id) if sent else None
    if sent is None or who is None or sent.used_at is not None:
        return
    where, prompt = department(work, department_id), f"{sent.purpose}.texted"
    told = {
        "department": where.name,
        "name": who.name,
        "code": sent.code,
        "minutes": MINUTES,
        "until_at": sent.until_at,
    }
    if sent.purpose == "email":
        mail(work, where, who, sent.number, "mail.code", told)
        return
    body = render([Line(prompt, told)], voice_for(who.language, where.zone))
    line_id = line_of(work, department_id)
    message_out.write(work, department_id, line_id, sent.number, body, prompt=prompt, person_id=who.person_id)
