"""Drops: the officer gives an assignment back. The price is said first; what it costs is decided at the outcome.

    looking -> freed (given back at once) | replaced | unfilled | withdrawn (the officer keeps it after all)

In the free zone the slot is free at once. Later the officer holds it until somebody takes it: a site is never left
unprotected because someone pressed a button.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models.awarding.confirmation import end_award
from models.lifecycle import Arrow, Lifecycle
from models.line import duty
from models.people.department import Department
from models.people.handbook import edition
from models.proof import event
from models.rules.drops import DropPrice, DropZone, drop_bars, price
from models.session import Work
from models.tables import Timestamp, of_department
from models.working import assignment as working
from models.working.assignment import SlotTaken
from models.working.penalty import bar

drops = of_department(
    "assignment_drop",
    sa.Column("assignment_id", sa.BigInteger),
    sa.Column("zone", sa.Text),
    sa.Column("dropped_at", Timestamp),
    sa.Column("state", sa.Text),
    sa.Column("ended_at", Timestamp),
    sa.Column("bar_days", sa.Integer),
)

LIFECYCLE = Lifecycle(
    drops,
    starts=("looking",),
    arrows=(
        Arrow("replace", ("looking",), "replaced", "drop_replaced"),
        Arrow("free", ("looking",), "freed", "assignment_dropped"),
        Arrow("settle", ("looking",), "unfilled", "drop_unfilled"),
        Arrow("withdraw", ("looking",), "withdrawn", "drop_withdrawn"),
    ),
)


def drop_price(work: Work, department: Department, assignment_id: int) -> DropPrice:
    """What dropping this assignment now would mean: its zone and its price."""
    row = working.assignment(work, department.id, assignment_id)
    return price(edition(work, department.id, row.handbook_id).rules, row.starts_at, work.now)


def drop_assignment(work: Work, department: Department, assignment_id: int) -> tuple[str, DropPrice]:
    """Drop a confirmed assignment.

    Returns (dropped: it is given back, looking: held until replaced, locked: only the desk can release, already:
    a replacement is being looked for, gone: it is not the officer's to drop any more) and the price.
    """
    cost = drop_price(work, department, assignment_id)
    row = working.assignment(work, department.id, assignment_id)
    if row.state != "confirmed":
        return "gone", cost
    if cost.zone is DropZone.LOCKED:
        return "locked", cost
    if open_drop(work, department.id, assignment_id) is not None:
        return "already", cost
    drop_id = _write(work, department.id, row, cost)
    if cost.zone is DropZone.FREE:
        end_award(work, department, assignment_id, "drop")
        LIFECYCLE.move(work, department.id, [drop_id], "free", ended_at=work.now)
        _bar(work, department, row, cost, work.now)
        return "dropped", cost
    duty.plan(work, department.id, "fill_slot", row.slot_id, work.now, fence=f"drop {drop_id}")
    duty.plan(work, department.id, "settle_drop", drop_id, row.starts_at)
    return "looking", cost


def keep_assignment(work: Work, department_id: int, assignment_id: int) -> bool:
    """The officer keeps it after all; False when it is too late: somebody took it."""
    found = open_drop(work, department_id, assignment_id)
    if found is None or not LIFECYCLE.move(work, department_id, [found.id], "withdraw", ended_at=work.now):
        return False
    _record(work, department_id, "drop_withdrawn", found.id, assignment_id)
    return True


def release_to_replacement(work: Work, department: Department, drop_id: int) -> None:
    """Somebody takes the slot: the dropping officer is released, and pays only what the handbook still asks.

    Raises SlotTaken when the drop was settled, withdrawn or taken by another first.
    """
    if not LIFECYCLE.move(work, department.id, [drop_id], "replace", ended_at=work.now):
        raise SlotTaken
    found = drop(work, department.id, drop_id)
    if not end_award(work, department, found.assignment_id, "drop"):
        raise SlotTaken
    row = working.assignment(work, department.id, found.assignment_id)
    rules = edition(work, department.id, row.handbook_id).rules
    _bar(work, department, row, price(rules, row.starts_at, found.dropped_at), found.dropped_at)
    _record(work, department.id, "drop_replaced", drop_id, found.assignment_id)
    duty.plan(work, department.id, "tell_drop_outcome", drop_id, work.now)


def settle_drop(work: Work, department_id: int, drop_id: int) -> bool:
    """The start has come and nobody took it: the officer still holds it. False when it was settled before."""
    if not LIFECYCLE.move(work, department_id, [drop_id], "settle", ended_at=work.now):
        return False
    _record(work, department_id, "drop_unfilled", drop_id, drop(work, department_id, drop_id).assignment_id)
    return True


def open_drop(work: Work, department_id: int, assignment_id: int) -> sa.Row[Any] | None:
    """The drop of this assignment for which a replacement is being looked for."""
    return work.conn.execute(
        sa.select(drops).where(
            drops.c.department_id == department_id,
            drops.c.assignment_id == assignment_id,
            drops.c.state == "looking",
        )
    ).one_or_none()


def drop(work: Work, department_id: int, drop_id: int) -> sa.Row[Any]:
    """The drop's row."""
    return work.conn.execute(
        sa.select(drops).where(drops.c.department_id == department_id, drops.c.id == drop_id)
    ).one()


def _bar(work: Work, department: Department, row: sa.Row[Any], agreed: DropPrice, dropped_at: datetime) -> None:
    """What the drop still costs once somebody else has the slot, by the price that was told."""
    for found in drop_bars(agreed, True, dropped_at, row.starts_at, department.zone.key):
        bar(work, department.id, row.officer_id, row.id, found)


def _write(work: Work, department_id: int, row: sa.Row[Any], cost: DropPrice) -> int:
    drop_id: int = work.conn.execute(
        sa.insert(drops)
        .values(
            department_id=department_id,
            assignment_id=row.id,
            zone=str(cost.zone),
            dropped_at=work.now,
            state="looking",
            bar_days=cost.bar_days,
        )
        .returning(drops.c.id)
    ).scalar_one()
    event.record(
        work,
        department_id,
        "drop_asked",
        "assignment_drop",
        drop_id,
        officer_id=row.officer_id,
        opening_id=row.opening_id,
        assignment=row.id,
        zone=str(cost.zone),
        bar_days=cost.bar_days,
    )
    return drop_id


def _record(work: Work, department_id: int, name: str, drop_id: int, assignment_id: int) -> None:
    row = working.assignment(work, department_id, assignment_id)
    event.record(
        work,
        department_id,
        name,
        "assignment_drop",
        drop_id,
        officer_id=row.officer_id,
        opening_id=row.opening_id,
        assignment=assignment_id,
    )
