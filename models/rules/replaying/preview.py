"""Counters as people read them: hours, and places in a rotation counted from 1."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from models.rules.awarding.award import AwardResult
from models.rules.awarding.outcomes import CounterName
from models.rules.facts import AwardFacts, CounterFacts
from models.rules.orders.rotations import Rotations


@dataclass(frozen=True, slots=True)
class CounterShown:
    """Hours in hours, `rotation` in places from 1, None where there was no place; the rest as it is."""

    officer_id: int
    pool: str
    name: CounterName
    before: float | int | None
    after: float | int | None


def counters_shown(facts: AwardFacts, result: AwardResult) -> list[CounterShown]:
    """
    Every counter of the pools that openings are in or rounds count in, by pool, name and officer. Hours and places are
    shown whether they moved or not, the others where there is something counted.
    """
    pools = sorted({opening.pool for opening in facts.openings} | facts.handbook.awarding.counters)
    before = {(each.officer_id, each.pool): each for each in facts.counters}
    after = _after(before, result)
    return [
        shown
        for pool in pools
        for lines in (
            _hours(facts, pool, before, after),
            _rotation(facts, pool, before, after),
            *(_others(facts, pool, name, before, after) for name in _OTHERS),
        )
        for shown in lines
    ]


def counters_after(facts: AwardFacts, result: AwardResult) -> tuple[CounterFacts, ...]:
    """All counters as they are after the award."""
    return tuple(_after({(each.officer_id, each.pool): each for each in facts.counters}, result).values())


_Counters = dict[tuple[int, str], CounterFacts]

#: The field of CounterFacts behind each counter's name.
FIELD_OF: dict[CounterName, str] = {
    "hours": "minutes",
    "rotation": "place",
    "turns": "turns",
    "points": "points",
    "refused_hours": "refused_minutes",
    "offered_hours": "offered_minutes",
    "owed": "owed",
}

_OTHERS: dict[CounterName, Callable[[CounterFacts], float]] = {
    "turns": lambda counter: counter.turns,
    "points": lambda counter: counter.points,
    "refused_hours": lambda counter: counter.refused_minutes / 60,
    "offered_hours": lambda counter: counter.offered_minutes / 60,
    "owed": lambda counter: counter.owed,
}


def _after(before: _Counters, result: AwardResult) -> _Counters:
    after = dict(before)
    for change in result.counters:
        key = (change.officer_id, change.pool)
        moved: dict[str, Any] = {FIELD_OF[change.name]: change.after}
        after[key] = replace(after.get(key, CounterFacts(*key)), **moved)
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


def _others(facts: AwardFacts, pool: str, name: CounterName, before: _Counters, after: _Counters) -> list[CounterShown]:
    """What most pools count too, without going by it."""
    value = _OTHERS[name]
    keys = [(each.id, pool) for each in facts.officers]
    shown = (
        CounterShown(*key, name, value(before.get(key, CounterFacts(*key))), value(after.get(key, CounterFacts(*key))))
        for key in keys
    )
    return [each for each in shown if each.before or each.after]
