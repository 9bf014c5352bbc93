"""Trying a whole transaction again when PostgreSQL says that it could not be had this time.

Only what may be repeated whole belongs here: an inbound event under its unique key, a duty, a batch of results.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, OperationalError

Result = TypeVar("Result")

# Lost to somebody at the same moment: serialization, deadlock, exclusion (an officer's time taken meanwhile).
LOST_RACES = frozenset({"40001", "40P01", "23P01"})
MOST_TRIES = 3

# PostgreSQL is starting, stopping, or has ended the session under us.
_GOING_OR_COMING = frozenset({"57P01", "57P02", "57P03", "08000", "08001", "08003", "08006"})


def whole(
    attempt: Callable[[], Result], *, patience_seconds: float = 0.0, lost: tuple[type[Exception], ...] = ()
) -> Result:
    """What `attempt` returns; run again whole, up to three times, when it lost a race.

    `lost` names errors that say so in the domain's words.

    When the connection is gone (PostgreSQL restarted: the pool still held dead connections) it is tried again at
    once, and then until `patience_seconds` of real time have passed. Any other error is the caller's.
    """
    tries, begun_at = 0, time.monotonic()
    while True:
        tries += 1
        try:
            return attempt()
        except lost:
            if tries >= MOST_TRIES:
                raise
        except DBAPIError as error:
            if lost_connection(error):
                _wait_for_database(tries, begun_at, patience_seconds, error)
            elif sqlstate(error) not in LOST_RACES or tries >= MOST_TRIES:
                raise


def sqlstate(error: DBAPIError) -> str | None:
    """PostgreSQL's five characters for what went wrong; None when it never got there."""
    return getattr(error.orig, "sqlstate", None)


def lost_connection(error: DBAPIError) -> bool:
    """Whether there was no connection to PostgreSQL, or no longer."""
    never_answered = isinstance(error, OperationalError) and sqlstate(error) is None
    return error.connection_invalidated or never_answered or sqlstate(error) in _GOING_OR_COMING


def _wait_for_database(tries: int, begun_at: float, patience_seconds: float, error: DBAPIError) -> None:
    """The first time at once, because a fresh connection is usually there; then patiently, then no more."""
    if tries == 1:
        return
    if time.monotonic() - begun_at >= patience_seconds:
        raise error
    time.sleep(0.2)
