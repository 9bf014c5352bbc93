"""What keeps an installation from being idle, in words."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from models.session import Database

# One statement, because whoever waits for idleness asks it again and again.
_UNDONE = sa.text(
    "select kind as what, count(*) as several, max(attempts) as attempts, max(failure) as failure from duty"
    " where department_id = :d and done_at is null and due_at <= :now group by kind"
    " union all select 'text ' || state, count(*), max(attempts), max(failure) from message_out"
    " where department_id = :d and ((state = 'queued' and due_at <= :now) or state = 'sending') group by state"
    " union all select 'call ' || state, count(*), max(attempts), max(failure) from outbound_call"
    " where department_id = :d and ((state = 'queued' and due_at <= :now) or state = 'placing') group by state"
    " union all select 'mail ' || state, count(*), max(attempts), max(failure) from mail_out"
    " where department_id = :d and ((state = 'queued' and due_at <= :now) or state = 'sending') group by state"
    " union all select 'recording ' || state, count(*), max(attempts), max(failure) from recording"
    " where department_id = :d and (state in ('wanted', 'starting', 'stopping')"
    " or (state = 'stopped' and delete_at <= :now)) group by state"
)


def undone(database: Database) -> list[str]:
    """What is due and not done yet, a phrase each; empty when nothing is."""
    return [phrase for department_id in database.departments() for phrase in _undone_in(database, department_id)]


def _undone_in(database: Database, department_id: int) -> Iterator[str]:
    with database.begin([department_id]) as work:
        rows = work.conn.execute(_UNDONE, {"d": department_id, "now": work.now}).all()
    yield from sorted(_phrase(row) for row in rows)


def _phrase(row: sa.Row[Any]) -> str:
    tried = f", tried {row.attempts} times" if row.attempts else ""
    return f"{row.several} x {row.what}{tried}{f' ({row.failure})' if row.failure else ''}"
