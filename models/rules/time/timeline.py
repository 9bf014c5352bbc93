"""An officer's time in order, and how much of a window some of it fills: prepared once, asked often."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from models.rules.clauses.hours import TimeKind, kinds_of
from models.rules.time.spans import Span


class Counted(NamedTuple):
    """What counts: kinds of time, and of details only those of some pools or kinds of work (empty: all), or only those
    he was ordered to.
    """

    kinds: frozenset[str]
    pools: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    orders: bool = False

    def has(self, span: Span) -> bool:
        """Whether a stretch counts."""
        if span.kind not in self.kinds:
            return False
        if span.kind != "details":
            return True
        is_of_these = (not self.pools or span.pool in self.pools) and (not self.works or span.work in self.works)
        return is_of_these and (span.is_ordered or not self.orders)


def counted(
    kinds: tuple[TimeKind, ...], pools: Sequence[str] = (), works: Sequence[str] = (), orders: bool = False
) -> Counted:
    """What a clause counts."""
    return Counted(kinds_of(kinds), tuple(pools), tuple(works), orders)


class Hours:
    """
    The stretches of one officer that count for something. `starts` and `ends` are what they cover together, each
    stretch cut to what those before it leave: what overlaps counts once. `begins` are where they begin uncut.
    """

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = list(spans)
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.begins: list[int] = []
        covered_to = 0
        for span in self.spans:
            if span.end > covered_to:
                self.starts.append(max(span.start, covered_to))
                self.begins.append(span.start)
                self.ends.append(span.end)
                covered_to = span.end
        lengths = (end - start for start, end in zip(self.starts, self.ends, strict=True))
        self.sums = list(accumulate(lengths, initial=0))
        self.detail_starts = [span.start for span in self.spans if span.kind == "details"]
        self.detail_ends = sorted(span.end for span in self.spans if span.kind == "details")

    def before(self, minute: int) -> int:
        """Minutes covered before a minute."""
        place = bisect_left(self.starts, minute)
        if place == 0:
            return 0
        return self.sums[place - 1] + min(minute, self.ends[place - 1]) - self.starts[place - 1]

    def within(self, start: int, end: int) -> int:
        """Minutes covered in a window."""
        return self.before(end) - self.before(start)

    def started_within(self, start: int, end: int) -> int:
        """Minutes covered by what starts in a window, wherever it ends."""
        return self.sums[bisect_left(self.begins, end)] - self.sums[bisect_left(self.begins, start)]

    def details_within(self, start: int, end: int) -> int:
        """How many details have a minute in a window: all that start before its end, less those over by its start."""
        return bisect_left(self.detail_starts, end) - bisect_right(self.detail_ends, start)

    def details_started_within(self, start: int, end: int) -> int:
        """How many details start in a window."""
        return bisect_left(self.detail_starts, end) - bisect_left(self.detail_starts, start)


class Timeline:
    """All of an officer's time, tours, leave and details, in order; hours by what counts are made when asked for."""

    def __init__(self, spans: Iterable[Span], is_sorted: bool = False) -> None:
        self.spans = list(spans) if is_sorted else sorted(spans)
        self._hours: dict[Counted, Hours] = {}

    def plus(self, more: Iterable[Span]) -> "Timeline":
        """The same with other stretches in it."""
        spans = list(self.spans)
        for span in more:
            insort(spans, span)
        return Timeline(spans, is_sorted=True)

    def without(self, span: Span) -> "Timeline":
        """The same less one stretch that is in it."""
        spans = list(self.spans)
        spans.remove(span)
        return Timeline(spans, is_sorted=True)

    def hours(self, what: Counted) -> Hours:
        """Of it what counts."""
        if what not in self._hours:
            self._hours[what] = Hours(filter(what.has, self.spans))
        return self._hours[what]
