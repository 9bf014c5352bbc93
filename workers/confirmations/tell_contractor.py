"""The rounds of a detail have ended: its site contact is told how many officers come."""

from typing import Any

import sqlalchemy as sa

from bot.dialog.events import Line
from bot.dialog.rendering import render, voice_for
from models.awarding.telling.contractor_news import ending, note_told
from models.details.opening import opening
from models.line import message_out
from models.line.line import line_of
from models.people.department import department
from models.people.handbook import current
from models.rules.asking.contractor_news import is_news
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """One text to the number of the site contact, where there is one and it says something new."""
    about, where = opening(work, department_id, duty.subject_id), department(work, department_id)
    if about.contact_number is None or about.starts_at <= work.now:
        return
    clause = current(work, department_id, work.now.astimezone(where.zone).date()).rules.contractor
    found = ending(work, department_id, about.detail_id)
    if not found.is_over or not is_news(clause, found.confirmed, found.ordered, found.told):
        return
    prompt = "contractor.filled" if found.confirmed >= found.ordered else "contractor.short"
    values = {**about.told(), "department": where.name, "confirmed": found.confirmed, "ordered": found.ordered}
    body = render([Line(prompt, values)], voice_for(clause.language, where.zone))
    message_out.write(
        work,
        department_id,
        line_of(work, department_id),
        about.contact_number,
        body,
        prompt=prompt,
        person_id=None,
        subject=("detail", about.detail_id),
    )
    note_told(work, department_id, about.detail_id, about.id, found)
