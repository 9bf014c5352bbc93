"""When pools begin to count anew, what is carried over, and where newcomers start."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.rules.clauses.periods import Newcomers, Reset
from models.rules.clauses.pools import Pool
from models.rules.orders.turning import Counts, start_of, turned
from models.rules.time.periods import next_period_start, period_start
from tests.rules.sources import (
    EQUAL_BY_DIVISION,
    ILLUSTRATIVE,
    LOWEST_AT_THE_DESK,
    LOWEST_HOURS_3B,
    OVERTIME_RECORD_2B,
    ROSTER_15_2,
    SHIFT_OVERTIME,
)

# Clause, reset, a day, the first day of its period, the first day of the next.
PERIODS: list[tuple[str, dict[str, Any], str, str, str]] = [
    (LOWEST_HOURS_3B, {"period": "month"}, "2026-02-28", "2026-02-01", "2026-03-01"),
    (LOWEST_HOURS_3B, {"period": "month"}, "2026-12-31", "2026-12-01", "2027-01-01"),
    (LOWEST_HOURS_3B, {"period": "year"}, "2026-06-30", "2026-01-01", "2027-01-01"),
    (ILLUSTRATIVE, {"period": "year", "anchor_on": "2024-07-01"}, "2026-06-30", "2025-07-01", "2026-07-01"),
    (ILLUSTRATIVE, {"period": "year", "anchor_on": "2024-02-29"}, "2025-03-01", "2025-02-28", "2026-02-28"),
    (ILLUSTRATIVE, {"period": "year", "anchor_on": "2024-02-29"}, "2028-02-28", "2027-02-28", "2028-02-29"),
    (ILLUSTRATIVE, {"period": "quarter"}, "2026-03-31", "2026-01-01", "2026-04-01"),
    (ILLUSTRATIVE, {"period": "quarter", "anchor_on": "2026-02-01"}, "2026-01-31", "2025-11-01", "2026-02-01"),
    (ROSTER_15_2, {"period": "28_days", "anchor_on": "2026-01-04"}, "2026-01-31", "2026-01-04", "2026-02-01"),
    (ROSTER_15_2, {"period": "28_days", "anchor_on": "2026-01-04"}, "2026-01-03", "2025-12-07", "2026-01-04"),
    (
        SHIFT_OVERTIME,
        {"period": "days", "days_long": 14, "anchor_on": "2026-11-02"},
        "2026-11-15",
        "2026-11-02",
        "2026-11-16",
    ),
    (
        SHIFT_OVERTIME,
        {"period": "days", "days_long": 14, "anchor_on": "2026-11-02"},
        "2026-11-01",
        "2026-10-19",
        "2026-11-02",
    ),
    (ILLUSTRATIVE, {"period": "week", "week_starts": "sunday"}, "2026-11-01", "2026-11-01", "2026-11-08"),
    (ILLUSTRATIVE, {"period": "week"}, "2026-11-01", "2026-10-26", "2026-11-02"),
]


@pytest.mark.parametrize(("clause", "reset", "day", "first", "following"), PERIODS)
def test_the_period_a_day_is_in(clause: str, reset: dict[str, Any], day: str, first: str, following: str) -> None:
    made, on = Reset.model_validate(reset), date.fromisoformat(day)
    assert str(period_start(made, on)) == first, clause
    assert str(next_period_start(made, on)) == following, clause


_RESETS = st.one_of(
    st.builds(Reset, period=st.just("week"), week_starts=st.sampled_from(["monday", "wednesday", "sunday"])),
    st.builds(Reset, period=st.sampled_from(["28_days", "quarter", "year"]), anchor_on=st.dates(date(2019, 1, 1))),
    st.builds(Reset, period=st.just("days"), days_long=st.integers(7, 90), anchor_on=st.dates(date(2019, 1, 1))),
    st.just(Reset(period="month")),
)


@given(reset=_RESETS, day=st.dates(date(2015, 1, 1), date(2040, 1, 1)))
def test_periods_follow_each_other_without_gap_or_overlap(reset: Reset, day: date) -> None:
    first, following = period_start(reset, day), next_period_start(reset, day)
    assert first is not None
    assert following is not None
    assert first <= day < following
    assert period_start(reset, first) == first
    assert period_start(reset, following - timedelta(days=1)) == first
    assert period_start(reset, following) == following


def test_a_pool_that_never_begins_anew_has_no_next_turn() -> None:
    assert next_period_start(Reset(), date(2026, 1, 1)) is None


# Clause, what is carried over, counts before (minutes, turns, points), counts after.
CARRIED: list[tuple[str, dict[str, Any], list[tuple[int, ...]], list[tuple[int, ...]]]] = [
    (LOWEST_HOURS_3B, {}, [(1440, 3, 5), (600, 1, -2)], [(0, 0, 0), (0, 0, 0)]),
    (ROSTER_15_2, {"carry_over": "all"}, [(1440, 3, 5), (600, 1, -2)], [(1440, 3, 5), (600, 1, -2)]),
    (ILLUSTRATIVE, {"carry_over": "difference"}, [(1440, 3, 5), (600, 1, -2)], [(840, 2, 7), (0, 0, 0)]),
    (
        ILLUSTRATIVE,
        {"carry_over": "fraction", "fraction": 0.25},
        [(1440, 3, 5), (601, 1, -2)],
        [(360, 1, 1), (150, 0, 0)],
    ),
]


@pytest.mark.parametrize(("clause", "reset", "before", "after"), CARRIED)
def test_what_is_carried_over(
    clause: str, reset: dict[str, Any], before: list[tuple[int, ...]], after: list[tuple[int, ...]]
) -> None:
    found = turned(Reset.model_validate(reset), [Counts(*each) for each in before], [Counts()] * len(before))
    assert found == [Counts(*each) for each in after], clause


_COUNTS = st.builds(Counts, *(st.integers(0, 5000) for _ in range(5)))


@given(
    pairs=st.lists(st.tuples(_COUNTS, _COUNTS), max_size=6),
    carry=st.sampled_from([{}, {"carry_over": "all"}, {"carry_over": "difference"}]),
)
def test_what_belongs_to_the_new_period_stays_whole_however_late_the_turn_comes(
    pairs: list[tuple[Counts, Counts]], carry: dict[str, Any]
) -> None:
    reset = Reset.model_validate(carry)
    old, new = [each for each, _ in pairs], [each for _, each in pairs]
    late = [Counts(*(a + b for a, b in zip(_of(one), _of(two), strict=True))) for one, two in pairs]
    in_time = turned(reset, old, [Counts()] * len(old))
    assert turned(reset, late, new) == [
        Counts(*(a + b for a, b in zip(_of(one), _of(two), strict=True))) for one, two in zip(in_time, new, strict=True)
    ]


def _of(counts: Counts) -> tuple[int, ...]:
    return (counts.minutes, counts.turns, counts.points, counts.refused_minutes, counts.offered_minutes)


OTHERS = [Counts(600, 2, 4), Counts(690, 1, 1), Counts(1200, 5, 0)]


@pytest.mark.parametrize(
    ("clause", "newcomers", "expected"),
    [
        (ILLUSTRATIVE, {}, Counts()),
        # 830 minutes are 13 h 50 min; 8/3 turns, 5/3 points.
        (EQUAL_BY_DIVISION, {"start": "average"}, Counts(840, 3, 2)),
        (EQUAL_BY_DIVISION, {"start": "average", "rounding": "up"}, Counts(840, 3, 2)),
        (EQUAL_BY_DIVISION, {"start": "average", "rounding": "down"}, Counts(780, 2, 1)),
        (ILLUSTRATIVE, {"start": "lowest_plus_one"}, Counts(660, 2, 1)),
        (LOWEST_AT_THE_DESK, {"start": "highest"}, Counts(1200, 5)),
        (OVERTIME_RECORD_2B, {"start": "highest_plus_one"}, Counts(1260, 6)),
    ],
)
def test_where_a_newcomer_starts(clause: str, newcomers: dict[str, Any], expected: Counts) -> None:
    assert start_of(Newcomers.model_validate(newcomers), OTHERS) == expected, clause
    assert start_of(Newcomers.model_validate(newcomers), []) == Counts()


def test_the_highest_is_who_has_most_of_what_the_pool_counts() -> None:
    others = [Counts(600, 1, 0, refused_minutes=900), Counts(1200, 1, 0, refused_minutes=60)]
    clause = Newcomers.model_validate({"start": "highest_plus_one"})
    assert start_of(clause, others, ["hours", "refused"]) == Counts(660, 2, refused_minutes=900)
    assert start_of(clause, others, ["refused"]) == Counts(0, 2, refused_minutes=960)


@pytest.mark.parametrize(
    ("pool", "message"),
    [
        ({"name": "a", "reset": {"period": "28_days"}}, "needs anchor_on"),
        ({"name": "a", "reset": {"period": "days", "days_long": 14}}, "needs anchor_on"),
        ({"name": "a", "reset": {"period": "days", "anchor_on": "2026-11-02"}}, "days_long belongs to"),
        ({"name": "a", "newcomers": {"joins": "at_the_turn"}}, "there is no turn"),
    ],
)
def test_what_a_pool_refuses(pool: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Pool.model_validate(pool)
