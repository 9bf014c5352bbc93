"""The worked examples: each sentence of a kind of handbook, decided by the example department that has it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from models.bundle.facts import award_facts
from models.rules.asking.asking import asking
from models.rules.asking.replacement import replacement_order
from models.rules.awarding.award import AwardResult, award
from models.rules.awarding.rank_mix import slots_for, turned_ordinary
from models.rules.charging.charging import Circumstances, cost
from models.rules.charging.drops import drop_bars, no_show_bars, price
from models.rules.charging.remedy import owed_until
from models.rules.checking import check
from models.rules.clauses.outcomes import OutcomeName
from models.rules.facts import AwardFacts, CommitmentFacts, CounterFacts
from models.rules.time.notice import band_of, plan
from models.rules.time.periods import next_period_start, period_start
from tests.rules.cast import NOW, ZONE, at, department, officer, opening, span, tour
from tests.rules.examples import EXAMPLES, bundle_of, example, rules_of
from tests.rules.test_award_table import standbys, told, winners


def days(first: int, count: int, hours: int = 8, **changes: Any) -> list[Any]:
    """One detail a day in November."""
    return [
        opening(number, f"2026-11-{first + number - 1:02} 06:00 - {6 + hours:02}:00", **changes)
        for number in range(1, count + 1)
    ]


def signed_up(facts: AwardFacts, minutes_before: Mapping[int, int]) -> AwardFacts:
    """The same, each officer's sign-ups so many minutes before the award."""
    made = (
        replace(each, signed_up_at=NOW - timedelta(minutes=minutes_before[each.officer_id])) for each in facts.signups
    )
    return replace(facts, signups=tuple(made))


def rounds_of(result: AwardResult) -> list[tuple[int, int, str]]:
    return [(each.opening_id, each.officer_id, each.round) for each in result.awards]


@pytest.mark.parametrize("name", [file.stem for file in EXAMPLES])
def test_an_example_is_a_whole_department_that_can_be_previewed(name: str) -> None:
    bundle = bundle_of(name)
    facts, _ = award_facts(bundle, at("2026-12-13 06:00"))
    result = award(facts)
    assert len(result.verdicts) == len(facts.signups)
    assert not [each for each in check(bundle.handbook) if each.severity != "note"]


# Seniority, strict


def test_seniority_strict_gives_the_senior_of_overlapping_slots_the_one_he_prefers() -> None:
    """Signups may overlap and carry an order of preference; each officer holds at most one of overlapping slots."""
    officers = [officer(1), officer(2), officer(3)]
    openings = [opening(1, "2026-11-10 07:00 - 15:00"), opening(2, "2026-11-10 12:00 - 20:00")]
    wishes = {1: [2, 1], 2: [2, 1], 3: [2, 1]}
    result = award(department(example("seniority_strict"), officers, openings, wishes))
    assert winners(result) == {1: [2], 2: [1]}
    assert told(result, 1, 1)[1] == "awarded_preferred"
    assert told(result, 2, 2)[1] == "outranked_by_seniority"
    assert told(result, 3, 1)[1:] == (
        "outranked_by_seniority",
        {"badge": "102", "theirs_on": officers[1].seniority_on, "yours_on": officers[2].seniority_on},
    )


def test_seniority_strict_lets_nobody_junior_hold_what_a_senior_wanted_more_and_could_take() -> None:
    """What a senior officer cannot take, because of rest or a tour, he does not keep from a junior one."""
    officers = [officer(1), officer(2)]
    openings = [opening(1, "2026-11-10 07:00 - 15:00"), opening(2, "2026-11-10 12:00 - 20:00")]
    facts = department(
        example("seniority_strict"),
        officers,
        openings,
        {1: [2, 1], 2: [2, 1]},
        tours=(tour(1, "2026-11-10 16:00 - 23:00"),),
    )
    result = award(facts)
    assert (winners(result), result.envies) == ({1: [1], 2: [2]}, ())


def test_seniority_strict_breaks_a_tie_by_badge() -> None:
    same_day = [officer(1, badge="20"), officer(2, badge="3", seniority_on=officer(1).seniority_on)]
    result = award(department(example("seniority_strict"), same_day, days(10, 1), {1: [1], 2: [1]}))
    assert winners(result) == {1: [2]}
    assert told(result, 1, 1)[1:] == ("outranked_by_badge", {"badge": "3", "theirs": "3", "yours": "20"})


# Rotation, 28 days


