"""Penalties: a bar from all details that follows a late drop or a no-show, decided at the outcome, or by hand.

Each ends by itself and its officer is told. A person may lift one, and hears an appeal; who, why and when is on record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.line import duty
from models.line.hand_off import hand_off
from models.people.department import Department, department
from models.people.officer import Officer
from models.proof import event
from models.rules.charging.drops import Bar, barred_until, late_bars
from models.rules.charging.penalties import PastPenalty
from models.rules.handbook import Handbook
from models.session import Work
from models.tables import Timestamp, of_department, sql
from models.working.assignment import Assignment

penalties = of_department(
    "penalty",
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("assignment_id", sa.BigInteger),
    sa.Column("kind", sa.Text),
    sa.Column("step", sa.Integer),
    sa.Column("from_at", Timestamp),
    sa.Column("until_at", Timestamp),
    sa.Column("imposed_by", sa.Text),
    sa.Column("words", sa.Text),
    sa.Column("appealed_at", Timestamp),
    sa.Column("appeal", sa.Text),
    sa.Column("upheld_at", Timestamp),
    sa.Column("lifted_at", Timestamp),
)


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decides something about a penalty by hand, and why."""

    by: str
    words: str


def bar(work: Work, department_id: int, officer_id: int, assignment_id: int, found: Bar) -> int | None:
    """Bar the officer for what he did with the assignment; None when that has been paid for in this kind before."""
    penalty_id: int | None = work.conn.execute(
        insert(penalties)
        .values(
            department_id=department_id,
            officer_id=officer_id,
            assignment_id=assignment_id,
            kind=found.kind,
            step=found.step,
            from_at=found.starts_at,
            until_at=found.ends_at,
        )
        .on_conflict_do_nothing(index_elements=["department_id", "assignment_id", "kind"])
        .returning(penalties.c.id)
    ).scalar_one_or_none()
    if penalty_id is None:
        return None
    _record(work, department_id, "officer_barred", penalty_id, officer_id, found, assignment=assignment_id)
    if found.kind != "same_day" and found.ends_at > found.starts_at:
        _tell(work, department_id, penalty_id, "over", found.ends_at)
    return penalty_id


def bar_for_coming_late(work: Work, held: Assignment, rules: Handbook) -> None:
    """What the handbook's ladder for coming late says, from now on; the officer is told."""
    if rules.drops.ladder("late") is None:
        return
    zone = department(work, held.department_id).zone.key
    past = past_penalties(work, held.department_id, held.officer_id, rules)
    for found in late_bars(rules, work.now, zone, past):
        penalty_id = bar(work, held.department_id, held.officer_id, held.id, found)
        if penalty_id is not None:
            what = "late" if found.ends_at > found.starts_at else "late_warned"
            _tell(work, held.department_id, penalty_id, what, work.now)


def impose(work: Work, department: Department, officer: Officer, days: int, decided: Decision) -> int:
    """Bar the officer by hand for so many whole days from now; he is told. Returns the penalty's id."""
    found = Bar("by_hand", work.now, barred_until(work.now, days, department.zone.key))
    penalty_id: int = work.conn.execute(
        sa.insert(penalties)
        .values(
            department_id=department.id,
            officer_id=officer.id,
            kind=found.kind,
            step=found.step,
            from_at=found.starts_at,
            until_at=found.ends_at,
            imposed_by=decided.by,
            words=decided.words,
        )
        .returning(penalties.c.id)
    ).scalar_one()
    _record(work, department.id, "officer_barred", penalty_id, officer.id, found, by=decided.by, words=decided.words)
    _tell(work, department.id, penalty_id, "imposed", work.now)
    _tell(work, department.id, penalty_id, "over", found.ends_at)
    return penalty_id


def lift(work: Work, department_id: int, penalty_id: int, decided: Decision) -> bool:
    """Lift the penalty from now on; False when it was lifted before, or there is none of that id."""
    return _decide(work, department_id, penalty_id, decided, "lifted", lifted_at=work.now)


def appeal(work: Work, department_id: int, penalty_id: int, said: Decision) -> bool:
    """Write down the officer's appeal and put it before a person; False when there is none, or it was made before."""
    is_new = penalties.c.appealed_at.is_(None) & penalties.c.lifted_at.is_(None)
    officer_id = _update(work, department_id, penalty_id, is_new, appealed_at=work.now, appeal=said.words)
    if officer_id is None:
        return False
    event.record(
        work,
        department_id,
        "penalty_appealed",
        "penalty",
        penalty_id,
        officer_id=officer_id,
        by=said.by,
        words=said.words,
    )
    hand_off(work, department_id, "penalty_appealed", penalty=penalty_id)
    return True


def uphold(work: Work, department_id: int, penalty_id: int, decided: Decision) -> bool:
    """Decide an appeal against the officer: the penalty stands. False when no appeal is open."""
    is_open = penalties.c.appealed_at.is_not(None) & penalties.c.upheld_at.is_(None) & penalties.c.lifted_at.is_(None)
    return _decide(work, department_id, penalty_id, decided, "upheld", is_open, upheld_at=work.now)


