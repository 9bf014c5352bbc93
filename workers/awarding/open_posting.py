"""The time has come to post a detail."""

from typing import Any

import sqlalchemy as sa

from models.awarding.asking.owed_detail import plan_offers
from models.awarding.emergencies.emergency import declared
from models.details.opening import openings_of_posting
from models.details.posting import open_posting
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Open the posting for sign-up; in an emergency that covers it officers are called out instead."""
    storm = declared(work, department_id)
    openings = openings_of_posting(work, department_id, duty.subject_id) if storm else []
    covered = storm is not None and any(storm.covers(each) for each in openings)
    open_posting(work, department_id, duty.subject_id, calls_out=covered)
    plan_offers(work, department_id, f"posting {duty.subject_id}")
