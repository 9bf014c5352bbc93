"""Rounds: who may, from when to when, how much, which rules are lifted, and who is ordered in at the end."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models.rules.awarding.award import award, replay
from models.rules.awarding.entry import may_enter
from models.rules.awarding.taking import Taking
from models.rules.awarding.tiers import is_among
from models.rules.checking.findings import check
from models.rules.clauses.tiers import Who
from models.rules.facts import AwardFacts, CommitmentFacts, CounterFacts, QualificationFacts, SignupFacts, to_json
from models.rules.handbook import Handbook
from models.rules.time.round_times import next_orders_at
from tests.rules.cast import NOW, ZONE, at, by, department, officer, opening, span, tour
from tests.rules.test_award_table import EVENING, MORNING, told, winners

FLAGGER = officer(1, rank="Sergeant", unit="North", job_class="Patrol", qualifications=(QualificationFacts("flagger"),))

# what is said of whom, whether FLAGGER is among them on a detail of the South
WHO: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"match": "any"}, True),
    ({"units": ["North"], "ranks": ["Sergeant"]}, True),
    ({"units": ["South"], "ranks": ["Sergeant"]}, False),
    ({"units": ["South"], "ranks": ["Sergeant"], "match": "any"}, True),
    ({"own_unit": True, "job_classes": ["Detective"], "match": "any"}, False),
    ({"job_classes": ["Patrol"], "statuses": ["active"]}, True),
    ({"statuses": ["probation"]}, False),
    ({"qualifications": ["flagger", "radar"]}, False),
    ({"any_qualification": ["flagger", "radar"]}, True),
]


@pytest.mark.parametrize(("who", "expected"), WHO)
def test_whom_a_round_is_for(who: dict[str, Any], expected: bool) -> None:
    assert is_among(Who.model_validate(who), FLAGGER, "South", date(2026, 11, 10)) is expected


# illustrative: the shift before is held over, the shift after comes early; a tour of officer 1, whether he is asked
BESIDE: list[tuple[dict[str, Any], str, bool]] = [
    ({"beside_tour": "before"}, "2026-11-10 00:00 - 07:30", True),
    ({"beside_tour": "before"}, "2026-11-10 00:00 - 07:29", False),
    ({"beside_tour": "before", "beside_tour_minutes": 31}, "2026-11-10 00:00 - 07:29", True),
    ({"beside_tour": "before"}, "2026-11-10 16:00 - 23:00", False),
    ({"beside_tour": "after"}, "2026-11-10 12:30 - 23:00", True),
    ({"beside_tour": "after"}, "2026-11-10 00:00 - 08:00", False),
    ({"beside_tour": "either"}, "2026-11-10 00:00 - 08:00", True),
    ({}, "2026-11-12 00:00 - 08:00", True),
    # A tour that ends in the morning of that day makes it no day off; one that ends at midnight does.
    ({"on_day": "day_off"}, "2026-11-09 23:00 - 2026-11-10 07:00", False),
    ({"on_day": "day_off"}, "2026-11-09 16:00 - 2026-11-10 00:00", True),
    ({"on_day": "work_day"}, "2026-11-10 16:00 - 23:00", True),
    ({"on_day": "work_day"}, "2026-11-11 00:00 - 08:00", False),
    ({"on_day": "work_day", "beside_tour": "before"}, "2026-11-10 16:00 - 23:00", False),
]


@pytest.mark.parametrize(("said", "when", "expected"), BESIDE)
@pytest.mark.parametrize("kind", ["signups", "order_in"])
def test_a_round_may_be_for_the_shift_before_or_after(kind: str, said: Any, when: str, expected: bool) -> None:
    """Officer 1 and the morning of November 10, from 8 to 12; officer 2 signs up for nothing."""
    facts = department(
        by("seniority", kind=kind, **said),
        [officer(1), officer(2)],
        [opening(1, "2026-11-10 08:00 - 12:00")],
        {1: [1]},
        tours=(tour(1, when),),
        has_everybody=True,
    )
    assert (winners(award(facts)) == {1: [1]}) is expected


def one_round(now: str, **said: Any) -> AwardFacts:
    """Officer 1 wants the morning of November 10, a Tuesday, and the award is made then."""
    facts = department(by("seniority", **said), [officer(1)], [opening(1, MORNING)], {1: [1]})
    return replace(facts, now=at(now))


# illustrative: the round's time, when the award is made, whether the round takes the detail
TIMES: list[tuple[dict[str, Any], str, bool]] = [
    ({"from_days_before": 7}, "2026-11-02 23:59", False),
    ({"from_days_before": 7}, "2026-11-03 00:00", True),
    ({"from_days_before": 7, "from_at": "17:00"}, "2026-11-03 16:59", False),
    ({"until_days_before": 1, "until_at": "12:00"}, "2026-11-09 11:59", True),
    ({"until_days_before": 1, "until_at": "12:00"}, "2026-11-09 12:00", False),
    ({"from_on": {"day": "monday", "at": "08:00"}}, "2026-11-02 07:59", False),
    ({"from_on": {"day": "monday", "at": "08:00"}}, "2026-11-02 08:00", True),
    ({"until_on": {"day": "wednesday", "at": "17:00"}}, "2026-11-04 16:59", True),
    ({"until_on": {"day": "wednesday", "at": "17:00"}}, "2026-11-04 17:00", False),
    # Ten days before at 7 is an hour more than 240 hours before: the clocks went back in between.
    ({"from_days_before": 10, "from_at": "07:00"}, "2026-10-31 07:00", True),
    ({"from_hours_before": 240}, "2026-10-31 07:00", False),
]


@pytest.mark.parametrize(("said", "now", "takes"), TIMES)
def test_from_when_to_when(said: dict[str, Any], now: str, takes: bool) -> None:
    result = award(one_round(now, **said))
    assert told(result, 1, 1)[1] == ("awarded" if takes else "no_round_now")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"from_hours_before": 24, "from_days_before": 1}, "exclude each other"),
        ({"until_days_before": 1, "until_on": {"day": "monday", "at": "08:00"}}, "exclude each other"),
        (
            {"from_on": {"day": "monday", "at": "08:00"}, "until_on": {"day": "monday", "at": "08:00"}},
            "from_on must come before",
        ),
        ({"from_days_before": 1, "until_days_before": 2}, "must come before"),
        ({"from_days_before": 1, "until_days_before": 1, "until_at": "00:00"}, "must come before"),
        ({"at_most": {"details": 1, "period": "28_days"}}, "needs anchor_on"),
    ],
)
def test_rounds_that_cannot_be(said: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Handbook.model_validate(by("seniority", **said))


# illustrative: the cap, the days on which officer 1 holds a detail, the reason, its figures
CAPS: list[tuple[dict[str, Any], list[str], str, dict[str, Any]]] = [
    ({"details": 1, "period": "week"}, ["2026-11-08"], "awarded", {}),
    ({"details": 1, "period": "week", "week_starts": "sunday"}, ["2026-11-08"], "week_details_reached",
     {"starts_at": at("2026-11-08 00:00"), "held_details": 1, "most_details": 1}),
    ({"hours": 8, "period": "week"}, ["2026-11-13", "2026-11-14"], "week_hours_reached",
     {"starts_at": at("2026-11-09 00:00"), "would_be_minutes": 12 * 60, "limit_minutes": 8 * 60}),
    ({"details": 2, "period": "28_days", "anchor_on": "2026-10-20"}, ["2026-10-20", "2026-11-16"],
     "28_days_details_reached", {"starts_at": at("2026-10-20 00:00"), "held_details": 2, "most_details": 2}),
    ({"hours": 11, "period": "28_days", "anchor_on": "2026-10-20"}, ["2026-10-20", "2026-11-16"],
     "28_days_hours_reached",
     {"starts_at": at("2026-10-20 00:00"), "would_be_minutes": 12 * 60, "limit_minutes": 11 * 60}),
]  # fmt: skip


@pytest.mark.parametrize(("at_most", "days", "reason", "figures"), CAPS)
def test_how_much_in_a_week_or_28_days(
    at_most: dict[str, Any], days: list[str], reason: str, figures: dict[str, Any]
) -> None:
    facts = one_round("2026-11-01 12:00", at_most=at_most)
    held = (CommitmentFacts(1, *span(f"{day} 14:00 - 18:00"), 9, "D9", pool="details") for day in days)
    _, found, shown = told(award(replace(facts, commitments=tuple(held))), 1, 1)
    assert found == reason
    assert reason == "awarded" or shown == {"round": "all", **figures}


def test_a_round_lifts_only_what_there_is() -> None:
    (found,) = [each for each in check(Handbook.model_validate(by("seniority", lifts=["16"]))) if "lifts" in each.path]
    assert (found.severity, found.path) == ("error", ("awarding", "rounds", 0, "lifts", 0))


LAST_MINUTE = {
    "rest": [{"name": "after nights", "hours": 8}],
    "awarding": {
        "rounds": [{"name": "posted", "until_hours_before": 24},
                   {"name": "last minute", "from_hours_before": 24, "order": ["first_come"], "lifts": ["after nights"]}]
    },
}  # fmt: skip
NIGHT = (tour(1, "2026-11-09 22:00 - 2026-11-10 06:00"),)


@pytest.mark.parametrize(
    ("now", "expected"),
    [("2026-11-08 12:00", ("ineligible", "rest_after_tour")), ("2026-11-09 12:00", ("awarded", "awarded"))],
)
def test_rules_marked_not_in_the_last_minute_are_lifted_then(now: str, expected: tuple[str, str]) -> None:
    facts = department(LAST_MINUTE, [officer(1)], [opening(1, MORNING)], {1: [1]}, tours=NIGHT)
    facts = replace(facts, now=at(now), signups=(replace(facts.signups[0], signed_up_at=at("2026-11-01 12:00")),))
    result = award(facts)
    assert told(result, 1, 1)[:2] == expected
    assert replay(to_json(facts)) == result


def test_who_signs_up_is_judged_by_the_rounds_of_the_time_asked_about() -> None:
    facts = department(LAST_MINUTE, [officer(1)], [opening(1, MORNING)], {}, tours=NIGHT)
    judge, who, about = Taking(facts), facts.officers[0], facts.openings[0]
    assert judge.verdict(who, about, at("2026-11-08 12:00")).reason == "rest_after_tour"
    assert judge.verdict(who, about, at("2026-11-09 12:00")).is_eligible


def test_when_officers_are_ordered_in() -> None:
    """Now, at the round's time, or never before the start."""
    orders = {"name": "orders", "kind": "order_in", "from_hours_before": 12}
    handbook = Handbook.model_validate({"awarding": {"rounds": [{"name": "posted"}, orders]}})
    starts_at = at("2026-11-10 07:00")
    assert next_orders_at(handbook, starts_at, at("2026-11-01 12:00"), ZONE) == at("2026-11-09 19:00")
    assert next_orders_at(handbook, starts_at, at("2026-11-10 05:00"), ZONE) == at("2026-11-10 05:00")
    assert next_orders_at(handbook, starts_at, at("2026-11-10 07:00"), ZONE) is None
    assert next_orders_at(Handbook(), starts_at, at("2026-11-01 12:00"), ZONE) is None


