"""Orders by details had, points, job class and name, and orders of their own for some ranks."""

from dataclasses import replace
from typing import Any

import pytest

from models.rules.awarding.award import award, replay
from models.rules.facts import AwardFacts, CounterFacts, to_json
from models.rules.handbook import Handbook
from models.rules.orders.alphabet import name_places
from tests.rules.cast import by, department, officer, opening
from tests.rules.test_award_table import EVENING, MORNING, standbys, told, winners

THREE = [officer(1, job_class="Detective"), officer(2, job_class="Patrol"), officer(3)]
CLASSES = {"job_classes": ["Patrol", "Detective"]}
EVERYONE = {1: [1], 2: [1], 3: [1]}


def counted(order: list[Any], counters: list[CounterFacts], **more: Any) -> AwardFacts:
    """Three officers who want both details of a day, with these counters."""
    openings = [opening(1, MORNING), opening(2, EVENING)]
    facts = department({**CLASSES, **by(*order)}, THREE, openings, {1: [1, 2], 2: [1, 2], 3: [1, 2]}, **more)
    return replace(facts, counters=tuple(counters), counts_turns=True)


# All of these are illustrative.
def test_fewest_details_first_and_an_award_counts_at_once() -> None:
    had = [CounterFacts(who, "details", turns=turns) for who, turns in {1: 4, 2: 2, 3: 3}.items()]
    result = award(counted(["fewest_turns", "seniority"], had))
    assert winners(result) == {1: [2], 2: [2]}
    assert told(result, 1, 1)[1:] == (
        "outranked_by_fewest_turns",
        {"badge": "102", "theirs_turns": 2, "yours_turns": 4},
    )
    assert told(result, 3, 2)[1:] == ("outranked_by_seniority", {
        "badge": "102", "theirs_on": THREE[1].seniority_on, "yours_on": THREE[2].seniority_on})  # fmt: skip
    (turns,) = [each for each in result.counters if each.name == "turns"]
    assert (turns.officer_id, turns.before, turns.after) == (2, 2, 4)


@pytest.mark.parametrize(("direction", "first"), [("up", 3), ("down", 2)])
def test_points_highest_or_lowest_first(direction: str, first: int) -> None:
    points = [CounterFacts(2, "details", points=-3), CounterFacts(3, "details", points=12)]
    result = award(counted([{"key": "points", "direction": direction}], points))
    assert winners(result) == {1: [first], 2: [first]}
    assert told(result, 1, 1)[1:] == (
        "outranked_by_points",
        {"badge": str(100 + first), "theirs_points": 12 if first == 3 else -3, "yours_points": 0},
    )


def test_points_of_two_pools_are_an_order_that_differs_by_slot() -> None:
    openings = [opening(1, MORNING), opening(2, MORNING, pool="double")]
    handbook = {"pools": ["details", "double"], **by("points")}
    facts = department(handbook, THREE[:2], openings, {1: [1, 2], 2: [1, 2]})
    points = (CounterFacts(1, "double", points=5), CounterFacts(2, "details", points=5))
    assert winners(award(replace(facts, counters=points))) == {1: [2], 2: [1]}


def test_job_classes_in_the_order_of_the_handbook() -> None:
    result = award(department({**CLASSES, **by("job_class")}, THREE, [opening(1, MORNING)], EVERYONE))
    assert winners(result) == {1: [2]}
    assert standbys(result, 1) == (1, 3)
    assert told(result, 1, 1)[1:] == (
        "outranked_by_job_class",
        {"badge": "102", "theirs": "Patrol", "yours": "Detective"},
    )
    assert told(result, 3, 1)[1] == "outranked_without_job_class"


def test_by_the_alphabet_last_name_first() -> None:
    names = {1: "Rosa Alvarez", 2: "Diaz, Luis", 3: "Ana Álvarez Jr.", 4: "Rosa Alvarez", 5: "Cher"}
    assert name_places(names) == {1: 2, 2: 4, 3: 1, 4: 2, 5: 3}
    officers = [officer(1, name_place=2), officer(2, name_place=1)]
    result = award(department(by("name"), officers, [opening(1, MORNING)], {1: [1], 2: [1]}))
    assert winners(result) == {1: [2]}
    assert told(result, 1, 1)[1:] == ("outranked_by_name", {"badge": "102", "theirs_place": 1, "yours_place": 2})


BY_RANK = [{"ranks": ["Sergeant"], "order": ["seniority"]}, {"ranks": ["Officer"], "order": ["rotation"]}]


def test_sergeants_by_seniority_before_officers_by_rotation() -> None:
    ranks = ["Officer", "Officer", "Sergeant", "Sergeant"]
    officers = [officer(n, rank=rank) for n, rank in enumerate(ranks, start=1)]
    facts = department(
        by("badge", order_by_rank=BY_RANK),
        officers,
        [opening(1, MORNING), opening(2, EVENING)],
        {1: [1, 2], 2: [1, 2], 3: [1], 4: [1]},
        rotation=[2, 1, 4, 3],
    )
    result = award(facts)
    assert winners(result) == {1: [3], 2: [2]}
    assert told(result, 4, 1)[1] == "outranked_by_seniority"
    assert told(result, 1, 1)[1:] == (
        "outranked_by_rank",
        {"badge": "103", "theirs": "Sergeant", "yours": "Officer"},
    )
    assert told(result, 1, 2)[1] == "outranked_by_rotation"
    # Only whose order is the rotation spends his turn in it.
    assert [each.officer_id for each in result.counters if each.name == "rotation"] == [2]
    assert replay(to_json(facts)) == result


@pytest.mark.parametrize(
    ("handbook", "message"),
    [
        (by("seniority", order_by_rank=[BY_RANK[0], BY_RANK[0]]), "has a rank twice"),
        (by("seniority", order_by_rank=[{"ranks": ["Major"], "order": ["name"]}]), "the rank 'Major'"),
        ({"job_classes": ["Patrol", "Patrol"]}, "the same name twice"),
    ],
)
def test_orders_that_cannot_be(handbook: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Handbook.model_validate(handbook)
