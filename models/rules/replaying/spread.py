"""How evenly hours are spread over officers: one number for the expert, plain shares for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """
    Of the hours of so many officers: the Gini coefficient (0: all have the same; towards 1: one has everything), which
    share the busiest tenth and the lower half have, how many have none, and the hours in the middle and at the top.
    """

    officers: int
    gini: float
    top_tenth: float
    lower_half: float
    without: int
    median_minutes: int
    most_minutes: int


def spread(minutes: Sequence[int]) -> Spread:
    """
    The spread of minutes, one number an officer, those with none included. The coefficient is Gini's mean difference
    over twice the mean, computed from the sorted values (Corrado Gini, Variabilita e mutabilita, 1912).
    """
    rising = sorted(minutes)
    count, total = len(rising), sum(rising)
    if not count or not total:
        return Spread(count, 0.0, 0.0, 0.0, count, 0, 0)
    weighted = sum(place * value for place, value in enumerate(rising, start=1))
    gini = 2 * weighted / (count * total) - (count + 1) / count
    tenth = max(1, round(count / 10))
    return Spread(
        officers=count,
        gini=round(gini, 4),
        top_tenth=round(sum(rising[-tenth:]) / total, 4),
        lower_half=round(sum(rising[: count // 2]) / total, 4),
        without=sum(value == 0 for value in rising),
        median_minutes=rising[count // 2] if count % 2 else (rising[count // 2 - 1] + rising[count // 2]) // 2,
        most_minutes=rising[-1],
    )


def lorenz(minutes: Sequence[int], points: int = 20) -> list[tuple[float, float]]:
    """The share of all hours that the lower share of officers has, from (0, 0) to (1, 1) (M. O. Lorenz, 1905)."""
    rising = sorted(minutes)
    total = sum(rising)
    if not total:
        return [(0.0, 0.0), (1.0, 1.0)]
    ends = sorted({round(len(rising) * step / points) for step in range(points + 1)})
    return [(end / len(rising), sum(rising[:end]) / total) for end in ends]
