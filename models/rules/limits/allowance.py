"""What an officer may still work: what is left under each limit, and when the rest he owes has been had."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from models.rules.eligibility import Eligibility
from models.rules.facts import AwardFacts
from models.rules.limits.calendar import Calendar
from models.rules.limits.consecutive import Consecutive
from models.rules.limits.in_a_row import InARow
from models.rules.limits.rolling import Rolling
from models.rules.limits.shifts_in_a_row import ShiftsInARow
from models.rules.limits.time_rules import (
    LimitAtWork,
    TimeRules,
    goes_without,
    is_for_officer,
    is_for_orders,
    limit_at_work,
)
from models.rules.limits.tour_rests import TourRest
from models.rules.standing import status_on
from models.rules.time.shifts import Shifts
from models.rules.time.timeline import Timeline
from models.rules.time.windows import local_date, minute_of, moment_of

#: What a limit is counted in.
Unit = Literal["minutes", "details", "days", "shifts"]


@dataclass(frozen=True, slots=True)
class Allowance:
    """A limit as it stands for an officer now.

    `period` is day, week, 28_days, month or days; rolling, with `window_minutes`; consecutive, with the break that ends
    a stretch as `window_minutes`; or days_in_a_row or shifts_in_a_row. `used` is what was worked and what is promised
    in the period that now lies in (of a rolling limit: in the stretch that ends now), in `unit`.
    """

    period: str
    most: int
    used: int
    window_minutes: int = 0
    unit: Unit = "minutes"

    @property
    def left(self) -> int:
        """What may be added; none when the limit is reached."""
        return max(self.most - self.used, 0)


def allowances(facts: AwardFacts, officer_id: int) -> list[Allowance]:
    """Each limit that counts details and is for this officer, in the handbook's order, at the time of the facts."""
    time, now = Eligibility(facts).timeline(officer_id), minute_of(facts.now)
    officer = next(each for each in facts.officers if each.id == officer_id)
    status = status_on(officer, local_date(now, facts.zone))
    shifts = Shifts(facts.handbook.shifts, facts.zone)
    limits = (limit_at_work(limit, facts.zone, shifts) for limit in facts.handbook.limits)
    return [
        found
        for limit in limits
        if _is_told(limit) and is_for_officer(limit.clause.only, officer, status)
        for found in _of(limit, time, now)
    ]


def _is_told(limit: LimitAtWork) -> bool:
    """What is left is told of what he may take himself, and of limits that details fill."""
    fills = "details" in limit.what.kinds and not limit.what.orders and not goes_without(limit)
    return fills and not is_for_orders(limit.clause)


def rest_ends_at(facts: AwardFacts, officer_id: int) -> datetime | None:
    """When he may begin a detail, as far as rest after what he has worked goes; None when he may at once."""
    now = minute_of(facts.now)
    rules, time = (
        TimeRules(facts.handbook, facts.zone, lambda rule: not is_for_orders(rule)),
        Eligibility(facts).timeline(officer_id),
    )
    had = [span for span in time.spans if span.start <= now]
    owed = [free for span in had for rest in rules.rests if (free := rest.free_from(span)) is not None]
    tours = [rest for rest in rules.far_rests if isinstance(rest, TourRest)]
    owed += [each.end for rest in tours for each in rest.closed(time) if each.start <= now and each.is_known]
    latest = max(owed, default=now)
    return moment_of(latest) if latest > now else None


def not_back_since(facts: AwardFacts, officer_id: int) -> datetime | None:
    """When leave ended after which a tour must bring him back, and none is known yet; None where it is not so."""
    now = minute_of(facts.now)
    rules = TimeRules(facts.handbook, facts.zone, lambda rule: not is_for_orders(rule))
    time = Eligibility(facts).timeline(officer_id)
    tours = [rest for rest in rules.far_rests if isinstance(rest, TourRest)]
    over = [each.start for rest in tours for each in rest.closed(time) if each.start <= now and not each.is_known]
    return moment_of(max(over)) if over else None


def _of(limit: LimitAtWork, time: Timeline, now: int) -> Iterator[Allowance]:
    match limit:
        case Calendar():
            yield from _in_window(limit, time, now)
        case Rolling():
            yield from _rolling(limit, time, now)
        case Consecutive():
            yield from _on_end(limit, time, now)
        case InARow():
            yield Allowance("days_in_a_row", limit.most_days, limit.row_at(time, now), unit="days")
        case ShiftsInARow():
            yield Allowance("shifts_in_a_row", limit.most_shifts, limit.row_at(time, now), unit="shifts")


def _in_window(limit: Calendar, time: Timeline, now: int) -> Iterator[Allowance]:
    hours, window = time.hours(limit.what), limit.window_at(now)
    most = limit.most_in(time, window)
    if most is not None:
        yield Allowance(limit.clause.period, most, limit.used(hours, window))
    if limit.most_details is not None:
        yield Allowance(limit.clause.period, limit.most_details, limit.details(hours, window), unit="details")


def _rolling(limit: Rolling, time: Timeline, now: int) -> Iterator[Allowance]:
    hours, length = time.hours(limit.what), limit.length
    if limit.most_minutes is not None:
        yield Allowance("rolling", limit.most_minutes, hours.within(now - length, now), length)
    if limit.most_details is not None:
        yield Allowance("rolling", limit.most_details, hours.details_within(now - length, now), length, "details")


def _on_end(limit: Consecutive, time: Timeline, now: int) -> Iterator[Allowance]:
    hours, stretch = time.hours(limit.what), limit.stretch_at(time, now)
    if limit.most_minutes is not None:
        elapsed = now - stretch.start if limit.is_elapsed and stretch.worked else stretch.worked
        yield Allowance("consecutive", limit.most_minutes, elapsed, limit.break_minutes)
    if limit.most_details is not None:
        held = hours.details_within(stretch.start, stretch.end)
        yield Allowance("consecutive", limit.most_details, held, limit.break_minutes, "details")