def _asked_in_turn(**more: Any) -> list[int]:
    """Whom the call-out for a detail on November 10 asks, first to last; 3 stands at the top, then 1, 2, 4."""
    people = [officer(each) for each in (1, 2, 3, 4)]
    facts = department(example("rotation_28_days"), people, days(10, 1), {}, rotation=[3, 1, 2, 4], **more)
    how = asking(facts.handbook, "posting", "call-out")
    return [each.officer_id for each in replacement_order(facts, 1, [], (), how).candidates]


def test_rotation_28_days_walks_the_roster_from_the_top() -> None:
    assert _asked_in_turn() == [3, 1, 2, 4]
    assert rules_of("rotation_28_days").notice.bands[0].method == "ladder"


def test_rotation_28_days_skips_who_is_on_duty_in_those_hours_at_no_cost() -> None:
    assert _asked_in_turn(tours=(tour(3, "2026-11-10 13:00 - 21:00"),)) == [1, 2, 4]
    row = rules_of("rotation_28_days").outcomes.skipped
    assert (row.turn, row.hours) == ("kept", "not_charged")


# what became of the offer, what becomes of his turn
TURNS: list[tuple[OutcomeName, str]] = [
    ("accepted", "spent"),
    ("declined", "spent"),
    ("no_answer", "kept"),
    ("unreachable", "kept"),
    ("not_attempted", "kept"),
    ("busy", "kept"),
    ("skipped", "kept"),
]


@pytest.mark.parametrize("step", ["offer", "award"])
@pytest.mark.parametrize(("outcome", "turn"), TURNS)
def test_rotation_28_days_sends_who_answers_to_the_bottom_and_keeps_the_place_of_who_cannot_be_reached(
    outcome: OutcomeName, turn: str, step: Any
) -> None:
    assert cost(rules_of("rotation_28_days").outcomes, outcome, Circumstances(step, 600)).turn == turn


def test_rotation_28_days_sorts_the_roster_anew_by_seniority_every_28_days() -> None:
    reset = rules_of("rotation_28_days").pools[0].reset
    day = at("2026-12-20 12:00").date()
    assert (str(period_start(reset, day)), str(next_period_start(reset, day))) == ("2026-11-30", "2026-12-28")
    assert reset.rotation == "seniority"


def test_rotation_28_days_bars_all_extra_work_until_midnight_of_the_day_of_a_dropped_detail() -> None:
    agreed = price(rules_of("rotation_28_days"), at("2026-11-10 18:00"), at("2026-11-09 09:00"))
    bars = drop_bars(agreed, False, at("2026-11-09 09:00"), at("2026-11-10 18:00"), ZONE)
    assert [(each.kind, each.starts_at, each.ends_at) for each in bars] == [
        ("same_day", at("2026-11-10 00:00"), at("2026-11-11 00:00"))
    ]


def test_rotation_28_days_bars_a_no_show_for_14_days() -> None:
    (bar,) = no_show_bars(rules_of("rotation_28_days"), at("2026-11-10 07:00"), ZONE)
    assert (bar.starts_at, bar.ends_at) == (at("2026-11-10 07:00"), at("2026-11-25 00:00"))


@pytest.mark.parametrize(
    ("leave", "until"),
    [((), "2026-11-17 00:00"), (("2026-11-05", "2026-11-06", "2026-11-07"), "2026-11-20 00:00")],
)
def test_rotation_28_days_owes_who_was_passed_over_a_detail_for_two_weeks_not_counting_leave(
    leave: tuple[str, ...], until: str
) -> None:
    days_of_leave = {date.fromisoformat(each) for each in leave}
    assert owed_until(rules_of("rotation_28_days").remedy, at("2026-11-02 08:00"), days_of_leave, ZONE) == at(until)


def test_rotation_28_days_asks_the_roster_again_when_a_detail_is_given_back() -> None:
    """No trading: whoever is named, the slot goes down the roster."""
    how = asking(rules_of("rotation_28_days"), "replacement", "call-out")
    assert (how.standby_first, how.everyone, how.at_once) == (False, True, 1)


# Fewest hours

# known, the band, when sign-up closes
NOTICE = [
    ("2026-11-08 05:59", "posted", "2026-11-09 06:00"),
    ("2026-11-09 06:00", "first call", "2026-11-10 06:00"),
    ("2026-11-10 03:00", "first call", "2026-11-10 06:00"),
]


@pytest.mark.parametrize(("known", "band", "closes"), NOTICE)
def test_fewest_hours_posts_with_an_award_time_over_24_hours_and_asks_for_the_first_call_under(
    known: str, band: str, closes: str
) -> None:
    rules, start = rules_of("fewest_hours"), at("2026-11-10 06:00")
    found = band_of(rules, at(known), start, ZONE)
    planned = plan(rules, at(known), at(known), start, ZONE)
    assert (found.band.name, planned.closes_at, planned.award_at) == (band, at(closes), at(closes))


