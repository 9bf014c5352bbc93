"""An officer's e-mail address is refused by its server: he is told so by text, and that he is texted again."""

from typing import Any

import sqlalchemy as sa

from models.line.mail_choice import mail_choice
from models.line.mail_out import mail_by_id
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """One text; nothing where he has given another address since."""
    mail = mail_by_id(work, department_id, duty.subject_id)
    chosen = mail_choice(work, department_id, mail.officer_id)
    if chosen is not None and chosen.is_mailed:
        return
    who = officer(work, department_id, mail.officer_id)
    tell(work, department(work, department_id), who, "email.came_back", {"address": mail.to_address})
