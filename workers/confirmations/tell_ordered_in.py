"""An officer is ordered in: tell him, with where he stood in the order. Nothing is asked of him."""

from typing import Any

import sqlalchemy as sa

from models.awarding.deciding.verdict import figures_of
from models.details.opening import opening
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from models.tables import sql
from models.working.assignment import assignment
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Text the order, unless it has come to nothing by now."""
    row = assignment(work, department_id, duty.subject_id)
    if row.state != "confirmed":
        return
    found = work.conn.execute(
        sql(
            "select v.reason, v.figures from assignment a join verdict v on v.department_id = a.department_id"
            " and v.award_id = a.award_id and v.opening_id = a.opening_id and v.officer_id = a.officer_id"
            " where a.department_id = :d and a.id = :id"
        ),
        {"d": department_id, "id": row.id},
    ).one()
    values = {
        **opening(work, department_id, row.opening_id).told(),
        "verdict": {"reason": found.reason, "figures": figures_of(found.figures)},
    }
    who = officer(work, department_id, row.officer_id)
    tell(work, department(work, department_id), who, "award.ordered_in", values, ("assignment", row.id))
