"""Who was passed over where no award is made: asked down a list, told of what goes first come, or refused it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from models.rules.facts import AwardFacts, OfficerFacts, OpeningFacts, QualificationFacts, SignupFacts, SlotFacts
from models.rules.handbook import Handbook
from models.rules.replaying.bypass import Bypassed, Correction
from models.rules.replaying.bypass_by_list import PastListing, bypassed_by_list
from tests.rules.cast import ZONE, at
from tests.rules.sources import ILLUSTRATIVE, ROSTER_15_2

NOW = at("2026-11-02 08:00")
ABOUT = OpeningFacts(
    7, "4821", at("2026-11-10 08:00"), at("2026-11-10 16:00"), NOW, "details", ("Officer",), ("motor",)
)
LADDER = {"notice": {"bands": [{"name": "short", "method": "ladder"}]}}
MOTOR = {"qualifications": ["motor"]}


def _officer(one: int, **facts: Any) -> OfficerFacts:
    """Badge 1 is the most senior; the detail asks for a qualification that all have on record."""
    qualifications = (QualificationFacts("motor"),)
    return OfficerFacts(one, str(one), "Officer", date(2000 + one, 1, 1), **{"qualifications": qualifications, **facts})


def _facts(**of: dict[str, Any]) -> AwardFacts:
    """Badges 1 to 4, of whom those named as `b1` had that on record."""
    officers = tuple(_officer(one, **of.get(f"b{one}", {})) for one in range(1, 5))
    return AwardFacts(Handbook.model_validate(LADDER), ZONE, NOW, officers, (ABOUT,), has_everybody=True)


UNQUALIFIED: dict[str, Any] = {"qualifications": ()}


def _called_out(facts: AwardFacts, asked: list[int], *taken: int) -> PastListing:
    times = tuple((who, NOW + timedelta(minutes=10)) for who in taken)
    return PastListing(5, "call_out", facts, 7, times, frozenset(asked), call_out="posting", band="short")


def _found(past: PastListing, *corrections: tuple[str, dict[str, Any]]) -> list[Bypassed]:
    return list(
        bypassed_by_list([past], [Correction.model_validate({"badge": badge, **right}) for badge, right in corrections])
    )


# clause, the facts of then, whom the call-out asked, who took a slot, what is put right of whom;
# who was passed over, at which place, and who had it instead
CALL_OUTS: list[tuple[str, AwardFacts, list[int], list[int], tuple[str, Any], list[tuple[int, int, int]]]] = [
    (ROSTER_15_2, _facts(b1=UNQUALIFIED), [2], [2], ("1", MOTOR), [(1, 1, 2)]),
    # Who declined before him was asked in his turn and keeps it.
    (ROSTER_15_2, _facts(b2=UNQUALIFIED), [1, 3], [3], ("2", MOTOR), [(2, 2, 3)]),
    # Two slots: only the more junior of the two takers had his.
    (ROSTER_15_2, _facts(b1=UNQUALIFIED), [2, 3], [2, 3], ("1", MOTOR), [(1, 1, 3)]),
    # He is junior to who took it.
    (ROSTER_15_2, _facts(b4=UNQUALIFIED), [1], [1], ("4", MOTOR), []),
    # Nobody took it: nobody was passed over in his favour, and the call-out went to its end.
    (ILLUSTRATIVE, _facts(b1=UNQUALIFIED), [2, 3, 4], [], ("1", MOTOR), []),
    # It was on record right, and he was listed before him: whatever kept him from being asked was no wrong fact.
    (ILLUSTRATIVE, _facts(), [2], [2], ("1", MOTOR), []),
    # His seniority was wrong: listed, and too late.
    (ROSTER_15_2, _facts(b1={"status": "sick"}), [2], [2], ("3", {"seniority_on": "1999-01-01"}), [(3, 1, 2)]),
    # Who took it had no business on the list: the next who was not asked is passed over, and only he.
    (ILLUSTRATIVE, _facts(), [1], [1], ("1", {"status": "suspended"}), [(2, 1, 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "facts", "asked", "taken", "right", "passed"), CALL_OUTS)
def test_who_should_have_been_asked_down_the_list(
    clause: str, facts: AwardFacts, asked: list[int], taken: list[int], right: Any, passed: list[tuple[int, int, int]]
) -> None:
    found = _found(_called_out(facts, asked, *taken), right)
    told = [(each.officer_id, each.right.place, each.instead[0]) for each in found]
    assert told == passed, clause
    for each in found:
        assert each.right.reason == "asked_before", clause
        assert each.right.figures == {"place": each.right.place, "badge": str(each.instead[0])}, clause


def test_he_is_told_what_stood_against_him_then() -> None:
    [kept_off] = _found(_called_out(_facts(b1=UNQUALIFIED), [2], 2), ("1", MOTOR))
    assert kept_off.told is not None
    assert (kept_off.kind, kept_off.told.reason) == ("call_out", "qualification_missing")
    [too_late] = _found(_called_out(_facts(), [2], 2), ("3", {"seniority_on": "1999-01-01"}))
    assert too_late.told is None


def _came(facts: AwardFacts, who: int, *taken: tuple[int, int]) -> PastListing:
    """Officer `who` came first and was refused; slots were taken so many minutes after."""
    his = replace(facts, slots=(SlotFacts(70, 7),), signups=(SignupFacts(who, 7, NOW),), has_everybody=False)
    times = tuple((one, NOW + timedelta(minutes=minutes)) for one, minutes in taken)
    return PastListing(6, "refused", his, 7, times)


def test_who_came_first_and_was_refused_for_what_was_not_so() -> None:
    refused = _came(_facts(b3=UNQUALIFIED), 3, (1, -5), (4, 5))
    [found] = _found(refused, ("3", MOTOR))
    assert (found.kind, found.officer_id, found.right.reason, found.instead) == ("first_come", 3, "awarded", (4,))
    assert found.told is not None
    assert found.told.reason == "qualification_missing"
    assert _found(_came(_facts(b3=UNQUALIFIED), 3, (3, 5)), ("3", MOTOR)) == []
    assert _found(refused, ("4", MOTOR)) == []


def test_who_was_not_told_of_what_goes_first_come() -> None:
    announced = PastListing(8, "announced", _facts(b3=UNQUALIFIED), 7, ((4, NOW),))
    [found] = _found(announced, ("3", MOTOR), ("2", MOTOR))
    assert (found.officer_id, found.right.reason, found.instead) == (3, "to_be_told", (4,))


def test_each_is_found_once_for_an_opening() -> None:
    wrong = _facts(b3=UNQUALIFIED)
    both = [PastListing(8, "announced", wrong, 7, ((4, NOW + timedelta(hours=1)),)), _came(wrong, 3, (4, 60))]
    found = bypassed_by_list(both, [Correction(badge="3", qualifications=("motor",))])
    assert [(each.officer_id, each.record_id) for each in found] == [(3, 8)]
