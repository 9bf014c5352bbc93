"""The unit of work: one transaction, the departments it may see, the time it happens at, and the bells it rings.

Leaving the block commits and then rings; an exception undoes everything, and forgetting to commit is safe. Events and
duties that verbs record are gathered and written together just before the commit: fewer trips, same transaction.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

log = logging.getLogger(__name__)

Ring: TypeAlias = Callable[[str, int], None]
APPLICATION_ROLE = "dutyline_app"
_OPTIONS = f"-c role={APPLICATION_ROLE} -c timezone=UTC"

_CLOCK = "(select stands_at + coalesce(clock_timestamp() - running_since, interval '0') from clock) as now"

# Built once: every transaction begins with one of these.
_SCOPING = "select set_config('dutyline.departments', :departments, true)"
_SCOPE, _SCOPE_BY_DEMO_CLOCK = sa.text(_SCOPING), sa.text(f"{_SCOPING}, {_CLOCK}")

_LINE_COLUMNS = "l.id, l.department_id, s.departments, set_config('dutyline.departments', s.departments::text, true)"
_LINE_FOUND = (
    " from line l, lateral (select array_agg(d) as departments from ("
    "   select l.department_id as d union select department_id from line_department where line_id = l.id) u"
    " ) s"
)
_LINE_BY_NUMBER = f"{_LINE_FOUND} where l.number = :number"
_LINE_SEEN = sa.text(f"select {_LINE_COLUMNS}{_LINE_FOUND} where l.id = :line")
_LINE = sa.text(f"select {_LINE_COLUMNS}{_LINE_BY_NUMBER}")
_LINE_BY_DEMO_CLOCK = sa.text(f"select {_LINE_COLUMNS}, {_CLOCK}{_LINE_BY_NUMBER}")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an officer by text, an agent for a caller, the system by itself.

    `id` is a person's id (None for system, carrier and operator); `behalf_of_id` the person acted for, if another.
    """

    kind: str
    channel: str
    id: int | None = None
    behalf_of_id: int | None = None


SYSTEM = Actor("system", "worker")


