"""
How long a year's rehearsal takes in the pure function: twelve months of 2,000 slots for 1,700 officers, awarded by
seniority, made again by fewest hours; with --long also half and double that size. Run as `python -m bench.rehearsal`.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bench.award import month
from models.rules.awarding.award import award, result_from_json, result_to_json
from models.rules.facts import AwardFacts, from_json, to_json
from models.rules.replaying.rehearsal import PastAward, rehearse

_THEN = [{"name": "all", "order": ["seniority"]}]
_NOW = [{"name": "all", "order": ["fewest_hours", "seniority"]}]


def main() -> None:
    """Print a line for each size: seconds to read what is stored and make it again, and what came out."""
    print("months  slots officers signups  seconds  changed details")
    for size in (0.5, 1, 2) if "--long" in sys.argv else (1,):
        stored = _stored(size)
        handbook = month(_NOW, 10, 10, 10).handbook
        started = time.perf_counter()
        found = rehearse(_read(stored), handbook)
        seconds = time.perf_counter() - started
        slots = found.slots.total()
        print(f"    12 {slots:6} {int(1700 * size):8} {int(8000 * size) * 12:7} {seconds:8.2f}  {len(found.changes)}")


def _stored(size: float) -> list[tuple[str, str]]:
    """Twelve months as they stand in the records, each after the other."""
    first = month(_THEN, int(2000 * size), int(1700 * size), int(8000 * size))
    stored = []
    for number in range(12):
        facts = _later(first, number)
        stored.append((to_json(facts), result_to_json(award(facts))))
    return stored


def _later(facts: AwardFacts, months: int) -> AwardFacts:
    """The same month, later."""
    by, first = timedelta(days=31 * months), 100_000 * months
    return replace(
        facts,
        now=facts.now + by,
        openings=tuple(
            replace(each, id=each.id + first, starts_at=each.starts_at + by, ends_at=each.ends_at + by)
            for each in facts.openings
        ),
        slots=tuple(replace(each, id=each.id + first, opening_id=each.opening_id + first) for each in facts.slots),
        signups=tuple(replace(each, opening_id=each.opening_id + first) for each in facts.signups),
        tours=tuple(replace(each, starts_at=each.starts_at + by, ends_at=each.ends_at + by) for each in facts.tours),
    )


def _read(stored: list[tuple[str, str]]) -> Iterator[PastAward]:
    for number, (facts, result) in enumerate(stored):
        yield PastAward(number, from_json(facts), result_from_json(result))


if __name__ == "__main__":
    main()
