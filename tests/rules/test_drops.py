"""The price of a drop, and what it costs in the end."""

from typing import Any

import pytest

from models.rules.charging.drops import DropZone, drop_bars, late_bars, no_show_bars, price
from models.rules.charging.penalties import PastPenalty
from models.rules.handbook import Handbook
from tests.rules.cast import ZONE, at
from tests.rules.sources import ILLUSTRATIVE, ORDER_12_NO_SHOW, ROSTER_14_3, ROSTER_15_2

START = "2026-11-10 08:00"

# now, zone, days barred, days if replaced; free until 48 hours before, locked within 4
ZONES = [
    ("2026-11-08 08:00", DropZone.FREE, 0, 0),
    ("2026-11-08 08:01", DropZone.NEEDS_REPLACEMENT, 30, 0),
    ("2026-11-10 03:59", DropZone.NEEDS_REPLACEMENT, 30, 0),
    ("2026-11-10 04:00", DropZone.LOCKED, 30, 0),
    ("2026-11-10 09:00", DropZone.LOCKED, 30, 0),
]


@pytest.mark.parametrize(("now", "zone", "days", "if_replaced"), ZONES)
def test_three_zones_before_the_start(now: str, zone: DropZone, days: int, if_replaced: int) -> None:
    found = price(Handbook(), at(START), at(now))
    assert (found.zone, found.bar_days, found.bar_days_if_replaced) == (zone, days, if_replaced)


def test_hours_before_the_start_are_real_hours_also_when_the_clocks_change() -> None:
    found = price(Handbook(), at("2026-11-02 08:00"), at("2026-10-31 09:00"))
    assert found.free_until_at == at("2026-10-31 09:00")
    assert found.zone is DropZone.FREE


# clause, drops clause, replaced, kinds and ends of the bars for a drop on 9 November at 20:00
BARS: list[tuple[str, dict[str, Any], bool, list[tuple[str, str, str]]]] = [
    (ILLUSTRATIVE, {}, True, []),
    (ILLUSTRATIVE, {}, False, [("late_drop", "2026-11-09 20:00", "2026-12-10 00:00")]),
    (ILLUSTRATIVE, {"forgiven_if_replaced": False, "late_drop_bar_days": 1}, True,
     [("late_drop", "2026-11-09 20:00", "2026-11-11 00:00")]),
    (ROSTER_15_2, {"bar_same_day": True, "late_drop_bar_days": 0}, False,
     [("same_day", "2026-11-10 00:00", "2026-11-11 00:00")]),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "drops", "replaced", "expected"), BARS)
def test_what_a_drop_costs_once_its_outcome_is_known(clause: str, drops: Any, replaced: bool, expected: Any) -> None:
    dropped_at = at("2026-11-09 20:00")
    agreed = price(Handbook.model_validate({"drops": drops}), at(START), dropped_at)
    found = drop_bars(agreed, replaced, dropped_at, at(START), ZONE)
    assert [(each.kind, each.starts_at, each.ends_at) for each in found] == [
        (kind, at(starts_at), at(ends_at)) for kind, starts_at, ends_at in expected
    ], clause


@pytest.mark.parametrize(("clause", "days"), [(ROSTER_14_3, 30), (ORDER_12_NO_SHOW, 30), (ILLUSTRATIVE, 0)])
def test_a_no_show_bars_for_whole_days_after_it(clause: str, days: int) -> None:
    handbook = Handbook.model_validate({"drops": {"no_show_bar_days": days}})
    bars = no_show_bars(handbook, at("2026-10-20 09:00"), ZONE)
    assert [each.ends_at for each in bars] == ([at("2026-11-20 00:00")] if days else []), clause


REASONS = {
    "reasons": [
        {"reason": "sick", "late_bar_days": 0, "locked_bar_days": 0, "released": "at_once"},
        {"reason": "court", "late_bar_days": 3},
        {"reason": "family", "free_bar_days": 2},
        {"reason": "other"},
    ]
}
EARLY, LATE, LOCKED = "2026-11-01 08:00", "2026-11-09 20:00", "2026-11-10 05:00"

