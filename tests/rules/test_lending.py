"""Whom a department lends to others, and how much of him in a period."""

from typing import Any

import pytest

from models.rules.asking.lending import in_lending_order, lending_verdict
from models.rules.facts import AwardFacts, CommitmentFacts, CounterFacts
from models.rules.handbook import Handbook
from tests.rules.cast import NOW, ZONE, officer, opening, span
from tests.rules.sources import ILLUSTRATIVE

WANTED = opening(1, "2026-11-10 08:00 - 16:00")
MONTH = {"lend_at_most": {"details": 2, "period": "month"}}
WEEK = {"lend_at_most": {"hours": 12, "period": "week", "week_starts": "monday"}}
# Of the month before, of this month's first days, of the same week, and one of his own department's.
HELD = [("2026-10-31 20:00 - 2026-11-01 04:00", True), ("2026-11-02 08:00 - 16:00", True),
        ("2026-11-09 08:00 - 12:00", True), ("2026-11-11 08:00 - 16:00", False)]  # fmt: skip

# clause, neighbours, which of those he holds, what he is, reason and figures
LENDING: list[tuple[str, dict[str, Any], list[int], dict[str, Any], str | None, dict[str, Any]]] = [
    (ILLUSTRATIVE, {}, [0, 1, 2, 3], {}, None, {}),
    (ILLUSTRATIVE, MONTH, [0, 1, 3], {}, None, {}),
    (ILLUSTRATIVE, MONTH, [1, 2], {}, "lent_details_reached", {"most_details": 2}),
    (ILLUSTRATIVE, WEEK, [1, 2, 3], {}, None, {}),
    (ILLUSTRATIVE, {"lend_at_most": {"hours": 11.5, "period": "week"}}, [2], {}, "lent_hours_reached",
     {"would_be_minutes": 720, "limit_minutes": 690}),
    (ILLUSTRATIVE, {"lend_who": {"units": ["Traffic"]}}, [], {"unit": "Patrol"}, "not_lent", {}),
    (ILLUSTRATIVE, {"lend_who": {"units": ["Traffic"]}}, [], {"unit": "Traffic"}, None, {}),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "neighbours", "held", "is_", "reason", "figures"), LENDING)
def test_who_is_lent_and_how_much(
    clause: str, neighbours: Any, held: list[int], is_: Any, reason: str | None, figures: Any
) -> None:
    who = officer(1, **is_)
    commitments = tuple(CommitmentFacts(1, *span(HELD[each][0]), is_elsewhere=HELD[each][1]) for each in held)
    handbook = Handbook.model_validate({"neighbours": neighbours})
    found = lending_verdict(who, WANTED, AwardFacts(handbook, ZONE, NOW, (who,), commitments=commitments))
    assert found.reason == reason, clause
    assert figures.items() <= found.figures.items()


# illustrative: the order, who is told in which order; 2 is of the Traffic unit and stands first in the rotation
TURNS: list[tuple[list[Any], list[int]]] = [
    ([], [1, 2, 3]),
    (["seniority"], [1, 2, 3]),
    ([{"key": "seniority", "direction": "down"}], [3, 2, 1]),
    (["rotation", "seniority"], [2, 1, 3]),
]


@pytest.mark.parametrize(("order", "expected"), TURNS)
def test_officers_are_lent_in_the_order_of_their_own_handbook(order: Any, expected: list[int]) -> None:
    handbook = Handbook.model_validate({"neighbours": {"lend_order": order}})
    officers, first = tuple(officer(each) for each in (1, 2, 3)), (CounterFacts(2, "details", place=1),)
    facts = AwardFacts(handbook, ZONE, NOW, officers, (WANTED,), counters=first)
    assert in_lending_order(facts, 1, [1, 2, 3]) == expected


def test_nobody_is_lent_by_what_an_invitation_has_not() -> None:
    with pytest.raises(ValueError, match="lend_order cannot go by first_come"):
        Handbook.model_validate({"neighbours": {"lend_order": ["first_come"]}})


def test_lending_is_counted_by_the_calendar() -> None:
    with pytest.raises(ValueError, match="lend_at_most counts by week"):
        Handbook.model_validate({"neighbours": {"lend_at_most": {"details": 2}}})
