"""Telling an officer something of our own accord: one text, in his language, by the department's clock."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.dialog.events import Line
from bot.dialog.rendering import render, voice_for
from models.line import message_out
from models.line.hand_off import hand_off
from models.line.line import line_of
from models.people.department import Department
from models.people.officer import Officer
from models.people.phone import number_of
from models.session import Work

# The carrier may take a text some seconds after we wrote it; that is not worth asking for again.
GRACE = timedelta(minutes=1)


def tell(
    work: Work,
    department: Department,
    officer: Officer,
    prompt: str,
    values: Mapping[str, Any],
    subject: tuple[str, int] | None = None,
) -> bool:
    """Put the text in the outbox. False when no number of his can be texted: a person is asked to call him.

    `subject` names the record the text is about: should the text not arrive, that record is told.
    """
    number = number_of(work, officer.person_id)
    if number is None:
        hand_off(work, department.id, "officer_cannot_be_texted", person_id=officer.person_id, prompt=prompt)
        return False
    message_out.write(
        work,
        department.id,
        line_of(work, department.id),
        number,
        render([Line(prompt, values)], voice_for(officer.language, department.zone)),
        prompt=prompt,
        person_id=officer.person_id,
        subject=subject,
    )
    return True


def was_tried(work: Work, department_id: int, subject: tuple[str, int]) -> bool:
    """Whether the carrier was ever asked to take a text about the record: who was never tried is not unreachable."""
    return message_out.attempts_at(work, department_id, subject) > 0


def sent_at(work: Work, department_id: int, subject: tuple[str, int]) -> datetime | None:
    """When the carrier took our latest text about the record; None while it is still on its way there.

    An officer's time to answer runs from here, not from when we wrote the text down.
    """
    return message_out.accepted_at(work, department_id, subject)
