"""A detail was posted: tell those who may take it and have agreed to be texted, and nobody else."""

from typing import Any

import sqlalchemy as sa

from models.awarding.facts import eligible_officers
from models.details.opening import openings_of_posting
from models.line.consent import consenting
from models.people.department import department
from models.people.officer import officers_by_id
from models.session import Work
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """One text for each opening to each officer who may take it."""
    where = department(work, department_id)
    openings = openings_of_posting(work, department_id, duty.subject_id)
    told = eligible_officers(work, where, openings)
    for opening in openings:
        eligible = told[opening.id]
        officers = officers_by_id(work, department_id, eligible)
        prompt = "posting.first_come" if opening.method == "first_come" else "posting.new"
        # Who gave no consent still finds the detail when he asks for the list.
        willing = consenting(work, department_id, eligible)
        for officer_id in (each for each in eligible if each in willing):
            tell(work, where, officers[officer_id], prompt, opening.told(), ("opening", opening.id))