def ordered_in(order: Any, spares: list[str] | None = None, **more: Any) -> AwardFacts:
    """Two slots nobody signed up for; officers 4 and 3 are the most junior."""
    last = {"name": "orders", "kind": "order_in", "order": order, **({} if spares is None else {"spares": spares})}
    rounds = {"awarding": {"rounds": [{"name": "posted"}, last]}}
    officers = [officer(each) for each in (1, 2, 3, 4)]
    return department(
        rounds, officers, [opening(1, MORNING), opening(2, EVENING)], {1: [1]}, slots={1: 2}, has_everybody=True, **more
    )


JUNIOR_FIRST = [{"key": "seniority", "direction": "down"}]
ON_LEAVE, WORKS = tour(4, "2026-11-10 16:00 - 23:00", "leave"), tour(3, "2026-11-10 18:00 - 23:00")


def test_what_is_left_is_ordered_in_reverse_seniority_but_never_on_vacation() -> None:
    facts = ordered_in(JUNIOR_FIRST, tours=(ON_LEAVE, WORKS))
    result = award(facts)
    assert winners(result) == {1: [1, 3], 2: [2]}
    assert [each.round for each in result.awards] == ["posted", "orders", "orders"]
    # 4 has leave that day, though not in those hours of the morning.
    assert told(result, 3, 1) == (
        "awarded", "ordered_in", {"round": "orders", "number": 2, "place": 2, "passed": 1})  # fmt: skip
    # In the evening 3 is on duty, and 4 on leave.
    assert told(result, 2, 2)[2] == {"round": "orders", "number": 1, "place": 3, "passed": 2}
    assert replay(to_json(facts)) == result


