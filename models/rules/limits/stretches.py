"""Stretches of work that breaks of a certain length end, and which openings would make one too long."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

from models.rules.awarding.shelf import Shelf
from models.rules.time.timeline import Hours


class Stretch(NamedTuple):
    """From its first minute to the one after its last, with the minutes worked in it."""

    start: int
    end: int
    worked: int


class Gap(NamedTuple):
    """Time between two pieces of work, with the stretch that ends before it and the one that begins after it."""

    start: int
    end: int
    before: Stretch
    after: Stretch


_LONG_AGO, _FAR_OFF = -(10**12), 10**12


def stretch_round(hours: Hours, minute: int, break_minutes: int) -> Stretch:
    """The stretch in which a minute that counts lies."""
    first = last = bisect_left(hours.starts, minute + 1) - 1
    while first > 0 and hours.starts[first] - hours.ends[first - 1] < break_minutes:
        first -= 1
    while last + 1 < len(hours.starts) and hours.starts[last + 1] - hours.ends[last] < break_minutes:
        last += 1
    return Stretch(hours.starts[first], hours.ends[last], hours.sums[last + 1] - hours.sums[first])


def stretch_before(hours: Hours, minute: int, break_minutes: int) -> Stretch | None:
    """The stretch of what began before a minute, however long before it ended; None if there is nothing."""
    last = first = bisect_left(hours.starts, minute) - 1
    if last < 0:
        return None
    while first > 0 and hours.starts[first] - hours.ends[first - 1] < break_minutes:
        first -= 1
    end = min(hours.ends[last], minute)
    return Stretch(hours.starts[first], end, hours.sums[last + 1] - hours.sums[first] - (hours.ends[last] - end))


def gaps(hours: Hours, break_minutes: int) -> Iterator[Gap]:
    """All time between pieces of work, from long ago to far off."""
    before, after = _stretches_up_to(hours, break_minutes), _stretches_from(hours, break_minutes)
    ends, starts = [_LONG_AGO, *hours.ends], [*hours.starts, _FAR_OFF]
    for place, (end, start) in enumerate(zip(ends, starts, strict=True)):
        if end < start:
            yield Gap(end, start, before[place], after[place])


def _stretches_up_to(hours: Hours, break_minutes: int) -> list[Stretch]:
    """For each gap, the stretch that ends at it as far as it goes there."""
    found = [Stretch(_LONG_AGO, _LONG_AGO, 0)]
    for start, end in zip(hours.starts, hours.ends, strict=True):
        last = found[-1]
        joins = start - last.end < break_minutes
        found.append(Stretch(last.start if joins else start, end, (last.worked if joins else 0) + end - start))
    return found


def _stretches_from(hours: Hours, break_minutes: int) -> list[Stretch]:
    found = [Stretch(_FAR_OFF, _FAR_OFF, 0)]
    for start, end in zip(reversed(hours.starts), reversed(hours.ends), strict=True):
        last = found[-1]
        joins = last.start - end < break_minutes
        found.append(Stretch(start, last.end if joins else end, (last.worked if joins else 0) + end - start))
    return found[::-1]


Over = Callable[[Shelf, Stretch | None, Stretch | None], int]
"""Which openings are too much together with the stretch before them, the one after them, or both."""


def sift_stretches(hours: Hours, shelf: Shelf, break_minutes: int, over: Over) -> int:
    """The openings that are too much in the stretch they would be part of, of those that overlap nothing."""
    found = 0
    for gap in gaps(hours, break_minutes):
        if gap.end <= shelf.first or gap.start >= shelf.last:
            continue
        inside = shelf.inside(gap.start, gap.end)
        if inside:
            joins_before = inside & shelf.starting_before(gap.start + break_minutes)
            joins_after = inside & shelf.ending_after(gap.end - break_minutes)
            found |= inside & over(shelf, None, None)
            found |= joins_before and joins_before & over(shelf, gap.before, None)
            found |= joins_after and joins_after & over(shelf, None, gap.after)
            both = joins_before & joins_after
            found |= both and both & over(shelf, gap.before, gap.after)
    return found
