"""A reason says which rule it comes from, by the department's name for it, and what a round lacks in an officer."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialog.rendering import render_prompt, voice_for
from models.rules.awarding.award import award
from models.rules.facts import AwardFacts, TourFacts
from models.rules.replaying.told_since import as_told_then
from tests.rules.cast import ZONE, by, department, officer, opening, tour

DETAIL = "2026-11-10 08:00 - 16:00"


def _facts(handbook: dict[str, Any], *tours: TourFacts) -> AwardFacts:
    return department(handbook, [officer(1)], [opening(1, DETAIL)], {1: [1]}, tours=tours)


def _told(facts: AwardFacts, language: str = "en", channel: str = "sms") -> tuple[dict[str, Any], str]:
    """The figures of the one verdict, and what the officer is told."""
    (found,) = award(facts).verdicts
    voice = voice_for(language, ZoneInfo(ZONE), channel)
    return dict(found.figures), render_prompt(f"verdicts.{found.reason}", found.figures, voice)


NIGHT, EVENING = tour(1, "2026-11-09 22:00 - 2026-11-10 06:00"), tour(1, "2026-11-10 18:00 - 22:00")

# the clause, his tours, how what he is told ends
NAMED: list[tuple[dict[str, Any], list[TourFacts], str]] = [
    ({"limits": [{"kind": "rolling", "name": "art. 7, twelve hours", "hours": 12, "in_hours": 24}]}, [NIGHT],
     "the limit is 12h. Rule: art. 7, twelve hours."),
    ({"limits": [{"kind": "rolling", "hours": 12, "in_hours": 24}]}, [NIGHT], "the limit is 12h."),
    ({"limits": [{"kind": "calendar", "period": "day", "name": "six a day", "hours": 6}]}, [],
     "the limit is 6h a day. Rule: six a day."),
    ({"rest": [{"hours": 8, "name": "eight hours of sleep"}]}, [NIGHT],
     "and you need 8h. Rule: eight hours of sleep."),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "tours", "end"), NAMED)
def test_a_reason_names_the_rule_it_comes_from(clause: dict[str, Any], tours: list[TourFacts], end: str) -> None:
    figures, said = _told(_facts({**by("seniority"), **clause}, *tours))
    assert (said.endswith(end), "rule" in figures) == (True, "Rule:" in end), said


OFF = {"name": "days off", "order": ["seniority"], "on_day": "day_off"}
WORK = {"name": "on duty", "order": ["seniority"], "on_day": "work_day"}
HELD = {"name": "held over", "order": ["seniority"], "beside_tour": "before"}
OTHERS = {"name": "traffic", "order": ["seniority"], "who": {"units": ["Traffic"]}}

# rounds, his tours, the figures, what he is told beside that it is for others only
LACKS: list[tuple[list[dict[str, Any]], list[TourFacts], dict[str, Any], str]] = [
    ([OFF], [EVENING], {"day_off_round": "days off"},
     "Round days off is for those with no tour that day; you have one."),
    ([WORK], [], {"work_day_round": "on duty"}, "Round on duty is for those with a tour that day; you have none."),
    ([HELD], [EVENING], {"tour_before_round": "held over"},
     "Round held over is for those whose tour ends as it starts; yours does not."),
    ([HELD | {"beside_tour": "either"}], [], {"tour_beside_round": "held over"},
     "Round held over is for those with a tour right before or after it; you have none."),
    # A round that he is not among is none that only his tours keep him from.
    ([OTHERS, OFF], [EVENING], {"day_off_round": "days off"},
     "Round days off is for those with no tour that day; you have one."),
    ([OTHERS], [EVENING], {}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("rounds", "tours", "figures", "more"), LACKS)
def test_who_is_in_no_round_hears_what_keeps_him_from_it(
    rounds: list[dict[str, Any]], tours: list[TourFacts], figures: dict[str, Any], more: str
) -> None:
    said = f"Your department's rules award this detail to others only. {more}".rstrip()
    assert _told(_facts({"awarding": {"rounds": rounds}}, *tours)) == (figures, said)


def test_the_same_in_spanish_and_for_the_ear() -> None:
    off = _facts({"awarding": {"rounds": [OFF]}}, EVENING)
    assert _told(off, "es")[1].endswith("La ronda days off es para quienes no tienen turno ese dia; usted tiene uno.")
    limit = {"kind": "rolling", "name": "art. 7", "hours": 12, "in_hours": 24}
    named = _facts({**by("seniority"), "limits": [limit]}, NIGHT)
    assert _told(named, "es")[1].endswith("Regla: art. 7.")
    assert _told(named, "en", "voice")[1].endswith("The rule is called art. 7.")


def test_an_award_of_before_is_the_same_though_reasons_tell_more_since() -> None:
    then = [{"reason": "limit_day", "figures": {"limit_minutes": 360}}]
    now = [{"reason": "limit_day", "figures": {"limit_minutes": 360, "rule": "six a day"}}]
    assert as_told_then(then, now) == then
    assert as_told_then(now, now) == now
    other = [{"reason": "limit_day", "figures": {"limit_minutes": 420, "rule": "six a day"}}]
    assert as_told_then(then, other) != then
    # A round that was for him came before none that was: such an award is told better since, and is the same.
    passed = [{"reason": "earlier_round", "figures": {"badge": "101", "round": "monthly"}}]
    assert as_told_then(passed, [{"reason": "outranked_by_seniority", "figures": {}}]) == passed
