"""Ladders of penalties: which step an act is, by what the officer did before, and how many days that is."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.rules.clauses.drops import Act, PenaltyLadder
from models.rules.facts import BarKind
from models.rules.handbook import Handbook


@dataclass(frozen=True, slots=True)
class PastPenalty:
    """A penalty an officer got before: for what, when, and whether it was lifted."""

    kind: BarKind
    from_at: datetime
    is_lifted: bool = False


def step_of(handbook: Handbook, act: Act, acted_at: datetime, zone: str, past: Sequence[PastPenalty]) -> int:
    """Which step of its ladder an act is, from 1, by the penalties before it; 0 where the act has no ladder."""
    ladder = handbook.drops.ladder(act)
    if ladder is None:
        return 0
    acted_on = acted_at.astimezone(ZoneInfo(zone)).date()
    first = _counted_since(ladder, acted_on)
    return 1 + sum(
        each.kind in (ladder.on, *ladder.also)
        and (ladder.lifted_counts or not each.is_lifted)
        and each.from_at < acted_at
        and (first is None or each.from_at.astimezone(ZoneInfo(zone)).date() >= first)
        for each in past
    )


def days_of(handbook: Handbook, act: Act, step: int) -> int:
    """The days that a step costs; step 0 is an act without ladder. Past the last step, the last step's days."""
    ladder, clause = handbook.drops.ladder(act), handbook.drops
    if ladder is None:
        return {"late_drop": clause.late_drop_bar_days, "no_show": clause.no_show_bar_days}.get(act, 0)
    return ladder.steps[min(step, len(ladder.steps)) - 1]


def _counted_since(ladder: PenaltyLadder, acted_on: date) -> date | None:
    """The first day whose acts count; None: all do."""
    if ladder.counted == "ever":
        return None
    if ladder.counted == "calendar_year":
        return acted_on.replace(month=1, day=1)
    months = acted_on.year * 12 + acted_on.month - 1 - ladder.months
    year, month = divmod(months, 12)
    return date(year, month + 1, min(acted_on.day, monthrange(year, month + 1)[1]))
