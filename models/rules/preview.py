"""Counters as people read them: hours, and places in a rotation counted from 1."""

from dataclasses import dataclass, replace
from typing import Literal

from models.rules.award import AwardResult
from models.rules.facts import AwardFacts, CounterFacts
from models.rules.rotations import Rotations


@dataclass(frozen=True, slots=True)
class CounterShown:
    """`hours` in hours, `rotation` in places from 1; None where there was no place."""

    officer_id: int
    pool: str
    name: Literal["hours", "rotation"]
    before: float | int | None
    after: float | int | None


def counters_shown(facts: AwardFacts, result: AwardResult) -> list[CounterShown]:
    """Every counter of the pools that the openings are in, moved or not, by pool, hours first, and officer."""
    pools = sorted({opening.pool for opening in facts.openings})
    before = {(each.officer_id, each.pool): each for each in facts.counters}
    after = _after(before, result)
    return [
        shown
        for pool in pools
        for lines in (_hours(facts, pool, before, after), _rotation(facts, pool, before, after))
        for shown in lines
    ]


_Counters = dict[tuple[int, str], CounterFacts]


def _after(before: _Counters, result: AwardResult) -> _Counters:
    after = dict(before)
    for change in result.counters:
        key = (change.officer_id, change.pool)
        counter = after.get(key, CounterFacts(*key))
        is_hours = change.name == "hours"
        after[key] = replace(counter, minutes=change.after) if is_hours else replace(counter, place=change.after)
    return after


def _hours(facts: AwardFacts, pool: str, before: _Counters, after: _Counters) -> list[CounterShown]:
    return [
        CounterShown(each.id, pool, "hours", _in_hours(before, each.id, pool), _in_hours(after, each.id, pool))
        for each in facts.officers
    ]


def _in_hours(counters: _Counters, officer_id: int, pool: str) -> float:
    counter = counters.get((officer_id, pool))
    return counter.minutes / 60 if counter else 0.0


def _rotation(facts: AwardFacts, pool: str, before: _Counters, after: _Counters) -> list[CounterShown]:
    earlier, later = Rotations(before.values()), Rotations(after.values())
    return [
        CounterShown(each.id, pool, "rotation", _position(earlier, each.id, pool), _position(later, each.id, pool))
        for each in facts.officers
        if later.has(each.id, pool)
    ]


def _position(rotations: Rotations, officer_id: int, pool: str) -> int | None:
    return rotations.position(officer_id, pool) if rotations.has(officer_id, pool) else None
