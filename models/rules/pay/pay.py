"""What one officer's work is paid and charged: lines in integer cents, each with the rule it comes from."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import islice
from typing import Literal, NamedTuple

from models.rules.clauses.base import in_minutes
from models.rules.clauses.pay import Pay
from models.rules.pay.facts import WorkFacts
from models.rules.pay.minutes import What, stretches
from models.rules.pay.paid_as import paid_as, rate_for
from models.rules.pay.premiums import Uplift, exact, uplift_at
from models.rules.time.windows import minute_of

Party = Literal["officer", "contractor", "department"]
_GUARANTEED: tuple[What, ...] = ("guaranteed", "cancellation")
_PAID: tuple[What, ...] = ("worked", "meal", "guaranteed", "cancellation")


class NoRate(ValueError):
    """The detail has no rate of its own, and none of the handbook is for this rank and kind of work."""


@dataclass(frozen=True, slots=True)
class PayLine:
    """
    One amount that one party owes another. `minutes` are of one kind only, `what`; `rule` names the settings the line
    comes from. The amount is rate by factor, with `add_cents` an hour, by hours; rounded once, as `pay.round_cents`
    says.
    """

    what: str
    minutes: int
    rate_cents: int | None
    factor: Fraction
    amount_cents: int
    rule: str
    payer: Party
    payee: Party
    add_cents: int = 0


@dataclass(frozen=True, slots=True)
class PayQuote:
    """All lines of one officer's work."""

    lines: tuple[PayLine, ...]

    @property
    def officer_cents(self) -> int:
        """What the officer is paid."""
        return sum(each.amount_cents for each in self.lines if each.payee == "officer")

    @property
    def contractor_cents(self) -> int:
        """What the contractor is charged."""
        return sum(each.amount_cents for each in self.lines if each.payer == "contractor")

    def minutes(self, *what: str) -> int:
        """The officer's minutes of these kinds: worked, meal, guaranteed, cancellation."""
        return sum(each.minutes for each in self.lines if each.what in what)


class _Price(NamedTuple):
    cents: int
    charged: int
    rule: str


class _Kind(NamedTuple):
    """Minutes that are alike in all that matters for pay."""

    what: What
    rule: str
    uplift: Uplift


def quote(pay: Pay, facts: WorkFacts) -> PayQuote:
    """What the work of these facts is paid and charged under the clause. Raises NoRate where nothing says the rate."""
    hours = tuple(_hours(pay, facts))
    hires = tuple(_hires(pay, facts, hours))
    return PayQuote((*hours, *hires, *_admin_fee(pay, (*hours, *hires))))


def cents_at_start(pay: Pay, facts: WorkFacts) -> int | None:
    """What an hour pays the officer at the start of the work; None where nothing says the rate."""
    facts = paid_as(pay, facts)
    price = _price(pay, facts)
    if price is None:
        return None
    uplift = uplift_at(pay, facts, minute_of(facts.starts_at), 0, price.cents)
    return _rounded(pay, price.cents * uplift.factor + uplift.add)


def deposit_cents(pay: Pay, estimate_cents: int) -> int:
    """What the contractor pays into escrow before work that is estimated at so much."""
    is_over = pay.deposit_over_cents is not None and estimate_cents > pay.deposit_over_cents
    return estimate_cents if is_over else 0


def late_order_cents(pay: Pay, facts: WorkFacts) -> int:
    """What it costs the contractor that he ordered late: once for the order, however many officers."""
    if pay.late_order is None or facts.ordered_at is None:
        return 0
    notice = minute_of(facts.starts_at) - minute_of(facts.ordered_at)
    least = in_minutes(pay.late_order.under_hours)
    is_late = notice < least or (pay.late_order.or_exactly and notice == least)
    return pay.late_order.cents if is_late else 0


def interest_cents(pay: Pay, owed_cents: int, invoiced_on: date, paid_on: date) -> int:
    """The interest on an invoice paid on that day: none until it is overdue, then simple, by the day of 365."""
    late = (paid_on - invoiced_on).days - pay.interest.after_days
    if late <= 0:
        return 0
    return _rounded(pay, owed_cents * exact(pay.interest.percent_a_year) / 100 * late / 365)


def _hours(pay: Pay, facts: WorkFacts) -> Iterator[PayLine]:
    paid = paid_as(pay, facts)
    price = _price(pay, paid)
    kinds = _minutes_by_kind(pay, paid, price.cents if price else 0)
    if kinds and price is None:
        raise NoRate(f"no rate for {paid.rank or 'an officer without a rank'}, {facts.kind or 'any work'}")
    whose = "" if paid.rank == facts.rank or facts.rate_cents is not None else " of his slot (pay.rate_of)"
    for kind, minutes in kinds.items():
        if price is not None:
            yield from _priced(pay, kind, minutes, price._replace(rule=price.rule + whose))


