"""The award against its definition, on small departments that hypothesis thinks up."""

import os
from dataclasses import replace

from hypothesis import given, settings

from models.rules.awarding.award import AwardResult, award, replay, result_from_json, result_to_json
from models.rules.facts import AwardFacts, from_json, to_json
from models.rules.orders.rotations import Rotations
from tests.rules.oracle import Oracle
from tests.rules.worlds import BY_SLOT, CAPS, CHANGING, ONE_EACH, STATIC, crowds, worlds

# `make chaos` thinks up ten times as many.
EXAMPLES = 400 if os.environ.get("DUTYLINE_CHAOS") else 40
EVERY = STATIC + CHANGING + BY_SLOT


def _winners(result: AwardResult) -> dict[int, list[int]]:
    winners: dict[int, list[int]] = {}
    for each in result.awards:
        winners.setdefault(each.opening_id, []).append(each.officer_id)
    return winners


@settings(max_examples=EXAMPLES, deadline=None)
@given(worlds(STATIC, rounds=3, orders_in=True))
def test_a_static_order_gives_each_officer_in_turn_the_best_of_what_is_left(facts: AwardFacts) -> None:
    expected = Oracle(facts).award()
    assert _winners(award(facts)) == {each: winners for each, winners in expected.winners.items() if winners}


@settings(max_examples=3 * EXAMPLES, deadline=None)
@given(worlds(CHANGING, rounds=3, orders_in=True))
def test_a_changing_order_comes_out_as_starting_over_whenever_somebody_waited_in_vain(facts: AwardFacts) -> None:
    expected = Oracle(facts).award()
    assert _winners(award(facts)) == {each: winners for each, winners in expected.winners.items() if winners}


@settings(max_examples=EXAMPLES, deadline=None)
@given(worlds(STATIC + CHANGING, rounds=3, orders_in=True))
def test_counters_move_by_what_was_awarded(facts: AwardFacts) -> None:
    expected = Oracle(facts).award()
    minutes = {(each.officer_id, each.pool): each.minutes for each in facts.counters}
    places = dict(Rotations(facts.counters).places)
    for change in award(facts).counters:
        (minutes if change.name == "hours" else places)[change.officer_id, change.pool] = change.after
    assert minutes == expected.minutes
    pools = {pool for _, pool in places}
    by_pool = {pool: sorted((place, who) for (who, of), place in places.items() if of == pool) for pool in pools}
    assert {pool: [who for _, who in by_pool[pool]] for pool in by_pool} == expected.rotations


@settings(max_examples=EXAMPLES, deadline=None)
@given(worlds(EVERY, rounds=3, orders_in=True))
def test_no_slot_twice_no_officer_in_two_places_no_limit_broken(facts: AwardFacts) -> None:
    result, oracle = award(facts), Oracle(facts)
    lifts = facts.handbook.awarding.rounds[-1].lifts
    slots = [each.slot_id for each in result.awards]
    assert len(slots) == len(set(slots))
    assert set(slots) <= {slot.id for slot in facts.slots}
    for officer in facts.officers:
        held = [each.opening_id for each in result.awards if each.officer_id == officer.id]
        assert len(held) == len(set(held))
        assert oracle.may_hold(officer.id, held, lifts)
    for officer in facts.officers:
        before: list[int] = []
        for each_round in facts.handbook.awarding.rounds:
            mine = [
                each.opening_id
                for each in result.awards
                if each.officer_id == officer.id and each.round == each_round.name
            ]
            assert oracle.fits_cap(each_round, officer.id, mine, before)
            before.extend(mine)


@settings(max_examples=EXAMPLES, deadline=None)
@given(worlds(STATIC, rounds=1))
def test_with_one_static_order_nobody_envies_whom_the_rule_ranks_below_him(facts: AwardFacts) -> None:
    """No officer could take, beside what he prefers, a slot that is free or held by someone ranked below him."""
    (each_round,) = facts.handbook.awarding.rounds
    result = award(facts)
    assert not Oracle(facts).envies(each_round, _winners(result))
    assert not result.envies


@settings(max_examples=EXAMPLES, deadline=None)
@given(crowds(BY_SLOT, ONE_EACH, 4) | worlds(BY_SLOT, rounds=1, caps=ONE_EACH, most_openings=4))
def test_an_order_that_differs_by_slot_gives_each_the_best_of_all_awards_without_envy(facts: AwardFacts) -> None:
    """Where nobody may hold more than one."""
    _each_has_the_best_without_envy(facts)


@settings(max_examples=EXAMPLES, deadline=None)
@given(crowds(BY_SLOT, ({},), 4))
def test_the_same_where_all_openings_are_at_the_same_time(facts: AwardFacts) -> None:
    first = facts.openings[0]
    at_once = (replace(each, starts_at=first.starts_at, ends_at=first.ends_at) for each in facts.openings)
    _each_has_the_best_without_envy(replace(facts, openings=tuple(at_once)))


def _each_has_the_best_without_envy(facts: AwardFacts) -> None:
    (each_round,) = facts.handbook.awarding.rounds
    result = award(facts)
    held = {each.officer_id: each.opening_id for each in result.awards}
    best = Oracle(facts).best_without_envy(each_round)
    assert {officer: held.get(officer) for officer in best} == best
    assert not result.envies


