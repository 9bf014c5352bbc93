"""Moves the demonstration's clock from due time to due time, so that nothing happens later than it would have."""

from collections.abc import Callable, Iterable
from datetime import datetime

from models.line import duty, message_out
from models.line.clock import read_clock, set_clock
from models.session import Database, Work


class NoClock(Exception):
    """There is no demonstration here whose clock could be moved."""


def step_to(database: Database, target: datetime, settle: Callable[[], None]) -> None:
    """Make it `target` (aware UTC), stopping at every due time on the way.

    `settle` returns when all that is due has been done, and raises when that does not come about: then the clock
    stays where it is. A clock that ran stands still meanwhile, and runs on afterwards.
    """
    now, was_running = clock_of(database)
    move(database, now, running=False)
    try:
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
    with database.engine.connect() as conn:
        found = read_clock(conn)
    if found is None:
        raise NoClock("There is no demonstration clock here; dutyline demo sets one up.")
    return found


def move(database: Database, at: datetime, *, running: bool) -> None:
    """Make it `at`, for everybody, at once."""
    with database.engine.begin() as conn:
        set_clock(conn, at, running=running)


def next_due_at(database: Database) -> datetime | None:
    """When the next duty or text of any department is due."""
    return _earliest(due_at for department_id in database.departments() for due_at in _due_in(database, department_id))


def _due_in(database: Database, department_id: int) -> list[datetime]:
    with database.begin([department_id]) as work:
        return [due_at for due_at in _due_times(work, department_id) if due_at is not None]


def _due_times(work: Work, department_id: int) -> list[datetime | None]:
    return [duty.next_due_at(work, department_id), message_out.next_due_at(work, department_id)]


def _earliest(times: Iterable[datetime]) -> datetime | None:
    return min(times, default=None)
