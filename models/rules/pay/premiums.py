"""By how much a minute is paid more: which premiums hold in it, and what they come to together."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from fractions import Fraction
from math import prod
from typing import NamedTuple, get_args
from zoneinfo import ZoneInfo

from models.rules.clauses.base import in_minutes
from models.rules.clauses.limits import Weekday
from models.rules.clauses.pay import Pay
from models.rules.clauses.pay_rates import Premium
from models.rules.pay.facts import WorkFacts
from models.rules.time.named_days import holiday_dates
from models.rules.time.windows import minute_of


class Uplift(NamedTuple):
    """
    The factor that the rate is multiplied by, the cents an hour that are added to it for the officer and for what the
    contractor is charged, and the premiums it is made of, by their place in the handbook; and whether they would come
    to more than the handbook lets them.
    """

    factor: Fraction
    premiums: tuple[int, ...] = ()
    add: int = 0
    add_charged: int = 0
    is_capped: bool = False


def uplift_at(
    pay: Pay, facts: WorkFacts, minute: int, paid_before: int, cents: int, is_guaranteed: bool = False
) -> Uplift:
    """What a minute since 1970 is paid more than a rate in cents, when so many minutes were paid before it."""
    here = datetime.fromtimestamp(minute * 60, ZoneInfo(facts.zone))
    holding = [
        place
        for place, each in enumerate(pay.premiums)
        if _is_for(each, facts)
        and (_holds_unworked(each, pay, here, paid_before) if is_guaranteed else _holds(each, pay, here, paid_before))
    ]
    return _together(pay, holding, cents)


def exact(number: float) -> Fraction:
    """A number as it is written: 1.1 is eleven tenths."""
    return Fraction(str(number))


def _holds_unworked(premium: Premium, pay: Pay, here: datetime, paid_before: int) -> bool:
    """For a minute that is paid and not worked, the premium's own word goes before that of the clause."""
    if premium.guaranteed is False:
        return False
    if premium.guaranteed or pay.guaranteed_premiums:
        return _holds(premium, pay, here, paid_before)
    return not _goes_by_clock(premium)


def _is_for(premium: Premium, facts: WorkFacts) -> bool:
    if premium.ranks and facts.rank not in premium.ranks:
        return False
    if premium.kinds and facts.kind not in premium.kinds:
        return False
    if premium.alcohol not in (None, facts.alcohol):
        return False
    return _is_ordered_late(premium, facts)


def _is_ordered_late(premium: Premium, facts: WorkFacts) -> bool:
    """Whether it was ordered as late as the premium asks for; not where nobody knows when."""
    least, after = premium.ordered_under_hours, premium.ordered_after
    if facts.ordered_at is None:
        return least is None and after is None
    if after is not None:
        here = ZoneInfo(facts.zone)
        eve = facts.starts_at.astimezone(here).date() - timedelta(days=1)
        if facts.ordered_at <= datetime.combine(eve, after, here):
            return False
    return least is None or minute_of(facts.starts_at) - minute_of(facts.ordered_at) < in_minutes(least)


def _goes_by_clock(premium: Premium) -> bool:
    by_length = premium.beyond_hours or premium.up_to_hours is not None
    return bool(premium.from_time or premium.days or premium.on_holidays or by_length)


def _holds(premium: Premium, pay: Pay, here: datetime, paid_before: int) -> bool:
    return all(_conditions(premium, pay, here, paid_before))


def _conditions(premium: Premium, pay: Pay, here: datetime, paid_before: int) -> Iterator[bool]:
    yield paid_before >= in_minutes(premium.beyond_hours)
    if premium.from_time is not None and premium.until_time is not None:
        yield _is_between(here.time(), premium.from_time, premium.until_time)
    if premium.up_to_hours is not None:
        yield paid_before < in_minutes(premium.up_to_hours)
    if premium.days:
        is_named = get_args(Weekday)[here.weekday()] in premium.days
        yield is_named or (premium.holidays_too and _is_holiday(premium, pay, here))
    if premium.on_holidays:
        yield _is_holiday(premium, pay, here)


def _is_holiday(premium: Premium, pay: Pay, here: datetime) -> bool:
    named = [each for each in pay.holidays if not premium.holidays or each.name in premium.holidays]
    return here.date() in holiday_dates(named, pay.holidays_of, here.year)


def _is_between(now: time, begin: time, end: time) -> bool:
    return begin <= now < end if begin < end else now >= begin or now < end


def _together(pay: Pay, holding: Sequence[int], cents: int) -> Uplift:
    if not holding:
        return Uplift(Fraction(1))
    factors = {place: exact(pay.premiums[place].factor) for place in holding}
    if pay.combine == "highest":
        added = {place: pay.premiums[place].add_cents_per_hour for place in holding}
        best = max(holding, key=lambda place: (cents * factors[place] + added[place], factors[place], -place))
        return _with_added(pay, factors[best], (best,))
    if pay.combine == "add":
        return _with_added(pay, 1 + sum((each - 1 for each in factors.values()), Fraction()), tuple(holding))
    return _with_added(pay, prod(factors.values(), start=Fraction(1)), tuple(holding))


def _with_added(pay: Pay, factor: Fraction, holding: tuple[int, ...]) -> Uplift:
    found = [pay.premiums[place] for place in holding]
    most = factor if pay.most_factor is None else min(factor, exact(pay.most_factor))
    added, charged = (
        sum(each.add_cents_per_hour for each in found),
        sum(each.add_charged_cents for each in found),
    )
    return Uplift(most, holding, added, charged, is_capped=most < factor)
