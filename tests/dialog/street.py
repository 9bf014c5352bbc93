"""The cast with phones in their hands, texting through the real dialog into the real records."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

import sqlalchemy as sa

from bot.dialog.intake import Arrival, take_in
from models.line.line import line_departments
from models.people.department import Department
from models.people.officer import Officer
from models.session import Database
from tests.cast import Cast

SIDS = count(1)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Street:
    """The cast with phones in their hands."""

    database: Database
    cast: Cast
    statements: list[str] = field(default_factory=list)

    def text(self, who: Officer | str, body: str, line_of: Department | None = None, **arrival: Any) -> str | None:
        """Texts a line and returns the one answer, None when there is none."""
        where = line_of or (self.cast.millbrook if isinstance(who, str) else self.cast.department_of(who))
        line = self.number(where)
        phone = who if isinstance(who, str) else self.phone(who)
        before = self.last_out(where)
        with self._counted():
            assert take_in(self.database, Arrival(f"SM{next(SIDS)}", phone, line, body, **arrival)) == "taken"
        return self.rows(where, "select body from message_out where department_id = :d and id > :b", b=before, one=True)

    def rows(self, where: Department, sql: str, one: bool = False, **values: Any) -> Any:
        with self.database.begin([where.id]) as work:
            found = work.conn.execute(sa.text(sql), {"d": where.id, **values}).scalars().all()
        if one:
            assert len(found) <= 1, found
            return found[0] if found else None
        return list(found)

    def number(self, where: Department) -> str:
        return self.rows(where, "select number from line where department_id = :d")[0]

    def phone(self, who: Officer) -> str:
        where = self.cast.department_of(who)
        return self.rows(where, "select number from phone where person_id = :p and :d > 0", p=who.person_id)[0]

    def last_out(self, where: Department) -> int:
        return self.rows(where, "select coalesce(max(id), 0) from message_out where department_id = :d")[0]

    def hand_offs(self, where: Department) -> list[str]:
        return self.rows(where, "select reason from hand_off where department_id = :d order by id")

    def share(self) -> None:
        """Millbrook's line serves Harbor too."""
        with self.database.begin([self.cast.millbrook.id]) as work:
            line_id = work.conn.execute(
                sa.text("select id from line where department_id = :d"), {"d": self.cast.millbrook.id}
            ).scalar_one()
            work.conn.execute(sa.insert(line_departments).values(line_id=line_id, department_id=self.cast.harbor.id))

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self.statements.clear()

        def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            self.statements.append(statement)

        sa.event.listen(self.database.engine, "before_cursor_execute", note)
        try:
            yield
        finally:
            sa.event.remove(self.database.engine, "before_cursor_execute", note)
