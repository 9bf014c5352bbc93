"""Moves the demonstration's clock from due time to due time, so that nothing happens later than it would have."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from models.line import call_placing, duty, message_delivery
from models.line.clock import read_clock, set_clock
from models.retry import whole
from models.session import Database, Work

# PostgreSQL may be started again while the clock moves; that is no reason to lose the day.
PATIENCE_SECONDS = 60.0
_ONE_AT_A_TIME = 4_821_000_117


class NoClock(Exception):
    """There is no demonstration here whose clock could be moved, or somebody else is moving it."""


def step_to(database: Database, target: datetime, settle: Callable[[], None]) -> None:
    """Make it `target` (aware UTC), stopping at every due time on the way.

    `settle` returns when all that is due has been done, and raises when that does not come about: then the clock
    stays where it is. A clock that ran stands still meanwhile, and runs on afterwards. Raises NoClock.
    """
    with _alone(database):
        now, was_running = clock_of(database)
        try:
            move(database, now, running=False)
            settle()
            while (due_at := next_due_at(database)) is not None and due_at <= target:
                now = max(now, due_at)
                move(database, now, running=False)
                settle()
            now = max(now, target)
        finally:
            move(database, now, running=was_running)
        settle()


def clock_of(database: Database) -> tuple[datetime, bool]:
    """What time it is, and whether it runs; raises NoClock."""
    found = whole(lambda: _read(database), patience_seconds=PATIENCE_SECONDS)
    if found is None:
        raise NoClock("There is no demonstration clock here; dutyline demo sets one up.")
    return found


def move(database: Database, at: datetime, *, running: bool) -> None:
    """Make it `at`, for everybody, at once."""
    whole(lambda: _write(database, at, running=running), patience_seconds=PATIENCE_SECONDS)


def next_due_at(database: Database) -> datetime | None:
    """When the next duty or text of any department is due; None when nothing ever is."""
    return whole(lambda: min(_due_times(database), default=None), patience_seconds=PATIENCE_SECONDS)


def _read(database: Database) -> tuple[datetime, bool] | None:
    with database.engine.connect() as conn:
        return read_clock(conn)


def _write(database: Database, at: datetime, *, running: bool) -> None:
    with database.engine.begin() as conn:
        set_clock(conn, at, running=running)


def _due_times(database: Database) -> Iterator[datetime]:
    for department_id in database.departments():
        with database.begin([department_id]) as work:
            yield from (due_at for due_at in _due_times_of(work, department_id) if due_at is not None)


def _due_times_of(work: Work, department_id: int) -> list[datetime | None]:
    return [each.next_due_at(work, department_id) for each in (duty, message_delivery.OUTBOX, call_placing.OUTBOX)]


@contextmanager
def _alone(database: Database) -> Iterator[None]:
    """One mover at a time, or each would leave the other's clock standing. Raises NoClock."""
    with database.engine.connect() as conn:
        if not conn.execute(sa.text("select pg_try_advisory_lock(:key)"), {"key": _ONE_AT_A_TIME}).scalar_one():
            raise NoClock("Somebody else is moving the clock; try again when it has arrived.")
        conn.commit()
        try:
            yield
        finally:
            _let_others(conn)


def _let_others(conn: sa.Connection) -> None:
    try:
        conn.execute(sa.text("select pg_advisory_unlock(:key)"), {"key": _ONE_AT_A_TIME})
        conn.commit()
    except DBAPIError:
        # PostgreSQL was started again meanwhile, and the lock went with the connection.
        conn.invalidate()
