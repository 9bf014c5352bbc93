"""Orders by which the same two officers rank differently for two slots, and the reasons they give."""

from dataclasses import replace
from datetime import timedelta

from models.rules.awarding.award import Envy, award
from tests.rules.cast import NOW, by, department, officer, opening
from tests.rules.test_award_table import EVENING, MORNING, NOON, standbys, told, winners

NORTH, SOUTH = officer(1, unit="North"), officer(2, unit="South")
DISTRICT_FIRST = by("own_unit", "seniority")


def test_the_detail_goes_to_its_own_unit_first_and_within_it_by_seniority() -> None:
    officers = [NORTH, SOUTH, officer(3, unit="South"), officer(4)]
    everyone = {each.id: [1] for each in officers}
    result = award(department(DISTRICT_FIRST, officers, [opening(1, MORNING, unit="South")], everyone))
    assert winners(result) == {1: [2]}
    assert standbys(result, 1) == (3, 1, 4)
    assert told(result, 3, 1)[1] == "outranked_by_seniority"
    figures = {"badge": "102", "theirs_unit": "South", "yours_unit": "North"}
    assert told(result, 1, 1)[1:] == ("outranked_by_own_unit", figures)
    assert told(result, 4, 1)[2]["yours_unit"] is None


def test_a_detail_of_no_unit_is_nobodys_own() -> None:
    result = award(department(DISTRICT_FIRST, [NORTH, SOUTH], [opening(1, MORNING)], {1: [1], 2: [1]}))
    assert told(result, 2, 1)[1] == "outranked_by_seniority"


def test_who_is_beaten_where_he_wants_most_is_not_beaten_elsewhere_by_whom_he_outranks() -> None:
    """1 wants the detail of the South most, loses it to 2, and takes his own from 3, who had it until then."""
    three = officer(3, unit="South")
    openings = [opening(1, MORNING, unit="South"), opening(2, NOON, unit="North")]
    result = award(department(DISTRICT_FIRST, [NORTH, SOUTH, three], openings, {1: [1, 2], 2: [1], 3: [2, 1]}))
    assert winners(result) == {1: [2], 2: [1]}
    assert told(result, 3, 2)[1] == "outranked_by_own_unit"
    assert not result.envies


def test_the_envy_that_is_left_where_officers_may_hold_several_is_reported() -> None:
    """3 holds the third and the fourth and wanted the second more, which is his unit's and went to 2 of the other."""
    officers = [officer(1, unit="B"), officer(2, unit="A"), officer(3, unit="B")]
    openings = [
        opening(1, "2026-11-10 13:00 - 18:00", unit="A"),
        opening(2, "2026-11-10 06:00 - 12:00", unit="B"),
        opening(3, "2026-11-10 06:00 - 11:00", unit="B"),
        opening(4, "2026-11-10 11:00 - 15:00", unit="B"),
        opening(5, "2026-11-10 09:00 - 15:00", unit="B"),
    ]
    wishes = {1: [1, 5, 2], 2: [2, 4, 3, 1], 3: [2, 4, 1, 5, 3]}
    result = award(department(DISTRICT_FIRST, officers, openings, wishes))
    assert winners(result) == {1: [2], 2: [2], 3: [3], 4: [3], 5: [1]}
    assert result.envies == (Envy(officer_id=3, opening_id=2, round="all", holder_id=2),)
    assert told(result, 3, 2)[1] == "awarded_overlapping"


def test_the_lowest_preference_number_goes_first_and_who_gave_none_comes_last() -> None:
    officers = [officer(1), officer(2), officer(3)]
    openings = [opening(1, MORNING), opening(2, EVENING)]
    facts = department(by("preference", "seniority"), officers, openings, {1: [2, 1], 2: [1], 3: [1]})
    facts = replace(facts, signups=(*facts.signups[:3], replace(facts.signups[3], preference=None)))
    result = award(facts)
    assert winners(result) == {1: [2], 2: [1]}
    assert told(result, 1, 1)[1:] == (
        "outranked_by_preference",
        {"badge": "102", "theirs_number": 1, "yours_number": 2},
    )
    assert told(result, 3, 1)[1:] == (
        "outranked_without_preference",
        {"badge": "102", "theirs_number": 1, "yours_number": None},
    )


def test_the_first_to_sign_up_goes_first() -> None:
    facts = department(by("first_come"), [officer(1), officer(2)], [opening(1, MORNING)], {1: [1], 2: [1]})
    first = NOW - timedelta(seconds=1)
    facts = replace(facts, signups=(facts.signups[0], replace(facts.signups[1], signed_up_at=first)))
    result = award(facts)
    assert winners(result) == {1: [2]}
    assert told(result, 1, 1)[1:] == (
        "outranked_by_first_come",
        {"badge": "102", "theirs_at": first, "yours_at": NOW},
    )


def test_a_changing_order_may_put_the_own_unit_first() -> None:
    officers = [NORTH, SOUTH, officer(3, unit="South")]
    openings = [opening(1, MORNING, unit="South"), opening(2, EVENING, unit="South")]
    facts = department(
        by("own_unit", "rotation"), officers, openings, {1: [1, 2], 2: [1, 2], 3: [1, 2]}, rotation=[1, 2, 3]
    )
    result = award(facts)
    assert winners(result) == {1: [2], 2: [3]}
    assert told(result, 1, 1)[1] == "outranked_by_own_unit"