# clause, reason, when it is dropped, zone, days, days if replaced, whether he is released at once
BY_REASON: list[tuple[str, str | None, str, DropZone, int, int, bool]] = [
    (ILLUSTRATIVE, None, LATE, DropZone.NEEDS_REPLACEMENT, 30, 0, False),
    (ROSTER_14_3, "sick", LATE, DropZone.NEEDS_REPLACEMENT, 0, 0, True),
    (ROSTER_14_3, "sick", LOCKED, DropZone.NEEDS_REPLACEMENT, 0, 0, True),
    (ILLUSTRATIVE, "court", LATE, DropZone.NEEDS_REPLACEMENT, 3, 0, False),
    (ILLUSTRATIVE, "court", LOCKED, DropZone.LOCKED, 30, 0, False),
    (ILLUSTRATIVE, "family", EARLY, DropZone.FREE, 2, 2, True),
    (ILLUSTRATIVE, "family", LATE, DropZone.NEEDS_REPLACEMENT, 30, 0, False),
    (ILLUSTRATIVE, "other", LATE, DropZone.NEEDS_REPLACEMENT, 30, 0, False),
    (ILLUSTRATIVE, "injured", LATE, DropZone.NEEDS_REPLACEMENT, 30, 0, False),
]


@pytest.mark.parametrize(("clause", "reason", "now", "zone", "days", "if_replaced", "released"), BY_REASON)
def test_a_reason_has_its_own_price_in_each_zone(
    clause: str, reason: Any, now: str, zone: DropZone, days: int, if_replaced: int, released: bool
) -> None:
    found = price(Handbook.model_validate({"drops": REASONS}), at(START), at(now), ZONE, reason=reason)
    told = (found.zone, found.told_days, found.told_days_if_replaced, found.is_released)
    assert told == (zone, days, if_replaced, released), clause


# clause, when it is dropped, drops before it, whether replaced, kinds, steps and days of the bars
ANY_DROP: list[tuple[str, str, int, bool, list[tuple[str, int, int]]]] = [
    (ILLUSTRATIVE, EARLY, 0, False, [("drop", 1, 0)]),
    (ILLUSTRATIVE, EARLY, 2, False, [("drop", 3, 10)]),
    (ILLUSTRATIVE, LATE, 2, False, [("late_drop", 0, 30), ("drop", 3, 10)]),
    (ILLUSTRATIVE, LATE, 2, True, [("drop", 3, 10)]),
]


@pytest.mark.parametrize(("clause", "now", "before", "replaced", "expected"), ANY_DROP)
def test_dropping_often_costs_whether_late_or_not(
    clause: str, now: str, before: int, replaced: bool, expected: Any
) -> None:
    handbook = Handbook.model_validate({"drops": {"ladders": [{"on": "drop", "steps": [0, 0, 10]}]}})
    past = [PastPenalty("drop", at(f"2026-0{month}-01 08:00")) for month in range(1, before + 1)]
    found = drop_bars(price(handbook, at(START), at(now), ZONE, past), replaced, at(now), at(START), ZONE)
    assert [(each.kind, each.step, (each.ends_at - each.starts_at).days) for each in found] == expected, clause


def test_coming_late_costs_by_its_ladder_alone() -> None:
    assert late_bars(Handbook(), at(START), ZONE) == ()
    handbook = Handbook.model_validate({"drops": {"ladders": [{"on": "late", "steps": [0, 5]}]}})
    [warned] = late_bars(handbook, at(START), ZONE)
    [barred] = late_bars(handbook, at(START), ZONE, [PastPenalty("late", at("2026-10-01 08:00"))])
    assert (warned.step, warned.starts_at) == (1, warned.ends_at)
    assert (barred.kind, barred.step, barred.ends_at) == ("late", 2, at("2026-11-16 00:00"))


