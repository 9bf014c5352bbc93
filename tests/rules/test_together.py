"""A captain never under another captain: so many officers of a rank on a detail at the same time, and no more."""

from dataclasses import replace
from typing import Any

import pytest

from models.rules.awarding.award import award, replay
from models.rules.awarding.sieve import Sieve
from models.rules.awarding.taking import Taking
from models.rules.facts import AwardFacts, CrewFacts, to_json
from models.rules.handbook import Handbook
from tests.rules.cast import NOW, department, officer, opening, span
from tests.rules.test_award_table import EVENING, MORNING, told, winners

ONE = {"eligibility": {"together": [{"rank": "Captain"}]}}
TWO = {"eligibility": {"together": [{"rank": "Captain", "at_most": 2}]}}
RANKS = {"ranks": ["Captain", "Officer"]}
DOWN = {"key": "seniority", "direction": "down"}
ORDER_IN = {"name": "all", "kind": "order_in", "order": ["seniority"]}


def by(order: list[Any]) -> dict[str, Any]:
    """One round of sign-ups in that order."""
    return {"name": "all", "order": order}


def three_captains(rules: dict[str, Any], each_round: dict[str, Any], *, ordering: bool = False) -> AwardFacts:
    """Captains 1, 2, 3 and officers 4, 5 want all: of detail 7 two slots and a third of another opening in the morning,
    and a slot in the evening."""
    officers = [officer(each, rank="Captain" if each < 4 else "Officer") for each in range(1, 6)]
    openings = [
        opening(1, MORNING, detail_id=7),
        opening(2, MORNING, detail_id=7, detail="D2"),
        opening(3, EVENING, detail_id=7),
    ]
    wishes = {} if ordering else dict.fromkeys((1, 2, 3, 4, 5), (1, 2, 3))
    handbook = {**RANKS, **rules, "awarding": {"rounds": [each_round]}}
    return department(handbook, officers, openings, wishes, {1: 2}, has_everybody=ordering)


# illustrative: the rule, the round, who gets which opening
TABLE: list[tuple[dict[str, Any], dict[str, Any], dict[int, list[int]]]] = [
    ({}, by(["seniority"]), {1: [1, 2], 2: [3], 3: [1]}),
    # One captain in the morning, on whichever opening; the evening is another time.
    (ONE, by(["seniority"]), {1: [1, 4], 2: [5], 3: [1]}),
    (TWO, by(["seniority"]), {1: [1, 2], 2: [4], 3: [1]}),
    (ONE, by(["fewest_turns", "seniority"]), {1: [1, 4], 2: [5], 3: [2]}),
    (TWO, by(["fewest_turns", "seniority"]), {1: [1, 2], 2: [4], 3: [3]}),
    # An order that differs by slot goes opening by opening then.
    (ONE, by(["own_unit", "seniority"]), {1: [1, 4], 2: [5], 3: [1]}),
    (ONE, ORDER_IN, {1: [1, 4], 2: [5], 3: [1]}),
    (ONE, ORDER_IN | {"order": [DOWN]}, {1: [4, 5], 2: [3], 3: [5]}),
]


@pytest.mark.parametrize(("rules", "each_round", "expected"), TABLE)
def test_of_a_rank_no_more_are_on_a_detail_than_may_be(rules: Any, each_round: Any, expected: Any) -> None:
    facts = three_captains(rules, each_round, ordering=each_round["name"] == "all" and "kind" in each_round)
    result = award(facts)
    assert {each: sorted(who) for each, who in winners(result).items()} == expected
    assert replay(to_json(facts)) == result


def test_who_is_one_too_many_hears_it_and_stands_by() -> None:
    facts = three_captains(ONE, by(["seniority"]))
    outcome, reason, figures = told(award(facts), 2, 1)[:3]
    assert (outcome, reason) == ("standby", "enough_of_rank")
    assert figures == {"rank": "Captain", "officers": 1}


def crew(who: int, when: str, detail_id: int = 7) -> CrewFacts:
    """A captain who holds a slot of it then."""
    return CrewFacts(detail_id, who, "Captain", *span(when))


# illustrative: who holds what, whether captain 2 may take the morning
HELD: list[tuple[list[CrewFacts], bool]] = [
    ([], True),
    ([crew(1, MORNING)], False),
    ([crew(1, MORNING, 8)], True),
    ([crew(1, EVENING)], True),
    ([crew(2, MORNING)], True),
]


@pytest.mark.parametrize(("crews", "may"), HELD)
def test_who_holds_a_slot_already_counts_wherever_it_is_asked(crews: list[CrewFacts], may: bool) -> None:
    facts = replace(three_captains(ONE, by(["seniority"])), crews=tuple(crews))
    captain, patrolman = facts.officers[1], facts.officers[4]
    assert Taking(facts, "signup").verdict(captain, facts.openings[0], NOW).is_eligible is may
    assert Taking(facts).verdict(patrolman, facts.openings[0], NOW).is_eligible
    assert (facts.openings[0] in Sieve(facts).openings_for(captain)) is may


def test_only_ranks_there_are_and_each_once() -> None:
    for together in ([{"rank": "Marshal"}], [{"rank": "Captain"}, {"rank": "Captain", "at_most": 2}]):
        with pytest.raises(ValueError, match="together names"):
            Handbook.model_validate({**RANKS, "eligibility": {"together": together}})
