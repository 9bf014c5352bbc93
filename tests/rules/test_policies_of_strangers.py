"""Cities that were written down by the manual alone: what they pay, how many officers they send, whom they ask."""

from dataclasses import replace
from typing import Any

import pytest

from models.rules.asking.asking import asking
from models.rules.asking.replacement import replacement_order
from models.rules.awarding.award import award
from models.rules.awarding.minimums import Occasion, SlotsAt, officers_needed, short_of
from models.rules.awarding.rank_mix import slots_for
from models.rules.facts import CounterFacts
from models.rules.pay.pay import late_order_cents, quote
from models.rules.time.notice import band_of
from tests.rules.cast import ZONE, at, department, officer, opening
from tests.rules.policy import policy, rules
from tests.rules.test_award_table import winners
from tests.rules.test_minimums import slots_at
from tests.rules.test_pay import DAY, hours, work

CAR: dict[str, Any] = {"equipment": ("vehicle",)}
LATE: dict[str, Any] = {"ordered": "2026-11-09 22:01"}
EVENING, SATURDAY = "2026-11-10 19:00 - 23:00", "2026-11-14 07:00 - 15:00"
SATURDAY_LATE: dict[str, Any] = {"ordered": "2026-11-13 22:01"}

# town, what its text says, the work, what else is known, hours by kind, the officer's cents, the contractor's
PAID: list[tuple[str, str, str, dict[str, Any], dict[str, float], int, int]] = [
    ("charlton", "$50 and 10 %", DAY, {}, {"worked": 8}, 40000, 44000),
    ("charlton", "25 % for the cruiser", DAY, CAR, {"worked": 8}, 40000, 54000),
    ("charlton", "$75 by night", EVENING, {}, {"worked": 4}, 30000, 33000),
    ("charlton", "emergency: $75 for the first four hours", DAY, LATE, {"worked": 8}, 50000, 55000),
    ("charlton", "at ten it is none yet", DAY, {"ordered": "2026-11-09 22:00"}, {"worked": 8}, 40000, 44000),
    ("charlton", "emergency by night: $112.50", EVENING, LATE, {"worked": 4}, 45000, 49500),
    ("charlton", "Saturday $75", SATURDAY, {}, {"worked": 8}, 60000, 66000),
    ("charlton", "Saturday, emergency: $112.50, then $75", SATURDAY, SATURDAY_LATE, {"worked": 8}, 75000, 82500),
    ("charlton", "Saturday, emergency by night: not over $112.50", "2026-11-14 19:00 - 23:00", SATURDAY_LATE,
     {"worked": 4}, 45000, 49500),
    ("charlton", "a holiday is a weekend, and none twice", "2026-12-25 07:00 - 11:00", {}, {"worked": 4}, 30000, 33000),
    ("charlton", "over 8 hours at 1.5, to the next block", "2026-11-10 07:00 - 16:00", {},
     {"worked": 9, "guaranteed": 3}, 70000, 77000),
    ("charlton", "the time ordered, however long it lasts", DAY, {"left": "2026-11-10 09:00"},
     {"worked": 2, "guaranteed": 6}, 40000, 44000),
    ("charlton", "less than two hours: what was ordered", DAY, {"cancelled": "2026-11-10 05:01"}, {"cancellation": 8},
     40000, 44000),
    ("charlton", "two hours' notice", DAY, {"cancelled": "2026-11-10 05:00"}, {}, 0, 0),
    ("belleville", "four hours, 20 %", "2026-11-10 07:00 - 09:00", {}, {"worked": 2, "guaranteed": 2}, 33600, 40320),
    ("belleville", "fourteen minutes past", "2026-11-10 07:00 - 15:14", {}, {"worked": 494 / 60}, 69160, 82992),
    ("belleville", "fifteen minutes past: an hour more", "2026-11-10 07:00 - 15:15", {},
     {"worked": 8.25, "guaranteed": 0.75}, 75600, 90720),
    ("belleville", "a bicycle $30, 20 % of the total", "2026-11-10 07:00 - 11:00", {"equipment": ("bicycle",)},
     {"worked": 4}, 33600, 43920),
    ("belleville", "18.3: 48 hours", DAY, {"cancelled": "2026-11-08 07:00"}, {}, 0, 0),
    ("belleville", "18.3: less than 48 hours: four and the fee", DAY, {"cancelled": "2026-11-08 07:01"},
     {"cancellation": 4}, 33600, 40320),
    ("kingston", "four hours", "2026-11-10 07:00 - 10:00", {"rank": "Constable"}, {"worked": 3, "guaranteed": 1},
     42728, 42728),
    ("kingston", "a supervisor $120.72", "2026-11-10 07:00 - 11:00", {"rank": "Sergeant"}, {"worked": 4}, 48288, 48288),
    ("kingston", "less than 72 hours", DAY, {"rank": "Constable", "cancelled": "2026-11-07 07:01"}, {"cancellation": 4},
     42728, 42728),
    ("peterborough", "three hours", "2026-11-10 07:00 - 09:00", {"rank": "Constable"}, {"worked": 2, "guaranteed": 1},
     25098, 25098),
    ("peterborough", "a cruiser $100 flat", "2026-11-10 07:00 - 10:00", {"rank": "Constable", **CAR}, {"worked": 3},
     25098, 35098),
    ("peterborough", "15 % on a statutory holiday", "2026-12-25 08:00 - 12:00", {"rank": "Constable"}, {"worked": 4},
     38484, 38484),
    # Two hours worked at 83.66 x 1.15, one paid for only.
    ("peterborough", "15 % for hours worked", "2026-12-25 08:00 - 10:00", {"rank": "Constable"},
     {"worked": 2, "guaranteed": 1}, 19242 + 8366, 19242 + 8366),
    ("york_regional", "no less than four hours", "2026-11-10 07:00 - 08:00", {}, {"worked": 1, "guaranteed": 3},
     36000, 36000),
    ("york_regional", "to the half hour", "2026-11-10 07:00 - 11:20", {}, {"worked": 13 / 3, "guaranteed": 1 / 6},
     40500, 40500),
    ("york_regional", "not 24 hours before: three", DAY, {"cancelled": "2026-11-09 08:00"}, {"cancellation": 3},
     27000, 27000),
    ("york_regional", "within one hour: four", DAY, {"cancelled": "2026-11-10 06:00"}, {"cancellation": 4},
     36000, 36000),
    ("sahuarita", "5: three hours", "2026-11-10 07:00 - 09:00", {"rank": "Officer"}, {"worked": 2, "guaranteed": 1},
     12000, 12000),
    ("sahuarita", "2: $10 more, for less than fifteen days' notice", "2026-12-08 07:00 - 15:00",
     {"rank": "Officer", "ordered": "2026-11-23 07:01"}, {"worked": 8}, 32000, 40000),
    ("sahuarita", "2: fifteen days' notice", "2026-12-08 07:00 - 15:00",
     {"rank": "Officer", "ordered": "2026-11-23 07:00"}, {"worked": 8}, 32000, 32000),
    ("sahuarita", "4: a holiday, $57.50", "2026-12-25 08:00 - 12:00", {"rank": "Officer"}, {"worked": 4}, 23000, 23000),
    ("sahuarita", "4: a sergeant's, $65", "2026-12-25 08:00 - 12:00", {"rank": "Sergeant"}, {"worked": 4},
     26000, 26000),
    ("sahuarita", "7: $50 a car", "2026-11-10 07:00 - 11:00", {"rank": "Officer", **CAR}, {"worked": 4}, 16000, 21000),
    ("south_portland", "blocks of four or eight", "2026-11-10 07:00 - 12:00", {}, {"worked": 5, "guaranteed": 3},
     56800, 56800),
    ("south_portland", "a cruiser $30", "2026-11-10 07:00 - 11:00", CAR, {"worked": 4}, 28400, 40400),
    ("south_portland", "an hour and a half", DAY, {"cancelled": "2026-11-10 05:30"}, {}, 0, 0),
    ("south_portland", "less than that: eight hours", DAY, {"cancelled": "2026-11-10 05:31"}, {"cancellation": 8},
     56800, 56800),
    ("honolulu", "a sergeant $54", DAY, {"rank": "Sergeant"}, {"worked": 8}, 43200, 43200),
    ("honolulu", "with alcohol $10 more", DAY, {"rank": "Sergeant", "alcohol": True}, {"worked": 8}, 51200, 51200),
    ("sanford", "four hours and $6 an hour", "2026-11-10 07:00 - 10:00", {}, {"worked": 3, "guaranteed": 1},
     24000, 26400),
    ("sanford", "3: less than two hours: four", DAY, {"cancelled": "2026-11-10 05:01"}, {"cancellation": 4},
     24000, 26400),
]  # fmt: skip


