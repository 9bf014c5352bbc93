"""Statuses with dates, pools to be joined, and where an officer is not placed: what stops him, and what he is told."""

from datetime import date
from typing import Any

import pytest

from models.rules.eligibility import verdict
from models.rules.facts import AwardFacts, ExclusionFacts, StatusFacts
from models.rules.handbook import Handbook
from tests.rules.cast import NOW, ZONE, officer, opening
from tests.rules.sources import CORAL_SPRINGS_29D, ILLUSTRATIVE

NINTH, TENTH, ELEVENTH = date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 11)
EVENING = "2026-11-10 20:00 - 2026-11-11 02:00"
DESK = {"eligibility": {"also_statuses": [{"status": "light_duty", "pools": ["details"], "kinds": ["desk"]}]}}


def judge(handbook: dict[str, Any], who: dict[str, Any], what: dict[str, Any], **facts: Any) -> Any:
    """The verdict on officer 1 for a detail of Harbor Paving at the quay, in the evening of 10 November."""
    me = officer(1, **who)
    wanted = opening(1, EVENING, contractor="harbor", site="quay", **what)
    return verdict(me, wanted, AwardFacts(Handbook.model_validate(handbook), ZONE, NOW, (me,), (wanted,), **facts))


# clause, handbook, status, dated statuses, kind of work, reason
STATUSES: list[tuple[str, dict[str, Any], str, tuple[StatusFacts, ...], str | None, str | None]] = [
    (ILLUSTRATIVE, {}, "active", (StatusFacts("sick", NINTH, NINTH),), None, None),
    (ILLUSTRATIVE, {}, "active", (StatusFacts("sick", NINTH, TENTH),), None, "status_sick"),
    (ILLUSTRATIVE, {}, "active", (StatusFacts("suspended", ELEVENTH),), None, "status_suspended"),
    (ILLUSTRATIVE, {}, "suspended", (StatusFacts("active", TENTH),), None, None),
    (ILLUSTRATIVE, {}, "active", (StatusFacts("leave", NINTH), StatusFacts("active", TENTH)), None, None),
    (CORAL_SPRINGS_29D, DESK, "light_duty", (), None, "status_light_duty"),
    (CORAL_SPRINGS_29D, DESK, "light_duty", (), "desk", None),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "handbook", "status", "dated", "work", "reason"), STATUSES)
def test_statuses(clause: str, handbook: Any, status: Any, dated: Any, work: str | None, reason: str | None) -> None:
    assert judge(handbook, {"status": status, "statuses": dated}, {"work": work}).reason == reason, clause


@pytest.mark.parametrize(
    ("pools", "reason"), [((), "pool_not_joined"), (("double",), "pool_not_joined"), (("details",), None)]
)
def test_a_pool_may_be_for_those_who_joined_it(pools: tuple[str, ...], reason: str | None) -> None:
    found = judge({"eligibility": {"opt_in_pools": ["details"]}}, {"pools": pools}, {})
    assert found.reason == reason
    assert not reason or found.figures == {"pool": "details"}


def _not_placed(side: Any, from_on: date, until_on: date | None, **where: str) -> ExclusionFacts:
    return ExclusionFacts(1, side, from_on, until_on, **where)


# exclusions, reason, figures: who else wished it is never among them
EXCLUSIONS: list[tuple[tuple[ExclusionFacts, ...], str | None, dict[str, Any]]] = [
    ((_not_placed("contractor", NINTH, None, contractor="harbor"),), "not_placed_there", {}),
    ((_not_placed("department", NINTH, ELEVENTH, site="quay"),), "not_placed_there_until", {"until_on": ELEVENTH}),
    ((_not_placed("officer", NINTH, None, site="quay"),), "own_exclusion", {}),
    ((_not_placed("contractor", NINTH, None, site="quay"), _not_placed("officer", NINTH, None, site="quay")),
     "own_exclusion", {}),
    ((_not_placed("contractor", ELEVENTH, None, contractor="harbor"),), "not_placed_there", {}),
    ((_not_placed("contractor", NINTH, NINTH, contractor="harbor"),), None, {}),
    ((_not_placed("contractor", NINTH, None, contractor="fair"),), None, {}),
    ((_not_placed("officer", NINTH, None, site="mall"),), None, {}),
]  # fmt: skip


@pytest.mark.parametrize(("exclusions", "reason", "figures"), EXCLUSIONS)
def test_where_an_officer_is_not_placed(exclusions: Any, reason: str | None, figures: dict[str, Any]) -> None:
    found = judge({}, {}, {}, exclusions=exclusions)
    assert (found.reason, found.figures) == (reason, figures)
