"""The price of a drop, and what it costs in the end."""

from typing import Any

import pytest

from models.rules.drops import DropZone, drop_bars, no_show_bars, price
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
