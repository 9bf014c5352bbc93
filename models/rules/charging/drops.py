"""What a drop costs, said before it is done and decided at its outcome; and what a no-show costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from models.rules.charging.penalties import PastPenalty, days_of, step_of
from models.rules.clauses.drop_reasons import DropCause
from models.rules.clauses.drops import Act
from models.rules.facts import BarKind
from models.rules.handbook import Handbook
from models.rules.time.timing import hours_before
from models.rules.time.windows import local_midnight, midnight, moment_of


class DropZone(StrEnum):
    """Where in the time before the start a drop falls."""

    FREE = "free"
    NEEDS_REPLACEMENT = "needs_replacement"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class DropPrice:
    """
    What a drop at this moment would cost: days barred for being late if nobody takes the slot, days if somebody does,
    and whether other details on the same day are barred. Locked means that only the desk can release him. `step` is the
    step of the handbook's ladder, counted from 1; 0: there is no ladder, or the drop is free. `drop_days` and
    `drop_step` are what it costs that he drops at all, whoever takes it; the longer of the bars holds. Where
    `is_released`, he holds the slot no longer, found or not.
    """

    zone: DropZone
    bar_days: int
    bar_days_if_replaced: int
    bars_same_day: bool
    free_until_at: datetime
    locked_from_at: datetime
    step: int = 0
    is_forgiven: bool = False
    drop_days: int = 0
    drop_step: int = 0
    is_released: bool = False

    @property
    def told_days(self) -> int:
        """The days that an officer is told it costs, if nobody takes the slot."""
        return max(self.bar_days, self.drop_days)

    @property
    def told_days_if_replaced(self) -> int:
        """The days that it costs all the same where somebody takes it."""
        return max(self.bar_days_if_replaced, self.drop_days)


@dataclass(frozen=True, slots=True)
class Bar:
    """A penalty: a time in which the officer takes no details; no time at all, where its `step` is a warning."""

    kind: BarKind
    starts_at: datetime
    ends_at: datetime
    step: int = 0


def price(
    handbook: Handbook,
    starts_at: datetime,
    now: datetime,
    zone: str = "UTC",
    past: Sequence[PastPenalty] = (),
    band: str = "",
    reason: DropCause | None = None,
) -> DropPrice:
    """
    The price of dropping a detail that starts then, if it is done now. `zone` is where days are counted, `past` what
    the officer paid for before, `band` the notice band of the detail, `reason` why he drops, where he said so.
    """
    clause, row = handbook.drops, handbook.drops.row_of(reason)
    free_until_at, locked_from_at = _limits(handbook, starts_at, zone, band)
    where = _zone(now, free_until_at, locked_from_at)
    own = row.own_days(where) if row else None
    if where is DropZone.LOCKED and own is not None:
        where = DropZone.NEEDS_REPLACEMENT
    is_free = where is DropZone.FREE
    step, bar_days = (0, 0) if is_free else _cost_of(handbook, "late_drop", own, now, zone, past)
    drop_step, drop_days = _cost_of(handbook, "drop", own, now, zone, past) if own is None or is_free else (0, 0)
    return DropPrice(
        where,
        bar_days,
        0 if clause.forgiven_if_replaced else bar_days,
        clause.bar_same_day,
        free_until_at,
        locked_from_at,
        step,
        clause.forgiven_if_replaced,
        drop_days,
        drop_step,
        is_released=is_free or (where is not DropZone.LOCKED and row is not None and row.released == "at_once"),
    )


def _cost_of(
    handbook: Handbook, act: Act, own: int | None, now: datetime, zone: str, past: Sequence[PastPenalty]
) -> tuple[int, int]:
    """The step of an act and its days; a reason's own price takes the place of both."""
    if own is not None:
        return 0, own
    step = step_of(handbook, act, now, zone, past)
    return step, days_of(handbook, act, step)


def _limits(handbook: Handbook, starts_at: datetime, zone: str, band: str) -> tuple[datetime, datetime]:
    """Until when a drop is free, and from when it is locked."""
    free, locked = handbook.drops.hours_of(band)
    locked_from_at = hours_before(starts_at, locked)
    if handbook.drops.measured_in == "hours":
        return hours_before(starts_at, free), locked_from_at
    day = starts_at.astimezone(ZoneInfo(zone)).date() - timedelta(days=round(free / 24) - 1)
    return min(midnight(day, zone), locked_from_at), locked_from_at


def _zone(now: datetime, free_until_at: datetime, locked_from_at: datetime) -> DropZone:
    if now <= free_until_at:
        return DropZone.FREE
    return DropZone.LOCKED if now >= locked_from_at else DropZone.NEEDS_REPLACEMENT


def drop_bars(
    agreed: DropPrice, was_replaced: bool, dropped_at: datetime, starts_at: datetime, zone: str
) -> tuple[Bar, ...]:
    """The bars that follow from a drop once its outcome is known, by the price that was told; `zone` is local."""
    days = agreed.bar_days_if_replaced if was_replaced else agreed.bar_days
    is_step = agreed.step > 0 and not (was_replaced and agreed.is_forgiven)
    found = (
        _days_barred("late_drop", dropped_at, days, zone, agreed.step) if days or is_step else None,
        _days_barred("drop", dropped_at, agreed.drop_days, zone, agreed.drop_step)
        if agreed.drop_days or agreed.drop_step
        else None,
        _same_day(starts_at, zone) if agreed.bars_same_day else None,
    )
    return tuple(each for each in found if each)


def no_show_bars(
    handbook: Handbook, no_show_at: datetime, zone: str, past: Sequence[PastPenalty] = ()
) -> tuple[Bar, ...]:
    """The bar that follows from a no-show, none if the handbook has none; `past` as for `price`."""
    return _bars_of(handbook, "no_show", no_show_at, zone, past)


def late_bars(handbook: Handbook, came_at: datetime, zone: str, past: Sequence[PastPenalty] = ()) -> tuple[Bar, ...]:
    """The bar that follows from checking in late; none where no ladder is for that."""
    return _bars_of(handbook, "late", came_at, zone, past)


def _bars_of(
    handbook: Handbook, act: Act, acted_at: datetime, zone: str, past: Sequence[PastPenalty]
) -> tuple[Bar, ...]:
    step = step_of(handbook, act, acted_at, zone, past)
    days = days_of(handbook, act, step)
    return (_days_barred(act, acted_at, days, zone, step),) if days or step else ()


def barred_until(from_at: datetime, days: int, zone: str) -> datetime:
    """The midnight that ends so many whole days after the act, by the department's wall; the act itself for none."""
    last_day = from_at.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    return midnight(last_day + timedelta(days=1), zone) if days else from_at


def _days_barred(kind: BarKind, from_at: datetime, days: int, zone: str, step: int) -> Bar:
    return Bar(kind, from_at, barred_until(from_at, days, zone), step)


def _same_day(starts_at: datetime, zone: str) -> Bar:
    """From midnight to midnight of the day on which the dropped detail starts."""
    day = starts_at.astimezone(ZoneInfo(zone)).date()
    first, last = local_midnight(day, zone), local_midnight(day + timedelta(days=1), zone)
    return Bar("same_day", moment_of(first), moment_of(last))
