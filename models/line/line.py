"""Lines: our phone numbers, whom they serve, and who has opted out on them."""

import sqlalchemy as sa

from models.session import Work
from models.tables import Timestamp, metadata

lines = sa.Table(
    "line",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("number", sa.Text),
    sa.Column("department_id", sa.BigInteger),
    sa.Column("messages_per_minute", sa.Integer),
    sa.Column("free_at", Timestamp),
    sa.Column("heard_until", Timestamp),
)

line_departments = sa.Table(
    "line_department",
    metadata,
    sa.Column("line_id", sa.BigInteger, primary_key=True),
    sa.Column("department_id", sa.BigInteger, primary_key=True),
)


def line_of(work: Work, department_id: int) -> int:
    """The line a department speaks from: its own, else the shared one that serves it."""
    return work.conn.execute(
        sa.text(
            "select l.id from line l left join line_department s on s.line_id = l.id and s.department_id = :d"
            " where l.department_id = :d or s.department_id = :d order by l.department_id = :d desc, l.id limit 1"
        ),
        {"d": department_id},
    ).scalar_one()
