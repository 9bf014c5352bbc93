"""What an officer may work beside his rank and unit: dated statuses, pools he joined, and where he is not placed."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.people.officer import Officer
from models.proof import event
from models.session import Work
from models.tables import Timestamp, metadata, of_department

officer_statuses = of_department(
    "officer_status",
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("status", sa.Text),
    sa.Column("from_on", sa.Date),
    sa.Column("until_on", sa.Date),
)

pool_members = sa.Table(
    "pool_member",
    metadata,
    sa.Column("department_id", sa.BigInteger, primary_key=True),
    sa.Column("officer_id", sa.BigInteger, primary_key=True),
    sa.Column("pool", sa.Text, primary_key=True),
    sa.Column("joined_at", Timestamp),
)

exclusions = of_department(
    "exclusion",
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("contractor_id", sa.BigInteger),
    sa.Column("site_id", sa.BigInteger),
    sa.Column("side", sa.Text),
    sa.Column("from_on", sa.Date),
    sa.Column("until_on", sa.Date),
    sa.Column("reason", sa.Text),
)


def join_pool(work: Work, officer: Officer, pool: str) -> bool:
    """The officer is told of the pool's details from now on, and may have them; False when he was in it already."""
    row = {"department_id": officer.department_id, "officer_id": officer.id, "pool": pool, "joined_at": work.now}
    written = work.conn.execute(
        insert(pool_members)
        .values(row)
        .on_conflict_do_nothing(constraint="pool_member_pk")
        .returning(pool_members.c.pool)
    )
    if written.one_or_none() is None:
        return False
    _record(work, officer, "pool_joined", pool)
    return True


def leave_pool(work: Work, officer: Officer, pool: str) -> bool:
    """The officer is in the pool no more; what he holds of it stays his. False when he was not in it."""
    gone = work.conn.execute(
        sa.delete(pool_members).where(
            pool_members.c.department_id == officer.department_id,
            pool_members.c.officer_id == officer.id,
            pool_members.c.pool == pool,
        )
    )
    if not gone.rowcount:
        return False
    _record(work, officer, "pool_left", pool)
    return True


def _record(work: Work, officer: Officer, name: str, pool: str) -> None:
    event.record(work, officer.department_id, name, "officer", officer.id, officer_id=officer.id, pool=pool)
