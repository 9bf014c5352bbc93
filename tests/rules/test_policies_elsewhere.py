"""What policies say that were written down as handbooks by the manual alone: officers, answers, lists, notice."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from models.rules.asking.asking import asking
from models.rules.asking.replacement import replacement_order
from models.rules.awarding.award import award
from models.rules.awarding.rank_mix import slots_for
from models.rules.charging.charging import Circumstances, cost
from models.rules.eligibility import verdict
from models.rules.facts import AwardFacts, ContactFacts, CounterFacts
from models.rules.orders.turning import Counts, start_of
from models.rules.time.notice import band_of
from models.rules.time.periods import next_period_start
from tests.rules.cast import NOW, ZONE, at, department, officer, opening, tour
from tests.rules.policy import policy, rules
from tests.rules.test_award_table import told, winners

DETAIL = "2026-11-10 08:00 - 16:00"
THREE = [officer(1), officer(2), officer(3)]


def facts_of(name: str, officers: list[Any], wishes: dict[int, list[int]], **more: Any) -> AwardFacts:
    """One detail of that department, in its first pool."""
    pool = rules(name).pools[0].name
    return department(policy(name), officers, [opening(1, DETAIL, pool=pool, **more.pop("of", {}))], wishes, **more)


def asked(facts: AwardFacts) -> list[int]:
    """Whom the department asks, one after the other, where it asks down a list."""
    band = facts.handbook.notice.bands[0].name
    found = replacement_order(facts, 1, [], (), asking(facts.handbook, "posting", band))
    return [each.officer_id for each in found.candidates]


def counters(pool: str, **more: dict[int, int]) -> tuple[CounterFacts, ...]:
    """What is counted for officers 1 to 3."""
    return tuple(
        CounterFacts(each, pool, **{name: said.get(each, 0) for name, said in more.items()}) for each in (1, 2, 3)
    )


# Who is asked, or has it

# policy, clause, counters or rotation, who is asked in which order
ASKED: list[tuple[str, str, dict[str, dict[int, int]], list[int]]] = [
    ("salem", "who has worked lets the next in seniority go", {"place": {1: 3, 2: 1, 3: 2}}, [2, 3, 1]),
    ("toledo_overtime", "(a) rotating by seniority", {"place": {1: 2, 2: 3, 3: 1}}, [3, 1, 2]),
    ("lowest_at_the_desk", "2: the lowest, the senior of equals", {"minutes": {1: 480, 2: 0, 3: 0}}, [2, 3, 1]),
    ("lowest_at_the_desk", "refusals are noted and are no hours",
     {"minutes": {1: 60, 2: 120, 3: 180}, "refused_minutes": {1: 9000}}, [1, 2, 3]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "clause", "counted", "order"), ASKED)
def test_officers_are_asked_in_the_order_of_the_text(
    name: str, clause: str, counted: dict[str, dict[int, int]], order: list[int]
) -> None:
    facts = facts_of(name, THREE, {})
    assert asked(replace(facts, counters=counters(facts.openings[0].pool, **counted))) == order, clause


def test_salem_asks_a_patrolman_of_thirty_years_before_a_captain_of_five() -> None:
    people = [officer(1, rank="Patrol Officer"), officer(2, rank="Captain")]
    facts = replace(facts_of("salem", people, {}), counters=())
    assert asked(facts) == [1, 2]


def test_danvers_goes_by_the_hours_of_the_year_and_says_both_figures() -> None:
    result = award(facts_of("danvers", THREE, {1: [1], 2: [1], 3: [1]}, hours={1: 20, 2: 8, 3: 12}))
    assert winners(result) == {1: [2]}
    assert told(result, 1, 1)[1:] == (
        "outranked_by_fewest_hours", {"badge": "102", "theirs_minutes": 480, "yours_minutes": 1200})  # fmt: skip


def test_sunny_isles_gives_full_time_officers_the_first_refusal() -> None:
    people = [officer(1, job_class="Part time"), officer(2, job_class="Full time")]
    result = award(facts_of("sunny_isles", people, {1: [1], 2: [1]}, hours={1: 0, 2: 40}))
    assert winners(result) == {1: [2]}
    assert told(result, 1, 1)[1:] == ("earlier_round", {"badge": "102", "round": "full time"})


def test_a_dispatchers_shift_is_put_to_officers_before_a_dispatcher_is_mandated() -> None:
    people = [officer(1, job_class="Officer"), *(officer(each, job_class="Dispatcher") for each in (2, 3))]
    assert winners(award(facts_of("shift_volunteers", people, {1: [1], 2: [1]}, has_everybody=True))) == {1: [2]}
    assert winners(award(facts_of("shift_volunteers", people, {1: [1]}, has_everybody=True))) == {1: [1]}
    mandated = award(facts_of("shift_volunteers", people, {}, has_everybody=True))
    assert [(each.officer_id, each.round) for each in mandated.awards] == [(3, "mandated")]


def test_tolono_gives_extra_work_to_part_time_officers_and_then_in_turn() -> None:
    people = [officer(each, job_class="Part time" if each == 3 else "Full time") for each in (1, 2, 3)]
    places = counters("extra work", place={1: 2, 2: 1, 3: 3})
    everybody = replace(facts_of("tolono", people, {1: [1], 2: [1], 3: [1]}), counters=places)
    full_time = replace(facts_of("tolono", people, {1: [1], 2: [1]}), counters=places)
    assert (winners(award(everybody)), winners(award(full_time))) == ({1: [3]}, {1: [2]})


def test_boroughs_ask_part_time_officers_after_all_others() -> None:
    people = [officer(1, job_class="Part time"), officer(2, job_class="Full time"), officer(3, job_class="Full time")]
    facts = facts_of("full_time_first", people, {})
    assert asked(replace(facts, counters=counters("details", place={1: 1, 2: 3, 3: 2}))) == [3, 2, 1]


def test_nashua_asks_probationary_officers_after_all_others() -> None:
    facts = facts_of("nashua", [officer(1, status="probation"), officer(2), officer(3)], {})
    assert asked(replace(facts, counters=counters("overtime", place={1: 1, 2: 2, 3: 3}))) == [2, 3, 1]


def test_shift_overtime_is_for_the_reporting_unit() -> None:
    people = [officer(1, unit="Traffic"), officer(2, unit="Central"), officer(3, unit="Central")]
    facts = facts_of("shift_overtime", people, {}, of={"unit": "Central"})
    assert asked(replace(facts, counters=counters("overtime", place={1: 1, 2: 3, 3: 2}))) == [3, 2]


def of_shifts(name: str, *times: tuple[int, str], **more: Any) -> AwardFacts:
    """Officers 1 and 3 of the day shift, 2 of the evening shift; the detail is the day shift's, from 8 to 16."""
    people = [officer(1, unit="Days"), officer(2, unit="Evenings"), officer(3, unit="Days")]
    tours = tuple(tour(who, when) for who, when in times)
    return replace(facts_of(name, people, more.pop("wishes", {}), of={"unit": "Days"}, **more), tours=tours)


