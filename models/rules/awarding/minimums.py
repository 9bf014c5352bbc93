"""Whether as many officers are ordered as the handbook asks for at least, by what is known of the detail. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.rules.clauses.minimums import Minimum
from models.rules.handbook import Handbook


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is known of a detail: None where nobody said."""

    kind: str | None = None
    alcohol: bool | None = None
    attendance: int | None = None


@dataclass(frozen=True, slots=True)
class SlotsAt:
    """So many slots for these ranks at one time."""

    ranks: tuple[str, ...]
    count: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Short:
    """A minimum that is not met: `there` are ordered, `wanted` asked for; of a rank, where it asks for supervisors."""

    minimum: Minimum
    rule: str
    there: int
    wanted: int
    rank: str | None = None

    def __str__(self) -> str:
        who = f"supervisors ({self.rank} or above)" if self.rank else "officers"
        return f"{self.wanted} {who} are needed at least, and {self.there} ordered: {self.rule}, {self.minimum.name}"


def short_of(handbook: Handbook, occasion: Occasion, slots: Sequence[SlotsAt]) -> tuple[Short, ...]:
    """Every minimum of the handbook that these slots do not meet, in its order."""
    return tuple(_short(handbook, occasion, slots))


def officers_needed(handbook: Handbook, occasion: Occasion, ordered: int) -> int:
    """How many officers come where so many are ordered, once the minimums that raise an order have raised it."""
    needed = max(
        (
            _officers(each, occasion)
            for each in handbook.headcount.minimums
            if each.below == "raise" and _holds(each, occasion, ordered)
        ),
        default=0,
    )
    return ordered if needed <= ordered else officers_needed(handbook, occasion, needed)


def most_at_once(slots: Sequence[SlotsAt]) -> int:
    """How many of these slots there are at the hour when there are the most."""
    return max(
        (sum(each.count for each in slots if each.starts_at <= at < each.ends_at) for at in _starts(slots)), default=0
    )


def _starts(slots: Sequence[SlotsAt]) -> set[datetime]:
    return {each.starts_at for each in slots if each.count}


def _short(handbook: Handbook, occasion: Occasion, slots: Sequence[SlotsAt]) -> Iterator[Short]:
    ordered = most_at_once(slots)
    for place, each in enumerate(handbook.headcount.minimums):
        if not _holds(each, occasion, ordered):
            continue
        rule, wanted = f"headcount.minimums[{place}]", _officers(each, occasion)
        if wanted > ordered:
            yield Short(each, rule, ordered, wanted)
        there = most_at_once([one for one in slots if each.rank and _is_led(handbook, one, each.rank)])
        if each.supervisors > there:
            yield Short(each, rule, there, each.supervisors, each.rank)


def _holds(minimum: Minimum, occasion: Occasion, ordered: int) -> bool:
    return (
        (not minimum.kinds or occasion.kind in minimum.kinds)
        and minimum.alcohol in (None, occasion.alcohol)
        and (minimum.attendance_from is None or (occasion.attendance or 0) >= minimum.attendance_from)
        and ordered >= minimum.officers_from
    )


def _officers(minimum: Minimum, occasion: Occasion) -> int:
    if minimum.more_per_attendance is None or occasion.attendance is None:
        return minimum.officers
    counted = max(0, occasion.attendance - minimum.beyond_attendance)
    return minimum.officers + minimum.more_officers * -(-counted // minimum.more_per_attendance)


def _is_led(handbook: Handbook, slots: SlotsAt, rank: str) -> bool:
    """Whether whoever takes such a slot is of the rank, or above."""
    return bool(slots.ranks) and handbook.rank_place(handbook.slot_rank(slots.ranks)) <= handbook.rank_place(rank)
