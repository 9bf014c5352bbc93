"""A caller wants to be called back, or left a message: the desk's telephones get a text."""

from typing import Any

import sqlalchemy as sa

from bot.dialog.rendering import render_prompt, to_gsm7, voice_for
from models.line import message_out, waiting
from models.line.desk_phone import all_desk_phones
from models.line.line import line_of
from models.people.department import department
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Tell every telephone of the desk, unless somebody has dealt with it meanwhile."""
    row = waiting.waiting(work, department_id, duty.subject_id)
    if row is None or row.state not in ("wants_call", "message"):
        return
    where = department(work, department_id)
    voice = voice_for("en", where.zone)
    values = {
        "who": row.name or render_prompt("desk.somebody", {}, voice),
        "number": row.number,
        "entered_at": row.entered_at,
        "seconds": row.recording_seconds or 0,
        "in_line": row.id,
        "slug": where.slug,
    }
    prompt = f"desk.{duty.fence}"
    for phone in all_desk_phones(work.conn):
        body = to_gsm7(render_prompt(prompt, values, voice))
        line_id = line_of(work, department_id)
        message_out.write(work, department_id, line_id, phone.number, body, prompt=prompt, person_id=None)
