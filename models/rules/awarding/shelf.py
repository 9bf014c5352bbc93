"""
Many openings in order, so that a question about all of them is answered at once. A set of openings is a whole number
whose bits are the openings, so that sets are joined, cut and taken away in one step whatever their size.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from models.rules.facts import OpeningFacts
from models.rules.time.spans import Span, of_opening
from models.rules.time.windows import Shape, Window, windows

Key = TypeVar("Key", bound=Hashable)


class Sifted(NamedTuple):
    """Openings that a rule stops, and others of which it must be asked one by one."""

    stopped: int = 0
    unsure: int = 0


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Openings by one of their figures; `below[n]` are the n with the least."""

    figures: list[int]
    below: list[int]


class Shelf:
    """The openings by number: bit n of a set is `openings[n]`."""

    def __init__(self, openings: Sequence[OpeningFacts]) -> None:
        self.openings = openings
        self.spans = [of_opening(opening) for opening in openings]
        self.everything = (1 << len(openings)) - 1
        self.first = min((span.start for span in self.spans), default=0)
        self.last = max((span.end for span in self.spans), default=0)
        self.longest = max((span.end - span.start for span in self.spans), default=0)
        self._starts = _sorted([span.start for span in self.spans])
        self._ends = _sorted([span.end for span in self.spans])
        self._lengths = _sorted([span.end - span.start for span in self.spans])
        self._groups: dict[Hashable, list[tuple[Any, int]]] = {}
        self._windows: dict[Shape, list[Window]] = {}

    def starting_before(self, minute: int) -> int:
        """Openings that start before a minute."""
        return self._starts.below[bisect_left(self._starts.figures, minute)]

    def ending_after(self, minute: int) -> int:
        """Openings that end after a minute."""
        return self.everything ^ self._ends.below[bisect_right(self._ends.figures, minute)]

    def longer_than(self, minutes: int) -> int:
        """Openings of more minutes."""
        return self.everything ^ self._lengths.below[bisect_right(self._lengths.figures, minutes)]

    def touching(self, start: int, end: int) -> int:
        """Openings with a minute in a window."""
        return self.starting_before(end) & self.ending_after(start)

    def sharing_more(self, start: int, end: int, minutes: int) -> int:
        """Openings with more than so many minutes in a window."""
        if minutes >= end - start:
            return 0
        return self.starting_before(end - minutes) & self.ending_after(start + minutes) & self.longer_than(minutes)

    def starting_within(self, start: int, end: int) -> int:
        """Openings that start in a window."""
        return self.starting_before(end) & ~self.starting_before(start)

    def ending_within(self, start: int, end: int) -> int:
        """Openings that end after `start` and not after `end`."""
        return self.ending_after(start) & ~self.ending_after(end)

    def inside(self, start: int, end: int) -> int:
        """Openings that lie in a window whole."""
        return self.everything & ~self.starting_before(start) & ~self.ending_after(end)

    def grouped(self, name: Hashable, key: Callable[[int], Key]) -> list[tuple[Key, int]]:
        """All openings by a key, each key with its set; kept under `name`."""
        if name not in self._groups:
            sets: dict[Key, int] = {}
            for number in range(len(self.openings)):
                value = key(number)
                sets[value] = sets.get(value, 0) | 1 << number
            self._groups[name] = list(sets.items())
        return self._groups[name]

    def windows(self, shape: Shape, zone: str) -> list[Window]:
        """All calendar windows of a shape in which some opening may lie."""
        if shape not in self._windows:
            self._windows[shape] = list(windows(shape, zone, self.first, self.last))
        return self._windows[shape]

    def of(self, pools: Sequence[str], works: Sequence[str]) -> int:
        """Openings of some pools and kinds of work (empty: all)."""
        if not pools and not works:
            return self.everything
        groups = self.grouped(
            ("of", tuple(pools), tuple(works)), lambda number: _is_of(self.spans[number], pools, works)
        )
        return dict(groups).get(True, 0)


def _is_of(span: Span, pools: Sequence[str], works: Sequence[str]) -> bool:
    return (not pools or span.pool in pools) and (not works or span.work in works)


def members(openings: int) -> Iterator[int]:
    """The numbers of the openings of a set, lowest first."""
    while openings:
        lowest = openings & -openings
        yield lowest.bit_length() - 1
        openings ^= lowest


def joined(sifted: Iterable[Sifted]) -> Sifted:
    """What several rules say together."""
    stopped = unsure = 0
    for each in sifted:
        stopped |= each.stopped
        unsure |= each.unsure
    return Sifted(stopped, unsure)


def _sorted(figures: list[int]) -> _Sorted:
    order = sorted(range(len(figures)), key=figures.__getitem__)
    below = [0]
    for number in order:
        below.append(below[-1] | 1 << number)
    return _Sorted([figures[number] for number in order], below)
