"""At most so many shifts in a row in which something was worked."""

from models.rules.awarding.shelf import Shelf, Sifted
from models.rules.clauses.limits_in_a_row import ShiftsLimit
from models.rules.limits.in_a_row import row_round
from models.rules.reasons import Reason
from models.rules.time.shifts import Shifts
from models.rules.time.spans import Span
from models.rules.time.timeline import Hours, Timeline, counted
from models.rules.time.windows import moment_of
from models.rules.verdict import ELIGIBLE, Verdict


class ShiftsInARow:
    """The limit, put to work."""

    def __init__(self, limit: ShiftsLimit, shifts: Shifts) -> None:
        self.clause = limit
        self.shifts = shifts
        self.what = counted(limit.counts)
        self.most_shifts = limit.shifts

    def verdict(self, time: Timeline, wanted: Span) -> Verdict:
        """Whether the limit holds; the wanted detail is part of the officer's time already."""
        worked = self._worked(time.hours(self.what))
        rows = [row_round(worked, range(each, each + 1)) for each in self._touched(wanted) if each in worked]
        first, last = max(rows, key=lambda row: row[1] - row[0], default=(0, 0))
        if last - first <= self.most_shifts:
            return ELIGIBLE
        return Verdict(
            Reason.LIMIT_SHIFTS_IN_A_ROW,
            {
                "limit_shifts": self.most_shifts,
                "would_be_shifts": last - first,
                "starts_at": moment_of(self.shifts.begins(first)),
                "ends_at": moment_of(self.shifts.begins(last)),
            },
        )

    def row_at(self, time: Timeline, minute: int) -> int:
        """The shifts in a row that work in the shift of a minute is part of, or would come after."""
        worked, now = self._worked(time.hours(self.what)), self.shifts.number(minute)
        first, last = row_round(worked, range(now, now + 1))
        return last - first if now in worked else now - first

    def sift(self, time: Timeline, shelf: Shelf) -> Sifted:
        """Openings are asked one by one that would make too long a row if every shift touched were one worked."""
        touched = {each for span in time.hours(self.what).spans for each in self._touched(span)}
        unsure = 0
        for (start, stop), openings in shelf.grouped(("shifts", self.shifts), lambda number: self._ends(shelf, number)):
            first, last = row_round(touched, range(start, stop))
            if last - first > self.most_shifts:
                unsure |= openings
        return Sifted(0, unsure)

    def _worked(self, hours: Hours) -> set[int]:
        touched = {each for span in hours.spans for each in self._touched(span)}
        begins = self.shifts.begins
        least = self.clause.least_minutes
        return {each for each in touched if hours.within(begins(each), begins(each + 1)) >= least}

    def _touched(self, span: Span) -> range:
        return range(self.shifts.number(span.start), self.shifts.number(max(span.end - 1, span.start)) + 1)

    def _ends(self, shelf: Shelf, number: int) -> tuple[int, int]:
        shifts = self._touched(shelf.spans[number])
        return shifts.start, shifts.stop
