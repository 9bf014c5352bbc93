"""No-shows: the grace time is over and the officer has neither come nor been replaced.

Who had asked to give it back, and found nobody to take it, is no no-show: he pays the price of the late drop he was
told, and not more.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models.awarding.asking.confirmation import end_held
from models.line.hand_off import hand_off
from models.people.department import Department
from models.people.handbook import edition
from models.rules.charging.drops import Bar, drop_bars, no_show_bars
from models.session import Work
from models.working import assignment as working
from models.working.assignment import Assignment
from models.working.assignment_drop import SWAP, agreed_price, drops
from models.working.penalty import bar, past_penalties


@dataclass(frozen=True, slots=True)
class Missed:
    """What it came to: `is_late_drop` when he had asked to give it back; `until_at` is the end of the bar, if any."""

    held: Assignment
    is_late_drop: bool
    until_at: datetime | None


def miss_assignment(work: Work, department: Department, assignment_id: int) -> Missed | None:
    """End the assignment, bar as the handbook says, look for somebody else, tell a person.

    None when the officer has come, or it was not his any more.
    """
    held = working.assignment(work, department.id, assignment_id)
    drop = _asked_to_drop(work, held)
    if not end_held(work, held, "miss" if drop is None else "drop", reason=drop.reason if drop else None):
        return None
    bars = _bars(work, department, held, drop)
    for found in bars:
        bar(work, department.id, held.officer_id, held.id, found)
    hand_off(work, department.id, "officer_did_not_show", person_id=held.person_id, urgent=True, assignment=held.id)
    ends = [found.ends_at for found in bars if found.ends_at > found.starts_at]
    return Missed(held, drop is not None, max(ends, default=None))


def _bars(work: Work, department: Department, held: Assignment, drop: sa.Row[Any] | None) -> tuple[Bar, ...]:
    if drop is not None:
        agreed = agreed_price(work, department, held, drop)
        return drop_bars(agreed, False, drop.dropped_at, held.starts_at, department.zone.key)
    rules = edition(work, department.id, held.handbook_id).rules
    past = past_penalties(work, department.id, held.officer_id, rules)
    return no_show_bars(rules, work.now, department.zone.key, past)


def _asked_to_drop(work: Work, held: Assignment) -> sa.Row[Any] | None:
    """His wish to give it back, when nobody took it; None when he had none, or kept it after all."""
    return work.conn.execute(
        sa.select(drops).where(
            drops.c.department_id == held.department_id,
            drops.c.assignment_id == held.id,
            drops.c.state.in_(("looking", "unfilled")),
            drops.c.zone != SWAP,
        )
    ).one_or_none()