def test_a_shift_that_is_short_calls_its_own_officers_on_their_days_off_first() -> None:
    facts = of_shifts("call_in", (1, "2026-11-10 18:00 - 23:00"), has_everybody=True)
    facts = replace(facts, counters=counters("overtime", place={1: 1, 2: 2, 3: 3}))
    whole = facts.openings[0]
    half = replace(whole, ends_at=whole.starts_at + timedelta(hours=4))
    # 1 works that day: four hours are his to take, all eight are not.
    assert asked(replace(facts, openings=(half,))) == [3, 1, 2]
    assert asked(facts) == [3, 2]
    reached = [(3, "no_answer", 2), (2, "declined", 1), (1, "declined", 0)]
    contacts = tuple(ContactFacts(who, "overtime", what, NOW - timedelta(minutes=ago), 1) for who, what, ago in reached)
    assert winners(award(replace(facts, openings=(half,), contacts=contacts))) == {1: [1]}


def test_overtime_goes_to_who_is_off_of_the_shift_then_to_others_off_then_to_who_works() -> None:
    works = (1, "2026-11-10 18:00 - 23:00")
    everybody = {1: [1], 2: [1], 3: [1]}
    assert winners(award(of_shifts("overtime_preference", works, wishes=everybody))) == {1: [3]}
    result = award(of_shifts("overtime_preference", works, (3, "2026-11-10 16:00 - 22:00"), wishes=everybody))
    assert winners(result) == {1: [2]}
    assert told(result, 1, 1)[1:] == ("earlier_round", {"badge": "102", "round": "others off"})


