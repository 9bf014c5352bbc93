"""Telling an officer something of our own accord, in his language, by the department's clock: one text, and a mail to
who wants one.

A prompt that has words for a mail is mailed (bot/dialog/mails.py). What needs an answer is texted whatever he chose.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.dialog.events import Line
from bot.dialog.mails import letter_instead, letter_of
from bot.dialog.rendering import render, voice_for
from models.line import mail_out, message_out
from models.line.hand_off import hand_off
from models.line.line import line_of
from models.line.mail_choice import MailChoice, mail_choice
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
    """Put the text in the outbox, and a mail to who wants all mailed. False when no number of his can be texted: then
    it is mailed, if he wants any mails; else a person is asked to call him.

    `subject` names the record the text is about: should the text not arrive, that record is told. Without one it goes
    by the next channel, if there is one.
    """
    subject = subject or ("officer", officer.id)
    number = number_of(work, officer.person_id)
    chosen = mail_choice(work, department.id, officer.id) if work.mails else None
    if number is None:
        if not _mail_for_want_of_a_number(work, department, officer, prompt, values, subject, chosen):
            hand_off(work, department.id, "officer_cannot_be_texted", person_id=officer.person_id, prompt=prompt)
        return False
    if chosen is not None and chosen.is_mailed and chosen.wanted == "all":
        mail(work, department, officer, chosen.address, prompt, values, subject)
    text(work, department, officer, number, prompt, values, subject)
    return True


def text(
    work: Work,
    department: Department,
    officer: Officer,
    number: str,
    prompt: str,
    values: Mapping[str, Any],
    subject: tuple[str, int] | None = None,
) -> None:
    """Put a text to this number of his in the outbox."""
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


def mail(
    work: Work,
    department: Department,
    officer: Officer,
    address: str,
    prompt: str,
    values: Mapping[str, Any],
    subject: tuple[str, int] | None = None,
) -> bool:
    """Put a mail to this address of his in the outbox; False where the prompt is none that is mailed."""
    letter = letter_of(prompt, values, officer.language, department.zone)
    if letter is not None:
        line_id = line_of(work, department.id)
        mail_out.write(work, department.id, line_id, officer.id, address, letter, prompt=prompt, subject=subject)
    return letter is not None


def _mail_for_want_of_a_number(
    work: Work,
    department: Department,
    officer: Officer,
    prompt: str,
    values: Mapping[str, Any],
    subject: tuple[str, int] | None,
    chosen: MailChoice | None,
) -> bool:
    """Whatever he chose to have mailed: nothing else reaches him now."""
    if chosen is None or not chosen.is_mailed:
        return False
    if mail(work, department, officer, chosen.address, prompt, values, subject):
        return True
    words = render([Line(prompt, values)], voice_for(officer.language, department.zone))
    letter, line_id = letter_instead(words, officer.language), line_of(work, department.id)
    mail_out.write(work, department.id, line_id, officer.id, chosen.address, letter, prompt=prompt, subject=subject)
    return True


def was_tried(work: Work, department_id: int, subject: tuple[str, int]) -> bool:
    """Whether carrier or mail server was ever asked to take something about the record: who was never tried is not
    unreachable.
    """
    return message_out.attempts_at(work, department_id, subject) > 0 or mail_out.was_tried(work, department_id, subject)


def sent_at(work: Work, department_id: int, subject: tuple[str, int]) -> datetime | None:
    """When the carrier took our latest text about the record, or the mail server the mail in its place; None while it
    is still on its way there.

    An officer's time to answer runs from here, not from when we wrote the text down.
    """
    texted_at = message_out.accepted_at(work, department_id, subject)
    if message_out.is_with_him(work, department_id, subject):
        return texted_at
    return mail_out.accepted_at(work, department_id, subject) or texted_at
