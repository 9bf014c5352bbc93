"""Rank mix: from a headcount to slots with ranks, and what a detail does that finds no supervisor."""

from dataclasses import replace
from typing import Any

import pytest

from models.rules.awarding.award import award
from models.rules.awarding.rank_mix import OutsideEveryBand, slots_for, turned_ordinary
from models.rules.facts import AwardFacts
from models.rules.handbook import Handbook
from tests.rules.cast import by, department, officer, opening
from tests.rules.sources import ILLUSTRATIVE
from tests.rules.test_award_table import MORNING, told, winners

FOURTH = {"at_least": 4, "rank": "Sergeant"}
TIERS = [
    {"at_least": 3, "at_most": 6, "rank": "Sergeant", "is_of_the_count": False},
    {"at_least": 7, "at_most": 12, "rank": "Sergeant", "needs": 2, "is_of_the_count": False},
    {"counts": "Sergeant", "at_least": 2, "at_most": 5, "rank": "Lieutenant", "is_of_the_count": False},
]


def mixed(bands: list[dict[str, Any]], **more: Any) -> Handbook:
    ranks = ["Lieutenant", "Sergeant", "Officer"]
    return Handbook.model_validate({"ranks": ranks, "rank_mix": {"bands": bands, **more}})


# clause, bands, what else is said, headcount, the slots by rank
TABLE: list[tuple[str, list[dict[str, Any]], dict[str, Any], int, list[tuple[str | None, int]]]] = [
    (ILLUSTRATIVE, [], {}, 9, [(None, 9)]),
    # Four or more officers need a supervisor, who may be the fourth.
    (ILLUSTRATIVE, [FOURTH], {}, 3, [(None, 3)]),
    (ILLUSTRATIVE, [FOURTH], {}, 4, [(None, 3), ("Sergeant", 1)]),
    # 3-6 officers, one sergeant on top; two to five sergeants, one lieutenant.
    (ILLUSTRATIVE, TIERS, {}, 2, [(None, 2)]),
    (ILLUSTRATIVE, TIERS, {}, 6, [(None, 6), ("Sergeant", 1)]),
    (ILLUSTRATIVE, TIERS, {}, 7, [(None, 7), ("Sergeant", 2), ("Lieutenant", 1)]),
    # More than every band has.
    (ILLUSTRATIVE, TIERS, {}, 20, [(None, 20), ("Sergeant", 2), ("Lieutenant", 1)]),
    (ILLUSTRATIVE, TIERS, {"above_all_bands": "nobody"}, 20, [(None, 20)]),
    # A lieutenant who is one of the sergeants counted.
    (ILLUSTRATIVE, [TIERS[1], {**TIERS[2], "is_of_the_count": True}], {}, 8,
     [(None, 8), ("Sergeant", 1), ("Lieutenant", 1)]),
    # One supervisor who is all there is.
    (ILLUSTRATIVE, [{"at_least": 1, "rank": "Sergeant"}], {}, 1, [("Sergeant", 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "bands", "more", "headcount", "expected"), TABLE)
def test_a_headcount_becomes_slots_with_ranks(
    clause: str, bands: list[dict[str, Any]], more: dict[str, Any], headcount: int, expected: list[Any]
) -> None:
    found = slots_for(mixed(bands, **more), headcount)
    assert [(each.rank, each.count) for each in found] == expected, clause


def test_whether_supervisors_on_top_feed_the_next_bands() -> None:
    bands = [TIERS[0], {"counts": "Sergeant", "at_least": 1, "rank": "Lieutenant", "is_of_the_count": False}]
    assert [each.count for each in slots_for(mixed(bands), 6)] == [6, 1, 1]
    # A changed order is read anew.
    assert [each.count for each in slots_for(mixed(bands), 2)] == [2]


def test_an_order_may_be_refused() -> None:
    with pytest.raises(OutsideEveryBand, match="20 officers are more than"):
        slots_for(mixed(TIERS, above_all_bands="refuse"), 20)


@pytest.mark.parametrize(
    ("bands", "message"),
    [
        ([{"at_least": 3, "at_most": 2, "rank": "Sergeant"}], "must not be less"),
        ([{"at_least": 3, "needs": 4, "rank": "Sergeant"}], "more supervisors than there are officers"),
        ([{"at_least": 3, "rank": "Major"}], "'Major', which is not among ranks"),
        ([{"counts": "Sergeant", "at_least": 3, "rank": "Sergeant"}], "counts the rank that it asks for"),
        ([TIERS[0], {**TIERS[1], "at_least": 8}], "must begin one above"),
        ([TIERS[0], TIERS[2], TIERS[1]], "must stand together"),
    ],
)
def test_bands_that_cannot_be(bands: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        mixed(bands)


def four(wishes: dict[int, list[int]]) -> AwardFacts:
    """Three slots for anybody and one for a sergeant, of the same detail."""
    ordinary = opening(1, MORNING)
    supervisors = replace(ordinary, id=2, ranks=("Sergeant",))
    officers = [officer(each) for each in (1, 2, 3, 4)] + [officer(5, rank="Sergeant")]
    return department(by("seniority"), officers, [ordinary, supervisors], wishes, slots={1: 3})


def test_if_no_supervisor_signs_up_in_time_the_slot_is_for_anybody() -> None:
    without = four({1: [1], 2: [1], 3: [1], 4: [1]})
    assert winners(award(without)) == {1: [1, 2, 3]}
    assert winners(award(turned_ordinary(without, [2]))) == {1: [1, 2, 3, 4]}


def test_a_supervisor_who_signed_up_keeps_his_slot() -> None:
    found = award(turned_ordinary(four({1: [1], 2: [1], 3: [1], 4: [1], 5: [2]}), [2]))
    assert winners(found) == {1: [1, 2, 3], 2: [5]}
    assert told(found, 4, 1)[1] == "outranked_by_seniority"


def test_a_detail_of_supervisors_alone_becomes_one_for_anybody() -> None:
    alone = department(by("seniority"), [officer(1)], [opening(1, MORNING, ranks=("Sergeant",))], {1: [1]})
    assert told(award(alone), 1, 1)[1] == "rank_too_low"
    assert winners(award(turned_ordinary(alone, [1]))) == {1: [1]}
