"""How officers are asked: down a band's ladder, or by the replacement rule of the band that holds now."""

from datetime import timedelta
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from models.rules.asking.asking import EVERYBODY, About, CallOutKind, asking, band_now
from models.rules.asking.replacement import replacement_order
from models.rules.handbook import Handbook
from tests.rules.cast import NOW, ZONE, at, department, officer, opening
from tests.rules.sources import ILLUSTRATIVE, ROSTER_14_3

LADDER = {"at_once": 2, "steps": [{"by": "voice", "answer_minutes": 5}, {"answer_minutes": 10}], "within_minutes": 60}
BANDS = {
    "bands": [
        {"name": "long", "more_than": 24},
        {"name": "short", "more_than": 2, "method": "ladder", "ladder": LADDER},
        {"name": "rush", "method": "first_come"},
    ]
}


def _handbook(then: str = "band", **replacement: Any) -> Handbook:
    return Handbook.model_validate({"notice": BANDS, "replacement": {"then": then, **replacement}})


def test_steps_by_voice_and_by_text_are_taken_in_their_order() -> None:
    how = asking(_handbook(), "posting", "short")
    assert [(step.by, step.answer_minutes) for step in how.steps] == [("voice", 5), ("sms", 10)], ROSTER_14_3
    assert (how.by_call(0), how.by_call(1), how.by_call(7), how.begins_by_call) == (True, False, False, True)
    assert (how.at_once, how.minutes(0), how.ends_at(NOW)) == (2, 5, NOW + timedelta(minutes=60))


def test_a_phone_tree_without_a_ladder_of_its_own_asks_by_calls() -> None:
    bands = {"bands": [{"name": "any", "method": "phone_tree"}]}
    how = asking(Handbook.model_validate({"notice": bands}), "posting", "any")
    assert [(step.by, step.answer_minutes) for step in how.steps] == [("voice", 5)], ILLUSTRATIVE


BY_WORK = {
    "steps": [{"answer_minutes": 30}],
    "for_work": [
        {"kinds": ["traffic"], "sites": ["quay"], "steps": [{"by": "voice", "answer_minutes": 2}], "at_once": 4},
        {"kinds": ["traffic"], "steps": [{"by": "voice", "answer_minutes": 5}, {"answer_minutes": 10}]},
        {"pools": ["double"], "steps": [{"answer_minutes": 60}]},
    ],
}
# kind of work, pool, site; the steps and how many are asked at once
WORKS: list[tuple[About, list[tuple[str, int]], int]] = [
    (About("traffic", "details", "mall"), [("voice", 5), ("sms", 10)], 1),
    (About("traffic", "double", "quay"), [("voice", 2)], 4),
    (About("stadium", "double", "quay"), [("sms", 60)], 1),
    (About("stadium", "details", "quay"), [("sms", 30)], 1),
    (About(None, "details", "quay"), [("sms", 30)], 1),
]


@pytest.mark.parametrize(("about", "steps", "at_once"), WORKS)
def test_steps_may_differ_by_kind_of_work_pool_and_site(
    about: About, steps: list[tuple[str, int]], at_once: int
) -> None:
    said = {
        "pools": ["details", "double"],
        "notice": {"bands": [{"name": "any", "method": "ladder", "ladder": BY_WORK}]},
        "replacement": {"then": "band"},
        "emergency": {"ladder": BY_WORK},
    }
    for kind in get_args(CallOutKind):
        how = asking(Handbook.model_validate(said), kind, "any", about)
        # What more ranks may take now is told to all of them, by the same steps.
        asked = EVERYBODY if kind == "admitted" else at_once
        assert ([(step.by, step.answer_minutes) for step in how.steps], how.at_once) == (steps, asked), ILLUSTRATIVE


# what follows the standbys, the band that holds now, asked at once, minutes to answer, whether others than standbys
REPLACEMENTS = [
    ("everyone", "short", 1, 30, True),
    ("nobody", "short", 1, 30, False),
    ("band", "long", 1, 30, True),
    ("band", "short", 2, 5, True),
    ("band", "rush", EVERYBODY, 30, True),
]


@pytest.mark.parametrize(("then", "band", "at_once", "minutes", "everyone"), REPLACEMENTS)
def test_a_slot_that_came_free_goes_by_the_band_that_holds_now(
    then: str, band: str, at_once: int, minutes: int, everyone: bool
) -> None:
    how = asking(_handbook(then), "replacement", band)
    assert (how.at_once, how.minutes(0), how.everyone, how.standby_first) == (at_once, minutes, everyone, True), band


def test_the_band_is_read_anew_when_the_slot_comes_free() -> None:
    starts_at = at("2026-11-05 18:00")
    told = [band_now(_handbook(), starts_at - timedelta(hours=hours), starts_at, ZONE) for hours in (25, 24, 2)]
    assert told == ["long", "short", "rush"], ILLUSTRATIVE


def test_a_ladder_may_have_a_round_of_the_award_or_an_order_of_its_own() -> None:
    rounds = [{"name": "patrol", "who": {"units": ["A"]}, "order": ["seniority"]}, {"name": "rest"}]
    people = [officer(1, unit="B"), officer(2, unit="A"), officer(3, unit="A")]

    def asked(ladder: dict[str, Any]) -> list[int]:
        notice = {"bands": [{"name": "any", "method": "ladder", "ladder": ladder}]}
        facts = department(
            {"awarding": {"rounds": rounds}, "notice": notice}, people, [opening(1, "2026-10-05 07:00 - 15:00")], {}
        )
        how = asking(facts.handbook, "posting", "any")
        return [each.officer_id for each in replacement_order(facts, 1, [], (), how).candidates]

    assert asked({"round": "patrol"}) == [2, 3]
    assert asked({"order": [{"key": "badge", "direction": "down"}]}) == [3, 2, 1]
    assert asked({}) == [2, 3, 1]


REFUSED = [
    ({"round": "patrol", "order": ["seniority"]}, "both round and order"),
    ({"round": "nobody's"}, "which awarding has not"),
    ({"steps": []}, "at least 1"),
    ({"for_work": [{"steps": [{}]}]}, "needs kinds, pools or sites"),
]


@pytest.mark.parametrize(("ladder", "message"), REFUSED)
def test_what_a_ladder_refuses(ladder: dict[str, Any], message: str) -> None:
    notice = {"bands": [{"name": "any", "method": "ladder", "ladder": ladder}]}
    with pytest.raises(ValidationError, match=message):
        Handbook.model_validate({"notice": notice, "awarding": {"rounds": [{"name": "patrol"}]}})
