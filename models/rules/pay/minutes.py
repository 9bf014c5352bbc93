"""Which minutes are paid: worked, in a meal, guaranteed by a rule, or owed for a cancellation; each kept apart."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Literal, NamedTuple, get_args
from zoneinfo import ZoneInfo

from models.rules.clauses.base import in_minutes
from models.rules.clauses.limits import Weekday
from models.rules.clauses.pay import Pay
from models.rules.clauses.pay_charges import CancelBand, Office
from models.rules.clauses.pay_hours import Raise
from models.rules.pay.facts import WorkFacts
from models.rules.pay.premiums import exact
from models.rules.pay.terms import Terms, terms_for
from models.rules.time.named_days import holiday_dates
from models.rules.time.windows import local_date, minute_of

What = Literal["worked", "meal", "unpaid_meal", "guaranteed", "cancellation"]


class Stretch(NamedTuple):
    """Minutes since 1970, from `start` up to `end`, and the rule that makes them paid; worked ones need none."""

    what: What
    start: int
    end: int
    rule: str = ""


def stretches(pay: Pay, facts: WorkFacts) -> tuple[Stretch, ...]:
    """
    The time that is paid, in the order of the clock. Time that is guaranteed beyond what was worked is laid behind
    it, what a cancellation costs at the start that was planned.
    """
    if facts.is_cancelled_before:
        return tuple(_cancelled(pay, facts))
    begin = max(minute_of(facts.starts_at), minute_of(facts.came_at or facts.starts_at))
    end = max(begin, minute_of(facts.left_at or facts.cancelled_at or facts.ends_at))
    done = tuple(each for each in _worked(pay, begin, end) if each.end > each.start)
    unpaid = sum(each.end - each.start for each in done if each.what == "unpaid_meal")
    paid, planned = (until - begin - unpaid for until in (end, minute_of(facts.ends_at)))
    return (*done, *_guaranteed(terms_for(pay, facts.kind), end, paid, planned))


def notice_minutes(pay: Pay, facts: WorkFacts) -> int:
    """How long before the start the contractor called it off, in the hours the handbook counts."""
    if facts.cancelled_at is None:
        return 0
    begin, end = minute_of(facts.cancelled_at), minute_of(facts.starts_at)
    if pay.cancellation.counts == "real":
        return end - begin
    return sum(_open_between(pay, facts.zone, begin, end))


def _worked(pay: Pay, begin: int, end: int) -> Iterator[Stretch]:
    meal = pay.meal
    if meal is None or end - begin <= in_minutes(meal.over_hours):
        yield Stretch("worked", begin, end)
        return
    at = begin + (end - begin - meal.minutes) // 2
    after = min(end, at + meal.minutes)
    yield Stretch("worked", begin, at)
    yield Stretch("meal" if meal.is_paid else "unpaid_meal", at, after, "pay.meal")
    yield Stretch("worked", after, end)


def _guaranteed(terms: Terms, at: int, paid: int, planned: int) -> Iterator[Stretch]:
    """What each rule adds to what the rules before it gave."""
    for rule, target in _targets(terms, paid, planned):
        if target > paid:
            yield Stretch("guaranteed", at, at + target - paid, rule)
            at, paid = at + target - paid, target


def _targets(terms: Terms, paid: int, planned: int) -> Iterator[tuple[str, int]]:
    is_early = paid < planned
    most = paid
    if is_early and terms.ended_early == "all":
        most = planned
        yield terms.rule("ended_early"), most
    for rule, target in _raised(terms, paid, planned):
        most = max(most, target)
        yield rule, most
    if not (is_early and terms.ended_early == "worked"):
        most = max(most, in_minutes(terms.minimum_hours))
        yield terms.rule("minimum_hours"), most
        most = next((in_minutes(each) for each in terms.blocks if in_minutes(each) >= most), most)
        yield terms.rule("blocks"), most
    longest = in_minutes(terms.blocks[-1]) if terms.blocks else 0
    yield terms.rule("step_minutes"), _stepped(most, longest, terms.step_minutes, terms.step_from_minutes)


def _raised(terms: Terms, worked: int, planned: int) -> Iterator[tuple[str, int]]:
    """What work of that length is raised to, the one that pays most first."""
    found = [
        (f"{terms.rule('raised')}[{place}]", planned if each.to == "all" else in_minutes(each.to))
        for place, each in enumerate(terms.raised)
        if _is_over(each, worked, planned)
    ]
    return iter(sorted(found, key=lambda each: -each[1]))


def _is_over(each: Raise, worked: int, planned: int) -> bool:
    over: list[Fraction | int] = [] if each.over_hours is None else [worked - in_minutes(each.over_hours)]
    over += [] if each.over_percent is None else [worked * 100 - planned * exact(each.over_percent)]
    return all(more > 0 or (each.or_exactly and more == 0) for more in over)


def _stepped(minutes: int, longest: int, step: int, least: int) -> int:
    """Raised to whole steps beyond the longest block; a last one of which too little was worked is not."""
    begun = (minutes - longest) % step
    return minutes if minutes <= longest or begun < least else minutes + step - begun


def _cancelled(pay: Pay, facts: WorkFacts) -> Iterator[Stretch]:
    notice = notice_minutes(pay, facts)
    terms = terms_for(pay, facts.kind)
    late = [(place, each) for place, each in enumerate(terms.cancellation) if _is_late(each, notice)]
    if not late:
        return
    place, band = min(late, key=lambda each: each[1].under_hours)
    begin, end = minute_of(facts.starts_at), minute_of(facts.ends_at)
    owed = end - begin if band.hours == "all" else in_minutes(band.hours)
    yield Stretch("cancellation", begin, begin + owed, f"{terms.rule('cancellation')}[{place}]")


def _is_late(band: CancelBand, notice: int) -> bool:
    least = in_minutes(band.under_hours)
    return notice < least or (band.or_exactly and notice == least)


def _open_between(pay: Pay, zone: str, begin: int, end: int) -> Iterator[int]:
    """The minutes in which the office is open, day by day."""
    office, day = pay.cancellation.office, local_date(begin, zone)
    while day <= local_date(end, zone):
        if _is_open(office, day, pay.holidays_of):
            opens, closes = (
                minute_of(datetime.combine(day, at, ZoneInfo(zone))) for at in (office.opens, office.closes)
            )
            yield max(0, min(end, closes) - max(begin, opens))
        day += timedelta(days=1)


def _is_open(office: Office, day: date, place: str) -> bool:
    return get_args(Weekday)[day.weekday()] in office.days and day not in holiday_dates(
        office.holidays, place, day.year
    )