def past_penalties(work: Work, department_id: int, officer_id: int, rules: Handbook) -> tuple[PastPenalty, ...]:
    """What the officer was barred for before, as ladders count it; nothing is read where the handbook has none."""
    if not rules.drops.ladders:
        return ()
    rows = work.conn.execute(
        sa.select(penalties.c.kind, penalties.c.from_at, penalties.c.lifted_at).where(
            penalties.c.department_id == department_id, penalties.c.officer_id == officer_id
        )
    )
    return tuple(PastPenalty(row.kind, row.from_at, row.lifted_at is not None) for row in rows)


def barred_for(work: Work, department_id: int, assignment_id: int, kinds: Sequence[str]) -> datetime | None:
    """Until when the officer is barred for what he did with this assignment; None when he is not."""
    return work.conn.execute(
        sa.select(sa.func.max(penalties.c.until_at)).where(
            penalties.c.department_id == department_id,
            penalties.c.assignment_id == assignment_id,
            penalties.c.kind.in_(kinds),
            penalties.c.until_at > penalties.c.from_at,
            penalties.c.lifted_at.is_(None),
        )
    ).scalar_one_or_none()


def penalty(work: Work, department_id: int, penalty_id: int) -> sa.Row[Any]:
    """The penalty's row."""
    return work.conn.execute(
        sa.select(penalties).where(penalties.c.department_id == department_id, penalties.c.id == penalty_id)
    ).one()


def officers_of(work: Work, department_id: int, penalty_id: int) -> set[int]:
    """Whose penalty it is; nobody's, where there is none of that id."""
    where = (penalties.c.department_id == department_id) & (penalties.c.id == penalty_id)
    return set(work.conn.execute(sa.select(penalties.c.officer_id).where(where)).scalars())


def bars_of(work: Work, department_id: int, officer_id: int) -> list[Bar]:
    """The bars that keep the officer from details now or will, as long as they last, the first to end first."""
    columns = penalties.c
    rows = work.conn.execute(
        sa.select(columns.kind, columns.from_at, columns.until_at, columns.step)
        .where(
            columns.department_id == department_id,
            columns.officer_id == officer_id,
            columns.lifted_at.is_(None),
            columns.until_at > sa.func.greatest(columns.from_at, work.now),
        )
        .order_by(columns.until_at, columns.id)
    )
    return [Bar(row.kind, row.from_at, row.until_at, row.step) for row in rows]


def is_barred(work: Work, department_id: int, officer_id: int) -> bool:
    """Whether any penalty still keeps the officer from details now."""
    running = sa.select(penalties.c.id).where(
        penalties.c.department_id == department_id,
        penalties.c.officer_id == officer_id,
        penalties.c.lifted_at.is_(None),
        penalties.c.from_at <= work.now,
        penalties.c.until_at > work.now,
    )
    return bool(work.conn.execute(sa.select(running.exists())).scalar_one())


def listed(work: Work, department_id: int, *, everything: bool = False) -> Sequence[sa.RowMapping]:
    """The department's penalties that still run, or all there ever were, the newest first, with name and badge."""
    rows = work.conn.execute(
        sql(
            "select x.id, p.name, o.badge, x.kind, x.step, x.from_at, x.until_at, x.imposed_by, x.words, x.appealed_at,"
            " x.appeal, x.upheld_at, x.lifted_at, n.code"
            " from penalty x join officer o on o.department_id = x.department_id and o.id = x.officer_id"
            " join person p on p.id = o.person_id"
            " left join assignment a on a.department_id = x.department_id and a.id = x.assignment_id"
            " left join opening n on n.department_id = a.department_id and n.id = a.opening_id"
            " where x.department_id = :d and (:all or (x.lifted_at is null and x.until_at > :now)) order by x.id desc"
        ),
        {"d": department_id, "all": everything, "now": work.now},
    )
    return rows.mappings().all()


def _decide(
    work: Work,
    department_id: int,
    penalty_id: int,
    decided: Decision,
    name: str,
    when: sa.ColumnElement[bool] | None = None,
    **values: Any,
) -> bool:
    where = penalties.c.lifted_at.is_(None) if when is None else when
    officer_id = _update(work, department_id, penalty_id, where, **values)
    if officer_id is None:
        return False
    event.record(
        work,
        department_id,
        f"penalty_{name}",
        "penalty",
        penalty_id,
        officer_id=officer_id,
        by=decided.by,
        words=decided.words,
    )
    _tell(work, department_id, penalty_id, name, work.now)
    return True


def _update(
    work: Work, department_id: int, penalty_id: int, where: sa.ColumnElement[bool], **values: Any
) -> int | None:
    """The officer whose penalty was changed; None when it was not."""
    return work.conn.execute(
        sa.update(penalties)
        .where(penalties.c.department_id == department_id, penalties.c.id == penalty_id, where)
        .values(**values)
        .returning(penalties.c.officer_id)
    ).scalar_one_or_none()


def _tell(work: Work, department_id: int, penalty_id: int, what: str, due_at: datetime) -> None:
    duty.plan(work, department_id, "tell_penalty", penalty_id, due_at, fence=what)


def _record(
    work: Work, department_id: int, name: str, penalty_id: int, officer_id: int, found: Bar, **data: Any
) -> None:
    event.record(
        work,
        department_id,
        name,
        "penalty",
        penalty_id,
        officer_id=officer_id,
        kind=found.kind,
        step=found.step,
        until_at=found.ends_at.isoformat(),
        **data,
    )
