"""Whether an officer is among those whom a round is for."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from models.rules.clauses.rounds import Round
from models.rules.clauses.tiers import Who
from models.rules.eligibility import Eligibility
from models.rules.facts import OfficerFacts, OpeningFacts
from models.rules.time.spans import Span, of_opening

#: What an officer lacks for a round that he is otherwise among: the day off, a work day, a tour beside the detail.
Lack = Literal["day_off", "work_day", "tour_before", "tour_after", "tour_beside"]

_TOURS: dict[str, Lack] = {"before": "tour_before", "after": "tour_after", "either": "tour_beside"}


def is_in_round(each_round: Round, officer: OfficerFacts, opening: OpeningFacts, judge: Eligibility) -> bool:
    """Whether a round is for an officer and an opening: by what he is, by his tours that day and beside it."""
    if not is_among(each_round.who, officer, opening.unit, judge.last_day(opening)):
        return False
    return _lack(each_round, officer, opening, judge) is None


def lack_for(each_round: Round, officer: OfficerFacts, opening: OpeningFacts, judge: Eligibility) -> Lack | None:
    """What keeps an officer from a round that is for officers like him; None where it is not, or nothing does."""
    if not is_among(each_round.who, officer, opening.unit, judge.last_day(opening)):
        return None
    return _lack(each_round, officer, opening, judge)


def _lack(each_round: Round, officer: OfficerFacts, opening: OpeningFacts, judge: Eligibility) -> Lack | None:
    if each_round.on_day and (each_round.on_day == "day_off") != judge.is_off(officer.id, opening, ("days_off",)):
        return each_round.on_day
    if each_round.beside_tour is None or _has_tour_beside(each_round, judge.timeline(officer.id).spans, opening):
        return None
    return _TOURS[each_round.beside_tour]


def _has_tour_beside(each_round: Round, spans: Iterable[Span], opening: OpeningFacts) -> bool:
    wanted, most = of_opening(opening), each_round.beside_tour_minutes
    tours = [span for span in spans if span.group == "tours"]
    ends_before = any(0 <= wanted.start - span.end <= most for span in tours)
    starts_after = any(0 <= span.start - wanted.end <= most for span in tours)
    return (ends_before and each_round.beside_tour != "after") or (starts_after and each_round.beside_tour != "before")


def is_among(who: Who, officer: OfficerFacts, unit: str | None, last_day: date) -> bool:
    """Whether the officer meets the tier, for a detail of a unit whose last day this is. What is not said holds."""
    found = [is_met for is_said, is_met in _conditions(who, officer, unit, last_day) if is_said]
    return all(found) if who.match == "all" or not found else any(found)


def _conditions(who: Who, officer: OfficerFacts, unit: str | None, last_day: date) -> list[tuple[bool, bool]]:
    """Each condition as whether it is said, and whether he meets it."""
    conditions = [
        (bool(who.units), officer.unit in who.units),
        (who.own_unit, unit is not None and officer.unit == unit),
        (bool(who.ranks), officer.rank in who.ranks),
        (bool(who.job_classes), officer.job_class in who.job_classes),
        (bool(who.statuses), officer.status in who.statuses),
    ]
    if who.qualifications or who.any_qualification:
        held = _held(officer, last_day)
        conditions.append((bool(who.qualifications), held.issuperset(who.qualifications)))
        conditions.append((bool(who.any_qualification), not held.isdisjoint(who.any_qualification)))
    return conditions


def _held(officer: OfficerFacts, last_day: date) -> set[str]:
    return {each.name for each in officer.qualifications if each.expires_on is None or each.expires_on >= last_day}
