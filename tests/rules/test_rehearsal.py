"""Past awards under other rules: the same rules change nothing, and what one award changes the next ones know of."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from models.rules.awarding.award import award
from models.rules.facts import AwardFacts, CommitmentFacts, CounterFacts, OpeningFacts
from models.rules.handbook import Handbook
from models.rules.replaying.preview import FIELD_OF
from models.rules.replaying.rehearsal import Comparison, Ended, PastAward, rehearse
from models.rules.replaying.spread import lorenz, spread
from tests.rules.cast import at, department, officer, opening

SENIORITY = Handbook.model_validate({"awarding": {"rounds": [{"name": "all", "order": ["seniority"]}]}})
HOURS = Handbook.model_validate({"awarding": {"rounds": [{"name": "all", "order": ["fewest_hours", "seniority"]}]}})
ROTATION = Handbook.model_validate({"awarding": {"rounds": [{"name": "all", "order": ["rotation"]}]}})


def chain(handbook: Handbook, awards: list[AwardFacts], ended: dict[int, tuple[Ended, ...]] | None = None):
    """The awards as they would be on record: counters and commitments of each as the ones before left them."""
    counters = {(each.officer_id, each.pool): each for facts in awards[:1] for each in facts.counters}
    held: list[CommitmentFacts] = []
    for number, each in enumerate(awards):
        facts = replace(each, handbook=handbook, counters=tuple(counters.values()), commitments=tuple(held))
        result = award(facts)
        yield PastAward(number, facts, result, (ended or {}).get(number, ()))
        for change in result.counters:
            key = (change.officer_id, change.pool)
            counters[key] = replace(counters.get(key, CounterFacts(*key)), **{FIELD_OF[change.name]: change.after})
        about = {one.id: one for one in facts.openings}
        for one in result.awards:
            won = about[one.opening_id]
            held.append(CommitmentFacts(one.officer_id, won.starts_at, won.ends_at, won.id, won.detail, pool=won.pool))
        for end in (ended or {}).get(number, ()):
            held = [one for one in held if (one.officer_id, one.opening_id) != (end.officer_id, end.opening_id)]
            key = (end.officer_id, about[end.opening_id].pool)
            given_back = about[end.opening_id].minutes - end.kept_minutes
            counters[key] = replace(counters[key], minutes=counters[key].minutes - given_back)


def day(number: int, who: tuple[int, ...] = (1, 2, 3), hours: int = 8) -> AwardFacts:
    """One detail of one slot on a day of November, awarded the day before; everybody in `who` signed up."""
    return one_detail(opening(number, f"2026-11-{number:02} 06:00 - {6 + hours:02}:00"), who)


def one_detail(about: OpeningFacts, who: tuple[int, ...]) -> AwardFacts:
    """Three officers, of whom some signed up for this one, awarded a day before it starts."""
    wishes = {each: [about.id] for each in who}
    facts = department({}, [officer(each) for each in (1, 2, 3)], [about], wishes, rotation=(1, 2, 3))
    return replace(facts, now=about.starts_at - timedelta(days=1), counts_turns=True)


def winners(found: Comparison) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(each.then, each.now) for each in found.changes]


@pytest.mark.parametrize("handbook", [SENIORITY, HOURS, ROTATION], ids=["seniority", "fewest hours", "rotation"])
def test_the_same_rules_change_nothing(handbook: Handbook) -> None:
    ended = {1: (Ended(award_of(handbook, 1), 3, at("2026-11-02 12:00"), 0),)}
    past = list(chain(handbook, [day(2), day(3), day(4), day(5, (2, 3))], ended))
    found = rehearse(past, handbook)
    assert found.changes == []
    assert (found.then, found.awards) == (found.now, 4)


def award_of(handbook: Handbook, number: int) -> int:
    """Who is awarded the detail of the award with that number."""
    return list(chain(handbook, [day(2), day(3), day(4)]))[number].result.awards[0].officer_id


def test_fewest_hours_instead_of_seniority_takes_turns() -> None:
    found = rehearse(chain(SENIORITY, [day(2), day(3), day(4), day(5)]), HOURS)
    assert winners(found) == [((1,), (2,)), ((1,), (3,))]
    assert dict(found.now.minutes) == {1: 960, 2: 480, 3: 480}


APART = {"pools": ["details", "short"], "awarding": {"rounds": [
    {"name": "all", "order": ["fewest_hours", "seniority"], "counter": "short"}]}}  # fmt: skip


def test_what_a_tried_round_counts_in_a_pool_of_its_own_is_kept_there() -> None:
    """The record knows of no such pool. What 1 gave back of it comes off where it was counted."""
    tried = Handbook.model_validate(APART)
    found = rehearse(chain(SENIORITY, [day(2), day(3), day(4), day(5)]), tried)
    assert winners(found) == [((1,), (2,)), ((1,), (3,))]
    ended = {0: (Ended(1, 2, at("2026-11-01 12:00"), 0),)}
    found = rehearse(chain(SENIORITY, [day(2), day(3), day(4)], ended), tried)
    assert winners(found) == [((1,), (2,))]
    weekly = {**APART, "pools": ["details", {"name": "short", "reset": {"period": "week"}}]}
    found = rehearse(chain(SENIORITY, [day(6), day(8), day(10)]), Handbook.model_validate(weekly))
    assert winners(found) == [((1,), (2,))]


def test_what_would_have_been_held_stands_in_the_way_of_what_comes_later() -> None:
    """By hours 2 gets the second detail; a third at the same time can then not be his, though it was on record."""
    again = one_detail(opening(30, "2026-11-03 10:00 - 12:00"), (2,))
    found = rehearse(chain(SENIORITY, [day(2), day(3), again]), HOURS)
    assert winners(found) == [((1,), (2,)), ((2,), ())]
    assert [str(each.reason) for each in found.changes[1].lost] == ["overlaps_assignment"]


def test_hours_that_the_record_gave_back_are_not_given_back_twice() -> None:
    """1 gave the first detail back on record. Where he never had it, nothing is taken off his count."""
    ended = {0: (Ended(1, 2, at("2026-11-01 12:00"), 0),)}
    others = replace(day(2), signups=day(2, (2,)).signups)
    past = list(chain(SENIORITY, [day(2), day(3), day(4)], ended))
    assert past[1].facts.counters[0].minutes == 0
    found = rehearse([replace(past[0], facts=replace(past[0].facts, signups=others.signups)), *past[1:]], HOURS)
    assert dict(found.now.awards) == {1: 1, 2: 1, 3: 1}


def test_what_happened_in_between_happens_again() -> None:
    """2 took replacements between the awards; by hours he then stays behind 1."""
    first, second = chain(SENIORITY, [day(2), day(3, (1, 2))])
    counters = tuple(
        replace(each, minutes=each.minutes + 4000 * (each.officer_id == 2)) for each in second.facts.counters
    )
    found = rehearse([first, replace(second, facts=replace(second.facts, counters=counters))], HOURS)
    assert winners(found) == []


def test_a_turn_taken_in_between_goes_to_the_bottom_here_too() -> None:
    first, second = chain(SENIORITY, [day(2), day(3)])
    moved = tuple(replace(each, place=9) if each.officer_id == 2 else each for each in second.facts.counters)
    found = rehearse([first, replace(second, facts=replace(second.facts, counters=moved))], ROTATION)
    assert winners(found) == [((1,), (3,))]


MONTHLY = {"pools": [{"name": "details", "reset": {"period": "month"}}]}


def test_where_counters_begin_anew_each_month_they_do_here_too() -> None:
    """By hours, begun anew on the first: 1, the most senior, has the first detail of each month."""
    monthly = Handbook.model_validate({**MONTHLY, "awarding": HOURS.model_dump(mode="json")["awarding"]})
    november, december = day(28), one_detail(opening(60, "2026-12-05 06:00 - 14:00"), (1, 2, 3))
    assert winners(rehearse(chain(SENIORITY, [november, december]), HOURS)) == [((1,), (2,))]
    assert winners(rehearse(chain(SENIORITY, [november, december]), monthly)) == []


def test_a_rotation_sorted_anew_by_the_tried_rules_is_sorted_here() -> None:
    sorted_anew = {"name": "details", "reset": {"period": "month", "rotation": "seniority"}}
    by_turns = ROTATION.model_dump(mode="json")["awarding"]
    tried = Handbook.model_validate({"pools": [sorted_anew], "awarding": by_turns})
    november, december = day(28), one_detail(opening(60, "2026-12-05 06:00 - 14:00"), (1, 2, 3))
    assert winners(rehearse(chain(SENIORITY, [november, december]), ROTATION)) == [((1,), (2,))]
    assert winners(rehearse(chain(SENIORITY, [november, december]), tried)) == []


def test_a_rule_that_bites_is_counted() -> None:
    strict = Handbook.model_validate({"limits": [{"kind": "rolling", "hours": 7, "in_hours": 24}]})
    found = rehearse(chain(SENIORITY, [day(2), day(3)]), strict)
    assert (found.then.filled.total(), found.now.filled.total(), found.slots.total()) == (2, 0, 2)
    assert dict(found.now.stopped) == {"limit_rolling": 6}
    assert [str(each.lost[0].reason) for each in found.changes] == ["limit_rolling", "limit_rolling"]


@pytest.mark.parametrize("seed", range(20))
def test_any_months_under_their_own_rules_come_out_as_they_were(seed: int) -> None:
    rng = random.Random(seed)
    handbook = rng.choice([SENIORITY, HOURS, ROTATION])
    days = [day(number, tuple(rng.sample((1, 2, 3), rng.randint(1, 3))), rng.choice((4, 8))) for number in range(2, 20)]
    ended = {}
    for number, each in enumerate(chain(handbook, days)):
        if rng.random() < 0.3 and each.result.awards:
            one = each.result.awards[0]
            ended[number] = (Ended(one.officer_id, one.opening_id, each.facts.now + timedelta(hours=2), 0),)
            break  # one is enough: after it the chain below goes another way
    assert rehearse(chain(handbook, days, ended), handbook).changes == []


@pytest.mark.parametrize(
    ("minutes", "gini"),
    [([], 0), ([0, 0], 0), ([60, 60, 60], 0), ([0, 60], 0.5), ([0, 0, 0, 60], 0.75), ([60, 120, 180], 0.2222)],
)
def test_the_spread_of_hours_in_one_number(minutes: list[int], gini: float) -> None:
    assert spread(minutes).gini == pytest.approx(gini, abs=0.0001)


def test_the_spread_of_hours_in_plain_shares() -> None:
    found = spread([0, 0, 60, 120, 180, 240, 300, 360, 420, 720])
    assert (found.officers, found.without, found.median_minutes, found.most_minutes) == (10, 2, 210, 720)
    assert (found.top_tenth, found.lower_half) == (0.3, 0.15)
    assert lorenz([60, 180], points=2) == [(0.0, 0.0), (0.5, 0.25), (1.0, 1.0)]
