"""No details after leave until a tour has come first: who was off sick is back on duty before he works for others."""

from collections.abc import Iterator
from typing import NamedTuple

from models.rules.awarding.shelf import Shelf, Sifted
from models.rules.clauses.hours import Rest
from models.rules.reasons import Reason
from models.rules.time.spans import Span, overlap
from models.rules.time.timeline import Timeline, counted
from models.rules.time.windows import moment_of
from models.rules.verdict import ELIGIBLE, Verdict

_NEVER = 10**12


class Closed(NamedTuple):
    """Minutes in which no detail may begin: from the end of leave; `_NEVER` where no tour is known that ends it."""

    start: int
    end: int

    @property
    def is_known(self) -> bool:
        """Whether a tour is known that ends it."""
        return self.end != _NEVER


class TourRest:
    """The rest, put to work."""

    def __init__(self, clause: Rest) -> None:
        self.clause = clause
        self._after = counted(clause.after)

    def verdict(self, time: Timeline, wanted: Span) -> Verdict:
        """Whether a tour lies between the last such leave and the wanted detail."""
        for closed in self.closed(time):
            if closed.start <= wanted.start < closed.end:
                return _refused(closed)
        return ELIGIBLE

    def sift(self, time: Timeline, shelf: Shelf) -> Sifted:
        """Openings that begin before he is back."""
        stopped = 0
        for closed in self.closed(time):
            stopped |= shelf.starting_within(closed.start, closed.end)
        return Sifted(stopped)

    def closed(self, time: Timeline) -> Iterator[Closed]:
        """All such times. A tour that is spent on leave brings nobody back."""
        absent = [span for span in time.spans if span.group == "leave"]
        tours = [
            span for span in time.spans if span.kind == "duty" and not any(overlap(span, leave) for leave in absent)
        ]
        for leave in filter(self._after.has, absent):
            first = min((tour for tour in tours if tour.start >= leave.end), default=None)
            yield Closed(leave.end, self._back_at(first) if first else _NEVER)

    def _back_at(self, tour: Span) -> int:
        return tour.start if self.clause.until_tour == "begun" else tour.end


def _refused(closed: Closed) -> Verdict:
    if not closed.is_known:
        return Verdict(Reason.NOT_BACK_ON_DUTY, {"ends_at": moment_of(closed.start)})
    return Verdict(Reason.BACK_ON_DUTY_FIRST, {"ends_at": moment_of(closed.start), "free_at": moment_of(closed.end)})
