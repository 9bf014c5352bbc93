"""Who may take a detail: a line a case, with the clause it comes from, the rule that stops him and its figures."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models.rules.eligibility import verdict
from models.rules.facts import AwardFacts, BarFacts, CommitmentFacts, QualificationFacts
from models.rules.handbook import Handbook
from models.rules.reasons import MEANINGS, Reason
from tests.rules.cast import NOW, ZONE, at, officer, opening, span, tour
from tests.rules.sources import (
    CORAL_SPRINGS_29D,
    ILLUSTRATIVE,
    OFF_DUTY_70,
    ORDER_12_1_6_8,
    ROSTER_14_3,
    ROSTER_15_2,
)

DETAIL = "2026-11-10 08:00 - 16:00"
FLAGGER = (QualificationFacts("flagger", date(2026, 11, 10)),)


def judge(handbook: dict[str, Any], who: dict[str, Any], what: dict[str, Any], facts: dict[str, Any]) -> Any:
    """The verdict on officer 1 for detail D1 under that handbook."""
    rules = Handbook.model_validate({"ranks": ["Lieutenant", "Sergeant", "Officer"], **handbook})
    me, wanted = officer(1, **who), opening(1, what.pop("when", DETAIL), **what)
    given = AwardFacts(rules, ZONE, facts.pop("now", NOW), (me,), (wanted,), **facts)
    return verdict(me, wanted, given)


# clause, handbook, officer, detail, reason (None: he may)
STANDING: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any], str | None]] = [
    (ILLUSTRATIVE, {}, {}, {}, None),
    (CORAL_SPRINGS_29D, {}, {"status": "light_duty"}, {}, "status_light_duty"),
    (CORAL_SPRINGS_29D, {}, {"status": "in_training"}, {}, "status_in_training"),
    (ILLUSTRATIVE, {"eligibility": {"statuses": ["active", "probation"]}}, {"status": "probation"}, {}, None),
    (ILLUSTRATIVE, {}, {}, {"ranks": ("Officer",)}, None),
    (ILLUSTRATIVE, {}, {}, {"ranks": ("Sergeant", "Lieutenant")}, "rank_too_low"),
    (ILLUSTRATIVE, {"eligibility": {"may_work_above_own_rank": True}}, {}, {"ranks": ("Sergeant",)}, None),
    (ILLUSTRATIVE, {}, {"rank": "Sergeant"}, {"ranks": ("Officer",)}, None),
    (
        ILLUSTRATIVE,
        {"eligibility": {"may_work_below_own_rank": False}},
        {"rank": "Sergeant"},
        {"ranks": ("Officer",)},
        "rank_too_high",
    ),
    (
        ILLUSTRATIVE,
        {"eligibility": {"may_work_below_own_rank": False}},
        {"rank": "Sergeant"},
        {"ranks": ("Officer", "Lieutenant")},
        "rank_not_among",
    ),
    (ILLUSTRATIVE, {}, {}, {"qualifications": ("flagger",)}, "qualification_missing"),
    (ILLUSTRATIVE, {}, {"qualifications": FLAGGER}, {"qualifications": ("flagger",)}, None),
    (ILLUSTRATIVE, {"eligibility": {"qualifications": ["flagger"]}}, {}, {}, "qualification_missing"),
    (
        ILLUSTRATIVE,
        {},
        {"qualifications": FLAGGER},
        {"qualifications": ("flagger",), "when": "2026-11-10 20:00 - 2026-11-11 04:00"},
        "qualification_expired",
    ),
    (
        ILLUSTRATIVE,
        {},
        {"qualifications": FLAGGER},
        {"qualifications": ("flagger",), "when": "2026-11-10 20:00 - 2026-11-11 00:00"},
        None,
    ),
    (ILLUSTRATIVE, {"eligibility": {"barred_units": ["IA"]}}, {"unit": "IA"}, {}, "unit_barred"),
    (ILLUSTRATIVE, {"eligibility": {"only_own_unit": True}}, {"unit": "North"}, {"unit": "South"}, "other_unit"),
    (ILLUSTRATIVE, {"eligibility": {"only_own_unit": True}}, {"unit": "South"}, {"unit": "South"}, None),
    (ILLUSTRATIVE, {"eligibility": {"only_own_unit": True}}, {"unit": "North"}, {}, None),
]


@pytest.mark.parametrize(("clause", "handbook", "who", "what", "reason"), STANDING)
def test_standing(clause: str, handbook: Any, who: Any, what: Any, reason: str | None) -> None:
    assert judge(handbook, who, dict(what), {}).reason == reason, clause


SIXTEEN_IN_24 = {"limits": [{"kind": "rolling", "hours": 16, "in_hours": 24}]}
MINUTES_995 = {"limits": [{"kind": "rolling", "hours": 16, "minutes": 35, "in_hours": 24}]}
FOUR_OFF = {"rest": [{"hours": 4}]}
THIRTY_SIX_A_WEEK = {
    "limits": [{"kind": "calendar", "period": "week", "week_starts": "sunday", "hours": 36, "counts": ["details"]}]
}
SEVENTY_A_WEEK = {"limits": [{"kind": "calendar", "period": "week", "hours": 70}]}
TEN_A_DAY = {"limits": [{"kind": "calendar", "period": "day", "hours": 10}]}
HUNDRED_EIGHTY_A_MONTH = {"limits": [{"kind": "calendar", "period": "month", "hours": 8, "counts": ["details"]}]}
PER_28_DAYS = {
    "limits": [{"kind": "calendar", "period": "28_days", "anchor_on": "2026-10-14", "hours": 8, "counts": ["details"]}]
}

# clause, handbook, tours, other details held, the detail, reason and figures (None: he may)
TIME: list[tuple[str, dict[str, Any], list[str], list[str], str, tuple[str, dict[str, Any]] | None]] = [
    (ILLUSTRATIVE, {}, ["2026-11-10 00:00 - 08:00"], [], DETAIL, None),
    (ILLUSTRATIVE, {}, ["2026-11-10 00:00 - 08:01"], [], DETAIL, ("overlaps_tour", {})),
    (ILLUSTRATIVE, {}, [], ["2026-11-10 15:59 - 20:00"], DETAIL, ("overlaps_assignment", {"detail": "old"})),
    (ILLUSTRATIVE, {}, [], ["2026-11-10 16:00 - 20:00"], DETAIL, None),
    (
        ROSTER_14_3,
        FOUR_OFF,
        ["2026-11-10 00:00 - 04:01"],
        [],
        DETAIL,
        ("rest_after_tour", {"rest_minutes": 239, "needed_minutes": 240}),
    ),
    (ROSTER_14_3, FOUR_OFF, ["2026-11-10 00:00 - 04:00"], [], DETAIL, None),
    (
        ROSTER_14_3,
        FOUR_OFF,
        ["2026-11-10 19:00 - 23:00"],
        [],
        DETAIL,
        ("rest_before_tour", {"rest_minutes": 180, "needed_minutes": 240}),
    ),
    (
        OFF_DUTY_70,
        {"rest": [{"hours": 8, "after": ["details"], "before": ["details"]}]},
        ["2026-11-10 00:00 - 08:00"],
        ["2026-11-10 23:00 - 2026-11-11 03:00"],
        DETAIL,
        ("rest_before_detail", {"rest_minutes": 420, "detail": "old"}),
    ),
    (ORDER_12_1_6_8, SIXTEEN_IN_24, ["2026-11-10 16:00 - 2026-11-11 00:00"], [], DETAIL, None),
    (
        ORDER_12_1_6_8,
        SIXTEEN_IN_24,
        ["2026-11-10 16:00 - 2026-11-11 00:01"],
        [],
        DETAIL,
        ("limit_rolling", {"would_be_minutes": 961, "limit_minutes": 960, "window_minutes": 1440}),
    ),
    (
        ILLUSTRATIVE,
        MINUTES_995,
        ["2026-11-10 16:00 - 2026-11-11 00:36"],
        [],
        DETAIL,
        ("limit_rolling", {"would_be_minutes": 996, "limit_minutes": 995}),
    ),
    (ILLUSTRATIVE, MINUTES_995, ["2026-11-10 16:00 - 2026-11-11 00:35"], [], DETAIL, None),
    # Sunday 1 to Saturday 7 November: 28 hours held. A tour counts nothing against extra duty hours.
    (
        ORDER_12_1_6_8,
        THIRTY_SIX_A_WEEK,
        ["2026-11-05 00:00 - 08:00"],
        [f"2026-11-0{day} 08:00 - 22:00" for day in (1, 2)],
        "2026-11-07 10:00 - 18:00",
        None,
    ),
    (
        ORDER_12_1_6_8,
        THIRTY_SIX_A_WEEK,
        [],
        [f"2026-11-0{day} 08:00 - 22:00" for day in (1, 2)],
        "2026-11-07 10:00 - 18:01",
        ("limit_week", {"would_be_minutes": 2161, "limit_minutes": 2160}),
    ),
    # The same detail a day later lies in the next week.
    (
        ORDER_12_1_6_8,
        THIRTY_SIX_A_WEEK,
        [],
        [f"2026-11-0{day} 08:00 - 22:00" for day in (2, 3)],
        "2026-11-08 10:00 - 18:01",
        None,
    ),
    (
        OFF_DUTY_70,
        SEVENTY_A_WEEK,
        [f"2026-11-{day:02} 00:00 - 13:00" for day in range(9, 14)],
        [],
        "2026-11-14 08:00 - 13:30",
        ("limit_week", {"would_be_minutes": 4230, "limit_minutes": 4200}),
    ),
    # Ten hours a day across midnight: two on one day, nine on the other.
    (ILLUSTRATIVE, TEN_A_DAY, [], [], "2026-11-10 22:00 - 2026-11-11 09:00", None),
    (
        ILLUSTRATIVE,
        TEN_A_DAY,
        ["2026-11-11 12:00 - 14:00"],
        [],
        "2026-11-10 22:00 - 2026-11-11 09:00",
        ("limit_day", {"would_be_minutes": 660, "limit_minutes": 600}),
    ),
    (ILLUSTRATIVE, HUNDRED_EIGHTY_A_MONTH, [], ["2026-11-30 16:00 - 20:00"], "2026-12-01 08:00 - 16:00", None),
    (
        ILLUSTRATIVE,
        HUNDRED_EIGHTY_A_MONTH,
        [],
        ["2026-12-31 16:00 - 20:00"],
        "2026-12-01 08:00 - 16:00",
        ("limit_month", {"would_be_minutes": 720}),
    ),
    (ILLUSTRATIVE, PER_28_DAYS, [], ["2026-11-10 16:00 - 20:00"], "2026-11-11 08:00 - 16:00", None),
    (
        ILLUSTRATIVE,
        PER_28_DAYS,
        [],
        ["2026-11-10 16:00 - 20:00"],
        "2026-10-14 08:00 - 16:00",
        ("limit_28_days", {"would_be_minutes": 720}),
    ),
]


@pytest.mark.parametrize(("clause", "handbook", "tours", "held", "when", "expected"), TIME)
def test_time(clause: str, handbook: Any, tours: Any, held: Any, when: str, expected: Any) -> None:
    facts = {
        "tours": tuple(tour(1, each) for each in tours),
        "commitments": tuple(CommitmentFacts(1, *span(each), 99, "old") for each in held),
    }
    found = judge(handbook, {}, {"when": when}, facts)
    assert found.reason == (expected[0] if expected else None), clause
    if expected:
        assert expected[1].items() <= found.figures.items(), clause


# The night of 1 November 2026 has 25 hours, that of 8 March 2026 has 23.
CLOCKS: list[tuple[str, dict[str, Any], list[str], str, tuple[str, dict[str, Any]] | None]] = [
    ("back: 22:00 to 06:00 is nine hours", {"limits": [{"kind": "rolling", "hours": 8.5, "in_hours": 24}]}, [],
     "2026-10-31 22:00 - 2026-11-01 06:00", ("limit_rolling", {"would_be_minutes": 540})),
    ("forward: 22:00 to 06:00 is seven hours", {"limits": [{"kind": "rolling", "hours": 7, "in_hours": 24}]}, [],
     "2026-03-07 22:00 - 2026-03-08 06:00", None),
    ("back: eight hours of rest by real time between 23:30 and 06:30", {"rest": [{"hours": 8}]},
     ["2026-10-31 15:30 - 23:30"], "2026-11-01 06:30 - 10:30", None),
    ("forward: only six hours between 23:30 and 06:30", {"rest": [{"hours": 7}]},
     ["2026-03-07 15:30 - 23:30"], "2026-03-08 06:30 - 10:30", ("rest_after_tour", {"rest_minutes": 360})),
    ("back: the day has 25 hours, and a detail through the doubled hour counts both",
     {"limits": [{"kind": "calendar", "period": "day", "hours": 2.5}]}, [],
     "2026-11-01 00:30 - 02:30", ("limit_day", {"would_be_minutes": 180})),
    ("back: from the first 01:30 to the second 01:30 is an hour",
     {"limits": [{"kind": "calendar", "period": "day", "hours": 0.5}]}, [],
     "2026-11-01 01:30 - 2026-11-01 01:30 again", ("limit_day", {"would_be_minutes": 60})),
    ("forward: 00:30 to 03:30 is two hours", {"limits": [{"kind": "calendar", "period": "day", "hours": 2}]}, [],
     "2026-03-08 00:30 - 03:30", None),
]  # fmt: skip


@pytest.mark.parametrize(("case", "handbook", "tours", "when", "expected"), CLOCKS)
def test_nights_on_which_the_clocks_change(case: str, handbook: Any, tours: Any, when: str, expected: Any) -> None:
    found = judge(handbook, {}, {"when": when}, {"tours": tuple(tour(1, each) for each in tours)})
    assert found.reason == (expected[0] if expected else None), case
    if expected:
        assert expected[1].items() <= found.figures.items(), case


# clause, handbook, kind of bar, from, until, now, reason
BARS: list[tuple[str, dict[str, Any], str, str, str, str, str | None]] = [
    (ROSTER_14_3, {}, "no_show", "2026-10-20 08:00", "2026-11-20 00:00", "2026-11-01 12:00", "barred_no_show"),
    (ROSTER_14_3, {}, "no_show", "2026-10-20 08:00", "2026-11-10 08:00", "2026-11-01 12:00", None),
    (ILLUSTRATIVE, {"eligibility": {"bars_judged_by": "award"}}, "late_drop", "2026-10-20 08:00",
     "2026-11-05 00:00", "2026-11-01 12:00", "barred_late_drop"),
    (ILLUSTRATIVE, {"eligibility": {"bars_judged_by": "award"}}, "late_drop", "2026-11-05 08:00",
     "2026-11-20 00:00", "2026-11-01 12:00", None),
    (ROSTER_15_2, {"eligibility": {"bars_judged_by": "award"}}, "same_day", "2026-11-10 00:00",
     "2026-11-11 00:00", "2026-11-01 12:00", "barred_same_day"),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "handbook", "kind", "from_at", "until_at", "now", "reason"), BARS)
def test_bars(clause: str, handbook: Any, kind: Any, from_at: str, until_at: str, now: str, reason: str | None) -> None:
    bars = (BarFacts(1, kind, at(from_at), at(until_at)),)
    found = judge(handbook, {}, {}, {"bars": bars, "now": at(now)})
    assert found.reason == reason, clause
    assert reason is None or found.figures["ends_at"] == at(until_at)


def test_leave_keeps_an_officer_from_details_unless_the_handbook_says_otherwise() -> None:
    leave = (tour(1, "2026-11-10 00:00 - 2026-11-12 00:00", "leave"),)
    assert judge({}, {}, {}, {"tours": leave}).reason == "on_leave"
    assert judge({"eligibility": {"leave_blocks": False}}, {}, {}, {"tours": leave}).is_eligible
    by_choice = {"eligibility": {"leave_blocks": "unless_available"}}
    assert judge(by_choice, {}, {}, {"tours": leave}).reason == "on_leave"
    available = tuple(replace(each, may_be_called=True) for each in leave)
    assert judge(by_choice, {}, {}, {"tours": available}).is_eligible
    assert judge({}, {}, {}, {"tours": available}).reason == "on_leave"


def test_who_is_away_by_his_own_word_is_kept_from_details_whatever_leave_does_and_gains_nothing_by_it() -> None:
    away = (tour(1, "2026-11-10 00:00 - 2026-11-12 00:00", "away"),)
    for leave_blocks in (True, False, "unless_available"):
        found = judge({"eligibility": {"leave_blocks": leave_blocks}}, {}, {}, {"tours": away})
        assert (found.reason, found.figures["starts_at"]) == ("away", at("2026-11-10 00:00"))
    # No cap is raised by it, no rest is owed after it, and nobody comes from it by car.
    over = (tour(1, "2026-11-09 00:00 - 2026-11-10 07:30", "away"),)
    raised = {"limits": [{"kind": "calendar", "period": "day", "hours": 4, "raised_by": ["leave"]}]}
    assert judge(raised, {}, {}, {"tours": over}).reason == "limit_day"
    rested = {"rest": [{"hours": 8, "after": ["leave", "tours"]}], "travel": {"minutes": 60}}
    assert judge(rested, {}, {}, {"tours": over}).is_eligible


def test_of_an_assignment_in_another_department_only_its_existence_is_said() -> None:
    elsewhere = (CommitmentFacts(1, *span("2026-11-10 12:00 - 20:00"), is_elsewhere=True),)
    near = (CommitmentFacts(1, *span("2026-11-10 17:00 - 20:00"), is_elsewhere=True),)
    for facts in (elsewhere, near):
        found = judge({"rest": [{"hours": 4}]}, {}, {}, {"commitments": facts})
        assert (found.reason, found.figures) == ("committed_elsewhere", {})


def test_what_overlaps_itself_in_the_records_is_counted_once() -> None:
    twice = tuple(tour(1, "2026-11-10 16:00 - 2026-11-11 00:00") for _ in range(2))
    assert judge(SIXTEEN_IN_24, {}, {}, {"tours": twice}).is_eligible


def test_every_reason_has_a_meaning() -> None:
    assert set(MEANINGS) == set(Reason)
