"""Time for the way between two posts."""

from collections.abc import Sequence

from models.rules.awarding.shelf import Shelf, Sifted
from models.rules.clauses.travel import Travel, Way
from models.rules.reasons import Figures, Reason
from models.rules.time.spans import Span
from models.rules.time.timeline import Timeline
from models.rules.time.windows import moment_of
from models.rules.verdict import ELIGIBLE, Verdict

_REASONS = {
    "details": (Reason.TRAVEL_FROM_DETAIL, Reason.TRAVEL_TO_DETAIL),
    "tours": (Reason.TRAVEL_FROM_TOUR, Reason.TRAVEL_TO_TOUR),
}

# Time in which an officer is nowhere that he would come from.
_AT_HOME = ("leave", "away")


class Ways:
    """The clause, put to work."""

    def __init__(self, clause: Travel) -> None:
        self.clause = clause
        self.least_minutes = clause.minutes
        self._sites, self._areas = _both_ways(clause.sites), _both_ways(clause.areas)
        self.longest_minutes = max([clause.minutes, *self._sites.values(), *self._areas.values()])

    def minutes(self, one: Span, other: Span) -> int:
        """The way between two posts; 0 where none counts."""
        if ("details" if one.group == other.group else "tours") not in self.clause.between:
            return 0
        if one.site and one.site == other.site:
            return 0
        by_site = self._sites.get((one.site, other.site))
        if by_site is not None:
            return by_site
        return self._areas.get((one.area, other.area), self.clause.minutes)

    def verdict(self, wanted: Span, span: Span) -> Verdict:
        """Whether there is time for the way between the wanted detail and one other stretch."""
        gap = wanted.start - span.end if span.end <= wanted.start else span.start - wanted.end
        if gap < 0 or gap >= self.longest_minutes or span.group in _AT_HOME:
            return ELIGIBLE
        needed = self.minutes(wanted, span)
        if gap >= needed:
            return ELIGIBLE
        if span.is_elsewhere:
            return Verdict(Reason.COMMITTED_ELSEWHERE)
        figures: Figures = {
            "gap_minutes": gap,
            "needed_minutes": needed,
            "starts_at": moment_of(span.start),
            "ends_at": moment_of(span.end),
        }
        reason = _REASONS[span.group][span.start >= wanted.end]
        return Verdict(reason, {"detail": span.detail, **figures} if span.kind == "details" else figures)

    def sift(self, time: Timeline, shelf: Shelf) -> Sifted:
        """Openings too near to something for the way there or from there."""
        stopped = 0
        for span in time.spans:
            if span.group not in _AT_HOME and span.end + self.longest_minutes > shelf.first:
                for needed, openings in self._by_way(span, shelf):
                    near = shelf.starting_within(span.end, span.end + needed)
                    near |= shelf.ending_within(span.start - needed, span.start)
                    stopped |= near & openings
        return Sifted(stopped)

    def _by_way(self, span: Span, shelf: Shelf) -> list[tuple[int, int]]:
        """The openings by how long the way is between them and a stretch."""
        place = (span.group, span.site, span.area)
        groups = shelf.grouped(("way", place), lambda number: self.minutes(shelf.spans[number], span))
        return [(needed, openings) for needed, openings in groups if needed]


def _both_ways(ways: Sequence[Way]) -> dict[tuple[str, str], int]:
    return {pair: way.minutes for way in ways for pair in (way.between, way.between[::-1])}
