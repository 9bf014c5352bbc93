"""Sign-up rounds that count in a pool of their own: their order reads it, their awards move it, and WHY names it."""

from dataclasses import replace
from typing import Any

import pytest

from models.rules.asking.replacement import replacement_order
from models.rules.awarding.award import award, replay
from models.rules.facts import AwardFacts, CounterFacts, to_json
from tests.rules.cast import at, department, officer, opening, tour
from tests.rules.test_award_table import EVENING, MORNING, told, winners

SHORT = "short notice"
POSTED = {"name": "posted", "order": ["fewest_hours"], "until_hours_before": 24}
LATE = at("2026-11-09 20:00")


def two_counters(last: dict[str, Any], now: Any = LATE, pools: Any = ("details", SHORT)) -> AwardFacts:
    """Of details 1 has fewest hours and goes first in the rotation; of short notice it is 3, then 2, then 1."""
    rules = {"pools": list(pools), "awarding": {"rounds": [POSTED, {"name": "last day", **last}]}}
    everyone = dict.fromkeys((1, 2, 3), (1, 2))
    facts = department(
        rules, [officer(each) for each in everyone], [opening(1, MORNING), opening(2, EVENING)], everyone
    )
    of_details = [CounterFacts(each, "details", each * 60, each, turns=each, points=4 - each) for each in everyone]
    of_short = [CounterFacts(each, SHORT, 240 - each * 60, 4 - each, turns=4 - each, points=each) for each in everyone]
    return replace(facts, now=now, counters=(*of_details, *of_short))


# Illustrative: the last round's order, its counter, who gets morning and evening, whose counts moved where
ORDERS: list[tuple[str, str | None, list[int], set[tuple[int, str]]]] = [
    ("fewest_hours", None, [1, 2], {(1, "details"), (2, "details")}),
    ("fewest_hours", SHORT, [3, 2], {(3, SHORT), (2, SHORT)}),
    ("fewest_turns", SHORT, [3, 2], {(3, SHORT), (2, SHORT)}),
    ("rotation", None, [1, 2], {(1, "details"), (2, "details")}),
    ("rotation", SHORT, [3, 2], {(3, SHORT), (2, SHORT)}),
    # Points stand still: the first of them takes what fits, in whatever pool they are.
    ("points", None, [1, 1], {(1, "details")}),
    ("points", SHORT, [3, 3], {(3, SHORT)}),
    # First come goes by no counts, and counts where its round says.
    ("first_come", SHORT, [1, 1], {(1, SHORT)}),
]


@pytest.mark.parametrize(("key", "counter", "had", "moved"), ORDERS)
def test_a_round_goes_by_its_own_counter_and_moves_it(key: str, counter: Any, had: Any, moved: Any) -> None:
    facts = two_counters({"order": [key], "counter": counter})
    result = award(facts)
    assert winners(result) == {1: [had[0]], 2: [had[1]]}
    assert {(each.officer_id, each.pool) for each in result.counters} == moved
    assert replay(to_json(facts)) == result


def test_the_round_before_counts_with_the_details() -> None:
    result = award(two_counters({"order": ["rotation"], "counter": SHORT}, now=at("2026-11-05 20:00")))
    assert winners(result) == {1: [1], 2: [2]}
    assert {each.pool for each in result.counters} == {"details"}


def test_the_mark_of_a_circle_goes_by_the_rounds_pool() -> None:
    """In a circle of short notice the mark stands before 3: evening goes to who comes behind the morning's winner."""
    circle = ("details", {"name": SHORT, "rotation": "circle"})
    facts = two_counters({"order": ["rotation"], "counter": SHORT}, pools=circle)
    result = award(facts)
    assert winners(result) == {1: [3], 2: [2]}
    places = {each.officer_id: each.after for each in result.counters if each.name == "rotation"}
    assert sorted(places, key=lambda each: places[each]) == [3, 2], "all up to the mark went round, in their order"
    assert replay(to_json(facts)) == result


def test_who_lost_hears_which_count_it_was() -> None:
    facts = two_counters({"order": ["fewest_hours"], "counter": SHORT})
    reason, figures = told(award(facts), 1, 1)[1:3]
    assert reason == "outranked_by_fewest_hours"
    assert (figures["theirs_minutes"], figures["yours_minutes"], figures["counter"]) == (60, 180, SHORT)
    assert "counter" not in told(award(two_counters({"order": ["fewest_hours"]})), 3, 1)[2]


# Illustrative: when a slot came free, whom the list asks and where what each says counts, standby 2 first
ASKED: list[tuple[str, list[tuple[int, str | None]]]] = [
    ("2026-11-09 20:00", [(2, SHORT), (3, SHORT), (1, SHORT)]),
    ("2026-11-05 20:00", [(2, None), (1, None), (3, None)]),
]


@pytest.mark.parametrize(("now", "asked"), ASKED)
def test_who_is_asked_counts_in_the_round_in_which_he_is(now: str, asked: Any) -> None:
    facts = replace(two_counters({"order": ["rotation"], "counter": SHORT}, now=at(now)), signups=())
    found = replacement_order(facts, 1, [2])
    assert [(each.officer_id, each.counter) for each in found.candidates] == asked


def test_whose_turn_is_skipped_is_priced_in_the_rounds_pool() -> None:
    rules = {
        "pools": ["details", SHORT],
        "awarding": {"rounds": [{"name": "last day", "order": ["rotation"], "counter": SHORT}]},
        "outcomes": {"cases": [{"on": ["skipped"], "turn": "spent", "hours": "not_charged"}]},
    }
    busy = (tour(2, MORNING),)
    facts = department(rules, [officer(1), officer(2)], [opening(1, MORNING)], {}, tours=busy)
    facts = replace(facts, counters=(CounterFacts(2, SHORT, place=1), CounterFacts(1, SHORT, place=2)))
    found = replacement_order(facts, 1, [])
    assert [(each.officer_id, each.counter) for each in found.skipped] == [(2, SHORT)]
