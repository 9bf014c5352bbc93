"""The four ways to award that departments are known by, as handbooks, as far as an award run goes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from models.rules.award import AwardResult, award
from models.rules.facts import AwardFacts, CommitmentFacts
from tests.rules.cast import NOW, at, department, officer, opening, span, tour
from tests.rules.test_award_table import told, winners

SENIORITY_STRICT: dict[str, Any] = {"awarding": {"rounds": [{"name": "all", "order": ["seniority", "badge"]}]}}
ROTATION_28_DAYS: dict[str, Any] = {"awarding": {"rounds": [{"name": "roster", "order": ["rotation", "seniority"]}]}}
FEWEST_HOURS: dict[str, Any] = {
    "pools": ["details", "double"],
    "awarding": {
        "rounds": [
            {"name": "posted", "order": ["fewest_hours", "seniority"], "until_hours_before": 24},
            {"name": "short notice", "order": ["first_come"], "from_hours_before": 24},
        ]
    },
}
HYBRID: dict[str, Any] = {
    "awarding": {
        "rounds": [
            {
                "name": "monthly",
                "order": ["seniority"],
                "at_most": {"details": 3, "hours": 180, "period": "month"},
                "until_hours_before": 24,
            },
            {"name": "open", "order": ["rotation", "seniority"], "until_hours_before": 24},
            {"name": "last day", "order": ["first_come"], "from_hours_before": 24},
        ]
    }
}


def days(first: int, count: int, hours: int = 8) -> list[Any]:
    """One detail a day in November."""
    return [
        opening(number, f"2026-11-{first + number - 1:02} 06:00 - {6 + hours:02}:00") for number in range(1, count + 1)
    ]


def signed_up(facts: AwardFacts, minutes_before: Mapping[int, int]) -> AwardFacts:
    """The same, each officer's sign-ups so many minutes before the award."""
    made = (
        replace(each, signed_up_at=NOW - timedelta(minutes=minutes_before[each.officer_id])) for each in facts.signups
    )
    return replace(facts, signups=tuple(made))


def rounds_of(result: AwardResult) -> list[tuple[int, int, str]]:
    return [(each.opening_id, each.officer_id, each.round) for each in result.awards]


# Seniority, strict


def test_seniority_strict_gives_the_senior_of_overlapping_slots_the_one_he_prefers() -> None:
    officers = [officer(1), officer(2), officer(3)]
    openings = [opening(1, "2026-11-10 07:00 - 15:00"), opening(2, "2026-11-10 12:00 - 20:00")]
    result = award(department(SENIORITY_STRICT, officers, openings, {1: [2, 1], 2: [2, 1], 3: [2, 1]}))
    assert winners(result) == {1: [2], 2: [1]}
    assert told(result, 2, 2)[1] == "outranked_by_seniority"
    assert told(result, 3, 1)[1:] == (
        "outranked_by_seniority",
        {"badge": "102", "theirs_on": officers[1].seniority_on, "yours_on": officers[2].seniority_on},
    )
    assert not result.envies


def test_seniority_strict_breaks_a_tie_by_badge() -> None:
    same_day = [officer(1, badge="20"), officer(2, badge="3", seniority_on=officer(1).seniority_on)]
    result = award(department(SENIORITY_STRICT, same_day, days(10, 1), {1: [1], 2: [1]}))
    assert winners(result) == {1: [2]}
    assert told(result, 1, 1)[1:] == ("outranked_by_badge", {"badge": "3", "theirs": "3", "yours": "20"})


# Rotation, 28 days


def test_rotation_28_days_walks_from_the_top_skips_who_is_on_duty_at_no_cost_and_sends_winners_to_the_bottom() -> None:
    officers = [officer(1), officer(2), officer(3)]
    facts = department(
        ROTATION_28_DAYS,
        officers,
        days(10, 3),
        {1: [1, 2, 3], 2: [1, 2, 3], 3: [1, 2, 3]},
        rotation=[1, 2, 3],
        tours=(tour(1, "2026-11-10 00:00 - 08:00"),),
    )
    result = award(facts)
    # 1 is on duty on the 10th and keeps the top, so the 11th is his; then 3 is next, 2 and 1 stand below him.
    assert winners(result) == {1: [2], 2: [1], 3: [3]}
    places = {each.officer_id: each.after for each in result.counters if each.name == "rotation"}
    assert sorted(places, key=lambda who: places[who]) == [2, 1, 3]
    assert told(result, 1, 1)[:2] == ("ineligible", "overlaps_tour")


# Fewest hours


def test_fewest_hours_over_24_hours_gives_the_lowest_and_a_tie_to_the_higher_seniority() -> None:
    officers = [officer(1), officer(2), officer(3)]
    facts = department(
        FEWEST_HOURS, officers, days(10, 2), {1: [1, 2], 2: [1, 2], 3: [1, 2]}, hours={1: 10, 2: 10, 3: 12}
    )
    result = award(facts)
    assert rounds_of(result) == [(1, 1, "posted"), (2, 2, "posted")]
    assert told(result, 3, 2)[2] == {"badge": "102", "theirs_minutes": 600, "yours_minutes": 720}


def test_fewest_hours_counts_double_time_in_a_pool_of_its_own() -> None:
    double = opening(1, "2026-11-26 06:00 - 14:00", pool="double")
    facts = department(FEWEST_HOURS, [officer(1), officer(2)], [double], {1: [1], 2: [1]}, hours={1: 90})
    assert winners(award(facts)) == {1: [1]}


