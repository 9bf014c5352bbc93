"""A text failed for good: the next way to its officer is taken, another number of his, or mail where he wants mails.

Calls come after: they ring him, and are for what waits for his answer.
"""

from typing import Any, Literal, TypeAlias

import sqlalchemy as sa

from bot.dialog.mails import letter_instead
from models.line import mail_out, message_out
from models.line.consent import consenting
from models.line.line import line_of
from models.line.mail_choice import mail_choice
from models.line.message_out import message_by_id
from models.people.department import Department
from models.people.officer import Officer
from models.people.phone import number_of
from models.session import Work

Channel: TypeAlias = Literal["text", "mail", "none"]


def reaches_him_by(work: Work, where: Department, who: Officer, subject: tuple[str, int], failed: str) -> Channel:
    """By what else he has learnt, or still may, of a record of his alone: a text to another number, or a mail.

    `failed` is the fence of the duty that asks: the id of the text that did not arrive, which is then sent otherwise;
    anything else where no text was sent, or a call or a mail was what failed.
    """
    if mail_out.may_reach_him(work, where.id, subject):
        return "mail"
    return (
        take_next_channel(work, where, who, message_by_id(work, where.id, int(failed)))
        if failed.isdecimal()
        else "none"
    )


def take_next_channel(work: Work, where: Department, who: Officer, failed: sa.Row[Any]) -> Channel:
    """Say what the `failed` text said on the next channel, if there is one."""
    if _text_elsewhere(work, where, who, failed):
        return "text"
    return "mail" if _mail(work, where, who, failed) else "none"


def _text_elsewhere(work: Work, where: Department, who: Officer, failed: sa.Row[Any]) -> bool:
    """To the next of his numbers, where the one that was texted is bad now; of news only where he agreed to it."""
    number = number_of(work, who.person_id)
    if number is None or number == failed.to_number:
        return False
    if failed.subject_kind == "opening" and who.id not in consenting(work, where.id, [who.id]):
        return False
    if message_out.was_texted(work, where.id, number, (failed.subject_kind, failed.subject_id)):
        return False
    message_out.write(
        work,
        where.id,
        failed.line_id,
        number,
        failed.body,
        prompt=failed.prompt,
        person_id=who.person_id,
        subject=(failed.subject_kind, failed.subject_id),
    )
    return True


def _mail(work: Work, where: Department, who: Officer, failed: sa.Row[Any]) -> bool:
    chosen = mail_choice(work, where.id, who.id) if work.mails else None
    if chosen is None or not chosen.is_mailed:
        return False
    letter, line_id = letter_instead(failed.body, who.language), line_of(work, where.id)
    subject = (failed.subject_kind, failed.subject_id)
    mail_out.write(work, where.id, line_id, who.id, chosen.address, letter, prompt=failed.prompt, subject=subject)
    return True
