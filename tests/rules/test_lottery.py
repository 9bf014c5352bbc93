"""The lottery: fair over seeds, the same for the same seed, and open to anybody who wants to draw again."""

from collections import Counter
from dataclasses import replace
from itertools import permutations

from models.rules.awarding.award import award, replay
from models.rules.facts import AwardFacts, to_json
from models.rules.orders.order import drawn_number
from tests.rules.cast import by, department, officer, opening
from tests.rules.test_award_table import told, winners

BADGES = ("101", "102", "103", "104")
EVERYONE = [officer(number) for number in (1, 2, 3, 4)]
# What chance exceeds once in a thousand, for 3 and for 23 degrees of freedom.
MOST_OF_3, MOST_OF_23 = 16.27, 49.73


def lottery(seed: int) -> AwardFacts:
    """Four officers for one slot."""
    facts = department(
        by("lottery"), EVERYONE, [opening(1, "2026-11-10 07:00 - 11:00")], {each.id: [1] for each in EVERYONE}
    )
    return replace(facts, seed=seed)


def chi_square(counts: Counter[tuple[str, ...]], outcomes: list[tuple[str, ...]]) -> float:
    expected = counts.total() / len(outcomes)
    return sum((counts[each] - expected) ** 2 / expected for each in outcomes)


def test_the_drawn_number_is_what_other_programs_compute_too() -> None:
    """printf 101 | openssl dgst -sha256 -hmac 42: the first sixteen digits as a number, of which the last nine."""
    assert drawn_number(42, "101") == 236_317_200


def test_every_order_of_the_officers_is_equally_likely_over_seeds() -> None:
    orders = Counter(tuple(sorted(BADGES, key=lambda badge: drawn_number(seed, badge))) for seed in range(4800))
    assert len(orders) == 24
    assert chi_square(orders, list(permutations(BADGES))) < MOST_OF_23


def test_every_officer_wins_equally_often_over_seeds() -> None:
    wins = Counter((str(100 + winners(award(lottery(seed)))[1][0]),) for seed in range(400))
    assert chi_square(wins, [(badge,) for badge in BADGES]) < MOST_OF_3


def test_the_seed_and_the_badge_alone_decide_whoever_else_takes_part() -> None:
    facts = lottery(7)
    fewer = replace(facts, officers=facts.officers[:2], signups=facts.signups[:2])
    drawn = {each.officer_id: each.figures["lottery_drawn"] for each in award(facts).rankings}
    assert {each.officer_id: each.figures["lottery_drawn"] for each in award(fewer).rankings} == {
        who: drawn[who] for who in (1, 2)
    }


def test_a_lottery_is_replayed_from_its_seed_and_tells_both_numbers() -> None:
    facts = lottery(2**53 - 1)
    result = award(facts)
    assert replay(to_json(facts)) == result
    first, second = sorted(EVERYONE, key=lambda each: drawn_number(facts.seed, each.badge))[:2]
    assert winners(result) == {1: [first.id]}
    assert told(result, second.id, 1) == (
        "standby",
        "outranked_by_lottery",
        {
            "badge": first.badge,
            "theirs_drawn": drawn_number(facts.seed, first.badge),
            "yours_drawn": drawn_number(facts.seed, second.badge),
        },
    )


def test_a_lottery_may_decide_within_a_rank() -> None:
    officers = [officer(1), officer(2), officer(3, rank="Sergeant")]
    facts = department(
        by("rank", "lottery"), officers, [opening(1, "2026-11-10 07:00 - 11:00")], {1: [1], 2: [1], 3: [1]}
    )
    assert {winners(award(replace(facts, seed=seed)))[1][0] for seed in range(20)} == {3}
