"""Who was passed over because a fact was wrong on record, and until when a detail is owed for it."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.rules.awarding.award import award
from models.rules.charging.remedy import owed_until
from models.rules.clauses.remedy import Remedy
from models.rules.facts import (
    AwardFacts,
    CounterFacts,
    OfficerFacts,
    OpeningFacts,
    QualificationFacts,
    SignupFacts,
    SlotFacts,
    TourFacts,
)
from models.rules.handbook import Handbook
from models.rules.replaying.bypass import Bypassed, Correction, bypassed
from models.rules.replaying.rehearsal import PastAward
from tests.rules.cast import ZONE, at
from tests.rules.sources import ILLUSTRATIVE, ROSTER_15_2

NOW, START, END = at("2026-11-02 08:00"), at("2026-11-10 08:00"), at("2026-11-10 16:00")
FEWEST = {"awarding": {"rounds": [{"name": "all", "order": ["fewest_hours"]}]}}


def _past(handbook: dict[str, Any], **facts: Any) -> PastAward:
    """An award of one slot over two officers: badge 1 is the senior; the detail asks for a qualification."""
    officers = tuple(
        OfficerFacts(one, str(one), "Officer", date(2000 + one, 1, 1), qualifications=(QualificationFacts("motor"),))
        for one in (1, 2)
    )
    made = AwardFacts(
        **{
            "handbook": Handbook.model_validate(handbook),
            "zone": ZONE,
            "now": NOW,
            "officers": officers,
            "openings": (OpeningFacts(7, "4821", START, END, NOW, "details", qualifications=("motor",)),),
            "slots": (SlotFacts(70, 7),),
            "signups": tuple(SignupFacts(one, 7, NOW) for one in (1, 2)),
            **facts,
        }
    )
    return PastAward(9, made, award(made))


def _of(who: int, **facts: Any) -> OfficerFacts:
    return OfficerFacts(who, str(who), "Officer", date(2000 + who, 1, 1), **{"qualifications": MOTOR, **facts})


MOTOR = (QualificationFacts("motor"),)

# clause, handbook, facts that were wrong, what is put right, what badge 1 was told then
CASES: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any], str]] = [
    (ROSTER_15_2, {}, {"officers": (_of(1, qualifications=()), _of(2))}, {"qualifications": ["motor"]},
     "qualification_missing"),
    (ILLUSTRATIVE, {}, {"officers": (_of(1, status="suspended"), _of(2))}, {"status": "active"}, "status_suspended"),
    (ROSTER_15_2, {}, {"tours": (TourFacts(1, START, END),)}, {"was_off": True}, "overlaps_tour"),
    (ILLUSTRATIVE, FEWEST,
     {"counters": (CounterFacts(1, "details", 960), CounterFacts(2, "details", 480))}, {"minutes": {"details": 0}},
     "outranked_by_fewest_hours"),
    (ILLUSTRATIVE, {}, {"officers": (OfficerFacts(1, "1", "Officer", date(2012, 1, 1), qualifications=MOTOR), _of(2))},
     {"seniority_on": "2001-01-01"}, "outranked_by_seniority"),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "handbook", "wrong", "right", "told"), CASES)
def test_who_should_have_had_it_is_found_with_what_he_was_told(
    clause: str, handbook: Any, wrong: Any, right: Any, told: str
) -> None:
    [found] = _found(_past(handbook, **wrong), right)
    assert (found.officer_id, found.opening.id, found.instead, found.right.outcome) == (1, 7, (2,), "awarded"), clause
    assert found.told is not None
    assert told in str(found.told.reason), clause


def test_what_changes_nothing_passes_nobody_over() -> None:
    assert _found(_past({}), {"minutes": {"details": 0}}) == []
    assert list(bypassed([_past({})], [Correction(badge="99", rank="Sergeant")])) == []


def test_a_correction_that_names_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="names nothing that was wrong"):
        Correction(badge="1")


def _found(past: PastAward, right: dict[str, Any]) -> list[Bypassed]:
    return list(bypassed([past], [Correction.model_validate({"badge": "1", **right})]))


def _days(first: str, count: int) -> set[date]:
    return {date.fromisoformat(first) + timedelta(days=after) for after in range(count)}


# clause, remedy clause, days of leave, the moment it ends; owed since 2 November at eight
UNTIL: list[tuple[str, dict[str, Any], set[date], str]] = [
    (ROSTER_15_2, {}, set(), "2026-11-17 00:00"),
    (ROSTER_15_2, {}, _days("2026-11-05", 3), "2026-11-20 00:00"),
    (ROSTER_15_2, {}, _days("2026-11-16", 7), "2026-11-24 00:00"),
    (ILLUSTRATIVE, {"leave_stops_the_clock": False}, _days("2026-11-05", 3), "2026-11-17 00:00"),
    (ILLUSTRATIVE, {"within_days": 1}, set(), "2026-11-04 00:00"),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "remedy", "leave", "until"), UNTIL)
def test_until_when_a_detail_is_owed(clause: str, remedy: Any, leave: set[date], until: str) -> None:
    assert owed_until(Remedy.model_validate(remedy), NOW, leave, ZONE) == at(until), clause
