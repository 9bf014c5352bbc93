"""What the turn of a period makes of a pool's counts, and what a newcomer starts with. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from fractions import Fraction
from math import ceil, floor

from models.rules.clauses.periods import Newcomers, Reset
from models.rules.clauses.pools import CountedHours


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted for one officer in a pool."""

    minutes: int = 0
    turns: int = 0
    points: int = 0
    refused_minutes: int = 0
    offered_minutes: int = 0


NONE = Counts()


def turned(reset: Reset, before: Sequence[Counts], of_new_period: Sequence[Counts]) -> list[Counts]:
    """Each officer's counts after the turn. `of_new_period` is what of `before` belongs to the new period already."""
    ended = [_less(each, new) for each, new in zip(before, of_new_period, strict=True)]
    carried = _carry(reset)(ended)
    return [_more(each, new) for each, new in zip(carried, of_new_period, strict=True)]


def _carry(reset: Reset) -> Callable[[list[Counts]], list[Counts]]:
    if reset.carry_over == "all":
        return lambda counts: counts
    if reset.carry_over == "difference":
        return _differences
    if reset.carry_over == "fraction":
        part = Fraction(reset.fraction).limit_denominator(1000)
        return lambda counts: [_each(each, lambda count: _half_up(count * part)) for each in counts]
    return lambda counts: [NONE] * len(counts)


def _differences(counts: list[Counts]) -> list[Counts]:
    """What each has more than who has least, count by count."""
    if not counts:
        return []
    least = Counts(*(min(column) for column in zip(*(astuple(each) for each in counts), strict=True)))
    return [_less(each, least) for each in counts]


def start_of(newcomers: Newcomers, others: Sequence[Counts], counted: Sequence[CountedHours] = ("hours",)) -> Counts:
    """What a newcomer starts with; nothing where there is nobody to compare him with. `counted` is what the pool adds
    up for its order.
    """
    if newcomers.start == "zero" or not others:
        return NONE
    if newcomers.start in ("highest", "highest_plus_one"):
        return _highest(others, counted, 1 if newcomers.start == "highest_plus_one" else 0)
    columns = list(zip(*(astuple(each) for each in others), strict=True))
    if newcomers.start == "lowest_plus_one":
        minutes, turns, points, *_ = (min(column) for column in columns)
        return Counts(minutes + 60, turns + 1, points + 1)
    whole = _ROUNDING[newcomers.rounding]
    minutes, turns, points, refused, offered = (Fraction(sum(column), len(column)) for column in columns)
    hours = [60 * whole(each / 60) for each in (minutes, refused, offered)]
    return Counts(hours[0], whole(turns), whole(points), hours[1], hours[2])


def _highest(others: Sequence[Counts], counted: Sequence[CountedHours], more: int) -> Counts:
    """The hours of who has most of what is counted, and the most turns; of points more would be better, so none."""
    columns = [_COLUMNS[each] for each in counted]
    most = max(others, key=lambda each: sum(getattr(each, column) for column in columns))
    hours = {column: getattr(most, column) for column in columns}
    hours[columns[0]] += 60 * more
    return Counts(turns=max(each.turns for each in others) + more, **hours)


def _half_up(count: Fraction | int) -> int:
    return floor(count + Fraction(1, 2))


_COLUMNS: dict[CountedHours, str] = {"hours": "minutes", "refused": "refused_minutes", "offered": "offered_minutes"}
_ROUNDING: dict[str, Callable[[Fraction], int]] = {"nearest": _half_up, "up": ceil, "down": floor}


def _each(counts: Counts, change: Callable[[int], int]) -> Counts:
    return Counts(*(change(count) for count in astuple(counts)))


def _less(one: Counts, other: Counts) -> Counts:
    """The difference; nothing but points falls below none."""
    found = [first - second for first, second in zip(astuple(one), astuple(other), strict=True)]
    minutes, turns, points, refused, offered = found
    return Counts(max(minutes, 0), max(turns, 0), points, max(refused, 0), max(offered, 0))


def _more(one: Counts, other: Counts) -> Counts:
    return Counts(*(first + second for first, second in zip(astuple(one), astuple(other), strict=True)))
