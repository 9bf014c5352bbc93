"""Where an officer stands before the award, and what he may still work."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from models.rules.awarding.award import award
from models.rules.facts import (
    AwardFacts,
    CommitmentFacts,
    CounterFacts,
    OfficerFacts,
    OpeningFacts,
    SignupFacts,
    SlotFacts,
    TourFacts,
)
from models.rules.handbook import Handbook
from models.rules.limits.allowance import Allowance, allowances, not_back_since, rest_ends_at
from models.rules.orders.placing import PlaceNow, place_now

# A Wednesday, noon in New York.
NOON = datetime(2026, 11, 25, 17, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 28, 11, tzinfo=UTC)
AWARD_AT = NOON + timedelta(hours=5)


def facts(handbook: dict[str, Any], **more: Any) -> AwardFacts:
    """Three officers, the first the most senior and with the most hours, all signed up for one slot on Saturday."""
    officers = tuple(OfficerFacts(n, str(100 + n), "Officer", date(2000 + n, 1, 1)) for n in (1, 2, 3))
    given: dict[str, Any] = {
        "officers": officers,
        "openings": (OpeningFacts(7, "4821", SATURDAY, SATURDAY + timedelta(hours=8), NOON, "details"),),
        "slots": (SlotFacts(70, 7),),
        "signups": tuple(SignupFacts(each.id, 7, NOON) for each in officers),
        "counters": tuple(CounterFacts(n, "details", 60 * (10 - n), n) for n in (1, 2, 3)),
    }
    return AwardFacts(Handbook.model_validate(handbook), "America/New_York", NOON, **{**given, **more})


def by(*keys: str) -> dict[str, Any]:
    return {"awarding": {"rounds": [{"name": "everyone", "order": list(keys)}]}}


@pytest.mark.parametrize(
    ("order", "first"), [("seniority", 1), ("fewest_hours", 3), ("rotation", 1), ("badge", 1), ("rank", 1)]
)
def test_whoever_is_told_he_is_first_is_awarded_if_nothing_changes(order: str, first: int):
    known = facts(by(order))
    assert place_now(known, first, 7, AWARD_AT) == PlaceNow(order, 1, 3)
    assert [each.officer_id for each in award(replace(known, now=AWARD_AT)).awards] == [first]


def test_who_could_not_take_it_is_not_counted_and_has_no_place():
    on_duty = (TourFacts(1, SATURDAY, SATURDAY + timedelta(hours=8)),)
    known = facts(by("seniority"), tours=on_duty)
    assert place_now(known, 1, 7, AWARD_AT) is None
    assert place_now(known, 2, 7, AWARD_AT) == PlaceNow("seniority", 1, 2)


def test_an_earlier_round_stands_before_a_later_one():
    rounds = [
        {"name": "traffic", "who": {"units": ["Traffic"]}, "order": ["seniority"]},
        {"name": "everyone", "order": ["seniority"]},
    ]
    known = facts({"awarding": {"rounds": rounds}})
    in_traffic = tuple(replace(each, unit="Traffic") if each.id == 3 else each for each in known.officers)
    known = replace(known, officers=in_traffic)
    assert [place_now(known, n, 7, AWARD_AT) for n in (3, 1)] == [
        PlaceNow("seniority", 1, 3),
        PlaceNow("seniority", 2, 3),
    ]


LIMITS: list[dict[str, Any]] = [
    {"kind": "rolling", "hours": 16, "in_hours": 24},
    {"kind": "calendar", "period": "week", "week_starts": "monday", "hours": 20, "counts": ["details"]},
    {"kind": "calendar", "period": "day", "hours": 9, "counts": ["tours"]},
]


def test_hours_left_count_what_was_worked_and_what_is_promised():
    worked = (TourFacts(1, NOON - timedelta(hours=6), NOON + timedelta(hours=2)),)
    held = (CommitmentFacts(1, SATURDAY, SATURDAY + timedelta(hours=8), 7, "4821"),)
    known = facts({"limits": LIMITS}, tours=worked, commitments=held)
    found = allowances(known, 1)
    assert found == [Allowance("rolling", 960, 360, 1440), Allowance("week", 1200, 480)]
    assert [each.left for each in found] == [600, 720]


# limit, tours and details as hours from now, what is told of it
EVERY_KIND: list[tuple[dict[str, Any], list[tuple[int, int]], list[tuple[int, int]], list[Allowance]]] = [
    ({"kind": "calendar", "period": "week", "hours": 20, "details": 3, "counts": ["details"]}, [], [(60, 68)],
     [Allowance("week", 1200, 480), Allowance("week", 3, 1, unit="details")]),
    ({"kind": "rolling", "details": 2, "in_hours": 48}, [], [(-40, -32), (-9, -1)],
     [Allowance("rolling", 2, 2, 2880, "details")]),
    # A stretch goes on until a break of eight hours: what ended seven hours ago is part of it, nine hours ago not.
    ({"kind": "consecutive", "hours": 16, "without_hours_off": 8}, [(-15, -7)], [],
     [Allowance("consecutive", 960, 480, 480)]),
    ({"kind": "consecutive", "hours": 16, "without_hours_off": 8}, [(-17, -9)], [],
     [Allowance("consecutive", 960, 0, 480)]),
    ({"kind": "consecutive", "hours": 16, "without_hours_off": 8, "measured": "elapsed"}, [(-14, -10)], [(-6, -2)],
     [Allowance("consecutive", 960, 840, 480)]),
    ({"kind": "consecutive", "details": 2, "without_hours_off": 8}, [], [(-6, -2)],
     [Allowance("consecutive", 2, 1, 480, "details")]),
    # Noon today; the days before this one were worked, this one not yet.
    ({"kind": "days_in_a_row", "days": 6}, [(-48, -40), (-24, -16)], [],
     [Allowance("days_in_a_row", 6, 2, unit="days")]),
    ({"kind": "days_in_a_row", "days": 6}, [(-48, -40), (-24, -16)], [(2, 6), (24, 28)],
     [Allowance("days_in_a_row", 6, 4, unit="days")]),
    ({"kind": "days_in_a_row", "days": 6}, [(-72, -64)], [], [Allowance("days_in_a_row", 6, 0, unit="days")]),
    # A limit that is for others is not told.
    ({"kind": "rolling", "hours": 16, "in_hours": 24, "only": {"units": ["Traffic"]}}, [], [], []),
]  # fmt: skip


@pytest.mark.parametrize(("limit", "tours", "details", "expected"), EVERY_KIND)
def test_every_kind_of_limit_says_what_it_leaves(
    limit: dict[str, Any], tours: list[tuple[int, int]], details: list[tuple[int, int]], expected: list[Allowance]
) -> None:
    def hours(number: int) -> datetime:
        return NOON + timedelta(hours=number)

    worked = tuple(TourFacts(1, hours(first), hours(last)) for first, last in tours)
    held = tuple(CommitmentFacts(1, hours(first), hours(last), 9, "9570") for first, last in details)
    assert allowances(facts({"limits": [limit]}, tours=worked, commitments=held), 1) == expected


def test_a_limit_that_is_overrun_leaves_nothing():
    assert Allowance("day", 480, 600).left == 0


def test_hours_that_overlap_count_once():
    twice = tuple(TourFacts(1, NOON - timedelta(hours=4), NOON - timedelta(hours=end)) for end in (1, 2))
    assert allowances(facts({"limits": LIMITS}, tours=twice), 1)[0].used == 180


@pytest.mark.parametrize(
    ("ended_hours_ago", "rests_until"), [(-2, NOON + timedelta(hours=10)), (6, NOON + timedelta(hours=2)), (9, None)]
)
def test_rest_ends_the_owed_hours_after_the_last_work(ended_hours_ago: int, rests_until: datetime | None):
    ended_at = NOON - timedelta(hours=ended_hours_ago)
    worked = (TourFacts(1, ended_at - timedelta(hours=8), ended_at),)
    assert rest_ends_at(facts({"rest": [{"hours": 8}]}, tours=worked), 1) == rests_until


SICK = {"rest": [{"until_tour": "begun", "after": ["sick_leave"]}]}


@pytest.mark.parametrize(
    ("rules", "kind", "tour_in_hours", "since"),
    [
        (SICK, "sick", None, NOON - timedelta(hours=4)),
        (SICK, "sick", 6, None),
        (SICK, "vacation", None, None),
        ({}, "sick", None, None),
    ],
)
def test_who_was_sick_waits_for_a_tour_that_nobody_has_planned(rules: Any, kind: Any, tour_in_hours: Any, since: Any):
    off = TourFacts(1, NOON - timedelta(hours=12), NOON - timedelta(hours=4), "leave", kind)
    comes = NOON + timedelta(hours=tour_in_hours or 0)
    next_tours = () if tour_in_hours is None else (TourFacts(1, comes, comes + timedelta(hours=8)),)
    told = facts(rules, tours=(off, *next_tours))
    assert not_back_since(told, 1) == since
    assert rest_ends_at(told, 1) == (comes if next_tours else None)
