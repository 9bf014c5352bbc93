"""Who ranks before whom: small keys put together, and the first key on which two officers differ put in figures."""

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias

from models.rules.clauses.orders import POOL_KEYS, OrderKey, OrderName
from models.rules.clauses.rounds import Round
from models.rules.facts import OfficerFacts, OpeningFacts, SignupFacts
from models.rules.handbook import Handbook
from models.rules.reasons import Figure, Figures, Reason


@dataclass(frozen=True, slots=True)
class Standing:
    """
    What keys read: the officer, and his counters in the pool of the opening at that moment; `place` 1 is first. Where
    no opening is meant, keys that differ by slot tie; who did not sign up comes after all who did.
    """

    officer: OfficerFacts
    minutes: int = 0
    place: int = 0
    opening: OpeningFacts | None = None
    signup: SignupFacts | None = None
    turns: int = 0
    points: int = 0
    contacted_at: datetime | None = None

    @property
    def is_of_own_unit(self) -> bool:
        """Whether the officer is of the unit that the opening belongs to."""
        return self.opening is not None and self.opening.unit is not None and self.officer.unit == self.opening.unit

    @property
    def preference(self) -> int | None:
        """The number the officer gave this opening among those he wants."""
        return self.signup.preference if self.signup else None


@dataclass(frozen=True, slots=True)
class _Key:
    figure_name: str
    reason: Reason
    value: Callable[["Order", Standing], int]
    figure: Callable[["Order", Standing], Figure]


# After every number and every time.
_LAST = 1 << 62
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_KEYS: dict[OrderName, _Key] = {
    "seniority": _Key(
        "on",
        Reason.OUTRANKED_BY_SENIORITY,
        lambda _, standing: standing.officer.seniority_on.toordinal(),
        lambda _, standing: standing.officer.seniority_on,
    ),
    "rank": _Key(
        "",
        Reason.OUTRANKED_BY_RANK,
        lambda order, standing: order.handbook.rank_place(standing.officer.rank),
        lambda _, standing: standing.officer.rank,
    ),
    "date_in_rank": _Key(
        "on",
        Reason.OUTRANKED_BY_DATE_IN_RANK,
        lambda _, standing: _rank_on(standing).toordinal(),
        lambda _, standing: _rank_on(standing),
    ),
    "badge": _Key(
        "",
        Reason.OUTRANKED_BY_BADGE,
        lambda order, standing: order.badge_places[standing.officer.badge],
        lambda _, standing: standing.officer.badge,
    ),
    "rotation": _Key(
        "place",
        Reason.OUTRANKED_BY_ROTATION,
        lambda _, standing: standing.place,
        lambda _, standing: standing.place,
    ),
    "fewest_hours": _Key(
        "minutes",
        Reason.OUTRANKED_BY_FEWEST_HOURS,
        lambda _, standing: standing.minutes,
        lambda _, standing: standing.minutes,
    ),
    "fewest_turns": _Key(
        "turns",
        Reason.OUTRANKED_BY_FEWEST_TURNS,
        lambda _, standing: standing.turns,
        lambda _, standing: standing.turns,
    ),
    "points": _Key(
        "points",
        Reason.OUTRANKED_BY_POINTS,
        lambda _, standing: -standing.points,
        lambda _, standing: standing.points,
    ),
    "job_class": _Key(
        "",
        Reason.OUTRANKED_BY_JOB_CLASS,
        lambda order, standing: order.handbook.job_class_place(standing.officer.job_class),
        lambda _, standing: standing.officer.job_class,
    ),
    "name": _Key(
        "place",
        Reason.OUTRANKED_BY_NAME,
        lambda _, standing: standing.officer.name_place,
        lambda _, standing: standing.officer.name_place,
    ),
    "lottery": _Key(
        "drawn",
        Reason.OUTRANKED_BY_LOTTERY,
        lambda order, standing: order.drawn[standing.officer.badge],
        lambda order, standing: order.drawn[standing.officer.badge],
    ),
    "preference": _Key(
        "number",
        Reason.OUTRANKED_BY_PREFERENCE,
        lambda _, standing: _LAST if standing.preference is None else standing.preference,
        lambda _, standing: standing.preference,
    ),
    "first_come": _Key(
        "at",
        Reason.OUTRANKED_BY_FIRST_COME,
        lambda _, standing: _microseconds(standing.signup.signed_up_at) if standing.signup else _LAST,
        lambda _, standing: standing.signup.signed_up_at if standing.signup else None,
    ),
    "own_unit": _Key(
        "unit",
        Reason.OUTRANKED_BY_OWN_UNIT,
        lambda _, standing: 0 if standing.is_of_own_unit else 1,
        lambda _, standing: standing.officer.unit,
    ),
    "last_contacted": _Key(
        "at",
        Reason.OUTRANKED_BY_LAST_CONTACTED,
        lambda _, standing: -_microseconds(standing.contacted_at) if standing.contacted_at else _LAST,
        lambda _, standing: standing.contacted_at,
    ),
}


