"""A rotation that is a circle, while a rehearsal of awards still changes its mind about who spends a turn."""

from collections.abc import Collection, Sequence

from models.rules.orders.rotations import Rotations


class Circle:
    """Where everybody who is called has a place: the order stands, the mark moves, owed calls go."""

    def __init__(self, rotations: Rotations, pool: str) -> None:
        standing = sorted((place, key[0]) for key, place in rotations.places.items() if key[1] == pool)
        self.at = {officer_id: at for at, (_, officer_id) in enumerate(standing)}
        self.owed = {key[0]: owed for key, owed in rotations.owed.items() if key[1] == pool and owed}

    def place(self, officer_id: int, mark: int, owing: Collection[int]) -> int:
        """From 1, where the mark stands so and `owing` are owed calls: those first; who is not in the circle last."""
        size = len(self.at)
        if officer_id not in self.at:
            return size + 1
        way = (self.at[officer_id] - mark) % size
        before = sum(1 for each in owing if (self.at[each] - mark) % size < way)
        return before + 1 if officer_id in owing else len(owing) + way - before + 1


class Replay:
    """Where officers without a place join by an award: the turns are spent one after the other, as the award will."""

    def __init__(self, rotations: Rotations, pool: str) -> None:
        self._begin, self._pool = rotations, pool
        self._now, self._spent = rotations.copy(), list[int]()

    def after(self, spent: Sequence[int]) -> Rotations:
        """The rotation once these turns are spent; to go on from where it was asked last costs least."""
        if list(spent[: len(self._spent)]) != self._spent:
            self._now, self._spent = self._begin.copy(), []
        for officer_id in spent[len(self._spent) :]:
            self._now.spend(officer_id, self._pool)
            self._spent.append(officer_id)
        return self._now