def test_emergency_extra_duty_is_first_put_to_the_shift_before() -> None:
    facts = of_shifts("emergency_extra_duty", (3, "2026-11-10 00:00 - 08:00"))
    band = asking(facts.handbook, "posting", "less than six days")
    found = replacement_order(replace(facts, counters=counters("extra duty", minutes={3: 6000})), 1, [], (), band)
    assert [each.officer_id for each in found.candidates] == [3, 1]


def test_a_special_event_goes_to_the_senior_volunteer_and_then_to_the_least_senior() -> None:
    facts = facts_of("special_events", THREE, {2: [1]}, slots={1: 2}, has_everybody=True)
    result = award(replace(facts, openings=(replace(facts.openings[0], band="known seven days before"),)))
    assert [(each.officer_id, each.round) for each in result.awards] == [(2, "volunteers"), (3, "assigned")]


# Ordered in


def test_carson_drafts_the_least_senior_who_was_not_drafted_in_this_cycle() -> None:
    facts = facts_of("carson", THREE, {}, has_everybody=True)
    result = award(replace(facts, counts_turns=True, counters=counters("draft", turns={3: 1})))
    assert winners(result) == {1: [2]}
    assert told(result, 2, 1)[1:] == ("ordered_in", {"round": "draft", "number": 1, "place": 1, "passed": 0})


def recalled(*times: tuple[int, str, str]) -> dict[int, list[int]]:
    """Who is called in to Toledo's event, for which nobody volunteers: 1 to 3 are of Field Operations, 4 is not."""
    people = [
        officer(each, rank="Sergeant", rank_on=date(2010 + each, 1, 1), unit="Field Operations") for each in (1, 2, 3)
    ]
    tours = tuple(tour(who, when, kind) for who, when, kind in times)
    people.append(officer(4, rank="Sergeant", rank_on=date(2020, 1, 1), unit="Records"))
    return winners(award(facts_of("toledo_recall", people, {}, tours=tours, has_everybody=True)))


def test_toledo_cancels_days_off_by_reverse_seniority_but_none_beside_a_vacation() -> None:
    assert recalled() == {1: [3]}
    # 3 begins his vacation on Thursday, after two days off; 2 has duty at that time.
    vacation, duty = (3, "2026-11-12 08:00 - 16:00", "leave"), (2, "2026-11-10 09:00 - 17:00", "duty")
    assert recalled(vacation) == {1: [2]}
    assert recalled(vacation, duty) == {1: [1]}


def test_toledo_takes_volunteers_of_field_operations_first_and_of_other_bureaus_then() -> None:
    people = [officer(1, rank="Sergeant", unit="Records"), officer(2, rank="Sergeant", unit="Field Operations")]
    facts = facts_of("toledo_recall", people, {1: [1], 2: [1]}, has_everybody=True)
    assert winners(award(facts)) == {1: [2]}
    assert told(award(facts), 1, 1)[1] == "earlier_round"