def test_whom_the_handbook_spares() -> None:
    # Nobody is spared for the day's sake: 4 is free in the morning.
    assert winners(award(ordered_in(JUNIOR_FIRST, [], tours=(ON_LEAVE, WORKS))))[1] == [1, 4]
    # On days off neither: only 3 has duty that day, and in the evening's own hours.
    days_off_too = award(ordered_in(JUNIOR_FIRST, ["leave_days", "days_off"], tours=(ON_LEAVE, WORKS)))
    assert winners(days_off_too) == {1: [1, 3]}


# leave and duty of officer 4, the most junior; the days off around his leave belong to it, or not
BESIDE_LEAVE = [
    ("the day before his leave", [("2026-11-11 08:00 - 16:00", "leave")], [1, 3]),
    ("days off between", [("2026-11-13 08:00 - 16:00", "leave")], [1, 3]),
    ("after it", [("2026-11-07 08:00 - 16:00", "leave")], [1, 3]),
    ("duty between", [("2026-11-11 08:00 - 16:00", "duty"), ("2026-11-12 08:00 - 16:00", "leave")], [1, 4]),
    ("no leave", [("2026-11-11 08:00 - 16:00", "duty")], [1, 4]),
    ("duty that evening", [("2026-11-10 18:00 - 23:00", "duty"), ("2026-11-11 08:00 - 16:00", "leave")], [1, 4]),
]


