"""Awards worked out by hand: who gets what, who stands by, and the reason told to each who went without."""

from datetime import date
from typing import Any

import pytest

from models.rules.awarding.award import AwardResult, award
from models.rules.facts import AwardFacts
from tests.rules.cast import by, department, officer, opening, tour
from tests.rules.sources import (
    AUBURN_13_6,
    ILLUSTRATIVE,
    LEXINGTON_64B,
    LOWEST_HOURS_3B,
    ROSTER_14_3,
    ROSTER_15_2,
)

MORNING, NOON, EVENING = "2026-11-10 07:00 - 11:00", "2026-11-10 10:00 - 14:00", "2026-11-10 15:00 - 23:00"


def winners(result: AwardResult) -> dict[int, list[int]]:
    """Officers by opening, in the order of their awards."""
    return {
        each: [one.officer_id for one in result.awards if one.opening_id == each]
        for each in sorted({one.opening_id for one in result.awards})
    }


def told(result: AwardResult, who: int, what: int) -> tuple[str, str, dict[str, Any]]:
    """Outcome, reason and figures of a signup."""
    (found,) = [each for each in result.verdicts if (each.officer_id, each.opening_id) == (who, what)]
    return found.outcome, str(found.reason), found.figures


def standbys(result: AwardResult, what: int) -> tuple[int, ...]:
    """The standbys of an opening, the next one first."""
    return next((each.officer_ids for each in result.standbys if each.opening_id == what), ())


TWO_A_DAY = [opening(1, MORNING), opening(2, EVENING)]
OVERLAPPING = [opening(1, MORNING), opening(2, NOON), opening(3, EVENING)]