def test_mandatory_overtime_goes_by_inverse_seniority_and_spares_days_off_beside_a_vacation() -> None:
    facts = facts_of("mandatory_overtime", THREE, {}, has_everybody=True)
    assert winners(award(facts)) == {1: [3]}
    beside = replace(facts, tours=(tour(3, "2026-11-08 08:00 - 16:00", "leave"),))
    assert winners(award(beside)) == {1: [2]}
    once = replace(facts, counts_turns=True, counters=counters("mandatory", turns={3: 1, 2: 1}))
    assert winners(award(once)) == {1: [1]}


# Off sick

SICK, BACK = (1, "2026-11-09 08:00 - 16:00", "sick"), (1, "2026-11-11 08:00 - 16:00", None)
MONDAY_4PM, WEDNESDAY_8AM = at("2026-11-09 16:00"), at("2026-11-11 08:00")

# what he has, the detail, why not
OFF_SICK: list[tuple[list[tuple[int, str, str | None]], str, tuple[str, dict[str, Any]] | None]] = [
    ([SICK, BACK], "2026-11-10 18:00 - 22:00",
     ("back_on_duty_first", {"ends_at": MONDAY_4PM, "free_at": WEDNESDAY_8AM, "rule": "off duty sick"})),
    ([SICK, BACK], "2026-11-11 18:00 - 22:00", None),
    ([SICK, BACK], "2026-11-08 18:00 - 22:00", None),
    ([SICK], "2026-11-20 18:00 - 22:00", ("not_back_on_duty", {"ends_at": MONDAY_4PM, "rule": "off duty sick"})),
    ([(1, SICK[1], "vacation")], "2026-11-10 18:00 - 22:00", None),
    # The tour he was sick on is none that he came back to, nor is one that he has off.
    ([SICK, (1, SICK[1], None), BACK], "2026-11-10 18:00 - 22:00",
     ("back_on_duty_first", {"ends_at": MONDAY_4PM, "free_at": WEDNESDAY_8AM, "rule": "off duty sick"})),
    ([SICK, BACK, (1, BACK[1], "vacation")], "2026-11-11 18:00 - 22:00",
     ("not_back_on_duty", {"ends_at": MONDAY_4PM, "rule": "off duty sick"})),
]  # fmt: skip


@pytest.mark.parametrize(("held", "when", "expected"), OFF_SICK)
def test_who_was_off_sick_is_back_on_duty_before_he_works_overtime(
    held: list[tuple[int, str, str | None]], when: str, expected: Any
) -> None:
    tours = tuple(
        replace(tour(who, hours, "leave" if kind else "duty"), leave_kind=kind) for who, hours, kind in held
    )  # fmt: skip
    wanted = opening(1, when, pool="overtime")
    found = verdict(officer(1), wanted, replace(facts_of("roster_overtime", [officer(1)], {}), tours=tours))
    assert (None if found.is_eligible else (found.reason, dict(found.figures))) == expected


# What an answer costs

# policy, clause, outcome, step, leave, whether the turn is spent and the hours are charged
COSTS: list[tuple[str, str, str, str, str | None, tuple[str, str]]] = [
    ("toledo_overtime", "(c) refuses", "declined", "call_out", None, ("spent", "charged")),
    ("toledo_overtime", "(c) two verified calls", "no_answer", "call_out", None, ("spent", "charged")),
    ("equal_by_division", "(b) a refusal", "declined", "call_out", None, ("spent", "charged")),
    ("equal_by_division", "(b) failure to respond", "no_answer", "call_out", None, ("spent", "charged")),
    ("equal_by_division", "(d) military service", "no_answer", "call_out", "military", ("kept", "not_charged")),
    ("equal_by_division", "(d) vacation, by choice", "declined", "call_out", "vacation", ("spent", "charged")),
    ("lowest_at_the_desk", "2: refuses", "declined", "call_out", None, ("spent", "not_charged")),
    ("lowest_at_the_desk", "2: cannot be reached", "no_answer", "call_out", None, ("kept", "not_charged")),
    ("emergency_extra_duty", "the roster: hours refused count", "declined", "call_out", None, ("spent", "charged")),
    ("nashua", "I: rejected", "declined", "call_out", None, ("spent", "not_charged")),
    ("nashua", "I: accepted", "accepted", "call_out", None, ("spent", "charged")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "clause", "outcome", "step", "leave", "expected"), COSTS)
