"""Something was put before a person, and no caller waits for it: the desk's telephones get a text."""

from typing import Any

import sqlalchemy as sa

from bot.dialog.desk import LANGUAGE_OF_DESK, known_by
from bot.dialog.rendering import render_prompt, to_gsm7, voice_for
from ivr_prompts import load
from models.line import message_out
from models.line.desk_phone import all_desk_phones
from models.line.line import line_of
from models.line.open_hand_offs import open_hand_off
from models.people.department import department
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Tell every telephone of the desk, unless somebody has dealt with it, or a caller waits with it."""
    phones = all_desk_phones(work.conn)
    row = open_hand_off(work, department_id, duty.subject_id) if phones else None
    if row is None:
        return
    where = department(work, department_id)
    voice = voice_for(LANGUAGE_OF_DESK, where.zone)
    name = row.name or row.claimed
    why = f"desk.why_{row.reason}"
    values = {
        "who": name or render_prompt("desk.somebody", {}, voice),
        "from": row.number,
        "how": [{"prompt": f"desk.{known_by(name, row.identified_by)}"}],
        "why": [{"prompt": why if load(LANGUAGE_OF_DESK).text(why, "sms") else "desk.why_other"}],
        "code": row.code,
        "place": row.place or "",
        "handed_at": row.handed_at,
        "slug": where.slug,
        "in_line": row.id,
    }
    body = to_gsm7(render_prompt("desk.waits", values, voice))
    line_id = line_of(work, department_id)
    for phone in phones:
        message_out.write(work, department_id, line_id, phone.number, body, prompt="desk.waits", person_id=None)
