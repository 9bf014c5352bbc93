"""Rest owed between the end of one thing and the start of the next."""

from models.rules.awarding.shelf import Shelf, Sifted
from models.rules.clauses.hours import Rest
from models.rules.limits.stretches import Stretch, sift_stretches, stretch_before
from models.rules.limits.tours_starting import Tours
from models.rules.reasons import Figures, Reason
from models.rules.time.spans import Span
from models.rules.time.timeline import Timeline, counted
from models.rules.time.windows import moment_of
from models.rules.verdict import ELIGIBLE, Verdict

_REASONS = {
    "tours": (Reason.REST_AFTER_TOUR, Reason.REST_BEFORE_TOUR),
    "details": (Reason.REST_AFTER_DETAIL, Reason.REST_BEFORE_DETAIL),
    "leave": (Reason.REST_AFTER_LEAVE, Reason.REST_BEFORE_LEAVE),
}


class PlainRest:
    """Rest that is owed whatever was worked."""

    def __init__(self, clause: Rest, zone: str) -> None:
        self.clause = clause
        self._tours = Tours(clause, zone)
        self.least_minutes = self.reach_minutes = clause.least_minutes
        self._after, self._before = counted(clause.after), counted(clause.before)
        self._is_owed_before_details = "details" in self._before.kinds
        self._is_owed_after_details = "details" in self._after.kinds

    def verdict(self, wanted: Span, span: Span) -> Verdict:
        """Whether enough lies between the wanted detail and one other stretch, before or after it."""
        if not self._tours.has(span):
            return ELIGIBLE
        if span.end <= wanted.start:
            if self._is_owed_before_details and span.kind in self._after.kinds:
                return self._enough(wanted.start - span.end, span, _REASONS[span.group][0])
        elif wanted.end <= span.start and self._is_owed_after_details and span.kind in self._before.kinds:
            return self._enough(span.start - wanted.end, span, _REASONS[span.group][1])
        return ELIGIBLE

    def free_from(self, span: Span) -> int | None:
        """When a detail may begin after this; None where no rest is owed after it."""
        is_owed = self._is_owed_before_details and span.kind in self._after.kinds and self._tours.has(span)
        return span.end + self.least_minutes if is_owed else None

    def _enough(self, rest_minutes: int, span: Span, reason: Reason) -> Verdict:
        if rest_minutes >= self.least_minutes:
            return ELIGIBLE
        if span.is_elsewhere:
            return Verdict(Reason.COMMITTED_ELSEWHERE)
        figures: Figures = {
            "rest_minutes": rest_minutes,
            "needed_minutes": self.least_minutes,
            "starts_at": moment_of(span.start),
            "ends_at": moment_of(span.end),
        }
        return Verdict(reason, {"detail": span.detail, **figures} if span.kind == "details" else figures)

    def sift(self, time: Timeline, shelf: Shelf) -> Sifted:
        """Openings too soon after something, or too late before it."""
        stopped, least = 0, self.least_minutes
        for span in filter(self._tours.has, time.spans):
            if self._is_owed_before_details and span.kind in self._after.kinds:
                stopped |= shelf.starting_within(span.end, span.end + least)
            if self._is_owed_after_details and span.kind in self._before.kinds:
                stopped |= shelf.ending_within(span.start - least, span.start)
        return Sifted(stopped)


class StretchRest:
    """Rest that is owed only after so many hours in one stretch."""

    def __init__(self, clause: Rest, after_minutes: int) -> None:
        self.clause = clause
        self.least_minutes = clause.least_minutes
        self.after_minutes = after_minutes
        self.break_minutes = clause.break_minutes
        self.what = counted(clause.after)
        self._before = counted(clause.before)

    def verdict(self, time: Timeline, wanted: Span) -> Verdict:
        """Whether it was had before the wanted detail, and before what follows the stretch that it makes longer."""
        hours = time.hours(self.what)
        far = max(self.break_minutes, self.least_minutes)
        reached = wanted.end
        for span in time.spans:
            if span.start < wanted.start or (span.start == wanted.start and span != wanted):
                continue
            if span.start - reached >= far:
                break
            if span.kind in self._before.kinds:
                stretch = stretch_before(hours, span.start, self.break_minutes)
                if stretch and (span == wanted or stretch.start <= wanted.start < stretch.end):
                    found = self._enough(stretch, span)
                    if not found.is_eligible:
                        return found
            reached = max(reached, span.end)
        return ELIGIBLE

    def _enough(self, stretch: Stretch, span: Span) -> Verdict:
        rest_minutes = span.start - stretch.end
        if stretch.worked < self.after_minutes or not 0 <= rest_minutes < self.least_minutes:
            return ELIGIBLE
        return Verdict(
            Reason.REST_AFTER_STRETCH,
            {
                "stretch_minutes": stretch.worked,
                "rest_minutes": rest_minutes,
                "needed_minutes": self.least_minutes,
                "starts_at": moment_of(span.start),
                "ends_at": moment_of(stretch.end),
            },
        )

    def sift(self, time: Timeline, shelf: Shelf) -> Sifted:
        """Which openings are near a stretch as long as that; what follows from it is asked of each by itself."""

        def over(shelf: Shelf, before: Stretch | None, after: Stretch | None) -> int:
            worked = (before.worked if before else 0) + (after.worked if after else 0)
            return shelf.longer_than(self.after_minutes - 1 - worked)

        far = max(self.break_minutes, self.least_minutes)
        return Sifted(0, sift_stretches(time.hours(self.what), shelf, far, over))