_Group: TypeAlias = tuple[int, list[tuple[OrderName, _Key, int]]]

# What is told to whom the key says nothing of.
_WITHOUT = {
    Reason.OUTRANKED_BY_PREFERENCE: Reason.OUTRANKED_WITHOUT_PREFERENCE,
    Reason.OUTRANKED_BY_JOB_CLASS: Reason.OUTRANKED_WITHOUT_JOB_CLASS,
}


class Order:
    """
    The order of a round over a department's officers, who may have an order of their own by rank. Values sort upwards:
    the lowest goes first.
    """

    handbook: Handbook
    badge_places: dict[str, int]
    drawn: dict[str, int]

    def __init__(self, each_round: Round, handbook: Handbook, officers: Iterable[OfficerFacts], seed: int) -> None:
        self.handbook = handbook
        self._counter = each_round.counter
        badges = sorted({officer.badge for officer in officers}, key=natural)
        self.badge_places = {badge: place for place, badge in enumerate(badges)}
        has_lottery = "lottery" in each_round.keys
        self.drawn = {badge: drawn_number(seed, badge) for badge in badges} if has_lottery else {}
        groups = enumerate(each_round.order_by_rank)
        self._groups = {rank: (place, _signed(group.order)) for place, group in groups for rank in group.ranks}
        self._others = (len(each_round.order_by_rank), _signed(each_round.order))

    def value(self, standing: Standing) -> tuple[int, ...]:
        """What the officer is sorted by. The id at the end decides only between badges that should not be alike."""
        group, keys = self._group(standing)
        return (group, *[_signed_value(key.value(self, standing), sign) for _, key, sign in keys], standing.officer.id)

    def figures(self, standing: Standing) -> Figures:
        """What each key of his order reads, named like the key with its unit."""
        _, keys = self._group(standing)
        return {_named(name, key.figure_name): key.figure(self, standing) for name, key, _ in keys}

    def why(self, above: Standing, below: Standing) -> tuple[Reason, Figures]:
        """The first key on which two officers differ, with both values; their ranks where these have other orders. With
        the pool that the round counts in, where it has one of its own.
        """
        group, keys = self._group(above)
        if group != self._group(below)[0]:
            return self._told(_KEYS["rank"], above, below)
        decides = next(((name, key) for name, key, _ in keys if key.value(self, above) != key.value(self, below)), None)
        name, key = decides or keys[-1][:2]
        reason, figures = self._told(key, above, below)
        return reason, figures | {"counter": self._counter} if self._counter and name in POOL_KEYS else figures

    def _told(self, key: _Key, above: Standing, below: Standing) -> tuple[Reason, Figures]:
        theirs, yours = _named("theirs", key.figure_name), _named("yours", key.figure_name)
        figures: Figures = {
            "badge": above.officer.badge,
            theirs: key.figure(self, above),
            yours: key.figure(self, below),
        }
        if figures[yours] is None and key.reason in _WITHOUT:
            return _WITHOUT[key.reason], figures
        return key.reason, figures

    def _group(self, standing: Standing) -> _Group:
        return self._groups.get(standing.officer.rank, self._others)


def _signed_value(value: int, sign: int) -> int:
    """Of whom the key says nothing goes last, whichever way it is turned."""
    return value if value == _LAST else sign * value


def _signed(keys: tuple[OrderKey, ...]) -> list[tuple[OrderName, _Key, int]]:
    return [(key.key, _KEYS[key.key], -1 if key.direction == "down" else 1) for key in keys]


def drawn_number(seed: int, badge: str) -> int:
    """
    What a badge draws in a lottery, from 0 to 999,999,999: HMAC-SHA256 over the badge with the seed, written as a
    decimal number, as its key; the first eight bytes as a number, of which the last nine digits. Whoever knows the
    seed can draw again. Nobody can choose a seed for its outcome: the award draws it, and it goes on record.
    """
    digest = hmac.digest(str(seed).encode(), badge.encode(), hashlib.sha256)
    return int.from_bytes(digest[:8]) % 1_000_000_000


def _rank_on(standing: Standing) -> date:
    """Who was never promoted has had his rank as long as his seniority."""
    return standing.officer.rank_on or standing.officer.seniority_on


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _named(name: str, unit: str) -> str:
    return f"{name}_{unit}" if unit else name


def natural(badge: str) -> tuple[tuple[int, int, str], ...]:
    """Badges as people sort them: 9 before 10, and 10 before 10A."""
    return tuple((0, int(part), part) if part.isdecimal() else (1, 0, part) for part in re.findall(r"\d+|\D+", badge))