@pytest.mark.parametrize(("town", "says", "when", "more", "kinds", "officer_cents", "contractor_cents"), PAID)
def test_strangers_pay_what_their_text_says(
    town: str, says: str, when: str, more: dict[str, Any], kinds: dict[str, float], officer_cents: int,
    contractor_cents: int
) -> None:  # fmt: skip
    found = quote(rules(town).pay, work(when, **more))
    assert hours(found) == pytest.approx(kinds), says
    assert (found.officer_cents, found.contractor_cents) == (officer_cents, contractor_cents), (says, found.lines)


@pytest.mark.parametrize(
    ("town", "ordered", "cents"),
    [
        ("belleville", "2026-11-07 07:00", 7500),
        ("belleville", "2026-11-07 06:59", 0),
        ("kingston", "2026-11-06 07:00", 0),
        ("kingston", "2026-11-06 07:01", 7500),
        ("sanford", "2026-11-10 06:00", 0),
    ],
)
def test_a_late_order_costs_a_fee_once(town: str, ordered: str, cents: int) -> None:
    assert late_order_cents(rules(town).pay, work(DAY, ordered=ordered)) == cents


# town, kind of work, alcohol, people expected, officers who come at least where one was ordered
NEEDED: list[tuple[str, str | None, bool | None, int | None, int]] = [
    ("westwego", None, True, 74, 1),
    ("westwego", None, True, 200, 2),
    ("westwego", None, True, 300, 3),
    ("westwego", None, True, 601, 4),
    ("westwego", None, False, 601, 1),
    ("weston", None, True, 50, 1),
    ("weston", None, True, 100, 2),
    ("weston", None, True, 101, 3),
    ("weston", None, True, 250, 4),
    ("pleasanton", "park", True, 49, 1),
    ("pleasanton", "park", True, 50, 2),
    ("pleasanton", "park", True, 200, 2),
    ("pleasanton", "park", True, 201, 4),
    ("pleasanton", "street", True, 201, 1),
    ("st_lucie", None, True, None, 2),
    ("st_lucie", None, None, None, 1),
]


