"""What a drop costs, said before it is done and decided at its outcome; and what a no-show costs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from models.rules.facts import BarKind
from models.rules.handbook import Handbook
from models.rules.timing import hours_before
from models.rules.windows import local_midnight, moment_of


class DropZone(StrEnum):
    """Where in the time before the start a drop falls."""

    FREE = "free"
    NEEDS_REPLACEMENT = "needs_replacement"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class DropPrice:
    """
    What a drop at this moment would cost: days barred if nobody takes the slot, days if somebody does, and
    whether other details on the same day are barred. Locked means that only the desk can release him.
    """

    zone: DropZone
    bar_days: int
    bar_days_if_replaced: int
    bars_same_day: bool
    free_until_at: datetime
    locked_from_at: datetime


@dataclass(frozen=True, slots=True)
class Bar:
    """A penalty: a time in which the officer takes no details."""

    kind: BarKind
    starts_at: datetime
    ends_at: datetime


def price(handbook: Handbook, starts_at: datetime, now: datetime) -> DropPrice:
    """The price of dropping a detail that starts then, if it is done now."""
    clause = handbook.drops
    free_until_at = hours_before(starts_at, clause.free_until_hours_before)
    locked_from_at = hours_before(starts_at, clause.locked_within_hours_before)
    zone = _zone(now, free_until_at, locked_from_at)
    bar_days = 0 if zone is DropZone.FREE else clause.late_drop_bar_days
    if_replaced = 0 if clause.forgiven_if_replaced else bar_days
    return DropPrice(zone, bar_days, if_replaced, clause.bar_same_day, free_until_at, locked_from_at)


def _zone(now: datetime, free_until_at: datetime, locked_from_at: datetime) -> DropZone:
    if now <= free_until_at:
        return DropZone.FREE
    return DropZone.LOCKED if now >= locked_from_at else DropZone.NEEDS_REPLACEMENT


def drop_bars(
    agreed: DropPrice, was_replaced: bool, dropped_at: datetime, starts_at: datetime, zone: str
) -> tuple[Bar, ...]:
    """The bars that follow from a drop once its outcome is known, by the price that was told; `zone` is local."""
    days = agreed.bar_days_if_replaced if was_replaced else agreed.bar_days
    late = (_days_barred("late_drop", dropped_at, days, zone),) if days else ()
    return (*late, *((_same_day(starts_at, zone),) if agreed.bars_same_day else ()))


def no_show_bars(handbook: Handbook, no_show_at: datetime, zone: str) -> tuple[Bar, ...]:
    """The bar that follows from a no-show, none if the handbook has none."""
    days = handbook.drops.no_show_bar_days
    return (_days_barred("no_show", no_show_at, days, zone),) if days else ()


def _days_barred(kind: BarKind, from_at: datetime, days: int, zone: str) -> Bar:
    """From the act until the midnight that ends so many whole days after it, by the department's wall."""
    last_day = from_at.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    return Bar(kind, from_at, moment_of(local_midnight(last_day + timedelta(days=1), zone)))


def _same_day(starts_at: datetime, zone: str) -> Bar:
    """From midnight to midnight of the day on which the dropped detail starts."""
    day = starts_at.astimezone(ZoneInfo(zone)).date()
    first, last = local_midnight(day, zone), local_midnight(day + timedelta(days=1), zone)
    return Bar("same_day", moment_of(first), moment_of(last))
