"""A penalty is over, or a person decided about it: the officer hears so."""

from typing import Any

import sqlalchemy as sa

from models.people.department import department
from models.people.officer import officer
from models.session import Work
from models.working.penalty import is_barred, penalty
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Tell what the duty's fence names: imposed, lifted, upheld, over, or late; over only when he is free."""
    found = penalty(work, department_id, duty.subject_id)
    who = officer(work, department_id, found.officer_id)
    is_lifted, barred = found.lifted_at is not None, is_barred(work, department_id, who.id)
    if duty.fence != "lifted" and is_lifted:
        return
    if duty.fence == "over" and barred:
        return
    values = {"words": found.words or "", "until_at": found.until_at, "is_barred": barred, "step": found.step}
    tell(work, department(work, department_id), who, f"penalty.{duty.fence}", values)
