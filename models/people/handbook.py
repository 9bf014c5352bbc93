"""Handbooks: a department's rules in dated versions. A version never changes, so a process reads each only once."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from models.rules.handbook import Handbook
from models.session import Work
from models.tables import Json, of_department, sql

handbooks = of_department(
    "handbook",
    sa.Column("version", sa.Integer),
    sa.Column("effective_on", sa.Date),
    sa.Column("rules", Json),
)

# By engine, because one process may read several databases one after the other: tests and rehearsals do.
_READ: WeakKeyDictionary[sa.Engine, dict[tuple[int, int], "Edition"]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of a department's handbook: which one it is, and what it says."""

    id: int
    version: int
    rules: Handbook


# The version that holds today: the newest of those whose day has come. Bound: d, today.
CURRENT_ID = (
    "(select id from handbook where department_id = :d and effective_on <= :today"
    " order by effective_on desc, version desc limit 1)"
)


def current(work: Work, department_id: int, today: date) -> Edition:
    """The edition that holds on `today`, a day of the department's own calendar."""
    handbook_id: int | None = work.conn.execute(
        sql(f"select {CURRENT_ID}"), {"d": department_id, "today": today}
    ).scalar_one()
    if handbook_id is None:
        raise LookupError(f"department {department_id} has no handbook that holds on {today}")
    return edition(work, department_id, handbook_id)


def edition(work: Work, department_id: int, handbook_id: int) -> Edition:
    """The edition with this id."""
    read = _READ.setdefault(work.conn.engine, {})
    key = (department_id, handbook_id)
    if key not in read:
        read[key] = _read(work, department_id, handbook_id)
    return read[key]


def publish(work: Work, department_id: int, effective_on: date, rules: Handbook) -> int | None:
    """Add the next version, holding from `effective_on`; None when it says what the newest says already."""
    newest = _newest(work, department_id)
    if newest is not None and newest.effective_on <= effective_on and Handbook.model_validate(newest.rules) == rules:
        return None
    return work.conn.execute(
        sa.insert(handbooks)
        .values(
            department_id=department_id,
            version=newest.version + 1 if newest else 1,
            effective_on=effective_on,
            rules=rules.model_dump(mode="json"),
        )
        .returning(handbooks.c.id)
    ).scalar_one()


def _read(work: Work, department_id: int, handbook_id: int) -> Edition:
    row = work.conn.execute(
        sa.select(handbooks).where(handbooks.c.department_id == department_id, handbooks.c.id == handbook_id)
    ).one()
    return Edition(row.id, row.version, Handbook.model_validate(row.rules))


def _newest(work: Work, department_id: int) -> sa.Row[Any] | None:
    return work.conn.execute(
        sa.select(handbooks)
        .where(handbooks.c.department_id == department_id)
        .order_by(handbooks.c.version.desc())
        .limit(1)
    ).one_or_none()
