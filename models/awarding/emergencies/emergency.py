"""Emergencies: a declaration runs the handbook's emergency clause until its stated time, filed with what it gave.

declared -> ended
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from models.details.opening import Opening
from models.lifecycle import Arrow, Lifecycle
from models.line import duty
from models.people.department import Department, lock_department
from models.people.handbook import Edition, current
from models.proof import event
from models.rules.emergency import under_emergency
from models.session import Work
from models.tables import Timestamp, of_department, sql

emergencies = of_department(
    "emergency",
    sa.Column("handbook_id", sa.BigInteger),
    sa.Column("declared_at", Timestamp),
    sa.Column("declared_by", sa.Text),
    sa.Column("authority", sa.Text),
    sa.Column("words", sa.Text),
    sa.Column("ends_at", Timestamp),
    sa.Column("detail_ids", sa.ARRAY(sa.BigInteger)),
    sa.Column("state", sa.Text),
    sa.Column("ended_at", Timestamp),
    sa.Column("ended_by", sa.Text),
)

LIFECYCLE = Lifecycle(
    emergencies,
    starts=("declared",),
    arrows=(Arrow("end", ("declared",), "ended", "emergency_ended", "Its stated time has come, or it is called off."),),
)


class EmergencyError(Exception):
    """Why an emergency cannot be declared, in a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """A declaration that holds now."""

    id: int
    ends_at: datetime
    words: str
    detail_ids: tuple[int, ...] | None

    def covers(self, about: Opening) -> bool:
        """Whether the opening is given out under it."""
        if self.detail_ids is not None:
            return about.detail_id in self.detail_ids
        return about.starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Declaration:
    """Who declares what, by what authority, until when; `detail_refs` None: for all that starts before it ends."""

    by: str
    authority: str
    words: str
    ends_at: datetime
    detail_refs: Sequence[str] | None = None


def declare(work: Work, department: Department, said: Declaration) -> int:
    """Declare it; what follows for each detail is planned as a duty of its own. Raises EmergencyError."""
    lock_department(work, department.id)
    holds = current(work, department.id, work.now.astimezone(department.zone).date())
    _refuse(work, department, said, holds)
    detail_ids = None if said.detail_refs is None else _details(work, department.id, said.detail_refs)
    emergency_id: int = work.conn.execute(
        sa.insert(emergencies)
        .values(
            department_id=department.id,
            handbook_id=holds.id,
            declared_at=work.now,
            declared_by=said.by,
            authority=said.authority,
            words=said.words,
            ends_at=said.ends_at,
            detail_ids=detail_ids,
            state="declared",
        )
        .returning(emergencies.c.id)
    ).scalar_one()
    duty.plan(work, department.id, "run_emergency", emergency_id, work.now)
    duty.plan(work, department.id, "end_emergency", emergency_id, said.ends_at)
    event.record(
        work,
        department.id,
        "emergency_declared",
        "emergency",
        emergency_id,
        by=said.by,
        authority=said.authority,
        words=said.words,
        ends_at=said.ends_at.isoformat(),
        details=detail_ids,
        handbook=holds.id,
    )
    return emergency_id


def end(work: Work, department_id: int, emergency_id: int, by: str | None = None) -> bool:
    """End it; False when it had ended. Call-outs under it stop with the next duty."""
    if not LIFECYCLE.move(work, department_id, [emergency_id], "end", ended_at=work.now, ended_by=by):
        return False
    event.record(work, department_id, "emergency_ended", "emergency", emergency_id, by=by)
    duty.plan(work, department_id, "stop_emergency", emergency_id, work.now)
    return True


def declared(work: Work, department_id: int) -> Emergency | None:
    """The emergency that holds now, if one does."""
    row = work.conn.execute(
        sa.select(emergencies).where(
            emergencies.c.department_id == department_id,
            emergencies.c.state == "declared",
            emergencies.c.ends_at > work.now,
        )
    ).one_or_none()
    return None if row is None else _of(row)


def history(work: Work, department_id: int) -> list[dict[str, Any]]:
    """Every declaration, the newest first, with how many were asked, how many took a slot, and how many awards."""
    rows = work.conn.execute(
        sql(
            "select m.id, m.state, m.declared_at, m.declared_by, m.authority, m.words, m.ends_at, m.ended_at,"
            " m.ended_by,"
            " (select count(*) from offer f join call_out c on c.department_id = f.department_id"
            "   and c.id = f.call_out_id where f.department_id = m.department_id and c.emergency_id = m.id) as asked,"
            " (select count(*) from offer f join call_out c on c.department_id = f.department_id"
            "   and c.id = f.call_out_id where f.department_id = m.department_id and c.emergency_id = m.id"
            "   and f.state = 'accepted') as taken,"
            " (select count(*) from award a"
            "   where a.department_id = m.department_id and a.emergency_id = m.id) as awards"
            " from emergency m where m.department_id = :d order by m.id desc"
        ),
        {"d": department_id},
    )
    return [dict(row._mapping) for row in rows]


def lifted(holds: Edition) -> Edition:
    """The edition as it holds under an emergency."""
    return replace(holds, rules=under_emergency(holds.rules))


def _of(row: sa.Row[Any]) -> Emergency:
    return Emergency(row.id, row.ends_at, row.words, None if row.detail_ids is None else tuple(row.detail_ids))


def _refuse(work: Work, department: Department, said: Declaration, holds: Edition) -> None:
    clause = holds.rules.emergency
    if clause is None:
        raise EmergencyError("the handbook has no emergency clause: publish one with `emergency:` first")
    if said.ends_at <= work.now:
        raise EmergencyError("it must end after now")
    if said.ends_at > work.now + timedelta(hours=clause.at_most_hours):
        raise EmergencyError(f"the handbook lets a declaration hold for {clause.at_most_hours:g} hours at most")
    if declared(work, department.id) is not None:
        raise EmergencyError("one is declared already: end it first")


def _details(work: Work, department_id: int, refs: Sequence[str]) -> list[int]:
    rows = work.conn.execute(
        sql("select id, ref from detail where department_id = :d and ref = any (:refs) order by id"),
        {"d": department_id, "refs": list(refs)},
    ).all()
    unknown = sorted(set(refs) - {row.ref for row in rows})
    if unknown:
        raise EmergencyError(f"there is no detail {unknown[0]}")
    return [row.id for row in rows]
