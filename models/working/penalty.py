"""Penalties: a bar from all details that follows a late drop or a no-show, decided at the outcome."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.proof import event
from models.rules.drops import Bar
from models.session import Work
from models.tables import Timestamp, of_department

penalties = of_department(
    "penalty",
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("assignment_id", sa.BigInteger),
    sa.Column("kind", sa.Text),
    sa.Column("from_at", Timestamp),
    sa.Column("until_at", Timestamp),
    sa.Column("lifted_at", Timestamp),
)


def bar(work: Work, department_id: int, officer_id: int, assignment_id: int, found: Bar) -> bool:
    """Bar the officer for what he did with the assignment; False when that has been paid for in this kind before."""
    penalty_id = work.conn.execute(
        insert(penalties)
        .values(
            department_id=department_id,
            officer_id=officer_id,
            assignment_id=assignment_id,
            kind=found.kind,
            from_at=found.starts_at,
            until_at=found.ends_at,
        )
        .on_conflict_do_nothing(index_elements=["department_id", "assignment_id", "kind"])
        .returning(penalties.c.id)
    ).scalar_one_or_none()
    if penalty_id is None:
        return False
    event.record(
        work,
        department_id,
        "officer_barred",
        "penalty",
        penalty_id,
        officer_id=officer_id,
        kind=found.kind,
        until_at=found.ends_at.isoformat(),
        assignment=assignment_id,
    )
    return True


def barred_until(work: Work, department_id: int, assignment_id: int, kind: str) -> datetime | None:
    """Until when the officer is barred for what he did with this assignment; None when he is not."""
    return work.conn.execute(
        sa.select(penalties.c.until_at).where(
            penalties.c.department_id == department_id,
            penalties.c.assignment_id == assignment_id,
            penalties.c.kind == kind,
            penalties.c.lifted_at.is_(None),
        )
    ).scalar_one_or_none()
