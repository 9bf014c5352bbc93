"""At most so much in any stretch of so many hours, wherever it begins."""

from bisect import bisect_left
from collections.abc import Iterator

from models.rules.awarding.shelf import Shelf, Sifted
from models.rules.clauses.limits import RollingLimit
from models.rules.limits.figures import details_had, details_over, hours_had
from models.rules.reasons import Figures, Reason
from models.rules.time.spans import Span
from models.rules.time.timeline import Hours, Timeline, counted
from models.rules.time.windows import moment_of
from models.rules.verdict import ELIGIBLE, Verdict


class Rolling:
    """The limit, put to work."""

    def __init__(self, limit: RollingLimit) -> None:
        self.clause = limit
        self.what = counted(limit.counts, limit.counts_pools, limit.counts_kinds, limit.counts_orders)
        self.length = limit.window_minutes
        self.most_minutes = limit.most_minutes
        self.most_details = limit.details
        self.is_without_it = limit.is_without_it

    def verdict(self, time: Timeline, wanted: Span) -> Verdict:
        """Whether the limit holds; the wanted detail is part of the officer's time already."""
        if self.is_without_it:
            return self._verdict_without(time.without(wanted).hours(self.what), wanted)
        hours = time.hours(self.what)
        found = self._hours_verdict(hours, wanted)
        return found if not found.is_eligible else self._details_verdict(hours, wanted)

    def _verdict_without(self, hours: Hours, wanted: Span) -> Verdict:
        """Whether what he had in the stretch that ends as the detail starts leaves any of it open."""
        window = (wanted.start - self.length, wanted.start)
        details, minutes = hours.details_within(*window), hours.within(*window)
        if self.most_details is not None and details >= self.most_details:
            return details_had(self.most_details, details, *window)
        if self.most_minutes is not None and minutes >= self.most_minutes:
            return hours_had(self.most_minutes, minutes, *window)
        return ELIGIBLE

    def _hours_verdict(self, hours: Hours, wanted: Span) -> Verdict:
        most = self.most_minutes
        # All there is within reach is not too much, so no window of it is.
        if most is None or hours.within(wanted.start - self.length, wanted.end + self.length) <= most:
            return ELIGIBLE
        for start in self._windows(hours, wanted):
            would_be = hours.within(start, start + self.length)
            if would_be > most:
                return self._over(most, would_be, start)
        return ELIGIBLE

    def _over(self, most: int, would_be: int, start: int) -> Verdict:
        figures: Figures = {
            "window_minutes": self.length,
            "limit_minutes": most,
            "would_be_minutes": would_be,
            "starts_at": moment_of(start),
            "ends_at": moment_of(start + self.length),
        }
        return Verdict(Reason.LIMIT_ROLLING, figures)

    def _windows(self, hours: Hours, wanted: Span) -> Iterator[int]:
        """The fullest window begins where something begins or ends where something ends, so no others are tried."""
        for span in hours.spans[: bisect_left(hours.spans, (wanted.end + self.length,))]:
            if span.end > wanted.start - self.length:
                for start in (span.start, span.end - self.length):
                    if start < wanted.end and wanted.start < start + self.length:
                        yield start

    def _details_verdict(self, hours: Hours, wanted: Span) -> Verdict:
        """The window with the most details in it begins with the last minute of one or ends with the first of one."""
        if self.most_details is None:
            return ELIGIBLE
        for span in hours.spans:
            for start in (span.end - 1, span.start + 1 - self.length):
                if start < wanted.end and wanted.start < start + self.length:
                    would_be = hours.details_within(start, start + self.length)
                    if would_be > self.most_details:
                        return details_over(self.most_details, would_be, start, start + self.length)
        return ELIGIBLE

    def sift(self, time: Timeline, shelf: Shelf) -> Sifted:
        """
        The fullest window either begins or ends with something the officer has, or holds the opening alone; unless
        he is over the limit already, when each opening near is asked by itself.
        """
        hours = time.hours(self.what)
        if self.is_without_it:
            is_reached = (self.most_minutes is not None and hours.sums[-1] >= self.most_minutes) or (
                self.most_details is not None and len(hours.detail_starts) >= self.most_details
            )
            return Sifted(0, shelf.everything if is_reached else 0)
        stopped = unsure = 0
        if self.most_minutes is not None:
            if self.length > self.most_minutes:
                stopped = shelf.longer_than(self.most_minutes)
            for start in {at for span in hours.spans for at in (span.start, span.end - self.length)}:
                left = self.most_minutes - hours.within(start, start + self.length)
                if left < 0:
                    unsure |= shelf.touching(start - self.length, start + 2 * self.length)
                elif left < shelf.longest:
                    stopped |= shelf.sharing_more(start, start + self.length, left)
        return Sifted(stopped | self._sift_details(hours, shelf), unsure)

    def _sift_details(self, hours: Hours, shelf: Shelf) -> int:
        if self.most_details is None:
            return 0
        stopped = 0
        for span in hours.spans:
            for start in (span.end - 1, span.start + 1 - self.length):
                if hours.details_within(start, start + self.length) >= self.most_details:
                    stopped |= shelf.touching(start, start + self.length)
        return stopped