@pytest.mark.parametrize(("clause", "times", "given"), BESIDE_LEAVE)
def test_days_off_at_the_beginning_or_end_of_leave_are_part_of_it(
    clause: str, times: list[tuple[str, Any]], given: list[int]
) -> None:
    tours = tuple(tour(4, when, kind) for when, kind in times)
    spared = ordered_in(JUNIOR_FIRST, ["leave_days", "days_off_beside_leave"], tours=tours)
    assert winners(award(spared))[1] == given, clause


def test_an_order_that_changes_moves_while_officers_are_ordered_in() -> None:
    result = award(ordered_in(["rotation"], rotation=[4, 2, 3, 1]))
    assert winners(result) == {1: [1, 4], 2: [2]}
    assert {each.officer_id: each.after for each in result.counters if each.name == "rotation"} == {4: 5, 2: 6}


def one_by_one(signed_up: dict[int, str]) -> AwardFacts:
    """A detail posted at noon; each officer may sign up five minutes after the one above him."""
    facts = department(
        by("seniority", entry_minutes_apart=5),
        [officer(1), officer(2), officer(3, status="sick"), officer(4)],
        [opening(1, MORNING)],
        {who: [1] for who in signed_up},
        has_everybody=True,
    )
    signups = (replace(each, signed_up_at=at(f"2026-10-01 {signed_up[each.officer_id]}")) for each in facts.signups)
    return replace(facts, now=at("2026-10-01 13:00"), signups=tuple(signups))


# illustrative: a computed minute for each officer, later than the one above
def test_a_sign_up_before_ones_turn_does_not_count() -> None:
    result = award(one_by_one({2: "12:04", 4: "12:10"}))
    assert winners(result) == {1: [4]}
    assert told(result, 2, 1) == (
        "not_awarded", "entry_not_yet", {"opens_at": at("2026-10-01 12:05"), "place": 2, "round": "all"})  # fmt: skip