def test_fewest_hours_over_24_hours_gives_the_lowest_and_a_tie_to_the_higher_seniority() -> None:
    officers = [officer(1), officer(2), officer(3)]
    facts = department(
        example("fewest_hours"), officers, days(10, 2), {1: [1, 2], 2: [1, 2], 3: [1, 2]}, hours={1: 10, 2: 10, 3: 12}
    )
    result = award(facts)
    assert rounds_of(result) == [(1, 1, "posted"), (2, 2, "posted")]
    assert told(result, 3, 2)[1:] == (
        "outranked_by_fewest_hours",
        {"badge": "102", "theirs_minutes": 600, "yours_minutes": 720},
    )
    assert {(each.officer_id, each.after) for each in result.counters if each.name == "hours"} == {(1, 1080), (2, 1080)}


def test_fewest_hours_under_24_hours_the_first_call_wins_whatever_was_worked() -> None:
    detail = days(10, 1, band="first call")
    facts = department(example("fewest_hours"), [officer(1), officer(2)], detail, {1: [1], 2: [1]}, hours={2: 200})
    result = award(signed_up(facts, {1: 5, 2: 30}))
    assert winners(result) == {1: [2]}
    assert told(result, 1, 1)[1:] == (
        "outranked_by_first_come",
        {"badge": "102", "theirs_at": NOW - timedelta(minutes=30), "yours_at": NOW - timedelta(minutes=5)},
    )


def test_fewest_hours_asks_fellow_sign_ups_first_by_the_same_rule() -> None:
    facts = department(
        example("fewest_hours"), [officer(each) for each in (1, 2, 3, 4)], days(10, 1), {1: [1], 2: [1], 3: [1]},
        hours={1: 9, 3: 4, 4: 1},
    )  # fmt: skip
    result = award(facts)
    assert (winners(result), standbys(result, 1)) == ({1: [2]}, (3, 1))
    how = asking(facts.handbook, "replacement", "posted")
    found = replacement_order(facts, 1, standbys(result, 1), {2}, how)
    assert [(each.officer_id, each.via) for each in found.candidates] == [
        (3, "standby"),
        (1, "standby"),
        (4, "everyone"),
    ]


@pytest.mark.parametrize(("replaced", "hours"), [(True, "not_charged"), (False, "charged")])
def test_fewest_hours_charges_who_cannot_work_unless_he_is_replaced(replaced: bool, hours: str) -> None:
    outcomes = rules_of("fewest_hours").outcomes
    assert cost(outcomes, "dropped", Circumstances("award", 600, replaced=replaced)).hours == hours
    assert cost(outcomes, "no_show", Circumstances("award", 0)).hours == "charged"


@pytest.mark.parametrize(("pool", "first", "following"), [("details", "2026-11-01", "2026-12-01"),
                                                          ("double time", "2026-01-01", "2027-01-01")])  # fmt: skip
def test_fewest_hours_counts_anew_each_month_and_double_time_on_january_1(
    pool: str, first: str, following: str
) -> None:
    reset = next(each.reset for each in rules_of("fewest_hours").pools if each.name == pool)
    day = at("2026-11-10 12:00").date()
    assert (str(period_start(reset, day)), str(next_period_start(reset, day)), reset.carry_over) == (
        first,
        following,
        "nothing",
    )


def test_fewest_hours_counts_double_time_in_a_pool_of_its_own() -> None:
    double = days(26, 1, pool="double time")
    facts = department(example("fewest_hours"), [officer(1), officer(2)], double, {1: [1], 2: [1]}, hours={1: 90})
    assert winners(award(facts)) == {1: [1]}
    other = (*facts.counters, CounterFacts(1, "double time", 60, None))
    assert winners(award(replace(facts, counters=other))) == {1: [2]}


# Hybrid


def test_hybrid_gives_the_senior_three_in_the_month_and_the_rest_by_rotation() -> None:
    wishes = {1: [1, 2, 3, 4, 5, 6], 2: [4, 5]}
    openings = [*days(4, 3), *days(11, 3)]
    openings = [replace(each, id=number, detail=f"D{number}") for number, each in enumerate(openings, start=1)]
    result = award(department(example("hybrid"), [officer(1), officer(2)], openings, wishes, rotation=[1, 2]))
    assert sorted(rounds_of(result)) == [
        (1, 1, "monthly"),
        (2, 1, "monthly"),
        (3, 1, "monthly"),
        (4, 2, "monthly"),
        (5, 2, "monthly"),
        (6, 1, "open"),
    ]