@pytest.mark.parametrize(("town", "kind", "alcohol", "people", "needed"), NEEDED)
def test_strangers_ask_for_as_many_officers_as_their_text_says(
    town: str, kind: str | None, alcohol: bool | None, people: int | None, needed: int
) -> None:
    occasion, handbook = Occasion(kind, alcohol, people), rules(town)
    one: list[SlotsAt] = [slots_at("18:00", "23:00", (), 1)]
    asked = max([each.wanted for each in short_of(handbook, occasion, one)], default=1)
    assert asked == needed
    if all(each.below == "raise" for each in handbook.headcount.minimums):
        assert officers_needed(handbook, occasion, 1) == needed


@pytest.mark.parametrize(
    ("town", "ordered", "slots"),
    [
        ("kingston", 3, [(None, 3)]),
        ("kingston", 4, [(None, 3), ("Sergeant", 1)]),
        ("sahuarita", 7, [(None, 7), ("Sergeant", 1)]),
        ("sahuarita", 8, [(None, 8), ("Sergeant", 2)]),
        ("st_lucie", 4, [(None, 4)]),
        ("st_lucie", 5, [(None, 5), ("Sergeant", 1)]),
    ],
)
def test_supervisors_come_as_strangers_say(town: str, ordered: int, slots: list[tuple[str | None, int]]) -> None:
    assert [(each.rank, each.count) for each in slots_for(rules(town), ordered)] == slots


def test_auburn_calls_the_full_time_list_and_then_the_part_time_list() -> None:
    people = [officer(each, job_class="Part time" if each in (2, 4) else "Full time") for each in (1, 2, 3, 4)]
    facts = department(policy("auburn"), people, [opening(1, "2026-11-10 08:00 - 16:00", pool="full-time list")], {})
    lists = {"full-time list": {3: 1, 1: 2}, "part-time list": {4: 1, 2: 2}}
    counters = tuple(
        CounterFacts(who, pool, 0, place) for pool, places in lists.items() for who, place in places.items()
    )
    found = replacement_order(
        replace(facts, counters=counters), 1, [], (), asking(facts.handbook, "posting", "details")
    )
    assert [each.officer_id for each in found.candidates] == [3, 1, 4, 2]


@pytest.mark.parametrize(
    ("known", "band"), [("2026-10-30 23:59", "ten days or more"), ("2026-10-31 08:00", "less than ten days")]
)
def test_the_ten_day_rule_counts_calendar_days(known: str, band: str) -> None:
    assert band_of(rules("ten_day_rule"), at(known), at("2026-11-10 08:00"), ZONE).band.name == band


def test_the_ten_day_rule_gives_it_to_the_senior_who_signed_up_however_late() -> None:
    facts = department(policy("ten_day_rule"), [officer(1), officer(2)], [opening(1, "2026-11-10 08:00 - 16:00")],
                       {2: [1], 1: [1]})  # fmt: skip
    assert winners(award(facts)) == {1: [1]}


def volunteers(wishes: dict[int, list[int]], points: dict[int, int]) -> list[tuple[int, str]]:
    people = [officer(each, rank="Supervisor" if each == 4 else "Officer") for each in (1, 2, 3, 4)]
    facts = department(
        policy("volunteer_overtime"), people, [opening(1, "2026-11-10 08:00 - 16:00")], wishes, has_everybody=True
    )
    counters = tuple(CounterFacts(who, "details", 0, None, points=count) for who, count in points.items())
    return [(each.officer_id, each.round) for each in award(replace(facts, counters=counters)).awards]


def test_volunteer_overtime_goes_by_the_lowest_points_then_to_the_other_unit_then_by_order() -> None:
    everybody = {each: [1] for each in (1, 2, 3, 4)}
    assert volunteers(everybody, {1: 9, 2: 4, 3: 4, 4: 0}) == [(2, "officers")]
    assert volunteers({4: [1]}, {4: 50}) == [(4, "supervisors")]
    assert volunteers({}, {}) == [(3, "ordered")]
