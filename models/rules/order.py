"""Who ranks before whom: small keys put together, and the first key on which two officers differ put in figures."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from models.rules.clauses.awarding import OrderKey, OrderName
from models.rules.facts import OfficerFacts
from models.rules.handbook import Handbook
from models.rules.reasons import Figure, Figures, Reason


@dataclass(frozen=True, slots=True)
class Standing:
    """What keys read: the officer, and his counters in the pool of the opening at that moment. `place` 1 is first."""

    officer: OfficerFacts
    minutes: int = 0
    place: int = 0


@dataclass(frozen=True, slots=True)
class _Key:
    figure_name: str
    reason: Reason
    value: Callable[["Order", Standing], int]
    figure: Callable[[Standing], Figure]


_KEYS: dict[OrderName, _Key] = {
    "seniority": _Key(
        "on",
        Reason.OUTRANKED_BY_SENIORITY,
        lambda _, standing: standing.officer.seniority_on.toordinal(),
        lambda standing: standing.officer.seniority_on,
    ),
    "rank": _Key(
        "",
        Reason.OUTRANKED_BY_RANK,
        lambda order, standing: order.handbook.rank_place(standing.officer.rank),
        lambda standing: standing.officer.rank,
    ),
    "badge": _Key(
        "",
        Reason.OUTRANKED_BY_BADGE,
        lambda order, standing: order.badge_places[standing.officer.badge],
        lambda standing: standing.officer.badge,
    ),
    "rotation": _Key(
        "place",
        Reason.OUTRANKED_BY_ROTATION,
        lambda _, standing: standing.place,
        lambda standing: standing.place,
    ),
    "fewest_hours": _Key(
        "minutes",
        Reason.OUTRANKED_BY_FEWEST_HOURS,
        lambda _, standing: standing.minutes,
        lambda standing: standing.minutes,
    ),
}


class Order:
    """The order of a round over a department's officers. Values sort upwards: the lowest goes first."""

    handbook: Handbook
    badge_places: dict[str, int]

    def __init__(self, keys: tuple[OrderKey, ...], handbook: Handbook, officers: Iterable[OfficerFacts]) -> None:
        self.handbook = handbook
        badges = sorted({officer.badge for officer in officers}, key=natural)
        self.badge_places = {badge: place for place, badge in enumerate(badges)}
        self._keys = [(key.key, _KEYS[key.key], -1 if key.direction == "down" else 1) for key in keys]

    def value(self, standing: Standing) -> tuple[int, ...]:
        """What the officer is sorted by. The id at the end decides only between badges that should not be alike."""
        values = [sign * key.value(self, standing) for _, key, sign in self._keys]
        return (*values, standing.officer.id)

    def figures(self, standing: Standing) -> Figures:
        """What each key reads, named like the key with its unit."""
        return {_named(name, key.figure_name): key.figure(standing) for name, key, _ in self._keys}

    def why(self, above: Standing, below: Standing) -> tuple[Reason, Figures]:
        """The first key on which two officers differ, with both values."""
        name, key = next(
            ((name, key) for name, key, _ in self._keys if key.value(self, above) != key.value(self, below)),
            (self._keys[-1][0], self._keys[-1][1]),
        )
        theirs, yours = _named("theirs", key.figure_name), _named("yours", key.figure_name)
        figures: Figures = {"badge": above.officer.badge, theirs: key.figure(above), yours: key.figure(below)}
        return _KEYS[name].reason, figures


def _named(name: str, unit: str) -> str:
    return f"{name}_{unit}" if unit else name


def natural(badge: str) -> tuple[tuple[int, int, str], ...]:
    """Badges as people sort them: 9 before 10, and 10 before 10A."""
    return tuple((0, int(part), part) if part.isdecimal() else (1, 0, part) for part in re.findall(r"\d+|\D+", badge))
