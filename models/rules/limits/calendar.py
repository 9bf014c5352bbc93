"""At most so much in a window of the calendar, which leave may raise, and of which one in several may be longer."""

from models.rules.awarding.shelf import Shelf, Sifted
from models.rules.clauses.base import in_minutes
from models.rules.clauses.limits import CalendarLimit, LongOne
from models.rules.limits.figures import details_had, details_over, hours_had
from models.rules.reasons import Figures, Reason
from models.rules.time.spans import Span
from models.rules.time.timeline import Hours, Timeline, counted
from models.rules.time.windows import Window, long_windows, moment_of, shape_of, windows
from models.rules.verdict import ELIGIBLE, Verdict

_PERIODS = {
    "day": Reason.LIMIT_DAY,
    "week": Reason.LIMIT_WEEK,
    "28_days": Reason.LIMIT_28_DAYS,
    "month": Reason.LIMIT_MONTH,
    "days": Reason.LIMIT_PERIOD,
}


class Calendar:
    """The limit, put to work."""

    def __init__(self, limit: CalendarLimit, zone: str) -> None:
        self.clause = limit
        self.zone = zone
        self.what = counted(limit.counts, limit.counts_pools, limit.counts_kinds, limit.counts_orders)
        self.raising = counted(limit.raised_by) if limit.raised_by else None
        self.most_minutes = limit.most_minutes
        self.raised_to = None if limit.raised_to_hours is None else in_minutes(limit.raised_to_hours)
        self.most_details = limit.details
        self.to_start = limit.split == "to_start"
        self.is_without_it = limit.is_without_it
        self._shape = shape_of(limit)

    def verdict(self, time: Timeline, wanted: Span) -> Verdict:
        """Whether the limit holds; the wanted detail is part of the officer's time already."""
        if self.is_without_it:
            return self._verdict_without(time.without(wanted), wanted)
        hours = time.hours(self.what)
        for window in windows(self._shape, self.zone, wanted.start, wanted.start + 1 if self.to_start else wanted.end):
            found = self._in_window(time, hours, window)
            if not found.is_eligible:
                return found
        return ELIGIBLE

    def _verdict_without(self, time: Timeline, wanted: Span) -> Verdict:
        """Whether what he has beside the wanted detail leaves any of it open."""
        hours = time.hours(self.what)
        for window in windows(self._shape, self.zone, wanted.start, wanted.start + 1 if self.to_start else wanted.end):
            details, most = self.details(hours, window), self.most_in(time, window)
            if self.most_details is not None and details >= self.most_details:
                return details_had(self.most_details, details, *window)
            if most is not None and self.used(hours, window) >= most:
                return hours_had(most, self.used(hours, window), *window)
        return ELIGIBLE

    def _in_window(self, time: Timeline, hours: Hours, window: Window) -> Verdict:
        if self.most_details is not None and self.details(hours, window) > self.most_details:
            return details_over(self.most_details, self.details(hours, window), *window)
        if self.most_minutes is None:
            return ELIGIBLE
        would_be, raised = self.used(hours, window), self._raised(time, window)
        if would_be <= self.most_minutes + raised:
            return ELIGIBLE
        if self.clause.long is not None and would_be <= in_minutes(self.clause.long.hours):
            return self._as_long_one(hours, window, would_be, self.clause.long)
        most = in_minutes(self.clause.long.hours) if self.clause.long else self.most_minutes + raised
        figures = _figures(most, would_be, window)
        if self.raising:
            figures["raised_minutes"] = raised
        if self.clause.days_long is not None:
            figures["period_days"] = self.clause.days_long
        return Verdict(_PERIODS[self.clause.period], figures)

    def _as_long_one(self, hours: Hours, window: Window, would_be: int, long: LongOne) -> Verdict:
        if self._long_ones(hours, window, long) < long.times:
            return ELIGIBLE
        most = self.most_minutes or 0
        figures = {"long_times": long.times, "period_days": long.in_days}
        return Verdict(Reason.LIMIT_LONG_USED, {**_figures(most, would_be, window), **figures})

    def _long_ones(self, hours: Hours, window: Window, long: LongOne) -> int:
        """How many other windows of the period are longer than they may ordinarily be."""
        others = long_windows(self._shape, long, self.zone, window[0])
        return sum(each != window and self.used(hours, each) > (self.most_minutes or 0) for each in others)

    def used(self, hours: Hours, window: Window) -> int:
        """Minutes that count in a window."""
        return hours.started_within(*window) if self.to_start else hours.within(*window)

    def window_at(self, minute: int) -> Window:
        """The window in which a minute lies."""
        return next(windows(self._shape, self.zone, minute, minute + 1))

    def most_in(self, time: Timeline, window: Window) -> int | None:
        """The limit in minutes in a window, with what raises it; None where there is none on hours."""
        return None if self.most_minutes is None else self.most_minutes + self._raised(time, window)

    def details(self, hours: Hours, window: Window) -> int:
        """Details that count in a window."""
        return hours.details_started_within(*window) if self.to_start else hours.details_within(*window)

    def _raised(self, time: Timeline, window: Window) -> int:
        if self.raising is None:
            return 0
        by = time.hours(self.raising).within(*window)
        return by if self.raised_to is None else max(min(by, self.raised_to - (self.most_minutes or 0)), 0)

    def sift(self, time: Timeline, shelf: Shelf) -> Sifted:
        """Each window has room for so much more."""
        hours = time.hours(self.what)
        stopped = unsure = 0
        for window in shelf.windows(self._shape, self.zone):
            found = self._sift_window(time, hours, window, shelf)
            stopped |= found.stopped
            unsure |= found.unsure
        return Sifted(stopped, unsure)

    def _sift_window(self, time: Timeline, hours: Hours, window: Window, shelf: Shelf) -> Sifted:
        stopped, there = 0, shelf.starting_within(*window) if self.to_start else shelf.touching(*window)
        if self.is_without_it:
            most = self.most_in(time, window)
            is_full = self.most_details is not None and self.details(hours, window) >= self.most_details
            return Sifted(there if is_full or (most is not None and self.used(hours, window) >= most) else 0)
        if self.most_details is not None and self.details(hours, window) >= self.most_details:
            stopped = there
        if self.most_minutes is None:
            return Sifted(stopped)
        used = self.used(hours, window)
        left = self.most_minutes + self._raised(time, window) - used
        if left >= shelf.longest:
            return Sifted(stopped)
        over = self._needing_more(window, left, shelf)
        long = self.clause.long
        if long is None or not over:
            return Sifted(stopped | over)
        # What lies in two windows may make both of them long.
        across = over & (shelf.touching(window[0] - 1, window[0]) | shelf.touching(window[1], window[1] + 1))
        if self._long_ones(hours, window, long) < long.times:
            return Sifted(stopped | self._needing_more(window, in_minutes(long.hours) - used, shelf), across)
        return Sifted(stopped | over)

    def _needing_more(self, window: Window, left: int, shelf: Shelf) -> int:
        left = max(left, 0)
        if not self.to_start:
            return shelf.sharing_more(*window, left)
        return shelf.starting_within(*window) & shelf.longer_than(left)


def _figures(most: int, would_be: int, window: Window) -> Figures:
    return {
        "limit_minutes": most,
        "would_be_minutes": would_be,
        "starts_at": moment_of(window[0]),
        "ends_at": moment_of(window[1]),
    }
