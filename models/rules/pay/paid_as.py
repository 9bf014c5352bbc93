"""By which rank work is paid, where the officer's is another than the one his slot is for."""

from dataclasses import replace

from models.rules.clauses.pay import Pay
from models.rules.clauses.pay_rates import Rate
from models.rules.pay.facts import WorkFacts


def paid_as(pay: Pay, facts: WorkFacts) -> WorkFacts:
    """The facts with the rank that rates and premiums go by, as `pay.rate_of` says."""
    if facts.slot_rank is None or pay.rate_of == "officer":
        return facts
    by_slot = replace(facts, rank=facts.slot_rank)
    is_more = _cents(pay, by_slot) > _cents(pay, facts)
    return by_slot if pay.rate_of == "slot" or is_more else facts


def rate_for(pay: Pay, rank: str | None, kind: str | None) -> tuple[int, Rate] | None:
    """The first rate that fits rank and kind of work, with its place; None where there is none."""
    fitting = (
        (at, each) for at, each in enumerate(pay.rates) if each.rank in (None, rank) and each.kind in (None, kind)
    )
    return next(fitting, None)


def _cents(pay: Pay, facts: WorkFacts) -> int:
    found = rate_for(pay, facts.rank, facts.kind)
    return -1 if found is None else found[1].cents_per_hour