def test_all_in_their_turns_go_by_the_order() -> None:
    assert winners(award(one_by_one({2: "12:05", 4: "12:11"}))) == {1: [2]}


@pytest.mark.parametrize(("now", "reason"), [("12:09", "entry_not_yet"), ("12:10", None)])
def test_who_signs_up_before_his_turn_is_told_when_it_opens(now: str, reason: str | None) -> None:
    facts = replace(one_by_one({}), now=at(f"2026-10-01 {now}"))
    assert may_enter(facts, 4, 1).reason == reason


def test_entry_needs_an_order_that_stands() -> None:
    with pytest.raises(ValueError, match="stands before anybody signs up, not rotation"):
        Handbook.model_validate(by("rotation", entry_minutes_apart=1))


def test_who_is_away_by_his_own_word_is_ordered_in_all_the_same_and_awarded_nothing_else() -> None:
    away = tuple(replace(ON_LEAVE, officer_id=each, kind="away") for each in (2, 3, 4))
    facts = ordered_in(JUNIOR_FIRST, tours=away)
    assert winners(award(facts)) == {1: [1, 4], 2: [4]}
    asked = replace(facts, signups=(*facts.signups, SignupFacts(4, 2, NOW)), has_everybody=False)
    assert told(award(asked), 4, 2)[:2] == ("ineligible", "away")


POOL = "details"
RECALLS: dict[str, Any] = {"name": "recalls", "kind": "recall", "order": ["rotation", "seniority"]}


def called_back(counter: str | None, places: dict[int, int]) -> AwardFacts:
    """Two slots nobody signed up for; details rotate 4, 3, 2, 1, and recalls as `places` say."""
    recalls = RECALLS | {"counter": counter} if counter else RECALLS
    rules = {"pools": [POOL, "recalls"], "awarding": {"rounds": [{"name": "posted"}, recalls]}}
    officers = [officer(each) for each in (1, 2, 3, 4)]
    facts = department(rules, officers, [opening(1, MORNING), opening(2, EVENING)], {}, has_everybody=True)
    of_details = [CounterFacts(each, POOL, place=5 - each) for each in (1, 2, 3, 4)]
    of_recalls = [CounterFacts(each, "recalls", place=place) for each, place in places.items()]
    return replace(facts, counters=(*of_details, *of_recalls))


# Illustrative: counter of the round, places in it, who is called back to 1 and 2, whose place in which pool moved
RECALLED: list[tuple[str | None, dict[int, int], dict[int, list[int]], set[tuple[int, str]]]] = [
    (None, {}, {1: [4], 2: [3]}, {(4, POOL), (3, POOL)}),
    ("recalls", {2: 1, 1: 2, 3: 3, 4: 4}, {1: [2], 2: [1]}, {(2, "recalls"), (1, "recalls")}),
    # Who has no place among them comes after all who have, as in any rotation.
    ("recalls", {3: 7}, {1: [3], 2: [3]}, {(3, "recalls")}),
]  # fmt: skip


@pytest.mark.parametrize(("counter", "places", "called", "moved"), RECALLED)
def test_recalls_go_by_a_counter_of_their_own(counter: Any, places: Any, called: Any, moved: Any) -> None:
    facts = called_back(counter, places)
    result = award(facts)
    assert winners(result) == called
    assert {(each.officer_id, each.pool) for each in result.counters if each.name == "rotation"} == moved
    assert {(each.officer_id, each.pool) for each in result.counters if each.name == "hours"} == moved
    assert [each.reason for each in result.verdicts] == ["recalled", "recalled"]
    assert replay(to_json(facts)) == result


def test_a_round_counts_only_in_a_pool_there_is() -> None:
    with pytest.raises(ValueError, match="counts in the pool 'recalls', which is not among pools"):
        Handbook.model_validate({"awarding": {"rounds": [RECALLS | {"counter": "recalls"}]}})