# clause, ladder, kinds and times of what came before (a kind with ! was lifted), step and days on 10 November 2026
LADDERS: list[tuple[str, dict[str, Any], list[tuple[str, str]], int, int]] = [
    (ORDER_12_NO_SHOW, {"steps": [30, 60, 120, 365]}, [], 1, 30),
    (ORDER_12_NO_SHOW, {"steps": [30, 60, 120, 365]}, [("no_show", "2026-03-01 08:00")], 2, 60),
    (ORDER_12_NO_SHOW, {"steps": [30, 60, 120, 365]}, [("no_show", f"2026-0{month}-01 08:00") for month in (1, 2, 3)],
     4, 365),
    (ORDER_12_NO_SHOW, {"steps": [30, 60, 120, 365]}, [("no_show", f"2026-0{month}-01 08:00") for month in range(1, 6)],
     6, 365),
    (ILLUSTRATIVE, {"steps": [0, 30]}, [("late_drop", "2026-03-01 08:00")], 1, 0),
    (ILLUSTRATIVE, {"steps": [0, 30], "also": ["late_drop"]}, [("late_drop", "2026-03-01 08:00")], 2, 30),
    (ILLUSTRATIVE, {"steps": [1, 2]}, [("no_show", "2025-11-10 00:00")], 2, 2),
    (ILLUSTRATIVE, {"steps": [1, 2]}, [("no_show", "2025-11-09 23:59")], 1, 1),
    (ILLUSTRATIVE, {"steps": [1, 2], "counted": "calendar_year"}, [("no_show", "2025-12-31 23:59")], 1, 1),
    (ILLUSTRATIVE, {"steps": [1, 2], "counted": "calendar_year"}, [("no_show", "2026-01-01 00:00")], 2, 2),
    (ILLUSTRATIVE, {"steps": [1, 2], "counted": "ever"}, [("no_show", "2016-01-01 00:00")], 2, 2),
    (ILLUSTRATIVE, {"steps": [1, 2], "months": 2}, [("no_show", "2026-09-09 08:00")], 1, 1),
    # What follows from this very act is no act before it.
    (ILLUSTRATIVE, {"steps": [1, 2]}, [("no_show", START)], 1, 1),
    (ILLUSTRATIVE, {"steps": [1, 2]}, [("no_show!", "2026-10-01 08:00")], 1, 1),
    (ILLUSTRATIVE, {"steps": [1, 2], "lifted_counts": True}, [("no_show!", "2026-10-01 08:00")], 2, 2),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "ladder", "before", "step", "days"), LADDERS)
def test_which_step_of_its_ladder_a_no_show_is(clause: str, ladder: Any, before: Any, step: int, days: int) -> None:
    handbook = Handbook.model_validate({"drops": {"ladders": [{"on": "no_show", **ladder}]}})
    past = [PastPenalty(kind.rstrip("!"), at(when), kind.endswith("!")) for kind, when in before]
    [bar] = no_show_bars(handbook, at(START), ZONE, past)
    assert (bar.step, (bar.ends_at - bar.starts_at).days) == (step, days), clause


def test_a_replaced_drop_is_no_step_and_a_warning_is() -> None:
    handbook = Handbook.model_validate({"drops": {"ladders": [{"on": "late_drop", "steps": [0, 30]}]}})
    dropped_at = at("2026-11-09 20:00")
    first = price(handbook, at(START), dropped_at, ZONE)
    assert drop_bars(first, True, dropped_at, at(START), ZONE) == ()
    [warning] = drop_bars(first, False, dropped_at, at(START), ZONE)
    assert (warning.step, warning.starts_at) == (1, warning.ends_at)
    again = price(handbook, at(START), dropped_at, ZONE, [PastPenalty("late_drop", at("2026-10-01 08:00"))])
    assert (again.step, again.bar_days) == (2, 30)


# clause, drops clause, band, the last moment at which a drop of a detail of 10 November at 08:00 is free
FREE: list[tuple[str, dict[str, Any], str, str]] = [
    (ILLUSTRATIVE, {"zones": [{"bands": ["short"], "free_until_hours_before": 8, "locked_within_hours_before": 2}]},
     "short", "2026-11-10 00:00"),
    (ILLUSTRATIVE, {"zones": [{"bands": ["short"], "free_until_hours_before": 8, "locked_within_hours_before": 2}]},
     "long", "2026-11-08 08:00"),
    (ILLUSTRATIVE, {"measured_in": "calendar_days", "free_until_hours_before": 24}, "", "2026-11-10 00:00"),
    (ILLUSTRATIVE, {"measured_in": "calendar_days", "free_until_hours_before": 48}, "", "2026-11-09 00:00"),
    (ILLUSTRATIVE, {"measured_in": "calendar_days", "free_until_hours_before": 0, "locked_within_hours_before": 0},
     "", "2026-11-10 08:00"),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "drops", "band", "until"), FREE)
def test_until_when_a_drop_is_free(clause: str, drops: Any, band: str, until: str) -> None:
    found = price(Handbook.model_validate({"drops": drops}), at(START), at("2026-11-01 08:00"), ZONE, (), band)
    assert found.free_until_at == at(until), clause