# clause, facts, winners by opening
TABLE: list[tuple[str, AwardFacts, dict[int, list[int]]]] = [
    # Strict seniority: the senior officer has both, as they do not overlap.
    (ILLUSTRATIVE, department(by("seniority"), [officer(1), officer(2)], TWO_A_DAY, {1: [2, 1], 2: [1, 2]}),
     {1: [1], 2: [1]}),
    # Of overlapping ones he holds the one he prefers, and the junior gets the other.
    (ILLUSTRATIVE, department(by("seniority"), [officer(1), officer(2)], OVERLAPPING, {1: [2, 1], 2: [2, 1]}),
     {1: [2], 2: [1]}),
    # The same date of hire: the lower badge, 9 before 10.
    (ILLUSTRATIVE,
     department(by("seniority"), [officer(1, badge="10"), officer(2, badge="9", seniority_on=officer(1).seniority_on)],
                TWO_A_DAY[:1], {1: [1], 2: [1]}),
     {1: [2]}),
    # Badge downwards: the higher badge first.
    (ILLUSTRATIVE,
     department(by({"key": "badge", "direction": "down"}), [officer(1), officer(2)], TWO_A_DAY[:1], {1: [1], 2: [1]}),
     {1: [2]}),
    # By rank within seniority of the same day.
    (ILLUSTRATIVE,
     department(by("rank", "seniority"), [officer(1), officer(2, rank="Sergeant")], TWO_A_DAY[:1], {1: [1], 2: [1]}),
     {1: [2]}),
    # The longest in the rank, whatever the seniority; who was never promoted has had it since his seniority began.
    (ILLUSTRATIVE,
     department(by("rank", "date_in_rank"),
                [officer(1, rank="Sergeant", rank_on=date(2020, 1, 1)),
                 officer(2, rank="Sergeant", rank_on=date(2019, 1, 1)), officer(3)],
                TWO_A_DAY[:1], {1: [1], 2: [1], 3: [1]}),
     {1: [2]}),
    (ILLUSTRATIVE,
     department(by("date_in_rank"), [officer(1, rank_on=date(2020, 1, 1)), officer(2)],
                TWO_A_DAY[:1], {1: [1], 2: [1]}),
     {1: [2]}),
    # Rotation: top of the list; accepts, to the bottom; the next is offered the next detail.
    (ROSTER_15_2,
     department(by("rotation"), [officer(1), officer(2), officer(3)], TWO_A_DAY,
                {1: [1, 2], 2: [1, 2], 3: [1, 2]}, rotation=[2, 3, 1]),
     {1: [2], 2: [3]}),
    # Who is on duty in those hours is skipped at no cost: he keeps the top and takes the next.
    (ROSTER_14_3,
     department(by("rotation"), [officer(1), officer(2)], TWO_A_DAY, {1: [1, 2], 2: [1, 2]}, rotation=[1, 2],
                tours=(tour(1, "2026-11-10 06:00 - 14:00"),)),
     {1: [2], 2: [1]}),
    # Who accepts is moved to the bottom before the next assignment of the same call.
    (AUBURN_13_6,
     department(by("rotation"), [officer(1), officer(2)], [opening(1, MORNING), opening(2, EVENING)],
                {1: [1, 2], 2: [2]}, rotation=[1, 2]),
     {1: [1], 2: [2]}),
    # The lowest number of accumulated hours; what is awarded counts at once.
    (LOWEST_HOURS_3B,
     department(by("fewest_hours", "seniority"), [officer(1), officer(2)], TWO_A_DAY, {1: [1, 2], 2: [1, 2]},
                hours={1: 26, 2: 23}),
     {1: [2], 2: [1]}),
    # A tie in the number of hours: the highest departmental seniority.
    (LOWEST_HOURS_3B,
     department(by("fewest_hours", "seniority"), [officer(1), officer(2)], TWO_A_DAY[:1], {1: [1], 2: [1]},
                hours={1: 12, 2: 12}),
     {1: [1]}),
    # Counters at zero: work is filled by seniority.
    (LEXINGTON_64B,
     department(by("fewest_hours", "seniority"), [officer(3), officer(2), officer(1)], TWO_A_DAY,
                {3: [1, 2], 2: [1, 2], 1: [1, 2]}),
     {1: [1], 2: [2]}),
    # Double-time details are a list of their own: many hours of road work do not count there.
    (LEXINGTON_64B,
     department({"pools": ["double", "details"], **by("fewest_hours", "seniority")}, [officer(1), officer(2)],
                [opening(1, MORNING, pool="double")], {1: [1], 2: [1]}, hours={1: 40}),
     {1: [1]}),
    # The top of the rotation is first for the morning, waits for the noon detail he prefers, and gets it.
    (ILLUSTRATIVE,
     department(by("rotation"), [officer(1), officer(2)], OVERLAPPING[:2], {1: [2, 1], 2: [1, 2]}, rotation=[1, 2]),
     {1: [2], 2: [1]}),
    # He waits in vain where another ranks before him for it, so he has the morning after all.
    (ILLUSTRATIVE,
     department({"pools": ["details", "double"], **by("fewest_hours", "seniority")}, [officer(1), officer(2)],
                [opening(1, MORNING, pool="double"), opening(2, NOON)], {1: [2, 1], 2: [2, 1]},
                hours={1: 5, 2: 0}),
     {1: [1], 2: [2]}),
    # A monthly round of at most one detail each, then the rest by rotation.
    (ILLUSTRATIVE,
     department({"awarding": {"rounds": [{"name": "monthly", "at_most": {"details": 1}},
                                         {"name": "open", "order": ["rotation"]}]}},
                [officer(1), officer(2)],
                [opening(1, MORNING), opening(2, EVENING), opening(3, "2026-11-11 07:00 - 11:00")],
                {1: [1, 2, 3], 2: [1, 3]}, rotation=[1, 2]),
     {1: [1], 2: [1], 3: [2]}),
    # At most so many hours in a round.
    (ILLUSTRATIVE,
     department(by("seniority", at_most={"hours": 8}), [officer(1)], TWO_A_DAY, {1: [1, 2]}), {1: [1]}),
    # Officers of the district first, by seniority; then everybody.
    (ILLUSTRATIVE,
     department({"awarding": {"rounds": [{"name": "own", "who": {"own_unit": True}}, {"name": "all"}]}},
                [officer(1, unit="North"), officer(2, unit="South")],
                [opening(1, MORNING, unit="South"), opening(2, EVENING)], {1: [1, 2], 2: [2, 1]}),
     {1: [2], 2: [1]}),
    # Rest holds between the new awards too: after the evening no early morning.
    (ILLUSTRATIVE,
     department({"rest": [{"hours": 8}], **by("seniority")}, [officer(1), officer(2)],
                [opening(1, EVENING), opening(2, "2026-11-11 06:00 - 10:00")], {1: [1, 2], 2: [1, 2]}),
     {1: [1], 2: [2]}),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "facts", "expected"), TABLE)
