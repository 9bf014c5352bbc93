"""The handbook as data: what it means when nothing is said, and what it refuses."""

from typing import Any

import pytest
from pydantic import ValidationError

from models.rules.handbook import Handbook


def test_an_empty_handbook_is_one() -> None:
    handbook = Handbook.model_validate({})
    assert [key.key for key in handbook.awarding.rounds[0].order] == ["seniority", "badge"]
    assert Handbook.model_validate({"ranks": ["Trooper"]}).ranks == ("Trooper",)


def test_an_order_that_could_tie_is_written_out_with_badge_at_its_end() -> None:
    handbook = Handbook.model_validate({"awarding": {"rounds": [{"name": "all", "order": ["fewest_hours"]}]}})
    assert [key["key"] for key in handbook.model_dump()["awarding"]["rounds"][0]["order"]] == ["fewest_hours", "badge"]


def test_a_handbook_survives_being_stored() -> None:
    handbook = Handbook.model_validate(
        {"limits": [{"kind": "rolling", "hours": 16, "minutes": 35, "in_hours": 24}], "rest": [{"hours": 7.5}]}
    )
    assert Handbook.model_validate_json(handbook.model_dump_json()) == handbook


def _order(*keys: Any) -> dict[str, Any]:
    return {"awarding": {"rounds": [{"name": "all", "order": list(keys)}]}}


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"rank": ["Officer"]}, "Extra inputs"),
    ({"limits": [{"kind": "rolling", "in_hours": 24}]}, "needs hours, or details"),
    ({"limits": [{"kind": "rolling", "in_hours": 24, "details": 2, "minutes": 5}]}, "on top of hours"),
    ({"limits": [{"kind": "calendar", "period": "days", "hours": 80}]}, "needs anchor_on"),
    ({"limits": [{"kind": "calendar", "period": "week", "hours": 80, "days_long": 7}]}, "belongs to nothing else"),
    ({"limits": [{"kind": "calendar", "period": "week", "hours": 8, "raised_by": ["details"]}]}, "cannot also raise"),
    ({"limits": [{"kind": "calendar", "period": "week", "hours": 8, "raised_to_hours": 9}]}, "needs raised_by"),
    (
        {
            "limits": [
                {"kind": "calendar", "period": "week", "hours": 48, "long": {"hours": 48, "anchor_on": "2026-01-05"}}
            ]
        },
        "more hours than the others",
    ),
    ({"ranks": ["Officer", "Officer"]}, "same name twice"),
    (_order("badge", "seniority"), "never decide"),
    (_order("seniority", "seniority"), "names a key twice"),
    (_order("beauty"), "Input should be"),
    (_order({"key": "lottery", "direction": "down"}), "cannot be turned round"),
    (_order({"key": "own_unit", "direction": "down"}), "cannot be turned round"),
    ({"awarding": {"rounds": [{"name": "a", "from_hours_before": 4, "until_hours_before": 4}]}}, "must be more than"),
    ({"awarding": {"rounds": [{"name": "a", "at_most": {"details": 3, "period": "year"}}]}}, "run"),
    ({"awarding": {"rounds": [{"name": "a"}, {"name": "a"}]}}, "two rounds of the same name"),
    ({"awarding": {"rounds": [{"name": "a", "who": {"ranks": ["Baron"]}}]}}, "not among ranks"),
    ({"limits": [{"kind": "calendar", "period": "28_days", "hours": 8}]}, "needs anchor_on"),
    ({"limits": [{"kind": "rolling", "hours": 16.001, "in_hours": 24}]}, "whole number of minutes"),
    ({"limits": [{"kind": "monthly", "hours": 16}]}, "kind"),
    ({"rest": [{"hours": -1}]}, "greater than or equal to 0"),
    ({"drops": {"free_until_hours_before": 2, "locked_within_hours_before": 4}}, "must not be less"),
    ({"attendance": {"late_after_minutes": 61}}, "must not be more"),
    ({"answer": {"remind_after_minutes": [60, 30]}}, "must rise"),
]


@pytest.mark.parametrize(("handbook", "message"), REFUSED)
def test_what_a_handbook_refuses(handbook: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Handbook.model_validate(handbook)


def test_every_setting_has_a_meaning() -> None:
    schema = Handbook.model_json_schema()
    for name, part in [("Handbook", schema), *schema["$defs"].items()]:
        for setting, described in part.get("properties", {}).items():
            # A clause of its own is described where it is defined.
            says = described.get("description") or "$ref" in described or setting == "kind"
            assert says, f"{name}.{setting} says nothing"
