"""What an officer may still work: hours left under each limit, and when the rest he owes has been had."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.rules.clauses.eligibility import CalendarLimit, Limit
from models.rules.facts import AwardFacts
from models.rules.spans import Span, of_commitment, of_tour
from models.rules.windows import minute_of, moment_of, windows


@dataclass(frozen=True, slots=True)
class Allowance:
    """A limit on hours as it stands for an officer now.

    `period` is day, week, 28_days or month, or rolling with `window_minutes`; `used_minutes` are those worked and
    those promised in the period that now lies in (of a rolling limit: in the stretch that ends now).
    """

    period: str
    limit_minutes: int
    used_minutes: int
    window_minutes: int = 0

    @property
    def left_minutes(self) -> int:
        """What may be added; none when the limit is reached."""
        return max(self.limit_minutes - self.used_minutes, 0)


def allowances(facts: AwardFacts, officer_id: int) -> list[Allowance]:
    """Each limit of the handbook that counts details, in its order, for the officer at the time of the facts."""
    taken, now = _taken(facts, officer_id), minute_of(facts.now)
    return [_allowance(limit, taken, now, facts.zone) for limit in facts.handbook.limits if "details" in limit.counts]


def rest_ends_at(facts: AwardFacts, officer_id: int) -> datetime | None:
    """When he may begin a detail, as far as rest after what he has worked goes; None when he may at once."""
    now = minute_of(facts.now)
    owed = [
        span.end + clause.least_minutes
        for span in _taken(facts, officer_id)
        for clause in facts.handbook.rest
        if span.start <= now and span.kind in clause.after and "details" in clause.before
    ]
    latest = max(owed, default=now)
    return moment_of(latest) if latest > now else None


def _taken(facts: AwardFacts, officer_id: int) -> list[Span]:
    tours = (of_tour(tour) for tour in facts.tours if tour.officer_id == officer_id)
    held = (of_commitment(each) for each in facts.commitments if each.officer_id == officer_id)
    return sorted([*tours, *held])


def _allowance(limit: Limit, taken: Sequence[Span], now: int, zone: str) -> Allowance:
    counted = [span for span in taken if span.kind in limit.counts]
    if isinstance(limit, CalendarLimit):
        start, end = next(windows(limit, zone, now, now + 1))
        return Allowance(limit.period, limit.most_minutes, _covered(start, end, counted))
    start = now - limit.window_minutes
    return Allowance("rolling", limit.most_minutes, _covered(start, now, counted), limit.window_minutes)


def _covered(start: int, end: int, spans: Iterable[Span]) -> int:
    """Minutes from `start` to `end` that some stretch covers, of stretches in order; what overlaps counts once."""
    total = 0
    for span in spans:
        first, last = max(span.start, start), min(span.end, end)
        if last > first:
            total += last - first
            start = last
    return total