def _minutes_by_kind(pay: Pay, facts: WorkFacts, cents: int) -> dict[_Kind, int]:
    """How many minutes there are of each kind, in the order in which the first of each comes."""
    found: dict[_Kind, int] = {}
    paid = 0
    for each in stretches(pay, facts):
        if each.what == "unpaid_meal":
            continue
        for minute in range(each.start, each.end):
            kind = _Kind(each.what, each.rule, uplift_at(pay, facts, minute, paid, cents, each.what in _GUARANTEED))
            found[kind] = found.get(kind, 0) + 1
            paid += 1
    return found


def _price(pay: Pay, facts: WorkFacts) -> _Price | None:
    if facts.rate_cents is not None:
        return _Price(facts.rate_cents, facts.rate_cents, "the detail's own rate")
    found = rate_for(pay, facts.rank, facts.kind)
    if found is None:
        return None
    place, each = found
    charged = each.cents_per_hour if each.charged_cents_per_hour is None else each.charged_cents_per_hour
    return _Price(each.cents_per_hour, charged, f"pay.rates[{place}]")


def _priced(pay: Pay, kind: _Kind, minutes: int, price: _Price) -> Iterator[PayLine]:
    """The officer's pay, and beside it what the contractor is charged beyond it."""
    premiums = [f"pay.premiums[{place}] {pay.premiums[place].name}" for place in kind.uplift.premiums]
    capped = ["pay.most_factor"] if kind.uplift.is_capped else []
    rule = " + ".join([price.rule, *premiums, *capped, *([kind.rule] if kind.rule else [])])
    if kind.what == "cancellation" and pay.cancellation.to == "department":
        added = kind.uplift.add_charged
        yield _line(pay, kind, minutes, (price.charged, added), rule, ("contractor", "department"))
        return
    payer: Party = "department" if kind.what in pay.department_pays else "contractor"
    yield _line(pay, kind, minutes, (price.cents, kind.uplift.add), rule, (payer, "officer"))
    above, added = price.charged - price.cents, kind.uplift.add_charged - kind.uplift.add
    if (above or added) and payer == "contractor":
        said = f"{rule}, {'charged_cents_per_hour' if above else 'add_charged_cents_per_hour'}"
        share = _line(pay, kind, minutes, (above, added), said, (payer, "department"))
        yield replace(share, what="department_share")


def _line(
    pay: Pay, kind: _Kind, minutes: int, cents: tuple[int, int], rule: str, parties: tuple[Party, Party]
) -> PayLine:
    """`cents` is the rate and what is added to it; `parties` are who owes it and whom."""
    (rate, added), factor = cents, kind.uplift.factor
    amount = _rounded(pay, (rate * factor + added) * Fraction(minutes, 60))
    return PayLine(kind.what, minutes, rate, factor, amount, rule, *parties, add_cents=added)


def _hires(pay: Pay, facts: WorkFacts, hours: Sequence[PayLine]) -> Iterator[PayLine]:
    """Vehicles and equipment, for the time worked; nothing where nobody came to work."""
    worked = sum(each.minutes for each in hours if each.what in ("worked", "meal"))
    owed = sum(each.amount_cents for each in hours if each.payer == "contractor")
    for name in dict.fromkeys(each.name for each in pay.equipment if each.name in facts.equipment and worked):
        fitting = ((at, each) for at, each in enumerate(pay.equipment) if each.name == name and each.fits(facts.kind))
        for place, each in islice(fitting, 1):
            minutes = max(worked, in_minutes(each.minimum_hours))
            flat = each.cents_per_detail + each.band_cents(minutes) + owed * exact(each.percent) / 100
            amount = _rounded(pay, Fraction(each.cents_per_hour * minutes, 60) + flat)
            is_share = each.percent > 0 and not each.cents_per_hour
            rate, factor = (None, exact(each.percent) / 100) if is_share else (each.cents_per_hour, Fraction(1))
            rule = f"pay.equipment[{place}] {each.name}"
            yield PayLine("equipment", minutes, rate, factor, amount, rule, "contractor", "department")


def _admin_fee(pay: Pay, lines: Sequence[PayLine]) -> Iterator[PayLine]:
    fee = pay.admin_fee
    without = {"equipment": fee.on_equipment, "cancellation": fee.on_cancellation}
    owing = [each for each in lines if each.payer == "contractor" and without.get(each.what, True)]
    amount = _rounded(pay, sum(each.amount_cents for each in owing) * exact(fee.percent) / 100)
    if amount:
        rule = "pay.admin_fee.percent"
        yield PayLine("admin_fee", 0, None, exact(fee.percent) / 100, amount, rule, "contractor", "department")
    minutes = sum(each.minutes for each in owing if each.what in _PAID)
    if fee.cents_per_hour and minutes:
        amount = _rounded(pay, Fraction(fee.cents_per_hour * minutes, 60))
        rule = "pay.admin_fee.cents_per_hour"
        yield PayLine("fee_by_hour", minutes, fee.cents_per_hour, Fraction(1), amount, rule, "contractor", "department")


def _rounded(pay: Pay, cents: Fraction) -> int:
    """An amount in whole cents, rounded once."""
    if pay.round_cents == "half_even":
        return round(cents)
    if pay.round_cents == "half_up":
        return math.floor(cents + Fraction(1, 2))
    return math.floor(cents) if pay.round_cents == "down" else math.ceil(cents)
