"""Standing orders: for which details an officer wants to be signed up without being asked each time. Pure."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Wish:
    """
    What a standing order asks of a detail; what is left empty asks nothing. `kinds` are kinds of work or pools, in any
    case of letters; `weekdays` are those on which it starts, Monday 0; lengths are in minutes, both ends included; it
    starts from `from_minute` up to but not at `until_minute` of the local day, past midnight where the second is less.
    """

    kinds: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = ()
    least_minutes: int | None = None
    most_minutes: int | None = None
    from_minute: int | None = None
    until_minute: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A detail as a standing order looks at it."""

    kind: str
    pool: str
    starts_at: datetime
    ends_at: datetime


def fits(wish: Wish, detail: Wanted, zone: ZoneInfo) -> bool:
    """Whether the detail is what the standing order asks for, by the department's clock."""
    starts = detail.starts_at.astimezone(zone)
    minutes = round((detail.ends_at.timestamp() - detail.starts_at.timestamp()) / 60)
    return (
        (
            not wish.kinds
            or bool({each.casefold() for each in wish.kinds} & {detail.kind.casefold(), detail.pool.casefold()})
        )
        and (not wish.weekdays or starts.weekday() in wish.weekdays)
        and (wish.least_minutes is None or minutes >= wish.least_minutes)
        and (wish.most_minutes is None or minutes <= wish.most_minutes)
        and _starts_within(wish, 60 * starts.hour + starts.minute)
    )


def _starts_within(wish: Wish, minute: int) -> bool:
    first, last = wish.from_minute, wish.until_minute
    if first is None or last is None:
        return (first is None or minute >= first) and (last is None or minute < last)
    return first <= minute < last if first < last else minute >= first or minute < last
