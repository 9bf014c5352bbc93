"""The demonstration's clock: a row. Production has no such row and never reads it."""

from datetime import datetime

import sqlalchemy as sa

from models.tables import Timestamp, metadata, sql

clocks = sa.Table(
    "clock",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("stands_at", Timestamp),
    sa.Column("running_since", Timestamp),
)


def set_clock(conn: sa.Connection, at: datetime, *, running: bool = False) -> None:
    """Make it `at` now: standing still, or running on with real time from here."""
    conn.execute(
        sql(
            "insert into clock (id, stands_at, running_since)"
            " values (1, :at, case when :running then clock_timestamp() end)"
            " on conflict (id) do update set stands_at = excluded.stands_at, running_since = excluded.running_since"
        ),
        {"at": at, "running": running},
    )


def read_clock(conn: sa.Connection) -> tuple[datetime, bool] | None:
    """What time it is and whether time runs; None where no demonstration was set up."""
    row = conn.execute(
        sql(
            "select stands_at + coalesce(clock_timestamp() - running_since, interval '0') as now,"
            " running_since is not null as running from clock"
        )
    ).one_or_none()
    return (row.now, row.running) if row else None
