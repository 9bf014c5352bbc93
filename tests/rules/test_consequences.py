"""Counted consequences: so many refusals and missed answers, off the list, and back by oneself."""

from typing import Any

import pytest

from models.rules.charging.consequences import off_the_list
from models.rules.eligibility import verdict
from models.rules.facts import AwardFacts, ContactFacts
from models.rules.handbook import Handbook
from tests.rules.cast import ZONE, at, officer, opening
from tests.rules.sources import ILLUSTRATIVE

MONTHLY = {
    "pools": [{"name": "details", "reset": {"period": "month"}}, {"name": "traffic", "reset": {"period": "month"}}]
}
BY_TURN = {**MONTHLY, "consequences": [{"name": "three", "count": 3}]}
BY_DAYS = {"consequences": [{"name": "two", "count": 2, "of": ["declined"], "within_days": 30, "off_days": 28}]}

# rules, what came of asking him, when the rules are asked, until when he is off the list (None: he is not), the clause
CASES: list[tuple[dict[str, Any], str, str, str | None, str]] = [
    (BY_TURN, "declined 11-02, no_answer 11-09", "2026-11-10 12:00", None, ILLUSTRATIVE),
    (BY_TURN, "declined 11-02, no_answer 11-09, declined 11-10", "2026-11-10 12:00", "2026-12-01 00:00", ILLUSTRATIVE),
    (BY_TURN, "declined 11-02, no_answer 11-09, declined 11-10", "2026-12-01 00:00", None, "back by himself"),
    (BY_TURN, "declined 10-30, no_answer 11-09, declined 11-10", "2026-11-10 12:00", None, "the turn begins anew"),
    (BY_TURN, "unreachable 11-02, unreachable 11-03, unreachable 11-04", "2026-11-10 12:00", None, "no refusal"),
    (BY_TURN, "accepted 11-02, declined 11-03, declined 11-04", "2026-11-10 12:00", None, ILLUSTRATIVE),
    (BY_DAYS, "declined 11-01, declined 12-01", "2026-12-02 12:00", "2026-12-30 00:00", ILLUSTRATIVE),
    (BY_DAYS, "declined 11-01, declined 12-02", "2026-12-02 12:00", None, ILLUSTRATIVE),
    (BY_DAYS, "declined 11-01, no_answer 11-02", "2026-11-03 12:00", None, ILLUSTRATIVE),
]  # fmt: skip


def _contacts(said: str, pool: str = "details") -> tuple[ContactFacts, ...]:
    return tuple(
        ContactFacts(1, pool, outcome, at(f"2026-{day} 10:00"))
        for outcome, day in (each.split() for each in said.split(", "))
    )


@pytest.mark.parametrize(("rules", "said", "now", "until", "source"), CASES)
def test_off_the_list_and_back(rules: dict[str, Any], said: str, now: str, until: str | None, source: str) -> None:
    found = off_the_list(Handbook.model_validate(rules), _contacts(said), "details", at(now), ZONE)
    assert (found and found.ends_at) == (until and at(until)), source


def test_it_is_a_reason_with_its_figures_and_holds_in_its_pool_only() -> None:
    three = _contacts("declined 11-02, declined 11-03, declined 11-04")
    facts = AwardFacts(Handbook.model_validate(BY_TURN), ZONE, at("2026-11-10 12:00"), (officer(1),), contacts=three)
    found = verdict(officer(1), opening(1, "2026-12-24 07:00 - 15:00"), facts)
    assert (str(found.reason), found.figures) == (
        "off_the_list",
        {"passed": 3, "pool": "details", "ends_at": at("2026-12-01 00:00")},
    )
    assert verdict(officer(1), opening(2, "2026-11-24 07:00 - 15:00", pool="traffic"), facts).is_eligible