@dataclass(slots=True)
class Work:
    """One transaction under way. Verbs take it first; nothing else reaches the database."""

    conn: sa.Connection
    now: datetime
    actor: Actor
    departments: tuple[int, ...]
    text_id: int | None = None
    """The text (message_in) that all of this follows from, if it does from one: each event names it."""
    call_id: int | None = None
    """The call that all of this is said in, if it is: each event names it."""
    mails: bool = False
    """Whether this installation has a mail server: without one nothing is mailed, and what would be is texted."""
    recorded: int = 0
    """How many rows were put off so far. Nothing changes without an event: what was read before is as it was while this
    is."""
    pending: list[tuple[sa.Table, dict[str, Any]]] = field(default_factory=list)
    bells: set[tuple[str, int]] = field(default_factory=set)

    def later(self, table: sa.Table, row: dict[str, Any]) -> None:
        """Insert `row` just before the commit, with all others of its table in one statement."""
        self.pending.append((table, row))
        self.recorded += 1

    def ring(self, queue: str, department_id: int) -> None:
        """Ring `queue`'s bell after the commit."""
        self.bells.add((queue, department_id))

    def see_line(self, line_id: int) -> None:
        """From here on see all departments that the line serves: what is said on it may be about any of them."""
        found = self.conn.execute(_LINE_SEEN, {"line": line_id}).one()
        self.departments = tuple(found.departments)

    @contextmanager
    def visiting(self, department_id: int) -> Iterator[None]:
        """Act in this department, seeing it and no other; then in one's own again, in the same transaction.

        Its events and duties are written before one comes back. Only for what both handbooks agreed to
        (models/awarding/asking/invitation.py): nothing seen there may be carried home but whether it was done.
        """
        home, pending = self.departments, self.pending
        self.pending = []
        try:
            self._see((department_id,))
            yield
            self.flush()
            self._see(home)
        finally:
            # When it failed, undoing the transaction to where it began takes the setting back too.
            self.departments, self.pending = home, pending

    def _see(self, departments: tuple[int, ...]) -> None:
        self.conn.execute(_SCOPE, {"departments": _array(departments)})
        self.departments = departments

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo to here, rows written later included, when the block raises."""
        pending, bells = len(self.pending), set(self.bells)
        try:
            with self.conn.begin_nested():
                yield
        except BaseException:
            del self.pending[pending:]
            self.bells = bells
            raise

    @contextmanager
    def aside(self) -> Iterator[sa.Connection]:
        """A second connection, whose statements stand at once, whatever becomes of this transaction.

        It sees no department. Only for what must survive a turn that is undone: a PIN that was tried. It takes no row
        lock that this transaction may hold, since neither would ever learn that it waits for the other.
        """
        with self.conn.engine.connect() as conn:
            yield conn.execution_options(isolation_level="AUTOCOMMIT")

    def flush(self) -> None:
        """Write what was put off, table by table, in the order tables were first named."""
        rows: dict[sa.Table, list[dict[str, Any]]] = {}
        for table, row in self.pending:
            rows.setdefault(table, []).append(row)
        self.pending.clear()
        for table, together in rows.items():
            self.conn.execute(_insertion(table), together if len(together) > 1 else together[0])


class Database:
    """The application's way to PostgreSQL: connects under the role that row-level security binds.

    With `plans_once` a connection plans a statement once and not each of the first ten times: for the web, whose
    statements are about one person. What reads thousands of rows is worth a plan for just so many.
    """

    def __init__(
        self,
        url: str,
        *,
        demo_clock: bool = False,
        ring: Ring | None = None,
        pool_size: int = 8,
        plans_once: bool = False,
        mails: bool = False,
    ) -> None:
        self.demo_clock = demo_clock
        self.mails = mails
        self._ring = ring
        self.engine = sa.create_engine(
            url,
            pool_size=pool_size,
            max_overflow=pool_size,
            # The connection used last has its plans at hand; those that only a rush needs may lie.
            pool_use_lifo=True,
            pool_pre_ping=False,
            connect_args={
                "options": f"{_OPTIONS} -c plan_cache_mode=force_generic_plan" if plans_once else _OPTIONS,
                "prepare_threshold": 1 if plans_once else 5,
                "application_name": "dutyline",
            },
        )

    @contextmanager
    def begin(self, departments: Sequence[int], actor: Actor = SYSTEM) -> Iterator[Work]:
        """A unit of work that sees `departments` and nothing else."""
        with self._transaction(actor) as work:
            self.scope(work, departments)
            yield work

    @contextmanager
    def begin_on_line(self, number: str, actor: Actor) -> Iterator[tuple[Work, sa.Row[Any] | None]]:
        """A unit of work for something that arrived on our number `number`: sees the departments it serves.

        Yields the work and the line's row (id, department_id, departments), or None for a number that is not ours.
        """
        with self._transaction(actor) as work:
            line = work.conn.execute(self._line_query(), {"number": number}).one_or_none()
            if line is not None:
                work.departments = tuple(line.departments)
                work.now = line.now if self.demo_clock else work.now
            yield work, line

    def scope(self, work: Work, departments: Sequence[int]) -> None:
        """Bind the transaction to `departments`, and learn what time it is where the clock is a row."""
        query = _SCOPE_BY_DEMO_CLOCK if self.demo_clock else _SCOPE
        row = work.conn.execute(query, {"departments": _array(departments)}).one()
        work.departments = tuple(departments)
        work.now = row.now if self.demo_clock else work.now

    def departments(self) -> list[int]:
        """Every department on this installation, for those who go through them one by one."""
        with self.engine.connect() as conn:
            return list(conn.execute(sa.text("select id from department order by id")).scalars())

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()

    @contextmanager
    def _transaction(self, actor: Actor) -> Iterator[Work]:
        with self.engine.connect() as conn, conn.begin():
            work = Work(conn, datetime.now(UTC), actor, (), mails=self.mails)
            yield work
            work.flush()
        self._ring_bells(work)

    def _line_query(self) -> sa.TextClause:
        return _LINE_BY_DEMO_CLOCK if self.demo_clock else _LINE

    def _ring_bells(self, work: Work) -> None:
        """The rows are committed: a bell that cannot be rung is only slower, the sweep will find them."""
        for queue, department_id in sorted(work.bells):
            try:
                if self._ring is not None:
                    self._ring(queue, department_id)
            except Exception:
                log.warning("bell not rung: %s of department %s", queue, department_id, exc_info=True)


@cache
def _insertion(table: sa.Table) -> sa.Insert:
    return insert(table).on_conflict_do_nothing()


def _array(departments: Sequence[int]) -> str:
    return "{" + ",".join(str(int(one)) for one in departments) + "}"
