"""What public policies say, sentence by sentence, decided by the handbooks that were written from them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.rules.asking.asking import asking
from models.rules.asking.replacement import replacement_order
from models.rules.awarding.award import award
from models.rules.awarding.rank_mix import slots_for
from models.rules.charging.charging import Circumstances, cost
from models.rules.charging.drops import DropZone, drop_bars, no_show_bars, price
from models.rules.charging.penalties import PastPenalty
from models.rules.checking import check
from models.rules.eligibility import verdict
from models.rules.facts import AwardFacts, CommitmentFacts, CounterFacts
from models.rules.time.notice import band_of
from models.rules.time.periods import next_period_start
from tests.rules.cast import NOW, ZONE, at, department, officer, opening, span, tour
from tests.rules.policy import POLICIES, policy, rules
from tests.rules.test_award_table import standbys, told, winners


@pytest.mark.parametrize("file", POLICIES, ids=lambda file: file.stem)
def test_a_policy_has_no_errors_and_says_where_it_comes_from(file: Path) -> None:
    assert not [each for each in check(rules(file.stem)) if each.severity == "error"]
    head = "".join(line for line in file.read_text("utf-8").splitlines() if line.startswith("#"))
    places = (".com/", ".org/", ".gov/", ".info/", ".us/", ".io/", ".ca/", ".net/", ".cloud/")
    assert any(part in head for part in places), "the first lines name the public text"


# Hours


def _may_work(name: str, when: str, *held: tuple[str, str]) -> tuple[str | None, dict[str, object]]:
    """Whether officer 1 may take a detail then, with what he has: kind and span."""
    wanted = opening(1, when)
    facts = AwardFacts(
        rules(name),
        ZONE,
        NOW,
        (officer(1),),
        (wanted,),
        tours=tuple(tour(1, span_) for kind, span_ in held if kind == "tour"),
        commitments=tuple(
            CommitmentFacts(1, *span(span_), 90 + number, f"H{number}", pool="details")
            for number, (kind, span_) in enumerate(held)
            if kind == "detail"
        ),
    )
    found = verdict(officer(1), wanted, facts)
    return (None, {}) if found.is_eligible else (str(found.reason), dict(found.figures))


# policy, clause, the detail, what he has, why not
HOURS: list[tuple[str, str, str, list[tuple[str, str]], str | None]] = [
    ("departmental_order_12", "16 hours in 24, duty included", "2026-11-10 16:00 - 2026-11-11 00:00",
     [("tour", "2026-11-10 08:00 - 16:00")], None),
    ("departmental_order_12", "16 hours in 24, duty included", "2026-11-10 16:00 - 2026-11-11 00:01",
     [("tour", "2026-11-10 08:00 - 16:00")], "limit_rolling"),
    ("departmental_order_12", "36 hours, duty not included", "2026-11-14 08:00 - 12:00", [
        *(("detail", f"2026-11-{day:02} 08:00 - 16:00") for day in (8, 9, 10, 11)),
        *(("tour", f"2026-11-{day:02} 08:00 - 16:00") for day in (12, 13)),
    ], None),
    ("departmental_order_12", "36 hours, Sunday through Saturday", "2026-11-14 08:00 - 12:01",
     [("detail", f"2026-11-{day:02} 08:00 - 16:00") for day in (8, 9, 10, 11)], "limit_week"),
    ("departmental_order_12", "the week begins on Sunday", "2026-11-15 08:00 - 16:00",
     [("detail", f"2026-11-{day:02} 08:00 - 16:00") for day in (9, 10, 11, 12)], None),
    ("broward_3_16", "16 in 24, whatever it is", "2026-11-10 16:00 - 2026-11-11 00:01",
     [("tour", "2026-11-10 08:00 - 16:00")], "limit_rolling"),
    ("broward_3_16", "eight hours' rest after a 16 hour period", "2026-11-11 07:59 - 11:00",
     [("tour", "2026-11-10 08:00 - 16:00"), ("detail", "2026-11-10 16:00 - 2026-11-11 00:00")], "rest_after_stretch"),
    ("broward_3_16", "eight hours' rest after a 16 hour period", "2026-11-11 08:00 - 11:00",
     [("tour", "2026-11-10 08:00 - 16:00"), ("detail", "2026-11-10 16:00 - 2026-11-11 00:00")], None),
    ("broward_3_16", "no rest is owed after less", "2026-11-11 06:00 - 07:00",
     [("tour", "2026-11-10 09:00 - 16:00"), ("detail", "2026-11-10 16:00 - 2026-11-11 00:00")], None),
    ("off_duty_70", "70 hours a week, duty and details", "2026-11-14 08:00 - 14:01", [
        *(("tour", f"2026-11-{day:02} 08:00 - 16:00") for day in (9, 10, 11, 12, 13)),
        *(("detail", f"2026-11-{day:02} 17:00 - 23:00") for day in (9, 10, 11, 12)),
    ], "limit_week"),
    ("off_duty_70", "70 hours a week, duty and details", "2026-11-14 08:00 - 14:00", [
        *(("tour", f"2026-11-{day:02} 08:00 - 16:00") for day in (9, 10, 11, 12, 13)),
        *(("detail", f"2026-11-{day:02} 17:00 - 23:00") for day in (9, 10, 11, 12)),
    ], None),
    ("off_duty_70", "(1) leave increases details hour for hour", "2026-11-14 08:00 - 22:00", [
        *(("tour", f"2026-11-{day:02} 08:00 - 16:00") for day in (9, 10, 11, 12)),
        *(("detail", f"2026-11-{day:02} 17:00 - 23:00") for day in (9, 10, 11, 12)),
    ], None),
    ("off_duty_70", "(4) 16 hours of details on a day off", "2026-11-14 18:00 - 23:00",
     [("detail", "2026-11-14 05:00 - 16:01")], "limit_day"),
    ("off_duty_70", "(5) eight hours' rest after 16", "2026-11-15 05:00 - 09:00",
     [("detail", "2026-11-14 06:00 - 22:00")], "rest_after_stretch"),
    ("chapter_104_1", "20 hours a day", "2026-11-10 18:00 - 22:01",
     [("tour", "2026-11-10 00:00 - 16:00")], "limit_day"),
    ("chapter_104_1", "80 hours a week", "2026-11-14 08:00 - 16:01",
     [("tour", f"2026-11-{day:02} 02:00 - 20:00") for day in (9, 10, 11, 12)], "limit_week"),
    ("special_details", "48 hours a pay period", "2026-11-15 08:00 - 16:01",
     [("detail", f"2026-11-{day:02} 08:00 - 16:00") for day in (2, 4, 6, 9, 11)], "limit_period"),
    ("special_details", "48 hours a pay period", "2026-11-16 08:00 - 16:00",
     [("detail", f"2026-11-{day:02} 08:00 - 16:00") for day in (2, 4, 6, 9, 11, 13)], None),
    ("boston", "16 hours a day", "2026-11-10 17:00 - 2026-11-11 00:00", [("tour", "2026-11-10 07:00 - 16:00")], None),
    ("boston", "16 hours a day", "2026-11-10 16:59 - 2026-11-11 00:00",
     [("tour", "2026-11-10 07:00 - 16:00")], "limit_day"),
    ("boston", "96 hours a week", "2026-11-15 08:00 - 08:01",
     [("tour", f"2026-11-{day:02} 07:00 - 23:00") for day in (9, 10, 11, 12, 13, 14)], "limit_week"),
    ("boston", "320 hours a month", "2026-11-30 08:00 - 08:01",
     [("tour", f"2026-11-{day:02} 07:00 - 23:00") for day in range(1, 29) if 0 < day % 7 < 6],
     "limit_month"),
    ("toledo_overtime", "(b)(2) sixteen in any twenty-four", "2026-11-10 20:00 - 2026-11-11 04:01",
     [("tour", "2026-11-10 08:00 - 16:00")], "limit_rolling"),
    ("carson", "more than ten days in a row", "2026-11-20 08:00 - 09:00",
     [("tour", f"2026-11-{day:02} 08:00 - 16:00") for day in range(10, 20)], "limit_days_in_a_row"),
    ("carson", "ten days in a row", "2026-11-19 17:00 - 18:00",
     [("tour", f"2026-11-{day:02} 08:00 - 16:00") for day in range(10, 20)], None),
    ("carson", "18 hours straight", "2026-11-10 16:00 - 2026-11-11 02:01",
     [("tour", "2026-11-10 08:00 - 16:00")], "limit_consecutive"),
    ("overtime_fairness", "16 hours on end", "2026-11-10 16:30 - 2026-11-11 01:00",
     [("tour", "2026-11-10 08:00 - 16:00")], "limit_consecutive"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "clause", "when", "held", "reason"), HOURS)
def test_hours_are_limited_as_the_text_says(
    name: str, clause: str, when: str, held: list[tuple[str, str]], reason: str | None
) -> None:
    found, figures = _may_work(name, when, *held)
    assert found == reason, (clause, figures)


def test_chapter_104_1_gives_no_detail_to_majors_and_assistant_chiefs() -> None:
    people = [officer(1, rank="Assistant Chief"), officer(2, rank="Major"), officer(3, rank="Captain")]
    detail = [opening(1, "2026-11-10 08:00 - 16:00")]
    facts = department(policy("chapter_104_1"), people, detail, {1: [1], 2: [1], 3: [1]})
    result = award(facts)
    assert (winners(result), told(result, 2, 1)[0]) == ({1: [3]}, "ineligible")


@pytest.mark.parametrize(("occurrence", "days"), [(1, 30), (2, 60), (3, 120), (4, 365), (5, 365)])
def test_order_12_suspends_longer_for_each_no_show(occurrence: int, days: int) -> None:
    before = [PastPenalty("no_show", at(f"2026-0{month}-01 08:00")) for month in range(1, occurrence)]
    (bar,) = no_show_bars(rules("departmental_order_12"), at(START), ZONE, before)
    assert (bar.step, (bar.ends_at - bar.starts_at).days) == (occurrence, days)


# Rank mix

# policy, officers ordered, slots by rank
RANKS: list[tuple[str, int, list[tuple[str | None, int]]]] = [
    ("hartford", 2, [(None, 2)]),
    ("hartford", 3, [(None, 3), ("Sergeant", 1)]),
    ("hartford", 6, [(None, 6), ("Sergeant", 1)]),
    ("special_details", 3, [(None, 3)]),
    ("special_details", 4, [(None, 3), ("Sergeant", 1)]),
]


@pytest.mark.parametrize(("name", "officers", "slots"), RANKS)
def test_supervisors_are_asked_for_as_the_text_says(
    name: str, officers: int, slots: list[tuple[str | None, int]]
) -> None:
    assert [(each.rank, each.count) for each in slots_for(rules(name), officers)] == slots
    assert rules(name).rank_mix.if_none == "runs_without"


# Lexington 64B


def test_lexington_gives_the_least_hours_first_and_the_same_hours_by_seniority() -> None:
    three = [officer(1), officer(2), officer(3)]
    wishes = {each: [1] for each in (1, 2, 3)}
    detail = [opening(1, "2026-11-10 07:00 - 15:00")]
    result = award(department(policy("lexington_64b"), three, detail, wishes, hours={1: 24, 2: 16, 3: 16}))
    assert winners(result) == {1: [2]}
    assert told(result, 3, 1)[1] == "outranked_by_seniority"
    assert told(result, 1, 1)[1:] == (
        "outranked_by_fewest_hours",
        {"badge": "102", "theirs_minutes": 16 * 60, "yours_minutes": 24 * 60},
    )


def test_lexington_fills_by_seniority_when_hours_are_set_at_zero() -> None:
    detail = [opening(1, "2026-11-02 07:00 - 15:00")]
    result = award(department(policy("lexington_64b"), [officer(1), officer(2)], detail, {2: [1], 1: [1]}))
    assert winners(result) == {1: [1]}


@pytest.mark.parametrize("status", ["injured", "leave", "sick", "suspended"])
def test_lexington_deems_ineligible_who_is_not_fit_to_work(status: str) -> None:
    detail = [opening(1, "2026-11-10 07:00 - 15:00")]
    facts = department(policy("lexington_64b"), [officer(1, status=status), officer(2)], detail, {1: [1], 2: [1]})
    result = award(facts)
    assert (winners(result), told(result, 1, 1)[1]) == ({1: [2]}, f"status_{status}")


def test_lexington_deems_ineligible_who_is_on_patrol_at_that_time() -> None:
    detail = [opening(1, "2026-11-10 07:00 - 15:00")]
    facts = department(
        policy("lexington_64b"),
        [officer(1), officer(2)],
        detail,
        {1: [1], 2: [1]},
        tours=(tour(1, "2026-11-10 08:00 - 16:00"),),
    )
    assert told(award(facts), 1, 1)[:2] == ("ineligible", "overlaps_tour")


@pytest.mark.parametrize(("pool", "period", "following"), [("details", "month", "2026-12-01"),
                                                           ("double time", "year", "2027-01-01")])  # fmt: skip
def test_lexington_recycles_double_time_once_a_year_and_all_else_by_the_month(
    pool: str, period: str, following: str
) -> None:
    reset = next(each.reset for each in rules("lexington_64b").pools if each.name == pool)
    assert (reset.period, str(next_period_start(reset, at("2026-11-10 12:00").date()))) == (period, following)


# Greenwich


@pytest.mark.parametrize(
    ("now", "places", "given"),
    [
        ("2026-11-09 07:59", 2, [(1, "officers")]),
        ("2026-11-09 08:00", 2, [(1, "officers"), (2, "special officers")]),
        ("2026-11-09 08:00", 1, [(1, "officers")]),
    ],
)
def test_greenwich_lets_special_officers_in_24_hours_before_the_start(
    now: str, places: int, given: list[tuple[int, str]]
) -> None:
    people = [officer(1), officer(2, rank="Special Officer", seniority_on=date(1990, 1, 1))]
    detail = [opening(1, "2026-11-10 08:00 - 16:00")]
    facts = department(policy("greenwich"), people, detail, {1: [1], 2: [1]}, slots={1: places})
    result = award(replace(facts, now=at(now)))
    assert [(each.officer_id, each.round) for each in result.awards] == given


# Overtime fairness


def test_overtime_fairness_calls_the_least_hours_first_counting_what_was_refused() -> None:
    counters = (
        CounterFacts(1, "overtime", 8 * 60, None, refused_minutes=8 * 60),
        CounterFacts(2, "overtime", 12 * 60, None),
        CounterFacts(3, "overtime", 0, None, refused_minutes=4 * 60),
    )
    detail = [opening(1, "2026-11-10 08:00 - 16:00", pool="overtime")]
    facts = department(policy("overtime_fairness"), [officer(1), officer(2), officer(3)], detail, {})
    facts = replace(facts, counters=counters)
    asked = replacement_order(facts, 1, [], (), asking(facts.handbook, "posting", "called"))
    assert [each.officer_id for each in asked.candidates] == [3, 2, 1]


@pytest.mark.parametrize("status", ["probation", "light_duty"])
def test_overtime_fairness_excludes_probation_and_limited_duty(status: str) -> None:
    detail = [opening(1, "2026-11-10 08:00 - 16:00", pool="overtime")]
    facts = department(policy("overtime_fairness"), [officer(1, status=status), officer(2)], detail, {})
    asked = replacement_order(facts, 1, [], (), asking(facts.handbook, "posting", "called"))
    assert [each.officer_id for each in asked.candidates] == [2]


def test_overtime_fairness_credits_the_hours_of_each_offer_worked_or_refused() -> None:
    outcomes = rules("overtime_fairness").outcomes
    declined = cost(outcomes, "declined", Circumstances("offer", 600))
    accepted = cost(outcomes, "accepted", Circumstances("offer", 600))
    assert (declined.hours, declined.refused, accepted.hours, accepted.refused) == (
        "not_charged",
        True,
        "charged",
        False,
    )


# Off-Duty Detail Scheduling

# the detail becomes known, its band
NOTICE = [("2026-11-09 07:59", "posted"), ("2026-11-09 08:00", "urgent"), ("2026-11-10 07:00", "urgent")]


@pytest.mark.parametrize(("known", "band"), NOTICE)
def test_off_duty_scheduling_posts_what_has_more_than_a_days_notice(known: str, band: str) -> None:
    assert band_of(rules("off_duty_scheduling"), at(known), at("2026-11-10 08:00"), ZONE).band.name == band


def test_off_duty_scheduling_asks_fellow_sign_ups_first_by_the_same_rule() -> None:
    detail = [opening(1, "2026-11-10 07:00 - 15:00")]
    facts = department(
        policy("off_duty_scheduling"),
        [officer(1), officer(2), officer(3)],
        detail,
        {1: [1], 2: [1], 3: [1]},
        hours={1: 9, 3: 4},
    )
    result = award(facts)
    assert (winners(result), standbys(result, 1)) == ({1: [2]}, (3, 1))


@pytest.mark.parametrize(("replaced", "hours"), [(True, "not_charged"), (False, "charged")])
def test_off_duty_scheduling_charges_the_time_to_who_leaves_it_without_a_replacement(
    replaced: bool, hours: str
) -> None:
    outcomes = rules("off_duty_scheduling").outcomes
    assert cost(outcomes, "dropped", Circumstances("award", 600, replaced=replaced)).hours == hours
    assert (outcomes.no_show.hours, outcomes.declined.hours) == ("charged", "not_charged")


def test_off_duty_scheduling_lets_him_work_it_if_no_replacement_is_found() -> None:
    told_early = price(rules("off_duty_scheduling"), at("2026-11-20 08:00"), at("2026-10-20 08:00"))
    assert (told_early.zone, told_early.bar_days) == (DropZone.NEEDS_REPLACEMENT, 0)


# West Hollywood

START = "2026-11-20 08:00"


@pytest.mark.parametrize(
    ("dropped", "zone", "bars"),
    [
        ("2026-11-15 08:00", DropZone.FREE, []),
        ("2026-11-15 08:01", DropZone.NEEDS_REPLACEMENT, ["2026-12-16 00:00"]),
        ("2026-11-20 07:59", DropZone.NEEDS_REPLACEMENT, ["2026-12-21 00:00"]),
    ],
)
def test_west_hollywood_bars_for_30_days_under_five_days_notice_whoever_fills_in(
    dropped: str, zone: DropZone, bars: list[str]
) -> None:
    agreed = price(rules("west_hollywood"), at(START), at(dropped))
    found = drop_bars(agreed, True, at(dropped), at(START), ZONE)
    assert (agreed.zone, [each.ends_at for each in found]) == (zone, [at(each) for each in bars])


def test_west_hollywood_bars_a_no_show_for_30_days() -> None:
    (bar,) = no_show_bars(rules("west_hollywood"), at(START), ZONE)
    assert bar.ends_at == at("2026-12-21 00:00")


@pytest.mark.parametrize(("reason", "hours"), [("sick", 960), ("injured", 960), ("other", 0), (None, 0)])
def test_order_12_assesses_who_calls_in_ill_double_the_hours(reason: str | None, hours: int) -> None:
    row = cost(rules("departmental_order_12").outcomes, "dropped", Circumstances("award", 60, reason=reason))
    assert row.charges(480) == hours
