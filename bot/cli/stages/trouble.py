"""What keeps an installation from being idle, in words."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from models.session import Database

_DUTIES = sa.text(
    "select kind, count(*) as duties, max(attempts) as attempts, max(failure) as failure from duty"
    " where department_id = :d and done_at is null and due_at <= :now group by kind order by kind"
)
_TEXTS = sa.text(
    "select state, count(*) as texts, max(attempts) as attempts, max(failure) as failure from message_out"
    " where department_id = :d and ((state = 'queued' and due_at <= :now) or state = 'sending')"
    " group by state order by state"
)
_CALLS = sa.text(
    "select state, count(*) as calls, max(attempts) as attempts, max(failure) as failure from outbound_call"
    " where department_id = :d and ((state = 'queued' and due_at <= :now) or state = 'placing')"
    " group by state order by state"
)
_RECORDINGS = sa.text(
    "select state, count(*) as recordings, max(attempts) as attempts, max(failure) as failure from recording"
    " where department_id = :d and (state in ('wanted', 'starting', 'stopping')"
    " or (state = 'stopped' and delete_at <= :now)) group by state order by state"
)


def undone(database: Database) -> list[str]:
    """What is due and not done yet, a phrase each; empty when nothing is."""
    return [phrase for department_id in database.departments() for phrase in _undone_in(database, department_id)]


def _undone_in(database: Database, department_id: int) -> Iterator[str]:
    with database.begin([department_id]) as work:
        bound = {"d": department_id, "now": work.now}
        duties, texts = work.conn.execute(_DUTIES, bound).all(), work.conn.execute(_TEXTS, bound).all()
        calls, recordings = work.conn.execute(_CALLS, bound).all(), work.conn.execute(_RECORDINGS, bound).all()
    for row in duties:
        yield _phrase(f"{row.duties} x {row.kind}", row)
    for row in texts:
        yield _phrase(f"{row.texts} x text {row.state}", row)
    for row in calls:
        yield _phrase(f"{row.calls} x call {row.state}", row)
    for row in recordings:
        yield _phrase(f"{row.recordings} x recording {row.state}", row)


def _phrase(what: str, row: sa.Row[Any]) -> str:
    tried = f", tried {row.attempts} times" if row.attempts else ""
    return f"{what}{tried}{f' ({row.failure})' if row.failure else ''}"