def test_who_is_awarded(clause: str, facts: AwardFacts, expected: dict[int, list[int]]) -> None:
    assert winners(award(facts)) == expected, clause


def test_each_who_went_without_hears_who_ranked_above_by_which_key_with_both_values() -> None:
    officers = [officer(1), officer(2), officer(3)]
    everyone = {1: [1], 2: [1], 3: [1]}
    by_hours = department(by("fewest_hours"), officers, TWO_A_DAY[:1], everyone, hours={1: 31.5, 2: 24, 3: 40})
    assert told(award(by_hours), 1, 1) == (
        "standby",
        "outranked_by_fewest_hours",
        {"badge": "102", "theirs_minutes": 1440, "yours_minutes": 1890},
    )
    by_turn = department(by("rotation"), officers, TWO_A_DAY[:1], everyone, rotation=[3, 1, 2])
    assert told(award(by_turn), 2, 1)[1:] == (
        "outranked_by_rotation",
        {"badge": "103", "theirs_place": 1, "yours_place": 3},
    )
    by_date = department(by("seniority"), officers, TWO_A_DAY[:1], everyone, slots={1: 2})
    assert told(award(by_date), 3, 1)[1:] == (
        "outranked_by_seniority",
        {"badge": "102", "theirs_on": officer(2).seniority_on, "yours_on": officer(3).seniority_on},
    )


def test_standbys_are_ranked_after_the_award_with_the_counters_as_they_then_are() -> None:
    facts = department(
        by("rotation"),
        [officer(1), officer(2), officer(3)],
        [opening(1, MORNING), opening(2, "2026-11-12 07:00 - 11:00")],
        {1: [1, 2], 2: [1, 2], 3: [1, 2]},
        rotation=[1, 2, 3],
    )
    result = award(facts)
    assert winners(result) == {1: [1], 2: [2]}
    # The rotation is 3, 1, 2 by now.
    assert standbys(result, 1) == (3, 2)
    assert standbys(result, 2) == (3, 1)
    assert told(result, 2, 1)[0] == "standby"


def test_the_handbook_says_how_many_standbys_are_kept() -> None:
    handbook = {"awarding": {"rounds": [{"name": "all"}], "standbys": 1}}
    result = award(department(handbook, [officer(1), officer(2), officer(3)], TWO_A_DAY[:1], {1: [1], 2: [1], 3: [1]}))
    assert standbys(result, 1) == (2,)
    assert told(result, 3, 1)[:2] == ("not_awarded", "outranked_by_seniority")


