"""
How long an award takes in the pure function: 2,000 slots, 1,700 officers, 8,000 signups, and half and double that,
for orders that stand still, differ by slot or change, and for rounds that combine them. Run as
`python -m bench.award`: the middle size; `--long`: all three sizes, and a month in three days.
"""

import random
import sys
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

from models.rules.awarding.award import AwardResult, award
from models.rules.facts import (
    AwardFacts,
    CounterFacts,
    OfficerFacts,
    OpeningFacts,
    SignupFacts,
    SlotFacts,
    TourFacts,
)
from models.rules.handbook import Handbook

_START = datetime(2026, 11, 1, tzinfo=UTC)
_ORDERS = {
    "seniority": ["seniority"],
    "rotation": ["rotation", "seniority"],
    "fewest_hours": ["fewest_hours", "seniority"],
    "lottery": ["lottery"],
    "own_unit": ["own_unit", "seniority"],
    "preference": ["preference", "seniority"],
    "first_come": ["first_come"],
    "own_rotation": ["own_unit", "rotation"],
}
_ROUNDS: dict[str, list[dict[str, Any]]] = {
    **{name: [{"name": "all", "order": order}] for name, order in _ORDERS.items()},
    "hybrid": [
        {"name": "monthly", "at_most": {"details": 3, "hours": 180, "period": "month"}, "until_hours_before": 168},
        {"name": "open", "order": ["rotation"], "until_hours_before": 24},
        {"name": "last day", "order": ["first_come"], "from_hours_before": 24},
    ],
}
_UNITS = ("North", "South", "East", "West", "Harbor")
_LIMITS = [
    {"kind": "rolling", "hours": 16, "in_hours": 24},
    {"kind": "calendar", "period": "week", "hours": 70},
    {"kind": "calendar", "period": "month", "hours": 240},
]


def main() -> None:
    """Print a line for each size and order: seconds (the best of three), awards, standbys and envies left."""
    print("days  slots officers signups order         seconds  awards standbys envies")
    long = "--long" in sys.argv
    for days in (30, 3) if long else (30,):
        for size in (0.5, 1, 2) if long else (1,):
            for name, rounds in _ROUNDS.items():
                _measure(days, size, name, rounds)


def _measure(days: int, size: float, name: str, rounds: list[dict[str, Any]]) -> None:
    facts = month(rounds, int(2000 * size), int(1700 * size), int(8000 * size), days)
    seconds, result = min((_timed(facts) for _ in range(3)), key=lambda each: each[0])
    standbys = sum(len(each.officer_ids) for each in result.standbys)
    counts = f"{len(facts.slots):5} {len(facts.officers):8} {len(facts.signups):7}"
    print(f"{days:4}  {counts} {name:13} {seconds:7.3f} {len(result.awards):7} {standbys:8} {len(result.envies):6}")


def _timed(facts: AwardFacts) -> tuple[float, AwardResult]:
    started = time.perf_counter()
    result = award(facts)
    return time.perf_counter() - started, result


def month(rounds: list[dict[str, Any]], slots: int, officers: int, signups: int, days: int = 30) -> AwardFacts:
    """Details of one to four slots over so many days; the fewer the days, the more of them overlap."""
    rng = random.Random(1)
    openings, free = _openings(rng, slots, days)
    return AwardFacts(
        handbook=Handbook.model_validate(
            {
                "rest": [{"hours": 8, "after": ["tours"], "before": ["tours"]}],
                "limits": _LIMITS,
                "awarding": {"rounds": rounds},
            }
        ),
        zone="America/New_York",
        now=_START,
        officers=tuple(
            OfficerFacts(n, str(n), "Officer", date(2000, 1, 1) + timedelta(days=n // 3), unit=_UNITS[n % 5])
            for n in range(officers)
        ),
        openings=openings,
        slots=free,
        signups=_signups(rng, officers, len(openings), signups),
        tours=tuple(_tour(officer, day) for officer in range(officers) for day in range(days) if (officer + day) % 3),
        counters=tuple(CounterFacts(n, "details", rng.randrange(4000), n + 1) for n in range(officers)),
    )


def _openings(rng: random.Random, slots: int, days: int) -> tuple[tuple[OpeningFacts, ...], tuple[SlotFacts, ...]]:
    openings: list[OpeningFacts] = []
    free: list[SlotFacts] = []
    while len(free) < slots:
        starts_at = _START + timedelta(minutes=30 * rng.randrange(48 * days))
        ends_at = starts_at + timedelta(hours=rng.choice((4, 6, 8)))
        number = len(openings)
        unit = _UNITS[number % 5]
        openings.append(OpeningFacts(number, f"detail-{number}", starts_at, ends_at, _START, "details", unit=unit))
        count = min(rng.randint(1, 4), slots - len(free))
        first = len(free)
        free.extend(SlotFacts(first + n, number, n + 1) for n in range(count))
    return tuple(openings), tuple(free)


def _signups(rng: random.Random, officers: int, openings: int, signups: int) -> tuple[SignupFacts, ...]:
    chosen: dict[tuple[int, int], None] = {}
    while len(chosen) < signups:
        chosen[rng.randrange(officers), rng.randrange(openings)] = None
    return tuple(
        SignupFacts(*pair, _START - timedelta(minutes=rng.randrange(9000)), preference)
        for preference, pair in enumerate(chosen, start=1)
    )


def _tour(officer: int, day: int) -> TourFacts:
    starts_at = _START + timedelta(days=day, hours=8 * (officer % 3))
    return TourFacts(officer, starts_at, starts_at + timedelta(hours=8))


if __name__ == "__main__":
    main()
