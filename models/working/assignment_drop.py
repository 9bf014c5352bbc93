"""Drops: the officer gives an assignment back. The price is said first; what it costs is decided at the outcome.

    freed (given back at once),  looking -> replaced | unfilled | withdrawn (the officer keeps it after all)

In the free zone the slot is free at once, and so for a reason that releases him. Else the officer holds it until
somebody takes it: a site is never left unprotected because someone pressed a button.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models.awarding.asking.confirmation import end_held
from models.lifecycle import Arrow, Lifecycle
from models.line import duty
from models.people.department import Department
from models.people.handbook import edition
from models.people.officer import Officer
from models.proof import event
from models.rules.charging.drops import DropPrice, DropZone, drop_bars, price
from models.rules.clauses.drop_reasons import DropCause, DropReason
from models.session import Work
from models.tables import Timestamp, of_department
from models.working import assignment as working
from models.working.assignment import Assignment, SlotTaken
from models.working.penalty import bar, past_penalties

drops = of_department(
    "assignment_drop",
    sa.Column("assignment_id", sa.BigInteger),
    sa.Column("zone", sa.Text),
    sa.Column("dropped_at", Timestamp),
    sa.Column("state", sa.Text),
    sa.Column("ended_at", Timestamp),
    sa.Column("bar_days", sa.Integer),
    sa.Column("reason", sa.Text),
    sa.Column("note", sa.Text),
)

SWAP = "swap"
"""The zone of a drop for one named colleague: it costs nothing, and nobody else is asked."""

LIFECYCLE = Lifecycle(
    drops,
    starts=("looking", "freed"),
    arrows=(
        Arrow("replace", ("looking",), "replaced", "drop_replaced", "Somebody took the slot: the officer is released."),
        Arrow(
            "settle",
            ("looking",),
            "unfilled",
            "drop_unfilled",
            "The detail starts and nobody took the slot: the officer still holds it.",
        ),
        Arrow("withdraw", ("looking",), "withdrawn", "drop_withdrawn", "The officer keeps the assignment after all."),
    ),
)


@dataclass(frozen=True, slots=True)
class Told:
    """
    The price the officer was told before he confirmed; nothing is done at a worse one. `reason` and `note` are why he
    drops, where the handbook asks.
    """

    is_free: bool
    bar_days: int
    reason: DropCause | None = None
    note: str | None = None


def drop_price(
    work: Work, department: Department, assignment_id: int, reason: DropCause | None = None
) -> tuple[DropPrice, tuple[DropReason, ...]]:
    """What dropping this assignment now would mean, its zone and its price, and for what reasons it may be another."""
    held = working.assignment(work, department.id, assignment_id)
    reasons = edition(work, held.department_id, held.handbook_id).rules.drops.reasons
    return _price(work, department, held, reason), reasons


def assignment_of_drop(work: Work, department_id: int, drop_id: int) -> int:
    """What the drop is about."""
    columns = drops.c
    assignment_id: int = work.conn.execute(
        sa.select(columns.assignment_id).where(columns.department_id == department_id, columns.id == drop_id)
    ).scalar_one()
    return assignment_id


def drop_assignment(
    work: Work, department: Department, officer: Officer, assignment_id: int, told: Told
) -> tuple[str, DropPrice]:
    """Drop the officer's confirmed assignment at the price he was told.

    Returns (dropped: it is given back, released: the same, after its free time, looking: held until replaced,
    locked: only the desk can release, already: a replacement is being looked for, price_changed: time has made it
    dearer, gone: it is not his to drop any more) and the price.
    """
    held = working.assignment(work, department.id, assignment_id)
    cost = _price(work, department, held, told.reason)
    outcome = _refused(held, officer, cost, told)
    if outcome is not None:
        return outcome, cost
    if cost.is_released:
        if not end_held(work, held, "drop", reason=told.reason):
            return "gone", cost
        _write(work, held, cost, told, state="freed", ended_at=work.now)
        _bar(work, department, held, cost, work.now, was_replaced=False)
        return "dropped" if cost.zone is DropZone.FREE else "released", cost
    drop_id = _write(work, held, cost, told, state="looking", ended_at=None)
    duty.plan(work, department.id, "fill_slot", held.slot_id, work.now, fence=f"drop {drop_id}")
    duty.plan(work, department.id, "settle_drop", drop_id, held.starts_at)
    return "looking", cost


def _refused(held: Assignment, officer: Officer, cost: DropPrice, told: Told) -> str | None:
    """Why nothing is dropped; None when it can be."""
    if held.state != "confirmed" or held.officer_id != officer.id:
        return "gone"
    if cost.zone is DropZone.LOCKED:
        return "locked"
    if held.drop_id is not None:
        return "already"
    is_worse = (told.is_free and cost.zone is not DropZone.FREE) or cost.told_days > told.bar_days
    return "price_changed" if is_worse else None


def _price(
    work: Work,
    department: Department,
    held: Assignment,
    reason: DropCause | None,
    dropped_at: datetime | None = None,
) -> DropPrice:
    rules = edition(work, held.department_id, held.handbook_id).rules
    past = past_penalties(work, held.department_id, held.officer_id, rules)
    return price(rules, held.starts_at, dropped_at or work.now, department.zone.key, past, held.band, reason)


def begin_swap(work: Work, held: Assignment, colleague_id: int) -> int:
    """Note that the holder gives it to a colleague he named, and to nobody else; returns the drop's id."""
    drop_id: int = work.conn.execute(
        sa.insert(drops)
        .values(
            department_id=held.department_id,
            assignment_id=held.id,
            zone=SWAP,
            dropped_at=work.now,
            state="looking",
            bar_days=0,
        )
        .returning(drops.c.id)
    ).scalar_one()
    _record(work, "swap_asked", drop_id, held, colleague=colleague_id)
    return drop_id