def _held(number: int, when: str, pool: str = "details") -> CommitmentFacts:
    return CommitmentFacts(1, *span(when), opening_id=90 + number, detail=f"H{number}", pool=pool)


def _monthly_alone(commitments: tuple[CommitmentFacts, ...], count: int) -> AwardResult:
    """Only the first round, so that its cap shows."""
    rules = example("hybrid")
    rules["awarding"]["rounds"] = rules["awarding"]["rounds"][:1]
    wishes = {1: list(range(1, count + 1))}
    return award(department(rules, [officer(1)], days(2, count), wishes, commitments=commitments))


def test_hybrid_counts_the_details_that_an_officer_holds_already_in_the_month() -> None:
    two = (_held(1, "2026-11-20 06:00 - 14:00"), _held(2, "2026-11-23 06:00 - 14:00"))
    result = _monthly_alone((*two, _held(3, "2026-12-01 06:00 - 14:00")), 2)
    assert told(result, 1, 2) == (
        "not_awarded",
        "month_details_reached",
        {"round": "monthly", "starts_at": at("2026-11-01 00:00"), "most_details": 3, "held_details": 3},
    )


def test_hybrid_counts_hours_up_to_180_in_the_month() -> None:
    result = _monthly_alone((_held(1, "2026-11-20 00:00 - 2026-11-27 08:00"),), 1)
    # A hundred and seventy-six hours are held.
    assert told(result, 1, 1) == (
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
    facts = department(example("hybrid"), [officer(1), officer(2)], days(2, 1), {1: [1], 2: [1]}, rotation=[1, 2])
    facts = signed_up(facts, {1: 1, 2: 60})
    assert rounds_of(award(replace(facts, now=at("2026-11-01 12:00")))) == [(1, 2, "last day")]
    assert rounds_of(award(facts)) == [(1, 1, "monthly")]


@pytest.mark.parametrize(("now", "wins"), [("2026-11-05 05:59", False), ("2026-11-05 06:00", True)])
def test_hybrid_lifts_in_the_last_24_hours_what_does_not_hold_in_the_last_minute(now: str, wins: bool) -> None:
    """Forty hours of details are held in that week; the eight hours off after a tour are owed all the same."""
    held = tuple(_held(day, f"2026-11-0{day} 16:00 - 2026-11-0{day + 1} 02:00") for day in (2, 3, 4, 7))
    facts = department(example("hybrid"), [officer(1)], days(6, 1), {1: [1]}, rotation=[1], commitments=held)
    result = award(replace(facts, now=at(now)))
    assert winners(result) == ({1: [1]} if wins else {})
    rested = replace(facts, now=at(now), tours=(tour(1, "2026-11-05 16:00 - 23:59"),))
    assert winners(award(rested)) == {}


# Rank mix


@pytest.mark.parametrize(
    ("officers", "slots"), [(3, [(None, 3)]), (4, [(None, 3), ("Sergeant", 1)]), (9, [(None, 8), ("Sergeant", 1)])]
)
def test_rank_mix_makes_one_of_four_or_more_a_supervisor(officers: int, slots: list[tuple[str | None, int]]) -> None:
    assert [(each.rank, each.count) for each in slots_for(rules_of("rank_mix"), officers)] == slots


def _game(*wishes: int) -> AwardFacts:
    """Three slots for anybody and the supervisor's, of the same detail; 5 is a sergeant."""
    ordinary = opening(1, "2026-11-14 12:00 - 18:00")
    people = [*(officer(each) for each in (1, 2, 3, 4)), officer(5, rank="Sergeant")]
    wanted = {each: [2] if each == 5 else [1] for each in wishes}
    return department(
        example("rank_mix"), people, [ordinary, replace(ordinary, id=2, ranks=("Sergeant",))], wanted, slots={1: 3}
    )


def test_rank_mix_keeps_the_fourth_slot_for_the_supervisor() -> None:
    result = award(_game(1, 2, 3, 4, 5))
    assert winners(result) == {1: [1, 2, 3], 2: [5]}
    assert told(result, 4, 1)[1] == "outranked_by_seniority"


def test_rank_mix_runs_without_a_supervisor_when_none_has_signed_up_by_24_hours_before() -> None:
    mix, facts = rules_of("rank_mix").rank_mix, _game(1, 2, 3, 4)
    assert (mix.if_none, mix.runs_without_hours_before) == ("runs_without", 24)
    assert winners(award(facts)) == {1: [1, 2, 3]}
    assert winners(award(turned_ordinary(facts, [2]))) == {1: [1, 2, 3, 4]}


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
