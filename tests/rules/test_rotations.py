"""Rotations: a queue, or a circle with a mark whose owed calls come first."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.awarding.award import award
from models.rules.facts import AwardFacts, CounterFacts
from models.rules.handbook import Handbook
from models.rules.orders.rotations import Rotations
from models.rules.replaying.preview import counters_shown
from tests.rules.cast import by, department, officer, opening, tour
from tests.rules.sources import ILLUSTRATIVE, NASHUA_MASTER
from tests.rules.worlds import worlds

POOL = "details"
CREW = 5


def _rotations(owed: dict[int, int] | None = None, is_circle: bool = True) -> Rotations:
    counters = [CounterFacts(each, POOL, place=10 + 3 * each, owed=(owed or {}).get(each, 0)) for each in range(CREW)]
    return Rotations(counters, {POOL} if is_circle else ())


def _order(rotations: Rotations) -> list[int]:
    return sorted(range(CREW), key=lambda each: rotations.position(each, POOL))


@given(spent=st.lists(st.integers(0, CREW - 1), max_size=12))
def test_in_a_circle_the_order_stands_whoever_is_called(spent: list[int]) -> None:
    rotations = _rotations()
    for each in spent:
        rotations.spend(each, POOL)
        order = _order(rotations)
        assert order[-1] == each
        first = order.index(0)
        assert order[first:] + order[:first] == list(range(CREW))
        assert [rotations.position(one, POOL) for one in order] == list(range(1, CREW + 1))


@given(spent=st.lists(st.integers(0, CREW - 1), max_size=12))
def test_in_a_queue_only_he_moves_whose_turn_is_spent(spent: list[int]) -> None:
    rotations = _rotations(is_circle=False)
    for each in spent:
        others = [one for one in _order(rotations) if one != each]
        rotations.spend(each, POOL)
        assert _order(rotations) == [*others, each]


@given(
    acts=st.lists(st.tuples(st.sampled_from(["spend", "owe"]), st.integers(0, CREW - 1)), max_size=15),
    owed=st.dictionaries(st.integers(0, CREW - 1), st.integers(1, 2)),
)
def test_owed_calls_come_first_and_are_paid_back_before_the_mark_moves(
    acts: list[tuple[str, int]], owed: dict[int, int]
) -> None:
    rotations = _rotations(owed)
    for act, each in acts:
        places, calls = dict(rotations.places), rotations.owed.get((each, POOL), 0)
        getattr(rotations, act)(each, POOL)
        assert rotations.owed.get((each, POOL), 0) == (calls + 1 if act == "owe" else max(calls - 1, 0))
        if act == "owe" or calls:
            assert rotations.places == places
        order = _order(rotations)
        owing = [one for one in order if rotations.owed.get((one, POOL))]
        assert order[: len(owing)] == owing
        assert sorted(rotations.position(one, POOL) for one in order) == list(range(1, CREW + 1))


def _facts(
    wishes: dict[int, list[int]], owed: tuple[int, ...] = (), without: Collection[int] = (), **more: Any
) -> AwardFacts:
    """Five officers in a circle, and details on days that follow each other; some are `without` a place in it."""
    facts = department(
        {**by("rotation"), "pools": [{"name": POOL, "rotation": "circle"}], **more.pop("rules", {})},
        [officer(each) for each in range(1, CREW + 1)],
        [opening(each, f"2026-11-{each + 1:02d} 07:00 - 15:00") for each in range(1, 5)],
        wishes,
        rotation=[1, 2, 3, 4, 5],
        **more,
    )
    placed = [each for each in range(1, CREW + 1) if each not in without]
    counters = [CounterFacts(each, POOL, place=each, owed=int(each in owed)) for each in placed]
    return AwardFacts(**{**{name: getattr(facts, name) for name in AwardFacts.__slots__}, "counters": tuple(counters)})


def _winners(facts: AwardFacts) -> list[int]:
    return [each.officer_id for each in award(facts).awards]


ALL = [1, 2, 3, 4]

CIRCLES: list[tuple[str, dict[int, list[int]], tuple[int, ...], list[int]]] = [
    (NASHUA_MASTER, dict.fromkeys(range(1, 6), ALL), (), [1, 2, 3, 4]),
    # Who did not sign up is passed by the mark: 3 takes the first, and 4 comes next, not 1.
    (NASHUA_MASTER, {3: [1], 1: ALL, 4: ALL, 2: ALL}, (), [1, 2, 4, 1]),
    (NASHUA_MASTER, {3: ALL, 1: [2, 3, 4], 4: [2, 3, 4]}, (), [3, 4, 1, 3]),
    # An owed call comes first and does not move the mark.
    (ILLUSTRATIVE, dict.fromkeys(range(1, 6), ALL), (4,), [4, 1, 2, 3]),
]


@pytest.mark.parametrize(("clause", "wishes", "owed", "winners"), CIRCLES)
def test_the_mark_moves_on_in_an_award(
    clause: str, wishes: dict[int, list[int]], owed: tuple[int, ...], winners: list[int]
) -> None:
    assert _winners(_facts(wishes, owed)) == winners, clause


def _owed_after(facts: AwardFacts) -> dict[int, float | int | None]:
    shown = counters_shown(facts, award(facts))
    return {each.officer_id: each.after for each in shown if each.name == "owed"}


def test_who_was_passed_on_duty_is_owed_a_call_unless_the_handbook_says_he_loses_his_turn() -> None:
    wishes = {1: [1], 2: [1]}
    on_duty = (tour(1, "2026-11-02 08:00 - 16:00"),)
    assert _owed_after(_facts(wishes, tours=on_duty)) == {1: 1}
    loses = {"outcomes": {"skipped": {"turn": "spent", "hours": "not_charged"}}}
    assert _owed_after(_facts(wishes, tours=on_duty, rules=loses)) == {}


@given(
    wants=st.lists(st.lists(st.sampled_from(ALL), unique=True), min_size=CREW, max_size=CREW),
    owed=st.sets(st.integers(1, CREW)),
    without=st.sets(st.integers(1, CREW)),
)
def test_an_award_by_a_circle_is_opening_after_opening_the_first_from_the_mark(
    wants: list[list[int]], owed: set[int], without: set[int]
) -> None:
    wishes = {each: sorted(wanted) for each, wanted in enumerate(wants, start=1) if wanted}
    facts = _facts(wishes, tuple(owed), without)
    rotations, expected = Rotations(facts.counters, {POOL}), []
    for number in ALL:
        wanting = [each for each, wanted in wishes.items() if number in wanted]
        if wanting:
            first = min(wanting, key=lambda each: (rotations.position(each, POOL), each))
            rotations.spend(first, POOL)
            expected.append(first)
    assert _winners(facts) == expected


@settings(max_examples=60, deadline=None)
@given(worlds((["rotation"],)))
def test_in_a_circle_too_nobody_is_told_that_somebody_behind_him_came_first(facts: AwardFacts) -> None:
    pools = [{"name": name, "rotation": "circle"} for name in ("road", "double")]
    handbook = Handbook.model_validate({**facts.handbook.model_dump(mode="json"), "pools": pools})
    placed = tuple(replace(each, place=1 + each.officer_id) for each in facts.counters)
    for each in award(replace(facts, handbook=handbook, counters=placed)).verdicts:
        if each.reason == "outranked_by_rotation":
            theirs, yours = each.figures["theirs_place"], each.figures["yours_place"]
            assert isinstance(theirs, int)
            assert isinstance(yours, int)
            assert theirs < yours