def test_fewest_hours_under_24_hours_the_first_call_wins_whatever_was_worked() -> None:
    facts = department(FEWEST_HOURS, [officer(1), officer(2)], days(10, 1), {1: [1], 2: [1]}, hours={2: 200})
    facts = signed_up(facts, {1: 5, 2: 30})
    soon = award(replace(facts, now=at("2026-11-09 06:00")))
    assert rounds_of(soon) == [(1, 2, "short notice")]
    assert told(soon, 1, 1)[1:] == (
        "outranked_by_first_come",
        {"badge": "102", "theirs_at": NOW - timedelta(minutes=30), "yours_at": NOW - timedelta(minutes=5)},
    )
    assert rounds_of(award(replace(facts, now=at("2026-11-09 05:59")))) == [(1, 1, "posted")]


# Hybrid


def test_hybrid_gives_the_senior_three_in_the_month_and_the_rest_by_rotation() -> None:
    facts = department(
        HYBRID, [officer(1), officer(2)], days(2, 6), {1: [1, 2, 3, 4, 5, 6], 2: [4, 5]}, rotation=[1, 2]
    )
    result = award(facts)
    assert sorted(rounds_of(result)) == [
        (1, 1, "monthly"),
        (2, 1, "monthly"),
        (3, 1, "monthly"),
        (4, 2, "monthly"),
        (5, 2, "monthly"),
        (6, 1, "open"),
    ]


def test_hybrid_counts_what_an_officer_holds_already_in_the_month_and_the_pool() -> None:
    def held(number: int, when: str, pool: str) -> CommitmentFacts:
        return CommitmentFacts(1, *span(when), opening_id=90 + number, detail=f"H{number}", pool=pool)

    in_november = (held(1, "2026-11-20 06:00 - 14:00", "details"), held(2, "2026-11-21 06:00 - 14:00", "details"))
    elsewhere = (held(3, "2026-12-01 06:00 - 14:00", "details"), held(4, "2026-11-22 06:00 - 14:00", "double"))
    facts = department(
        HYBRID, [officer(1), officer(2)], days(2, 2), {1: [1, 2], 2: [1, 2]}, commitments=(*in_november, *elsewhere)
    )
    assert sorted(rounds_of(award(facts))) == [(1, 1, "monthly"), (2, 2, "monthly")]
    alone = {"awarding": {"rounds": HYBRID["awarding"]["rounds"][:1]}}
    result = award(department(alone, [officer(1)], days(2, 2), {1: [1, 2]}, commitments=(*in_november, *elsewhere)))
    assert told(result, 1, 2) == (
        "not_awarded",
        "month_details_reached",
        {"round": "monthly", "starts_at": at("2026-11-01 00:00"), "most_details": 3, "held_details": 3},
    )


def test_hybrid_counts_hours_up_to_180_in_the_month() -> None:
    held = CommitmentFacts(1, *span("2026-11-20 00:00 - 2026-11-27 08:00"), opening_id=90, detail="H", pool="details")
    alone = {"awarding": {"rounds": HYBRID["awarding"]["rounds"][:1]}}
    facts = department(alone, [officer(1)], days(2, 1), {1: [1]}, commitments=(held,))
    # A hundred and seventy-six hours are held.
    assert told(award(facts), 1, 1) == (
        "not_awarded",
        "month_hours_reached",
        {
            "round": "monthly",
            "starts_at": at("2026-11-01 00:00"),
            "would_be_minutes": 184 * 60,
            "limit_minutes": 180 * 60,
        },
    )


def test_hybrid_in_the_last_24_hours_goes_by_first_come_and_forgets_the_cap() -> None:
    facts = department(HYBRID, [officer(1), officer(2)], days(2, 1), {1: [1], 2: [1]}, rotation=[1, 2])
    facts = signed_up(facts, {1: 1, 2: 60})
    assert rounds_of(award(replace(facts, now=at("2026-11-01 12:00")))) == [(1, 2, "last day")]
    assert rounds_of(award(facts)) == [(1, 1, "monthly")]


# Where no round is open


def test_a_signup_that_no_round_takes_at_this_time_hears_how_long_before_the_start_it_was() -> None:
    early = {"awarding": {"rounds": [{"name": "early", "until_hours_before": 48}]}}
    facts = replace(department(early, [officer(1)], days(2, 1), {1: [1]}), now=at("2026-11-01 06:00"))
    assert told(award(facts), 1, 1) == ("not_awarded", "no_round_now", {"left_minutes": 24 * 60})


def test_rounds_meet_at_the_minute_also_across_a_change_of_clocks() -> None:
    """From Saturday 06:00 to Sunday 05:00, the clocks going back between them, are 24 real hours."""
    rounds = [{"name": "before", "until_hours_before": 24}, {"name": "after", "from_hours_before": 24}]
    sunday = [opening(1, "2026-11-01 05:00 - 09:00")]
    facts = department({"awarding": {"rounds": rounds}}, [officer(1)], sunday, {1: [1]})
    by_time = {
        when: rounds_of(award(replace(facts, now=at(f"2026-10-31 {when}"))))[0][2] for when in ("05:59", "06:00")
    }
    assert by_time == {"05:59": "before", "06:00": "after"}
