"""Who is asked when a slot comes free."""

from dataclasses import replace
from typing import Any

import pytest

from models.rules.asking.replacement import replacement_order
from tests.rules.cast import at, by, department, officer, opening, tour
from tests.rules.sources import ILLUSTRATIVE, LOWEST_HOURS_3B

DETAIL = opening(1, "2026-11-10 08:00 - 16:00")
BUSY = (tour(2, "2026-11-10 07:00 - 15:00"),)

# clause, handbook, tours, whom to ask and as what
TABLE: list[tuple[str, dict[str, Any], Any, list[tuple[int, str]]]] = [
    (LOWEST_HOURS_3B, {}, (), [(3, "standby"), (2, "standby"), (4, "everyone"), (5, "everyone")]),
    (ILLUSTRATIVE, {"replacement": {"then": "nobody"}}, (), [(3, "standby"), (2, "standby")]),
    (ILLUSTRATIVE, {"replacement": {"standby_first": False}}, (),
     [(2, "everyone"), (3, "everyone"), (4, "everyone"), (5, "everyone")]),
    (ILLUSTRATIVE, {}, BUSY, [(3, "standby"), (4, "everyone"), (5, "everyone")]),
    (ILLUSTRATIVE, {"awarding": {"rounds": [{"name": "sergeants", "who": {"ranks": ["Sergeant"]}}, {"name": "all"}]}},
     (), [(3, "standby"), (2, "standby"), (5, "everyone"), (4, "everyone")]),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "handbook", "tours", "expected"), TABLE)
def test_standbys_first_then_everyone_in_the_rounds_order(
    clause: str, handbook: Any, tours: Any, expected: list[tuple[int, str]]
) -> None:
    """Officer 1 dropped; 3 and 2 stand by in this order; 5 is a sergeant."""
    officers = [*(officer(each) for each in (1, 2, 3, 4)), officer(5, rank="Sergeant")]
    facts = department({**by("seniority"), **handbook}, officers, [DETAIL], {}, tours=tours)
    found = replacement_order(facts, 1, [3, 2], never={1})
    assert [(each.officer_id, each.via) for each in found.candidates] == expected, clause


def test_a_standby_who_cannot_any_more_is_passed_over_with_the_reason() -> None:
    facts = department(by("seniority"), [officer(2), officer(3)], [DETAIL], {}, tours=BUSY)
    found = replacement_order(facts, 1, [2, 3, 9])
    assert [(each.officer_id, each.verdict.reason) for each in found.passed_over] == [
        (2, "overlaps_tour"),
        (9, "status_separated"),
    ]


def test_rounds_whose_time_it_is_come_first_and_the_others_after_them() -> None:
    rounds = [
        {"name": "own", "who": {"ranks": ["Sergeant"]}, "until_hours_before": 24},
        {"name": "all", "order": ["badge"]},
    ]
    only_sergeants = [{**rounds[0]}]
    officers = [officer(1), officer(2, rank="Sergeant")]
    facts = department({"awarding": {"rounds": rounds}}, officers, [DETAIL], {})
    soon = replace(facts, now=at("2026-11-10 06:00"))
    assert [each.officer_id for each in replacement_order(facts, 1, []).candidates] == [2, 1]
    assert [each.officer_id for each in replacement_order(soon, 1, []).candidates] == [1, 2]
    closed = replace(department({"awarding": {"rounds": only_sergeants}}, officers, [DETAIL], {}), now=soon.now)
    assert [each.officer_id for each in replacement_order(closed, 1, []).candidates] == [2]
