"""A changed headcount: the mix read anew, who gives way, and what is owed for short notice."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from models.rules.awarding.headcount import Holder, Owed, cancellation_owed, giving_way, is_by_mix, slots_by_rank
from models.rules.awarding.rank_mix import OutsideEveryBand
from models.rules.facts import AwardFacts, CounterFacts, OfficerFacts, OpeningFacts
from models.rules.handbook import Handbook
from models.rules.pay.facts import WorkFacts
from tests.rules.cast import ZONE, at
from tests.rules.sources import ILLUSTRATIVE, OXFORD_CANCELLED

NOW, START, END = at("2026-11-02 08:00"), at("2026-11-10 08:00"), at("2026-11-10 16:00")
ABOUT = OpeningFacts(7, "4821", START, END, NOW, "details")
MIX = {
    "ranks": ["Sergeant", "Officer"],
    "rank_mix": {"bands": [{"at_least": 4, "at_most": 6, "rank": "Sergeant"}], "above_all_bands": "refuse"},
}


def _facts(handbook: dict[str, Any]) -> AwardFacts:
    """Badges 1 to 4, 1 the most senior, with fewer hours the more junior they are."""
    officers = tuple(OfficerFacts(one, str(one), "Officer", date(2000 + one, 1, 1)) for one in range(1, 5))
    counters = tuple(CounterFacts(one, "details", 600 - 60 * one) for one in range(1, 5))
    return AwardFacts(Handbook.model_validate(handbook), ZONE, NOW, officers, (ABOUT,), counters=counters)


def _holders(**of: dict[str, Any]) -> list[Holder]:
    """Badges 1 to 4 were given their slots in the order 3, 1, 4, 2, minutes apart."""
    given = {3: 0, 1: 1, 4: 2, 2: 3}
    return [
        Holder(who, who, NOW + timedelta(minutes=minutes), **of.get(f"b{who}", {})) for who, minutes in given.items()
    ]


FEWEST = {"awarding": {"rounds": [{"name": "all", "order": ["fewest_hours"]}]}}

# clause, handbook, what is said of holders, badges in the order in which they give way
GIVING_WAY: list[tuple[str, dict[str, Any], dict[str, Any], list[int]]] = [
    (ILLUSTRATIVE, {}, {}, [2, 4, 1, 3]),
    (ILLUSTRATIVE, {"headcount": {"gives_way": "least_senior"}}, {}, [4, 3, 2, 1]),
    (ILLUSTRATIVE, {"headcount": {"gives_way": "last_in_order"}, **FEWEST}, {}, [1, 2, 3, 4]),
    # Who gives it back anyway is let go first, then guests: they were asked last.
    (ILLUSTRATIVE, {}, {"b3": {"gives_back": True}}, [3, 2, 4, 1]),
    (ILLUSTRATIVE, {"headcount": {"gives_way": "least_senior"}}, {"b1": {"is_guest": True}}, [1, 4, 3, 2]),
    (ILLUSTRATIVE, {}, {"b3": {"gives_back": True}, "b1": {"is_guest": True}}, [3, 1, 2, 4]),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "handbook", "of", "order"), GIVING_WAY)
def test_who_gives_way_first(clause: str, handbook: Any, of: Any, order: list[int]) -> None:
    facts = _facts(handbook)
    found = giving_way(facts, 7, _holders(**of))
    assert [each.officer_id for each in found] == order, clause
    key = facts.handbook.headcount.gives_way
    wanted = ["gives_back" if each.gives_back else "guest" if each.is_guest else key for each in found]
    assert [each.why(facts.handbook) for each in found] == wanted, clause


# clause, headcount, slots there are by rank, whether supervisors' slots have turned; slots by rank afterwards
MIXED: list[tuple[str, int, dict[str | None, int], bool, dict[str | None, int]]] = [
    (ILLUSTRATIVE, 4, {None: 3}, False, {None: 3, "Sergeant": 1}),
    (ILLUSTRATIVE, 3, {None: 3, "Sergeant": 1}, False, {None: 3, "Sergeant": 0}),
    (ILLUSTRATIVE, 6, {None: 3, "Sergeant": 1}, False, {None: 5, "Sergeant": 1}),
    # It is too late to look for a sergeant: the slot is anybody's.
    (ILLUSTRATIVE, 4, {None: 3}, True, {None: 4, "Sergeant": 0}),
    (ILLUSTRATIVE, 5, {None: 3, "Sergeant": 1}, True, {None: 4, "Sergeant": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "headcount", "there", "turned", "slots"), MIXED)
def test_the_mix_is_read_anew(clause: str, headcount: int, there: Any, turned: bool, slots: Any) -> None:
    assert slots_by_rank(Handbook.model_validate(MIX), headcount, there, turned=turned) == slots, clause


def test_more_than_the_mix_has_a_band_for_are_refused() -> None:
    with pytest.raises(OutsideEveryBand):
        slots_by_rank(Handbook.model_validate(MIX), 7, {None: 3}, turned=False)


def test_only_openings_that_a_headcount_made_go_by_the_mix() -> None:
    handbook, sergeants = Handbook.model_validate(MIX), replace(ABOUT, id=8, ranks=("Sergeant",))
    assert is_by_mix(handbook, [ABOUT, sergeants])
    assert not is_by_mix(Handbook(), [ABOUT, sergeants])
    assert not is_by_mix(handbook, [ABOUT, replace(ABOUT, id=8)])
    assert not is_by_mix(handbook, [ABOUT, replace(sergeants, ranks=("Captain",))])
    assert not is_by_mix(handbook, [ABOUT, replace(sergeants, starts_at=NOW)])


PAY = {"pay": {"cancellation": {"bands": [{"under_hours": 12, "hours": 2}, {"under_hours": 1, "hours": 4}]}}}

# clause, hours before the start, rate in cents, what is owed
OWED: list[tuple[str, float, int | None, Owed | None]] = [
    (OXFORD_CANCELLED, 13, 7000, None),
    (OXFORD_CANCELLED, 11, 7000, Owed(120, 14000, to_officer=True)),
    (OXFORD_CANCELLED, 0.5, 7000, Owed(240, 28000, to_officer=True)),
    (ILLUSTRATIVE, 11, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "hours", "rate", "owed"), OWED)
def test_what_is_owed_for_short_notice(clause: str, hours: float, rate: int | None, owed: Owed | None) -> None:
    facts = WorkFacts(ZONE, START, END, cancelled_at=START - timedelta(hours=hours), rate_cents=rate)
    assert cancellation_owed(Handbook.model_validate(PAY), facts) == owed, clause
