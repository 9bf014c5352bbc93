"""Limits for orders alone, limits that count ordered hours, and limits that go by what an officer has already."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.awarding.award import award, replay
from models.rules.awarding.sieve import Sieve
from models.rules.checking.findings import check
from models.rules.eligibility import Eligibility
from models.rules.facts import AwardFacts, CommitmentFacts, to_json
from models.rules.handbook import Handbook
from models.rules.limits.allowance import allowances
from tests.rules.cast import at, department, officer, opening, span, tour
from tests.rules.test_award_table import told, winners
from tests.rules.test_time_properties import departments

ORDERS = {"name": "orders", "kind": "order_in", "order": ["seniority"]}
ROUNDS = {"awarding": {"rounds": [{"name": "posted"}, ORDERS]}}
TUESDAY = "2026-11-10 08:00 - 16:00"
WEEK: dict[str, Any] = {"kind": "calendar", "period": "week"}
DRAFTED_12 = {**WEEK, "hours": 12, "counts": ["overtime", "details"], "holds_for": "orders", "judged": "without_it"}
DRAFTED_16 = {"kind": "rolling", "in_hours": 168, "hours": 16, "counts": ["details"], "counts_orders": True}
ONCE = {**WEEK, "details": 1, "counts": ["details"], "counts_orders": True}


def held(when: str, *, is_ordered: bool = False) -> CommitmentFacts:
    """Officer 1 has it."""
    return CommitmentFacts(1, *span(when), pool="details", is_ordered=is_ordered)


def facts_with(limit: dict[str, Any], overtime: list[str], has: list[CommitmentFacts], signs_up: bool) -> AwardFacts:
    """Tuesday's detail; officer 1 is ordered before 2, who has nothing else to do; whoever signs up is officer 1."""
    return department(
        {**ROUNDS, "limits": [limit]},
        [officer(1), officer(2)],
        [opening(1, TUESDAY)],
        {1: [1]} if signs_up else {},
        tours=tuple(tour(1, when, "overtime") for when in overtime),
        commitments=tuple(has),
        has_everybody=True,
    )


MONDAY_8, MONDAY_12 = "2026-11-09 08:00 - 16:00", "2026-11-09 08:00 - 20:00"
LAST_WEEK = "2026-11-06 08:00 - 16:00"

# Illustrative: the limit, overtime and details of officer 1, whether he is ordered, whether he may volunteer
TABLE: list[tuple[dict[str, Any], list[str], list[CommitmentFacts], bool, bool]] = [
    (DRAFTED_12, [], [], True, True),
    # Who worked twelve hours this week is not drafted, and may volunteer; who worked eleven is, whatever that makes.
    (DRAFTED_12, [MONDAY_12], [], False, True),
    (DRAFTED_12, ["2026-11-09 08:00 - 19:59"], [], True, True),
    (DRAFTED_12, [MONDAY_8], [held("2026-11-11 08:00 - 12:00")], False, True),
    (DRAFTED_12, ["2026-11-08 08:00 - 20:00"], [], True, True),
    # Without `holds_for` nobody takes any more who has so much.
    ({**DRAFTED_12, "holds_for": "all"}, [MONDAY_12], [], False, False),
    ({**DRAFTED_12, "judged": "with_it"}, [MONDAY_8], [], False, True),
    # Sixteen hours of orders in seven days: only those he was ordered to count, and volunteering is free.
    (DRAFTED_16, [], [held(MONDAY_12)], True, True),
    (DRAFTED_16, [], [held(MONDAY_8, is_ordered=True)], True, True),
    (DRAFTED_16, [], [held("2026-11-09 08:00 - 16:01", is_ordered=True)], False, True),
    (DRAFTED_16, [], [held("2026-11-03 08:00 - 16:01", is_ordered=True)], True, True),
    # Rolling, by what he has: twelve hours in the seven days before it begins.
    ({**DRAFTED_16, "judged": "without_it", "hours": 12}, [], [held(MONDAY_12, is_ordered=True)], False, False),
    ({**DRAFTED_16, "judged": "without_it", "hours": 12, "holds_for": "orders"}, [],
     [held("2026-11-09 08:00 - 19:59", is_ordered=True)], True, True),
    # Once a week.
    (ONCE, [], [held(MONDAY_8, is_ordered=True)], False, True),
    (ONCE, [], [held(LAST_WEEK, is_ordered=True)], True, True),
]  # fmt: skip


