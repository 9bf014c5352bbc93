"""Penalties: a bar from all details that follows a late drop or a no-show, decided at the outcome."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.proof import event
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


def bar(
    work: Work,
    department_id: int,
    officer_id: int,
    assignment_id: int,
    kind: str,
    until_at: datetime,
    from_at: datetime | None = None,
) -> bool:
    """Bar the officer from `from_at` (now, if unsaid) until `until_at`.

    False when that assignment has been paid for in this kind before.
    """
    penalty_id = work.conn.execute(
        insert(penalties)
        .values(
            department_id=department_id,
            officer_id=officer_id,
            assignment_id=assignment_id,
            kind=kind,
            from_at=from_at or work.now,
            until_at=until_at,
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
        kind=kind,
        until_at=until_at.isoformat(),
        assignment=assignment_id,
    )
    return True
