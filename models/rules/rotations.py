"""The rotations of all pools while awards move officers to the bottom."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from models.rules.facts import CounterFacts


class Rotations:
    """Places as they are stored, which only order the officers, and positions as people count them, from 1."""

    def __init__(self, counters: Iterable[CounterFacts]) -> None:
        self.places: dict[tuple[int, str], int] = {}
        self._taken: dict[str, list[int]] = defaultdict(list)
        for each in counters:
            if each.place is not None:
                self.places[each.officer_id, each.pool] = each.place
                self._taken[each.pool].append(each.place)
        for taken in self._taken.values():
            taken.sort()

    def has(self, officer_id: int, pool: str) -> bool:
        """Whether the officer has a place in the pool's rotation."""
        return (officer_id, pool) in self.places

    def position(self, officer_id: int, pool: str) -> int:
        """1 for the top; who has no place comes after all who have."""
        taken = self._taken.get(pool, [])
        place = self.places.get((officer_id, pool))
        return len(taken) + 1 if place is None else bisect_left(taken, place) + 1

    def to_bottom(self, officer_id: int, pool: str) -> None:
        """The officer's turn is spent; who had no place gets one."""
        taken = self._taken[pool]
        bottom = taken[-1] + 1 if taken else 1
        place = self.places.get((officer_id, pool))
        if place is not None:
            del taken[bisect_left(taken, place)]
        taken.append(bottom)
        self.places[officer_id, pool] = bottom