@pytest.mark.parametrize(("limit", "overtime", "has", "ordered", "volunteers"), TABLE)
def test_who_may_be_ordered_and_who_may_volunteer(
    limit: Any, overtime: Any, has: Any, ordered: Any, volunteers: Any
) -> None:
    facts = facts_with(limit, overtime, has, signs_up=False)
    result = award(facts)
    assert winners(result) == {1: [1 if ordered else 2]}
    assert replay(to_json(facts)) == result
    asked = facts_with(limit, overtime, has, signs_up=True)
    assert (told(award(asked), 1, 1)[0] == "awarded") is volunteers
    # RANK tells what is left of what he may take himself.
    assert allowances(facts, 1) == []


def test_who_has_so_much_already_hears_how_much() -> None:
    facts = facts_with({**DRAFTED_12, "holds_for": "all"}, [MONDAY_12], [], signs_up=True)
    outcome, reason, figures = told(award(replace(facts, has_everybody=False)), 1, 1)[:3]
    assert (outcome, reason) == ("ineligible", "limit_had_hours")
    assert (figures["limit_minutes"], figures["had_minutes"]) == (720, 720)
    assert figures["starts_at"] == at("2026-11-09 00:00")


def test_orders_of_one_run_count_for_the_next_of_it() -> None:
    facts = department(
        {**ROUNDS, "limits": [ONCE]},
        [officer(1), officer(2)],
        [opening(1, TUESDAY), opening(2, "2026-11-12 08:00 - 16:00")],
        {},
        has_everybody=True,
    )
    assert winners(award(facts)) == {1: [1], 2: [2]}


def test_a_rule_for_orders_is_nothing_where_nobody_is_ordered() -> None:
    found = check(Handbook.model_validate({"limits": [DRAFTED_12]}))
    assert [each.path for each in found if each.path[0] == "limits"] == [("limits", 0, "holds_for")]
    long = {"hours": 60, "anchor_on": "2026-11-02"}
    with pytest.raises(ValueError, match="judged with the detail"):
        Handbook.model_validate({"limits": [{**WEEK, "hours": 40, "long": long, "judged": "without_it"}]})


_WINDOWS = st.sampled_from((
    {"kind": "rolling", "in_hours": 24}, {"kind": "rolling", "in_hours": 96}, {**WEEK}, {**WEEK, "split": "to_start"},
    {"kind": "calendar", "period": "day"},
))  # fmt: skip
_MOST = st.sampled_from(({"hours": 6}, {"hours": 12}, {"details": 1}, {"hours": 9, "details": 2}))


@st.composite
def _limits(draw: st.DrawFn) -> dict[str, Any]:
    return {
        **draw(_WINDOWS),
        **draw(_MOST),
        "counts": draw(st.sampled_from((["details"], ["court", "details"], ["court"]))),
        "counts_orders": draw(st.booleans()),
        "judged": draw(st.sampled_from(("with_it", "without_it", "without_it"))),
        "holds_for": draw(st.sampled_from(("all", "orders"))),
    }


@settings(max_examples=60, deadline=None)
@given(departments(), st.lists(_limits(), min_size=1, max_size=2), st.data())
def test_the_sieve_says_the_same_where_officers_are_ordered(
    facts: AwardFacts, limits: Any, data: st.DataObject
) -> None:
    handbook = Handbook.model_validate({**facts.handbook.model_dump(exclude_unset=True), "limits": limits})
    commitments = tuple(replace(each, is_ordered=data.draw(st.booleans())) for each in facts.commitments)
    facts = replace(facts, handbook=handbook, commitments=commitments)
    for judge in (Eligibility(facts), Eligibility(facts).ordering()):
        sieve = Sieve(facts, judge=judge)
        for each in facts.officers:
            one_by_one = [one for one in facts.openings if judge.verdict(each, one).is_eligible]
            assert sieve.openings_for(each) == one_by_one
