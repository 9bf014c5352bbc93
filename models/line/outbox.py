"""What goes out on a line, each line at its own pace: claimed in one transaction, handed to the carrier outside any,
settled in a second.

A worker that dies between the two leaves its rows on their way: whether they went out, nobody here knows, so they are
compared with the carrier's own list before anything goes out again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from models.line.line import lines
from models.session import Work

Due = TypeVar("Due")

# Written out in the statement: the indexes of what waits hold rows of this state alone.
_QUEUED: sa.ColumnElement[str] = sa.literal_column("'queued'")


@dataclass(frozen=True, slots=True)
class Claim(Generic[Due]):
    """What was claimed on a line; `paced_seconds` is how long its next must wait, None when no more is due."""

    due: list[Due]
    paced_seconds: float | None


@dataclass(frozen=True, slots=True)
class Outbox:
    """Rows of one table that wait for the pace of their line, and the queue whose bell has them looked at.

    Its rows stand `queued`, and `on_its_way` from claim to result; `move` takes the arrows between. `per_minute` and
    `free_at` are the line's columns: how many it may send, and from when on. `burst` is what a line that stood idle
    may send at once, in time of its pace.
    """

    table: sa.Table
    on_its_way: str
    queue: str
    move: Callable[..., list[int]]
    per_minute: sa.Column[int]
    free_at: sa.Column[datetime]
    burst: timedelta

    def is_due(self, work: Work, department_id: int) -> bool:
        """Whether something of the department may be handed to the carrier now."""
        return self._any(work, *self._due(work, department_id))

    def next_due_at(self, work: Work, department_id: int) -> datetime | None:
        """When the next that stands queued is due."""
        row = self.table.c
        queued = row.department_id == department_id, row.state == _QUEUED
        return work.conn.execute(sa.select(sa.func.min(row.due_at)).where(*queued)).scalar_one_or_none()

    def lines_due(self, work: Work, department_id: int) -> Sequence[int]:
        """The lines on which the department has something due, in the order in which workers lock them."""
        line_id = self.table.c.line_id
        due = sa.select(line_id).where(*self._due(work, department_id))
        return work.conn.execute(due.distinct().order_by(line_id)).scalars().all()

    def lock_line(self, work: Work, line_id: int) -> sa.Row[Any]:
        """The line, locked, so that however many workers there are, one line keeps one pace."""
        line = sa.select(
            lines.c.id,
            lines.c.number,
            self.per_minute.label("per_minute"),
            sa.func.greatest(self.free_at, sa.literal_column("'epoch'")).label("free_at"),
            sa.func.clock_timestamp().label("at"),
        )
        return work.conn.execute(line.where(lines.c.id == line_id).with_for_update(key_share=True)).one()

    def let_out(self, work: Work, line: sa.Row[Any], parts: Sequence[int], *, more: bool) -> tuple[int, float | None]:
        """How many of the next go out now on the locked line, which is busy with them; and the wait for the rest.

        `parts` are how many messages each counts as; `more` says that there may be others behind them.
        """
        taken, free_at = pace(parts, line.free_at, line.at, line.per_minute, self.burst)
        if taken:
            work.conn.execute(sa.update(lines).where(lines.c.id == line.id).values({self.free_at: free_at}))
        if taken == len(parts) and not more:
            return taken, None
        return taken, max(0.0, (free_at - line.at).total_seconds())

    def slow_down(self, work: Work, line_id: int, wait: timedelta) -> None:
        """The carrier asks for less: nothing more goes out on the line for `wait` of real time."""
        free_at = sa.func.greatest(self.free_at, sa.func.clock_timestamp() + wait)
        work.conn.execute(sa.update(lines).where(lines.c.id == line_id).values({self.free_at: free_at}))

    def requeue(self, work: Work, department_id: int, row_id: int, wait: timedelta, error_code: int | None) -> None:
        """The carrier did not take it now: ask again after `wait` of real time."""
        retry_at = sa.func.clock_timestamp() + wait
        self.move(work, department_id, [row_id], "requeue", retry_at=retry_at, error_code=error_code)

    def stuck(self, work: Work, department_id: int, lease: timedelta) -> list[sa.Row[Any]]:
        """Rows claimed longer ago than `lease` (real time) whose result never came, each with its `from_number`."""
        row = self.table.c
        stuck = sa.select(self.table, lines.c.number.label("from_number")).where(
            lines.c.id == row.line_id, *self._stuck(department_id, lease)
        )
        return list(work.conn.execute(stuck.order_by(row.id)))

    def is_stuck(self, work: Work, department_id: int, lease: timedelta) -> bool:
        """Whether `stuck` would find any."""
        return self._any(work, *self._stuck(department_id, lease))

    def sids_known(self, work: Work, department_id: int, sids: Sequence[str]) -> set[str]:
        """Those of the carrier's `sids` that rows of ours have already."""
        row = self.table.c
        known = sa.select(row.sid).where(row.department_id == department_id, row.sid.in_(sids))
        return set(work.conn.execute(known).scalars())

    def not_found(self, work: Work, department_id: int, row_id: int, claimed_at: datetime) -> bool:
        """What was claimed at `claimed_at` is not on the carrier's list: it goes back to be sent, once."""
        row = self.table.c
        still = sa.select(row.id).where(
            row.department_id == department_id,
            row.id == row_id,
            row.state == self.on_its_way,
            row.claimed_at == claimed_at,
        )
        if work.conn.execute(still.with_for_update()).one_or_none() is None:
            return False
        work.ring(self.queue, department_id)
        return bool(self.move(work, department_id, [row_id], "requeue"))

    def doubt_queued(self, work: Work, department_id: int, since: datetime) -> int:
        """What stands queued may have gone out after `since`, when these records were copied; returns how many.

        They are looked up on the carrier's list from `since` on, and sent only if they are not there.
        """
        row = self.table.c
        queued = sa.select(row.id).where(row.department_id == department_id, row.state == _QUEUED)
        ids = list(work.conn.execute(queued).scalars())
        return len(self.move(work, department_id, ids, "claim", claimed_at=since))

    def _any(self, work: Work, *where: sa.ColumnElement[bool]) -> bool:
        return bool(work.conn.execute(sa.select(sa.exists(sa.select(self.table.c.id).where(*where)))).scalar_one())

    def _due(self, work: Work, department_id: int) -> tuple[sa.ColumnElement[bool], ...]:
        row = self.table.c
        return (
            row.department_id == department_id,
            row.state == _QUEUED,
            row.due_at <= work.now,
            row.retry_at <= sa.func.clock_timestamp(),
        )

    def _stuck(self, department_id: int, lease: timedelta) -> tuple[sa.ColumnElement[bool], ...]:
        row = self.table.c
        return (
            row.department_id == department_id,
            # Written out, as in _QUEUED.
            row.state == sa.literal_column(f"'{self.on_its_way}'"),
            row.claimed_at < sa.func.clock_timestamp() - sa.cast(lease, sa.Interval),
        )


def pace(
    parts: Sequence[int], free_at: datetime, at: datetime, per_minute: int, burst: timedelta
) -> tuple[int, datetime]:
    """How many of the next may go out at `at`, and when the line is free after them.

    Every part of a long text counts as a message, as carriers count; what is once begun goes out whole, and the next
    waits the longer.
    """
    free_at, taken = max(free_at, at - burst), 0
    for each in parts:
        if free_at > at:
            break
        taken += 1
        free_at += timedelta(minutes=1) / per_minute * max(each, 1)
    return taken, free_at
