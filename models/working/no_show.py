"""No-shows: the grace time is over and the officer has neither come nor been replaced.

Who had asked to give it back, and found nobody to take it, is no no-show: he pays the price of the late drop he was
told, and not more.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from models.awarding.confirmation import end_held
from models.line.hand_off import hand_off
from models.people.department import Department
from models.people.handbook import edition
from models.rules.drops import Bar, drop_bars, no_show_bars, price
from models.session import Work
from models.working import assignment as working
from models.working.assignment import Assignment
from models.working.assignment_drop import drops
from models.working.penalty import bar


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
    dropped_at = _asked_to_drop_at(work, held)
    if not end_held(work, held, "miss" if dropped_at is None else "drop"):
        return None
    bars = _bars(work, department, held, dropped_at)
    for found in bars:
        bar(work, department.id, held.officer_id, held.id, found)
    hand_off(work, department.id, "officer_did_not_show", person_id=held.person_id, urgent=True, assignment=held.id)
    return Missed(held, dropped_at is not None, max((found.ends_at for found in bars), default=None))


def _bars(work: Work, department: Department, held: Assignment, dropped_at: datetime | None) -> tuple[Bar, ...]:
    rules = edition(work, department.id, held.handbook_id).rules
    if dropped_at is None:
        return no_show_bars(rules, work.now, department.zone.key)
    agreed = price(rules, held.starts_at, dropped_at)
    return drop_bars(agreed, False, dropped_at, held.starts_at, department.zone.key)


def _asked_to_drop_at(work: Work, held: Assignment) -> datetime | None:
    """When the officer asked to give it back and nobody took it; None when he did not ask, or kept it after all."""
    return work.conn.execute(
        sa.select(drops.c.dropped_at).where(
            drops.c.department_id == held.department_id,
            drops.c.assignment_id == held.id,
            drops.c.state.in_(("looking", "unfilled")),
        )
    ).scalar_one_or_none()