@settings(max_examples=3 * EXAMPLES, deadline=None)
@given(crowds(BY_SLOT, CAPS, 5) | worlds(BY_SLOT, rounds=1))
def test_the_envy_that_is_left_where_officers_may_hold_several_is_what_is_reported(facts: AwardFacts) -> None:
    """And nobody could take, beside all he has, a slot that is free or held by somebody ranked below him."""
    (each_round,) = facts.handbook.awarding.rounds
    result, oracle = award(facts), Oracle(facts)
    winners = _winners(result)
    reported = {(each.officer_id, each.opening_id, each.holder_id) for each in result.envies}
    assert reported == oracle.envies(each_round, winners)
    for officer, opening, _ in reported:
        both = {opening, *(each for each in winners if officer in winners[each])}
        assert not (oracle.may_hold(officer, both, each_round.lifts) and oracle.fits_cap(each_round, officer, both))


@settings(max_examples=EXAMPLES, deadline=None)
@given(worlds(EVERY, rounds=3, orders_in=True))
def test_every_signup_has_one_verdict_that_agrees_with_the_award(facts: AwardFacts) -> None:
    result, oracle = award(facts), Oracle(facts)
    winners = _winners(result)
    ordered = {(each.officer_id, each.opening_id) for each in result.verdicts if each.reason == "ordered_in"}
    told = sorted((each.officer_id, each.opening_id) for each in result.verdicts)
    assert told == sorted(oracle.signups.keys() | ordered)
    for verdict in result.verdicts:
        won = verdict.officer_id in winners.get(verdict.opening_id, [])
        assert won == (verdict.outcome == "awarded")
        key = (verdict.officer_id, verdict.opening_id)
        rounds = [each for each in facts.handbook.awarding.signup_rounds if oracle.is_for(each, *key)]
        may_by_a_round = any(
            oracle.may_hold(key[0], {key[1]}, each.lifts if oracle.is_time(each, key[1]) else ()) for each in rounds
        )
        assert (may_by_a_round or won) == (verdict.outcome != "ineligible")


@settings(max_examples=EXAMPLES, deadline=None)
@given(worlds(EVERY, rounds=2))
def test_standbys_could_take_the_slot_as_things_stand_and_are_numbered(facts: AwardFacts) -> None:
    result, oracle = award(facts), Oracle(facts)
    winners = _winners(result)
    lists = {each.opening_id: list(each.officer_ids) for each in result.standbys}
    told = {(each.opening_id, each.place): each.officer_id for each in result.verdicts if each.outcome == "standby"}
    assert told == {
        (opening, place): officer for opening, officers in lists.items() for place, officer in enumerate(officers, 1)
    }
    for opening, officers in lists.items():
        for officer in officers:
            held = {each for each in winners if officer in winners[each]}
            assert opening not in held
            assert oracle.may_hold(officer, {*held, opening}, facts.handbook.awarding.rounds[-1].lifts)


@settings(max_examples=EXAMPLES, deadline=None)
@given(worlds(EVERY, rounds=2))
def test_who_is_said_to_be_ranked_above_holds_the_slot_and_has_the_better_value(facts: AwardFacts) -> None:
    result = award(facts)
    winners = _winners(result)
    badges = {officer.id: officer.badge for officer in facts.officers}
    downwards = {key.key for each in facts.handbook.awarding.rounds for key in each.order if key.direction == "down"}
    for verdict in result.verdicts:
        if not verdict.reason.startswith("outranked_by_"):
            continue
        assert verdict.figures["badge"] in [badges[each] for each in winners[verdict.opening_id]]
        key = verdict.reason.removeprefix("outranked_by_")
        always = {"rotation", "fewest_hours", "fewest_turns", "name", "lottery", "preference", "first_come"}
        if key == "own_unit":
            assert verdict.figures["theirs_unit"] != verdict.figures["yours_unit"]
        if key in always or (key == "seniority" and key not in downwards):
            theirs, yours = (
                next(value for name, value in verdict.figures.items() if name.startswith(whose))
                for whose in ("theirs", "yours")
            )
            assert theirs < yours


@settings(max_examples=EXAMPLES, deadline=None)
@given(worlds(EVERY, rounds=2, orders_in=True))
def test_the_same_facts_give_the_same_award_in_any_order_and_after_being_stored(facts: AwardFacts) -> None:
    result, stored = award(facts), to_json(facts)
    assert from_json(stored) == facts
    assert replay(stored) == result
    assert result_from_json(result_to_json(result)) == result
    shuffled = AwardFacts(
        handbook=facts.handbook,
        zone=facts.zone,
        now=facts.now,
        officers=facts.officers[::-1],
        openings=facts.openings[::-1],
        slots=facts.slots[::-1],
        signups=facts.signups[::-1],
        tours=facts.tours[::-1],
        commitments=facts.commitments[::-1],
        counters=facts.counters[::-1],
        seed=facts.seed,
        has_everybody=facts.has_everybody,
    )
    assert result_to_json(award(shuffled)) == result_to_json(result)
