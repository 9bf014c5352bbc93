"""An award was made and this signup did not win: tell the officer why, with the figures."""

from typing import Any

import sqlalchemy as sa

from models.awarding.deciding.verdict import figures_of, verdict
from models.details.opening import opening
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """One text: standby with the place, or not awarded, each with its reason."""
    row = verdict(work, department_id, duty.subject_id)
    about = opening(work, department_id, row.opening_id)
    values = {
        **about.told(),
        "standby_place": row.place,
        "verdict": {"reason": row.reason, "figures": figures_of(row.figures)},
    }
    prompt = "award.standby" if row.outcome == "standby" else "award.not_awarded"
    tell(work, department(work, department_id), officer(work, department_id, row.officer_id), prompt, values)
