"""What an officer may work beside his rank and unit: dated statuses, pools he joined, and where he is not placed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.people.officer import Officer
from models.proof import event
from models.session import Work
from models.tables import Timestamp, metadata, of_department, sql

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


def pools_of(work: Work, officer: Officer) -> frozenset[str]:
    """The pools that the officer joined."""
    columns = pool_members.c
    mine = (columns.department_id == officer.department_id, columns.officer_id == officer.id)
    return frozenset(work.conn.execute(sa.select(columns.pool).where(*mine)).scalars())


def exclusions_of(work: Work, officer: Officer) -> Sequence[sa.RowMapping]:
    """Where the officer is not placed, now or later: id, side, from_on, until_on, reason, contractor and site."""
    rows = work.conn.execute(
        sql(
            "select x.id, x.side, x.from_on, x.until_on, x.reason, c.name as contractor, s.name as site"
            " from exclusion x left join contractor c on c.department_id = x.department_id and c.id = x.contractor_id"
            " left join site s on s.department_id = x.department_id and s.id = x.site_id"
            " where x.department_id = :d and x.officer_id = :o and (x.until_on is null or x.until_on >= :today)"
            " order by x.id"
        ),
        {"d": officer.department_id, "o": officer.id, "today": work.now.date()},
    )
    return rows.mappings().all()


def end_exclusion(work: Work, officer: Officer, exclusion_id: int, last_on: date, by: str, words: str) -> bool:
    """The exclusion ends with a day, for a reason that goes on record; False when it does so already, or is no such."""
    columns = exclusions.c
    found = (
        columns.department_id == officer.department_id,
        columns.officer_id == officer.id,
        columns.id == exclusion_id,
        columns.until_on.is_(None) | (columns.until_on > last_on),
    )
    # One that has not begun by then would end before it begins: it is taken out instead.
    began = work.conn.execute(
        sa.update(exclusions).where(*found, columns.from_on <= last_on).values(until_on=last_on).returning(columns.id)
    ).scalar_one_or_none()
    gone = began or work.conn.execute(sa.delete(exclusions).where(*found).returning(columns.id)).scalar_one_or_none()
    if gone is None:
        return False
    data: dict[str, Any] = {"exclusion": exclusion_id, "last_on": last_on.isoformat(), "by": by, "words": words}
    event.record(work, officer.department_id, "exclusion_ended", "officer", officer.id, officer_id=officer.id, **data)
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
