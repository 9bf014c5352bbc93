"""What an officer may still work: hours left under each limit, and when the rest he owes has been had."""

from dataclasses import dataclass
from datetime import datetime

from models.rules.clauses.hours import kinds_of
from models.rules.eligibility import Eligibility
from models.rules.facts import AwardFacts
from models.rules.limits.calendar import Calendar
from models.rules.limits.rolling import Rolling
from models.rules.time_rules import LimitAtWork, limit_at_work
from models.rules.timeline import Timeline
from models.rules.windows import minute_of, moment_of


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
    """Each limit on hours that counts details, in the handbook's order, for the officer at the time of the facts."""
    time, now = Eligibility(facts).timeline(officer_id), minute_of(facts.now)
    limits = (limit_at_work(limit, facts.zone) for limit in facts.handbook.limits)
    found = (_allowance(limit, time, now) for limit in limits if "details" in limit.what.kinds)
    return [allowance for allowance in found if allowance]


def rest_ends_at(facts: AwardFacts, officer_id: int) -> datetime | None:
    """When he may begin a detail, as far as rest after what he has worked goes; None when he may at once."""
    now = minute_of(facts.now)
    owed = [
        span.end + clause.least_minutes
        for span in Eligibility(facts).timeline(officer_id).spans
        for clause in facts.handbook.rest
        if clause.after_hours is None and span.start <= now
        if span.kind in kinds_of(clause.after) and "details" in clause.before
    ]
    latest = max(owed, default=now)
    return moment_of(latest) if latest > now else None


def _allowance(limit: LimitAtWork, time: Timeline, now: int) -> Allowance | None:
    """None for limits that leave no number of hours: on details, on stretches, on days in a row."""
    hours = time.hours(limit.what)
    if isinstance(limit, Calendar):
        window = limit.window_at(now)
        most = limit.most_in(time, window)
        return None if most is None else Allowance(limit.clause.period, most, limit.used(hours, window))
    if isinstance(limit, Rolling) and limit.most_minutes is not None:
        used = hours.within(now - limit.length, now)
        return Allowance("rolling", limit.most_minutes, used, limit.length)
    return None