def test_reasons_of_those_whom_no_other_officer_beat() -> None:
    caps = award(department(by("seniority", at_most={"details": 1}), [officer(1)], TWO_A_DAY, {1: [1, 2]}))
    assert told(caps, 1, 2) == ("not_awarded", "round_details_reached", {"round": "all", "most_details": 1})
    none_free = award(department(by("seniority"), [officer(1)], TWO_A_DAY[:1], {1: [1]}, slots={1: 0}))
    assert told(none_free, 1, 1)[:2] == ("standby", "no_free_slot")
    others = award(department(by("seniority", who={"units": ["A"]}), [officer(1)], TWO_A_DAY[:1], {1: [1]}))
    assert told(others, 1, 1)[:2] == ("ineligible", "not_in_any_round")
    preferred = award(department(by("seniority"), [officer(1)], OVERLAPPING, {1: [2, 1, 3]}))
    assert told(preferred, 1, 1)[1] == "awarded_preferred"
    assert told(preferred, 1, 1)[2]["detail"] == "D2"
    limit = {"limits": [{"kind": "rolling", "hours": 8, "in_hours": 24}], **by("seniority")}
    limited = award(department(limit, [officer(1)], [opening(1, EVENING), opening(2, MORNING)], {1: [1, 2]}))
    assert told(limited, 1, 2)[:2] == ("not_awarded", "limit_rolling")
    late = department(by("seniority"), [officer(1)], [opening(1, MORNING, closes_at=TWO_A_DAY[0].posted_at)], {1: [1]})
    assert told(award(late), 1, 1)[0] == "awarded", "signed up at the very close"


def test_a_slot_lost_to_an_earlier_round_names_the_round() -> None:
    rounds = [{"name": "sergeants", "who": {"ranks": ["Sergeant"]}}, {"name": "everyone"}]
    facts = department(
        {"awarding": {"rounds": rounds}}, [officer(1), officer(2, rank="Sergeant")], TWO_A_DAY[:1], {1: [1], 2: [1]}
    )
    assert told(award(facts), 1, 1) == ("standby", "earlier_round", {"badge": "102", "round": "sergeants"})


def test_who_lost_in_a_round_that_was_for_him_hears_why_although_a_later_one_is_too() -> None:
    """A hybrid: a month at a time by seniority, one detail each, then whatever is left by rotation."""
    rounds = [
        {"name": "monthly", "at_most": {"details": 1}},
        {"name": "open", "order": ["rotation", "seniority"]},
    ]
    signups = {1: [1, 2], 2: [2], 3: [1]}
    people = [officer(n) for n in (1, 2, 3)]
    result = award(department({"awarding": {"rounds": rounds}}, people, TWO_A_DAY, signups))
    assert [(each.officer_id, each.opening_id) for each in result.awards] == [(1, 1), (2, 2)]
    assert told(result, 1, 2)[1:] == ("round_details_reached", {"round": "monthly", "most_details": 1})
    assert told(result, 3, 1)[1] == "outranked_by_seniority"


def test_who_was_stopped_by_a_limit_that_a_later_round_lifts_hears_of_the_limit() -> None:
    limit = {"name": "a day", "kind": "calendar", "period": "day", "hours": 1, "only": {"units": ["A"]}}
    rounds = [{"name": "first"}, {"name": "last", "lifts": ["a day"]}]
    facts = department(
        {"limits": [limit], "awarding": {"rounds": rounds}},
        [officer(1, unit="A"), officer(2)],
        TWO_A_DAY[:1],
        {1: [1], 2: [1]},
    )
    assert told(award(facts), 1, 1)[1] == "limit_day"


def test_a_rotation_may_have_members_who_did_not_sign_up_and_officers_without_a_place() -> None:
    facts = department(
        by("rotation"), [officer(1), officer(2)], TWO_A_DAY, {1: [1, 2], 2: [1, 2]}, rotation=[7, 8, 9, 2, 10]
    )
    result = award(facts)
    assert winners(result) == {1: [2], 2: [2]}
    assert told(result, 1, 1)[2] == {"badge": "102", "theirs_place": 4, "yours_place": 6}
    newcomer = award(department(by("rotation"), [officer(1)], TWO_A_DAY[:1], {1: [1]}, rotation=[7, 8]))
    assert [(each.name, each.before, each.after) for each in newcomer.counters] == [
        ("hours", 0, 240),
        ("rotation", None, 3),
    ]


def test_facts_that_name_what_they_do_not_contain_are_refused() -> None:
    with pytest.raises(ValueError, match="do not contain"):
        award(department(by("seniority"), [officer(1)], TWO_A_DAY, {2: [1]}))
