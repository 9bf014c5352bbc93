"""How records are declared: one MetaData, and the two columns nearly every table has."""

from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from psycopg.types.range import Range as PgRange
from sqlalchemy.dialects.postgresql import JSONB, TSTZRANGE, Range

metadata = sa.MetaData()

Timestamp = sa.DateTime(timezone=True)
Json = JSONB(none_as_null=True)
Span = TSTZRANGE()

__all__ = ["Json", "PgRange", "Range", "Span", "Timestamp", "metadata", "of_department", "span", "sql"]


@lru_cache(maxsize=512)
def sql(text: str) -> sa.TextClause:
    """A statement in SQL, taken apart once and used ever after: most of them are on the way of every text."""
    return sa.text(text)


def of_department(name: str, *columns: sa.Column[Any]) -> sa.Table:
    """A table sealed off by department: `department_id` and an identity `id`, together its primary key."""
    return sa.Table(
        name,
        metadata,
        sa.Column("department_id", sa.BigInteger, primary_key=True),
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        *columns,
    )


def span(starts_at: datetime, ends_at: datetime) -> Range[datetime]:
    """The half-open time from `starts_at` to `ends_at`."""
    return Range(starts_at, ends_at, bounds="[)")
