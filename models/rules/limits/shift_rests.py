"""Whole shifts kept free between one thing and the next."""

from models.rules.awarding.shelf import Shelf, Sifted
from models.rules.clauses.hours import Rest
from models.rules.limits.tours_starting import Tours
from models.rules.reasons import Figures, Reason
from models.rules.time.shifts import Shifts
from models.rules.time.spans import Span
from models.rules.time.timeline import Timeline, counted
from models.rules.time.windows import moment_of
from models.rules.verdict import ELIGIBLE, Verdict

_REASONS = {
    "tours": (Reason.SHIFT_AFTER_TOUR, Reason.SHIFT_BEFORE_TOUR),
    "details": (Reason.SHIFT_AFTER_DETAIL, Reason.SHIFT_BEFORE_DETAIL),
}


class ShiftRest:
    """The rest, put to work."""

    def __init__(self, clause: Rest, count: int, shifts: Shifts, zone: str) -> None:
        self.clause = clause
        self.count = count
        self.shifts = shifts
        self.reach_minutes = (count + 1) * shifts.longest_minutes
        self._tours = Tours(clause, zone)
        self._after, self._before = counted(clause.after), counted(clause.before)

    def verdict(self, wanted: Span, span: Span) -> Verdict:
        """Whether the shifts beside one other stretch are free of the wanted detail."""
        if span.end <= wanted.start:
            free_from = self.free_from(span)
            if free_from is not None and wanted.start < free_from:
                return self._taken(span, 0, free_from)
        elif wanted.end <= span.start:
            free_until = self._free_until(span)
            if free_until is not None and wanted.end > free_until:
                return self._taken(span, 1, free_until)
        return ELIGIBLE

    def sift(self, time: Timeline, shelf: Shelf) -> Sifted:
        """Openings that lie in such a shift with a minute."""
        stopped = 0
        for span in time.spans:
            free_from, free_until = self.free_from(span), self._free_until(span)
            if free_from is not None:
                stopped |= shelf.starting_within(span.end, free_from)
            if free_until is not None:
                stopped |= shelf.ending_within(free_until, span.start)
        return Sifted(stopped)

    def free_from(self, span: Span) -> int | None:
        """When a detail may begin after this; None where it keeps nothing free after it."""
        if "details" not in self._before.kinds or span.kind not in self._after.kinds or not self._tours.has(span):
            return None
        return max(self.shifts.begins(self.shifts.nearest_change(span.end) + self.count), span.end)

    def _free_until(self, span: Span) -> int | None:
        if "details" not in self._after.kinds or span.kind not in self._before.kinds or not self._tours.has(span):
            return None
        return min(self.shifts.begins(self.shifts.nearest_change(span.start) - self.count), span.start)

    def _taken(self, span: Span, side: int, free_at: int) -> Verdict:
        if span.is_elsewhere:
            return Verdict(Reason.COMMITTED_ELSEWHERE)
        figures: Figures = {
            "shifts": self.count,
            "free_at": moment_of(free_at),
            "starts_at": moment_of(span.start),
            "ends_at": moment_of(span.end),
        }
        named: Figures = {"detail": span.detail} if span.kind == "details" else {}
        return Verdict(_REASONS[span.group][side], named | figures)
