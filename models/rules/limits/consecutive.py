"""At most so much without a break of so many hours."""

from models.rules.awarding.shelf import Shelf, Sifted
from models.rules.clauses.limits import ConsecutiveLimit
from models.rules.limits.figures import details_over
from models.rules.limits.stretches import Stretch, sift_stretches, stretch_before, stretch_round
from models.rules.reasons import Reason
from models.rules.time.spans import Span
from models.rules.time.timeline import Hours, Timeline, counted
from models.rules.time.windows import moment_of
from models.rules.verdict import ELIGIBLE, Verdict


class Consecutive:
    """The limit, put to work."""

    def __init__(self, limit: ConsecutiveLimit) -> None:
        self.clause = limit
        self.what = counted(limit.counts, limit.counts_pools, limit.counts_kinds, limit.counts_orders)
        self.break_minutes = limit.break_minutes
        self.most_minutes = limit.most_minutes
        self.most_details = limit.details
        self.is_elapsed = limit.measured == "elapsed"

    def verdict(self, time: Timeline, wanted: Span) -> Verdict:
        """Whether the limit holds; the wanted detail is part of the officer's time already."""
        hours = time.hours(self.what)
        stretch = stretch_round(hours, wanted.start, self.break_minutes)
        details = hours.details_within(stretch.start, stretch.end)
        if self.most_details is not None and details > self.most_details:
            return details_over(self.most_details, details, stretch.start, stretch.end)
        would_be = stretch.end - stretch.start if self.is_elapsed else stretch.worked
        if self.most_minutes is None or would_be <= self.most_minutes:
            return ELIGIBLE
        return Verdict(
            Reason.LIMIT_CONSECUTIVE,
            {
                "limit_minutes": self.most_minutes,
                "would_be_minutes": would_be,
                "break_minutes": self.break_minutes,
                "starts_at": moment_of(stretch.start),
                "ends_at": moment_of(stretch.end),
            },
        )

    def stretch_at(self, time: Timeline, minute: int) -> Stretch:
        """The stretch that what begins at a minute would lengthen; an empty one where a break lies between."""
        before = stretch_before(time.hours(self.what), minute, self.break_minutes)
        if before is None or minute - before.end >= self.break_minutes:
            return Stretch(minute, minute, 0)
        return before

    def sift(self, time: Timeline, shelf: Shelf) -> Sifted:
        """An opening lengthens the stretch before it, the one after it, or joins the two."""
        hours = time.hours(self.what)

        def over(shelf: Shelf, before: Stretch | None, after: Stretch | None) -> int:
            return self._too_long(shelf, before, after) | self._too_many(hours, shelf, before, after)

        return Sifted(sift_stretches(hours, shelf, self.break_minutes, over))

    def _too_long(self, shelf: Shelf, before: Stretch | None, after: Stretch | None) -> int:
        most = self.most_minutes
        if most is None:
            return 0
        if not self.is_elapsed or not (before or after):
            worked = (before.worked if before else 0) + (after.worked if after else 0)
            return shelf.longer_than(most - worked)
        if before and after:
            return shelf.everything if after.end - before.start > most else 0
        return shelf.ending_after(before.start + most) if before else shelf.starting_before((after or _NONE).end - most)

    def _too_many(self, hours: Hours, shelf: Shelf, before: Stretch | None, after: Stretch | None) -> int:
        if self.most_details is None:
            return 0
        held = sum(hours.details_within(each.start, each.end) for each in (before, after) if each)
        return shelf.everything if held >= self.most_details else 0


_NONE = Stretch(0, 0, 0)
