"""Waits until a running installation has nothing left to do: never longer than it takes, never for ever."""

import time
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from bot.bell import Bell
from bot.cli.stages.trouble import undone
from bot.pocket_phone.client import PocketPhoneClient, PocketPhoneError
from models.retry import lost_connection
from models.session import Database
from workers.reconcile import LEASE
from workers.sweep import queues_due

# Real time without any progress. A worker that was killed in the middle of a delivery holds a text for the lease.
PATIENCE_SECONDS = LEASE.total_seconds() + 75.0
POLL_SECONDS = 0.01
RING_AGAIN_SECONDS = 1.0
# Without a pocket phone nobody can say what is on its way at the carrier: quiet for so long counts as idle.
QUIET_SECONDS = 0.3

_PROGRESS = sa.text(
    "select (select max(id) from event where department_id = :d) as events,"
    " (select max(id) from message_in where department_id = :d) as texts_in,"
    " (select max(id) from message_out where department_id = :d) as texts_out,"
    " (select max(id) from message_status where department_id = :d) as statuses,"
    " (select max(id) from outbound_call_status where department_id = :d) as call_statuses,"
    " (select max(id) from duty where department_id = :d) as duties,"
    " (select count(*) from duty where department_id = :d and done_at is null and due_at <= :now) as due"
)


class NotIdle(Exception):
    """Something does not get done; the message names what, and how often it was tried."""


@dataclass(frozen=True, slots=True)
class Idleness:
    """Watches the records and, where there is one, the pocket phone."""

    database: Database
    bell: Bell
    pocket_phone: PocketPhoneClient | None = None

    def wait(self) -> None:
        """Return when nothing is due, nothing is on its way, and nothing happens any more; raises NotIdle.

        Idle is: the records show nothing to do, then the carrier has nothing on its way, and then the records are as
        they were. Whatever was between the two would have left a trace in one of them.
        """
        seen, moved_at, rung_at = None, time.monotonic(), float("-inf")
        while True:
            progress = self._progress()
            if progress is not None and progress != seen:
                seen, moved_at = progress, time.monotonic()
            elif progress is not None and self._nothing_to_do():
                if self._carrier_is_idle() and self._progress() == progress:
                    return
            elif time.monotonic() - rung_at > RING_AGAIN_SECONDS:
                rung_at = time.monotonic()
                self._ring()
            if time.monotonic() - moved_at > PATIENCE_SECONDS:
                raise NotIdle(self._trouble())
            time.sleep(POLL_SECONDS)

    def _progress(self) -> list[Any] | None:
        """What changes when anything happens; None while PostgreSQL is away."""
        try:
            return [self._progress_in(department_id) for department_id in self.database.departments()]
        except DBAPIError as error:
            _raise_unless_away(error)
            return None

    def _progress_in(self, department_id: int) -> tuple[Any, ...]:
        with self.database.begin([department_id]) as work:
            return tuple(work.conn.execute(_PROGRESS, {"d": department_id, "now": work.now}).one())

    def _nothing_to_do(self) -> bool:
        try:
            return not undone(self.database)
        except DBAPIError as error:
            _raise_unless_away(error)
            return False

    def _carrier_is_idle(self) -> bool:
        if self.pocket_phone is None:
            time.sleep(QUIET_SECONDS)
            return True
        try:
            return self.pocket_phone.wait_idle(seconds=2)
        except PocketPhoneError:
            return False

    def _ring(self) -> None:
        """The clock has moved, so the sweep would find it: this is only quicker. A bell never raises."""
        try:
            for department_id in self.database.departments():
                for queue in self._queues_due(department_id):
                    self.bell.ring(queue, department_id)
        except DBAPIError as error:
            _raise_unless_away(error)

    def _queues_due(self, department_id: int) -> list[str]:
        with self.database.begin([department_id]) as work:
            return queues_due(work, department_id)

    def _trouble(self) -> str:
        try:
            left = undone(self.database)
        except DBAPIError:
            return f"PostgreSQL does not answer for {PATIENCE_SECONDS:.0f} seconds."
        what = "; ".join(left) or "texts on their way at the carrier"
        return (
            f"This does not get done within {PATIENCE_SECONDS:.0f} seconds: {what}. See var/log, and dutyline doctor."
        )


def _raise_unless_away(error: DBAPIError) -> None:
    """PostgreSQL is being started again: whoever asked looks again soon. Any other error is raised."""
    if not lost_connection(error):
        raise error