def test_an_answer_costs_what_the_text_says(
    name: str, clause: str, outcome: Any, step: Any, leave: Any, expected: tuple[str, str]
) -> None:
    row = cost(rules(name).outcomes, outcome, Circumstances(step, 600, leave=leave))
    assert (row.turn, row.hours) == expected, clause


# Lists that begin anew, and where newcomers start

# policy, a day, the next turn of its list
TURNS = [
    ("salem", "2026-11-11", "2026-11-16"),
    ("danvers", "2026-11-11", "2027-01-01"),
    ("overtime_record", "2026-12-31", "2027-01-01"),
    ("shift_overtime", "2026-11-15", "2026-11-16"),
    ("shift_overtime", "2026-11-16", "2026-11-30"),
]


@pytest.mark.parametrize(("name", "day", "following"), TURNS)
def test_lists_begin_anew_when_the_text_says(name: str, day: str, following: str) -> None:
    reset = rules(name).pools[0].reset
    assert next_period_start(reset, date.fromisoformat(day)) == date.fromisoformat(following)


# policy, clause, what a newcomer starts with beside officers of 10 and 30 hours
STARTS = [
    ("overtime_record", "2 b: one hour more than the highest", 31),
    ("lowest_at_the_desk", "4: at the highest number of hours", 30),
    ("equal_by_division", "(d) the average", 20),
]


@pytest.mark.parametrize(("name", "clause", "hours"), STARTS)
def test_newcomers_start_where_the_text_says(name: str, clause: str, hours: int) -> None:
    pool = rules(name).pools[0]
    others = [Counts(600, 2), Counts(1800, 4)]
    assert start_of(pool.newcomers, others, pool.counts).minutes == hours * 60, clause


# Notice and headcount

BANDS = [
    ("special_events", "2026-11-03 08:00", "known seven days before"),
    ("special_events", "2026-11-03 08:01", "known later"),
    ("shift_volunteers", "2026-11-09 08:00", "a day or more"),
    ("shift_volunteers", "2026-11-09 08:01", "less than a day"),
    ("shift_overtime", "2026-11-09 07:59", "planned"),
    ("shift_overtime", "2026-11-09 08:01", "a day or less"),
]


@pytest.mark.parametrize(("name", "known", "band"), BANDS)
def test_a_detail_falls_into_the_band_of_the_text(name: str, known: str, band: str) -> None:
    assert band_of(rules(name), at(known), at("2026-11-10 08:00"), ZONE).band.name == band


RANKS: list[tuple[str, int, list[tuple[str | None, int]]]] = [
    ("sunny_isles", 3, [(None, 3)]),
    ("sunny_isles", 4, [(None, 3), ("Sergeant", 1)]),
    ("port_st_lucie", 4, [(None, 4)]),
    ("port_st_lucie", 5, [(None, 4), ("Sergeant", 1)]),
    ("port_st_lucie", 11, [(None, 9), ("Sergeant", 2)]),
    ("peel", 4, [(None, 4)]),
    ("peel", 5, [(None, 5), ("Sergeant", 1)]),
]


@pytest.mark.parametrize(("name", "officers", "slots"), RANKS)
def test_supervisors_come_with_as_many_officers_as_the_text_says(
    name: str, officers: int, slots: list[tuple[str | None, int]]
) -> None:
    assert [(each.rank, each.count) for each in slots_for(rules(name), officers)] == slots
