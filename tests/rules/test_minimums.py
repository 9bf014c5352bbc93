"""How many officers there must be at least: by kind of work, alcohol, attendance; orders refused or raised."""

from typing import Any

import pytest
from pydantic import ValidationError

from models.bundle import read
from models.bundle.minimums import as_they_come, raised_in, too_few
from models.bundle.schema import Bundle
from models.rules.awarding.minimums import Occasion, SlotsAt, officers_needed, short_of
from models.rules.clauses.minimums import Minimum
from models.rules.clauses.sources import BLAINE, DALLAS_ALCOHOL, ILLUSTRATIVE, ST_LUCIE, WESTON, WESTWEGO
from models.rules.handbook import Handbook
from tests.rules.cast import at

RANKS = ["Lieutenant", "Sergeant", "Officer"]
DALLAS = [{"name": "421.07 C 2", "kinds": ["tavern"], "officers": 2}]
LUCIE = [
    {"name": "alcohol", "alcohol": True, "officers": 2},
    {"name": "five or more", "officers_from": 5, "supervisors": 1, "rank": "Sergeant"},
]
WESTON_B = [
    {"name": "B 1 b 1", "alcohol": True, "officers": 2},
    {"name": "B 1 b 2", "alcohol": True, "attendance_from": 101, "officers": 2, "more_per_attendance": 100,
     "beyond_attendance": 100},
]  # fmt: skip
WESTWEGO_A = [
    {"name": "(1)", "attendance_from": 75, "officers": 1},
    {"name": "(2)", "attendance_from": 200, "officers": 2},
    {"name": "(3)", "attendance_from": 300, "officers": 3},
    {"name": "(4)", "attendance_from": 600, "officers": 3, "more_per_attendance": 200, "beyond_attendance": 600},
]
PATRONS = [
    {"name": "patrons", "more_per_attendance": 1000},
    {"name": "patrons and alcohol", "alcohol": True, "more_per_attendance": 1000, "more_officers": 2},
]


def with_minimums(minimums: list[dict[str, Any]], **more: Any) -> Handbook:
    return Handbook.model_validate({"ranks": RANKS, "headcount": {"minimums": minimums}, **more})


# clause, minimums, what is known of the detail, how many there must be
NEEDED: list[tuple[str, list[dict[str, Any]], Occasion, int]] = [
    (DALLAS_ALCOHOL, DALLAS, Occasion("tavern"), 2),
    (DALLAS_ALCOHOL, DALLAS, Occasion("traffic"), 0),
    (DALLAS_ALCOHOL, DALLAS, Occasion(), 0),
    (ST_LUCIE, LUCIE, Occasion(alcohol=True), 2),
    (ST_LUCIE, LUCIE, Occasion(alcohol=False), 0),
    (ST_LUCIE, LUCIE, Occasion(), 0),
    (WESTON, WESTON_B, Occasion(alcohol=True, attendance=100), 2),
    (WESTON, WESTON_B, Occasion(alcohol=True, attendance=101), 3),
    (WESTON, WESTON_B, Occasion(alcohol=True, attendance=200), 3),
    (WESTON, WESTON_B, Occasion(alcohol=True, attendance=201), 4),
    (WESTON, WESTON_B, Occasion(alcohol=True), 2),
    (WESTWEGO, WESTWEGO_A, Occasion(attendance=74), 0),
    (WESTWEGO, WESTWEGO_A, Occasion(attendance=75), 1),
    (WESTWEGO, WESTWEGO_A, Occasion(attendance=200), 2),
    (WESTWEGO, WESTWEGO_A, Occasion(attendance=599), 3),
    (WESTWEGO, WESTWEGO_A, Occasion(attendance=601), 4),
    (WESTWEGO, WESTWEGO_A, Occasion(attendance=801), 5),
    (BLAINE, PATRONS, Occasion(attendance=1), 1),
    (BLAINE, PATRONS, Occasion(attendance=1001), 2),
    (BLAINE, PATRONS, Occasion(attendance=1001, alcohol=True), 4),
]


@pytest.mark.parametrize(("clause", "minimums", "occasion", "needed"), NEEDED)
def test_as_many_officers_are_needed_as_the_text_says(
    clause: str, minimums: list[dict[str, Any]], occasion: Occasion, needed: int
) -> None:
    there = slots_at("18:00", "23:00", (), 1)
    wanted = [each.wanted for each in short_of(with_minimums(minimums), occasion, [there] * max(needed - 1, 1))]
    assert max(wanted, default=1) == max(needed, 1), clause
    raising = with_minimums([each | {"below": "raise"} for each in minimums])
    assert officers_needed(raising, occasion, 1) == max(needed, 1), clause


def test_what_is_raised_may_ask_for_more() -> None:
    two = {"name": "two", "alcohol": True, "officers": 2, "below": "raise"}
    four = {"name": "four", "officers_from": 2, "officers": 4, "below": "raise"}
    assert officers_needed(with_minimums([four, two]), Occasion(alcohol=True), 1) == 4
    assert officers_needed(with_minimums([four, two]), Occasion(), 1) == 1


def slots_at(starts: str, ends: str, ranks: tuple[str, ...], count: int) -> SlotsAt:
    return SlotsAt(ranks, count, at(f"2026-11-10 {starts}"), at(f"2026-11-10 {ends}"))


