"""
The rotations of all pools while awards spend turns. A queue: whose turn is spent goes to the bottom. A circle: the
order stands and a mark moves on, which is told by the same places: all up to the one whose turn is spent go to the
bottom together, in their order, so that the first place is always the one behind the mark. Calls that are owed come
first, and do not move the mark.
"""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Collection, Iterable
from copy import copy
from typing import Self

from models.rules.facts import CounterFacts

_Key = tuple[int, str]


class Rotations:
    """Places as they are stored, which only order the officers, and positions as people count them, from 1."""

    def __init__(self, counters: Iterable[CounterFacts], circles: Collection[str] = ()) -> None:
        self.places: dict[_Key, int] = {}
        self.owed: dict[_Key, int] = {}
        self._circles = circles
        self._taken: dict[str, list[int]] = defaultdict(list)
        self._owed_places: dict[str, list[int]] = defaultdict(list)
        for each in counters:
            if each.place is not None:
                self.places[each.officer_id, each.pool] = each.place
                self._taken[each.pool].append(each.place)
                if each.owed:
                    self.owed[each.officer_id, each.pool] = each.owed
                    self._owed_places[each.pool].append(each.place)
        for taken in (*self._taken.values(), *self._owed_places.values()):
            taken.sort()

    def copy(self) -> Self:
        """The same, to be moved by itself."""
        other = copy(self)
        other.places, other.owed = dict(self.places), dict(self.owed)
        other._taken = defaultdict(list, {pool: list(places) for pool, places in self._taken.items()})
        other._owed_places = defaultdict(list, {pool: list(places) for pool, places in self._owed_places.items()})
        return other

    def is_circle(self, pool: str) -> bool:
        """Whether the pool's rotation is a circle with a mark."""
        return pool in self._circles

    def has(self, officer_id: int, pool: str) -> bool:
        """Whether the officer has a place in the pool's rotation."""
        return (officer_id, pool) in self.places

    def position(self, officer_id: int, pool: str) -> int:
        """1 for the top, who is owed a call before all who are not; who has no place comes after all who have."""
        taken, owed = self._taken.get(pool, []), self._owed_places.get(pool, [])
        place = self.places.get((officer_id, pool))
        if place is None:
            return len(taken) + 1
        if self.owed.get((officer_id, pool)):
            return bisect_left(owed, place) + 1
        return len(owed) + bisect_left(taken, place) - bisect_left(owed, place) + 1

    def spend(self, officer_id: int, pool: str) -> None:
        """The officer's turn is spent; who had no place gets one."""
        key = (officer_id, pool)
        if self.owed.get(key):
            self._pay_back(key)
        elif self.is_circle(pool) and key in self.places:
            self._move_mark(key)
        else:
            self._to_bottom(key)

    def owe(self, officer_id: int, pool: str) -> None:
        """The officer is owed a call, if he stands in the rotation."""
        key = (officer_id, pool)
        if key in self.places:
            if not self.owed.get(key):
                insort(self._owed_places[pool], self.places[key])
            self.owed[key] = self.owed.get(key, 0) + 1

    def _pay_back(self, key: _Key) -> None:
        self.owed[key] -= 1
        if not self.owed[key]:
            owed = self._owed_places[key[1]]
            del owed[bisect_left(owed, self.places[key])]

    def _move_mark(self, key: _Key) -> None:
        """All up to him go round, in their order."""
        pool, mark = key[1], self.places[key]
        way = self._taken[pool][-1] - self._taken[pool][0] + 1
        for each in [each for each, place in self.places.items() if each[1] == pool and place <= mark]:
            self.places[each] += way
        for places in (self._taken[pool], self._owed_places[pool]):
            count = bisect_right(places, mark)
            places[:] = [*places[count:], *(place + way for place in places[:count])]

    def _to_bottom(self, key: _Key) -> None:
        taken = self._taken[key[1]]
        bottom = taken[-1] + 1 if taken else 1
        place = self.places.get(key)
        if place is not None:
            del taken[bisect_left(taken, place)]
        taken.append(bottom)
        self.places[key] = bottom
