"""At most so many days in a row on which something was worked."""

from datetime import date

from models.rules.awarding.shelf import Shelf, Sifted
from models.rules.clauses.limits_in_a_row import DaysLimit
from models.rules.reasons import Reason
from models.rules.time.spans import Span
from models.rules.time.timeline import Hours, Timeline, counted
from models.rules.time.windows import day_number, midnight
from models.rules.verdict import ELIGIBLE, Verdict


class InARow:
    """The limit, put to work. Days are numbered; the next day has the next number."""

    def __init__(self, limit: DaysLimit, zone: str) -> None:
        self.clause = limit
        self.zone = zone
        self.what = counted(limit.counts)
        self.most_days = limit.days
        self.to_start = limit.split == "to_start"

    def verdict(self, time: Timeline, wanted: Span) -> Verdict:
        """Whether the limit holds; the wanted detail is part of the officer's time already."""
        worked = self._worked(time.hours(self.what))
        first, last = row_round(worked, range(*self._days(wanted)))
        if last - first <= self.most_days:
            return ELIGIBLE
        return Verdict(
            Reason.LIMIT_DAYS_IN_A_ROW,
            {
                "limit_days": self.most_days,
                "would_be_days": last - first,
                "starts_at": midnight(date.fromordinal(first), self.zone),
                "ends_at": midnight(date.fromordinal(last), self.zone),
            },
        )

    def row_at(self, time: Timeline, minute: int) -> int:
        """The days in a row that work on the day of a minute is part of, or would come after."""
        worked, today = self._worked(time.hours(self.what)), day_number(minute, self.zone)
        first, last = row_round(worked, range(today, today + 1))
        return last - first if today in worked else today - first

    def sift(self, time: Timeline, shelf: Shelf) -> Sifted:
        """Openings of the same days lengthen the same row."""
        worked = self._worked(time.hours(self.what))
        stopped = 0
        for days, openings in shelf.grouped(("days", self.to_start), lambda number: self._days(shelf.spans[number])):
            first, last = row_round(worked, range(*days))
            if last - first > self.most_days:
                stopped |= openings
        return Sifted(stopped)

    def _worked(self, hours: Hours) -> set[int]:
        return {day for span in hours.spans for day in range(*self._days(span))}

    def _days(self, span: Span) -> tuple[int, int]:
        """The first day that counts, and the one after the last."""
        first = day_number(span.start, self.zone)
        last = first if self.to_start else day_number(max(span.end - 1, span.start), self.zone)
        return first, last + 1


def row_round(worked: set[int], days: range) -> tuple[int, int]:
    """The days (or shifts) in a row of which these are part: the first, and the one after the last."""
    first, last = days.start, days.stop
    while first - 1 in worked:
        first -= 1
    while last in worked:
        last += 1
    return first, last