# clause, slots, the minimums that are not met
SHORT: list[tuple[str, list[SlotsAt], list[str]]] = [
    (ST_LUCIE, [slots_at("18:00", "23:00", (), 5)], ["five or more"]),
    (ST_LUCIE, [slots_at("18:00", "23:00", (), 4)], []),
    (ST_LUCIE, [slots_at("18:00", "23:00", (), 4), slots_at("18:00", "23:00", ("Sergeant",), 1)], []),
    (ST_LUCIE, [slots_at("18:00", "23:00", (), 4), slots_at("18:00", "23:00", ("Lieutenant", "Sergeant"), 1)], []),
    # Who may be an officer is no supervisor for certain.
    (
        ST_LUCIE,
        [slots_at("18:00", "23:00", (), 4), slots_at("18:00", "23:00", ("Sergeant", "Officer"), 1)],
        ["five or more"],
    ),
    # Three, and three after them, are never five; with an hour in common they are.
    (ST_LUCIE, [slots_at("12:00", "18:00", (), 3), slots_at("18:00", "23:00", (), 3)], []),
    (ST_LUCIE, [slots_at("12:00", "19:00", (), 3), slots_at("18:00", "23:00", (), 3)], ["five or more"]),
]


@pytest.mark.parametrize(("clause", "slots", "names"), SHORT)
def test_supervisors_are_needed_from_so_many_officers_on(clause: str, slots: list[SlotsAt], names: list[str]) -> None:
    assert [each.minimum.name for each in short_of(with_minimums(LUCIE), Occasion(), slots)] == names, clause


BUNDLE = """
department: {{slug: elm, name: Elm, timezone: America/New_York}}
handbook:
  ranks: [Sergeant, Officer]
  headcount: {{minimums: [{minimum}]}}
  {more}
contractors: [{{ref: bar, name: The Bar}}]
sites: [{{ref: bar, contractor: bar, name: Main St}}]
details: [{{ref: d1, site: bar, starts_at: 2026-11-10 18:00, ends_at: 2026-11-10 23:00, {detail}}}]
"""
TWO = "{name: beer, alcohol: true, officers: 2%s}"
LED = "{name: led, officers_from: 3, supervisors: 1, rank: Sergeant%s}"
MIX = "rank_mix: {bands: [{at_least: 2, rank: Sergeant, is_of_the_count: false}]}"


def bundle(minimum: str, detail: str, more: str = "") -> Bundle:
    return read(BUNDLE.format(minimum=minimum, detail=detail, more=more), "elm.yaml")


def test_an_order_below_is_refused_with_the_clause_named() -> None:
    few = bundle(TWO % "", "alcohol: true")
    said = "2 officers are needed at least, and 1 ordered: headcount.minimums[0], beer"
    assert too_few(few, few.details[0]) == said
    enough = bundle(TWO % "", "alcohol: true, headcount: 2")
    assert too_few(enough, enough.details[0]) is None


RAISE = ", below: raise"
# clause, the minimum, the detail, what else the handbook says, its slots by rank as it comes in
RAISED: list[tuple[str, str, str, str, list[tuple[tuple[str, ...], int]]]] = [
    (ILLUSTRATIVE, TWO % RAISE, "alcohol: true", "", [((), 2)]),
    (ILLUSTRATIVE, TWO % RAISE, "alcohol: true, headcount: 1", "", [((), 2)]),
    (ILLUSTRATIVE, TWO % RAISE, "headcount: 1", "", [((), 1)]),
    # The mix is read for as many as come.
    (ILLUSTRATIVE, TWO % RAISE, "alcohol: true, headcount: 1", MIX, [((), 2), (("Sergeant",), 1)]),
    (ILLUSTRATIVE, LED % RAISE, "headcount: 3", "", [((), 2), (("Sergeant",), 1)]),
    (ILLUSTRATIVE, LED % RAISE, "headcount: 2", "", [((), 2)]),
    (ILLUSTRATIVE, LED % RAISE, "openings: [{count: 2}, {count: 1, ranks: [Sergeant]}]", "",
     [((), 2), (("Sergeant",), 1)]),
    # Where all turn into supervisors' slots, the opening stays the one that officers signed up for.
    (ILLUSTRATIVE, "{name: led, supervisors: 2, rank: Sergeant, below: raise}", "headcount: 1", "",
     [(("Sergeant",), 2)]),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "minimum", "detail", "more", "slots"), RAISED)
def test_an_order_below_may_be_raised(
    clause: str, minimum: str, detail: str, more: str, slots: list[tuple[tuple[str, ...], int]]
) -> None:
    (found,) = as_they_come(bundle(minimum, detail, more)).details
    assert [(each.ranks, each.count) for each in found.openings] == slots, clause
    assert too_few(bundle(minimum, detail, more), found) is None


def test_what_was_raised_is_said() -> None:
    assert [str(each) for each in raised_in(bundle(TWO % RAISE, "alcohol: true"))] == [
        "d1: 2 officers instead of 1 (headcount.minimums[0], beer)"
    ]
    assert [str(each) for each in raised_in(bundle(LED % RAISE, "headcount: 3"))] == [
        "d1: with supervisors (headcount.minimums[0], led)"
    ]
    assert raised_in(bundle(TWO % RAISE, "headcount: 1")) == ()


@pytest.mark.parametrize(
    ("minimum", "message"),
    [
        ({}, "asks for nobody"),
        ({"supervisors": 1}, "go together"),
        ({"officers": 1, "rank": "Sergeant"}, "go together"),
    ],
)
def test_a_minimum_that_cannot_be_meant(minimum: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Minimum.model_validate({"name": "x", **minimum})
    with pytest.raises(ValidationError, match="'Major', which is not among ranks"):
        with_minimums([{"name": "x", "supervisors": 1, "rank": "Major"}])
