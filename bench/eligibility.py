"""
How long every kind of limit takes: the batch award with all its reasons, and everyone asked for everything, for a month
of 2,000 slots and 1,700 officers; `--long`: half and double that too. Seconds of one processor, the best of three; a
circle and ordering officers in to what is left are told as so many times the award by rotation. Run as
`python -m bench.eligibility`.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bench.award import month
from models.rules.awarding.award import award
from models.rules.awarding.sieve import Sieve
from models.rules.facts import AwardFacts, TourFacts
from models.rules.handbook import Handbook

EVERY_KIND: dict[str, Any] = {
    "travel": {"minutes": 30},
    "rest": [
        {"hours": 8, "after": ["tours"], "before": ["tours"]},
        {"hours": 8, "after_hours": 16, "stretch_ends_after_hours": 4},
    ],
    "limits": [
        {"kind": "rolling", "hours": 16, "in_hours": 24},
        {"kind": "rolling", "hours": 16, "minutes": 35, "in_hours": 26, "details": 3},
        {"kind": "calendar", "period": "day", "hours": 14, "begins_at": "07:00"},
        {"kind": "calendar", "period": "week", "hours": 60, "long": {"hours": 70, "anchor_on": "2026-11-02"}},
        {"kind": "calendar", "period": "28_days", "hours": 220, "anchor_on": "2026-11-02"},
        {
            "kind": "calendar",
            "period": "days",
            "days_long": 14,
            "anchor_on": "2026-11-02",
            "hours": 30,
            "counts": ["details"],
            "raised_by": ["leave"],
        },
        {"kind": "calendar", "period": "month", "hours": 240, "details": 12, "split": "to_start"},
        {"kind": "consecutive", "hours": 14, "without_hours_off": 8},
        {"kind": "days_in_a_row", "days": 6},
    ],
}
_CIRCLE = {"pools": [{"name": "details", "rotation": "circle"}]}
_ORDERS = {"name": "orders", "kind": "order_in", "order": [{"key": "seniority", "direction": "down"}]}
_ROUNDS = {"seniority": ["seniority"], "rotation": ["rotation", "seniority"], "own_unit": ["own_unit", "seniority"]}


def main() -> None:
    """A line for each size: the award by three orders, and the sieve with the pairs it found eligible."""
    print("slots officers signups      pairs  eligible  seniority  rotation  own_unit  everyone for everything")
    for size in (0.5, 1, 2) if "--long" in sys.argv else (1,):
        months = {name: _month(order, size) for name, order in _ROUNDS.items()}
        awards = " ".join(f"{_seconds(lambda facts=facts: award(facts)):9.3f}" for facts in months.values())
        facts = _an_opening_a_slot(months["seniority"])
        eligible = sum(map(len, Sieve(facts).officers_by_opening().values()))
        sieve = _seconds(lambda facts=facts: Sieve(facts).officers_by_opening())
        counts = f"{len(facts.openings):5} {len(facts.officers):8} {int(8000 * size):7}"
        print(f"{counts} {len(facts.openings) * len(facts.officers):10} {eligible:9}  {awards}  {sieve:23.3f}")
        _print_beside(months["rotation"])


def _print_beside(rotation: AwardFacts) -> None:
    """What a circle and ordering in take, as ratios of what the same month takes by rotation."""
    rounds = [each.model_dump(mode="json") for each in rotation.handbook.awarding.rounds]
    ordering_in = replace(_under(rotation, {"awarding": {"rounds": [*rounds, _ORDERS]}}), has_everybody=True)
    beside = {
        "circle": _under(rotation, _CIRCLE),
        "ordering in": ordering_in,
        "ordering in where no two work the same hours": replace(
            ordering_in, tours=tuple(map(_his_own, ordering_in.tours))
        ),
    }
    base = _seconds(lambda: award(rotation))
    for name, facts in beside.items():
        print(f"  {name}: {_seconds(lambda facts=facts: award(facts)) / base:.1f} times the award by rotation")


def _under(facts: AwardFacts, more: dict[str, Any]) -> AwardFacts:
    rules = facts.handbook.model_dump(mode="json") | more
    return replace(facts, handbook=Handbook.model_validate(rules))


def _his_own(tour: TourFacts) -> TourFacts:
    """Officers of a squad are sifted together; here nobody is in one."""
    later = timedelta(seconds=13 * tour.officer_id)
    return replace(tour, starts_at=tour.starts_at + later, ends_at=tour.ends_at + later)


def _month(order: list[str], size: float) -> AwardFacts:
    facts = month([{"name": "all", "order": order}], int(2000 * size), int(1700 * size), int(8000 * size))
    return _under(facts, EVERY_KIND)


def _an_opening_a_slot(facts: AwardFacts) -> AwardFacts:
    """So that 2,000 slots are 2,000 questions of each officer."""
    by_id = {opening.id: opening for opening in facts.openings}
    openings = tuple(replace(by_id[slot.opening_id], id=slot.id) for slot in facts.slots)
    return replace(facts, openings=openings, slots=(), signups=())


def _seconds(what: Callable[[], object]) -> float:
    taken = []
    for _ in range(3):
        started = time.process_time()
        what()
        taken.append(time.process_time() - started)
    return min(taken)


if __name__ == "__main__":
    main()