def is_swap(work: Work, department_id: int, drop_id: int) -> bool:
    """Whether the drop is for one colleague only, and still stands."""
    found = drop(work, department_id, drop_id)
    return found.zone == SWAP and found.state == "looking"


def end_swap(work: Work, department_id: int, drop_id: int) -> bool:
    """The colleague does not take it: the holder keeps it and is told. False when the drop is no swap under way."""
    if not is_swap(work, department_id, drop_id):
        return False
    if not keep_assignment(work, department_id, drop(work, department_id, drop_id).assignment_id):
        return False
    duty.plan(work, department_id, "tell_swap_kept", drop_id, work.now)
    return True


def keep_assignment(work: Work, department_id: int, assignment_id: int) -> bool:
    """The officer keeps it after all; False when it is too late: somebody took it."""
    held = working.assignment(work, department_id, assignment_id)
    if held.drop_id is None:
        return False
    if not LIFECYCLE.move(work, department_id, [held.drop_id], "withdraw", ended_at=work.now):
        return False
    _record(work, "drop_withdrawn", held.drop_id, held)
    return True


def release_to_replacement(work: Work, department: Department, drop_id: int) -> None:
    """Somebody takes the slot: the dropping officer is released, and pays only what the handbook still asks.

    Raises SlotTaken when the drop was settled, withdrawn or taken by another first.
    """
    if not LIFECYCLE.move(work, department.id, [drop_id], "replace", ended_at=work.now):
        raise SlotTaken
    found = drop(work, department.id, drop_id)
    held = working.assignment(work, department.id, found.assignment_id)
    if not end_held(work, held, "drop", replaced=True, reason=found.reason):
        raise SlotTaken
    if found.zone != SWAP:
        agreed = agreed_price(work, department, held, found)
        _bar(work, department, held, agreed, found.dropped_at, was_replaced=True)
    _record(work, "drop_replaced", drop_id, held)
    duty.plan(work, department.id, "tell_drop_outcome", drop_id, work.now)


def settle_drop(work: Work, department_id: int, drop_id: int) -> bool:
    """The start has come and nobody took it: the officer still holds it. False when it was settled before."""
    if not LIFECYCLE.move(work, department_id, [drop_id], "settle", ended_at=work.now):
        return False
    assignment_id = drop(work, department_id, drop_id).assignment_id
    _record(work, "drop_unfilled", drop_id, working.assignment(work, department_id, assignment_id))
    return True


def drop(work: Work, department_id: int, drop_id: int) -> sa.Row[Any]:
    """The drop's row."""
    return work.conn.execute(
        sa.select(drops).where(drops.c.department_id == department_id, drops.c.id == drop_id)
    ).one()


def agreed_price(work: Work, department: Department, held: Assignment, found: sa.Row[Any]) -> DropPrice:
    """The price the officer was told when he gave it back: no step that came since makes it dearer."""
    then = _price(work, department, held, found.reason, found.dropped_at)
    return replace(then, bar_days=found.bar_days, bar_days_if_replaced=0 if then.is_forgiven else found.bar_days)


def _bar(
    work: Work, department: Department, held: Assignment, agreed: DropPrice, dropped_at: datetime, *, was_replaced: bool
) -> None:
    """What the drop costs once he is released, by the price that was told."""
    for found in drop_bars(agreed, was_replaced, dropped_at, held.starts_at, department.zone.key):
        bar(work, department.id, held.officer_id, held.id, found)


def _write(work: Work, held: Assignment, cost: DropPrice, told: Told, *, state: str, ended_at: datetime | None) -> int:
    drop_id: int = work.conn.execute(
        sa.insert(drops)
        .values(
            department_id=held.department_id,
            assignment_id=held.id,
            zone=str(cost.zone),
            dropped_at=work.now,
            state=state,
            ended_at=ended_at,
            bar_days=cost.bar_days,
            reason=told.reason,
            note=told.note,
        )
        .returning(drops.c.id)
    ).scalar_one()
    why = {"reason": told.reason} if told.reason else {}
    _record(work, "drop_asked", drop_id, held, zone=str(cost.zone), bar_days=cost.told_days, **why)
    return drop_id


def _record(work: Work, name: str, drop_id: int, held: Assignment, **data: Any) -> None:
    event.record(
        work,
        held.department_id,
        name,
        "assignment_drop",
        drop_id,
        officer_id=held.officer_id,
        opening_id=held.opening_id,
        assignment=held.id,
        **data,
    )
