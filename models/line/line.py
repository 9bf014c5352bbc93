"""Lines: our phone numbers, whom they serve, and who has opted out on them."""

from datetime import datetime

import sqlalchemy as sa

from models.session import Work
from models.tables import Timestamp, metadata, sql

lines = sa.Table(
    "line",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("number", sa.Text),
    sa.Column("department_id", sa.BigInteger),
    sa.Column("messages_per_minute", sa.Integer),
    sa.Column("free_at", Timestamp),
    sa.Column("heard_until", Timestamp),
    sa.Column("calls_per_minute", sa.Integer),
    sa.Column("calls_free_at", Timestamp),
    sa.Column("mails_per_minute", sa.Integer),
    sa.Column("mails_free_at", Timestamp),
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
        sql(
            "select l.id from line l left join line_department s on s.line_id = l.id and s.department_id = :d"
            " where l.department_id = :d or s.department_id = :d order by l.department_id = :d desc, l.id limit 1"
        ),
        {"d": department_id},
    ).scalar_one()


def number_of_department(work: Work, department_id: int) -> str:
    """The number a department speaks from."""
    found = sa.select(lines.c.number).where(lines.c.id == line_of(work, department_id))
    return work.conn.execute(found).scalar_one()


def names_of_departments(work: Work) -> list[str]:
    """The names of the departments that this work sees, as a line that serves them all says them."""
    found = sql("select name from department where id = any (:ds) order by id")
    return list(work.conn.execute(found, {"ds": list(work.departments)}).scalars())


def numbers(conn: sa.Connection) -> list[str]:
    """Every number of ours, for those who go through them one by one."""
    return list(conn.execute(sa.select(lines.c.number).order_by(lines.c.id)).scalars())


def heard_until(work: Work, number: str) -> datetime | None:
    """The carrier's time up to which its incoming texts were compared with ours; None if they never were."""
    return work.conn.execute(sa.select(lines.c.heard_until).where(lines.c.number == number)).scalar_one_or_none()


def note_heard(work: Work, number: str, until: datetime) -> None:
    """Incoming texts were compared up to `until`, the carrier's time."""
    work.conn.execute(sa.update(lines).where(lines.c.number == number).values(heard_until=until))
