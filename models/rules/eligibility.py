"""Whether an officer may take a detail: asked at sign-up, award, offer, replacement and check-in alike."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from copy import copy
from datetime import date
from typing import Self

from models.rules.clauses.hours import Binding
from models.rules.facts import AwardFacts, OfficerFacts, OpeningFacts
from models.rules.limits.time_rules import TimeRules, advice_at, bound_at
from models.rules.standing import StandingRules, status_on
from models.rules.time.spans import Span, of_commitment, of_opening, of_tour, overlap_verdict
from models.rules.time.timeline import Timeline
from models.rules.time.windows import day_number, local_date
from models.rules.verdict import ELIGIBLE, Verdict

#: Nobody has more days off in a row than this without leave.
_FAR_DAYS = 21


def verdict(officer: OfficerFacts, opening: OpeningFacts, facts: AwardFacts, stage: Binding = "award") -> Verdict:
    """
    Whether the officer may take the opening, by every rule that binds at that stage; the first that stops him is the
    reason. An assignment to this very opening counts like any other: leave it out of the facts where it is not to
    stand in its own way.
    """
    return Eligibility(facts, stage).verdict(officer, opening)


def advice(officer: OfficerFacts, opening: OpeningFacts, facts: AwardFacts, stage: Binding) -> list[Verdict]:
    """What stands against it by rules that do not bind at that stage, or never: told, and no more."""
    return Eligibility(facts, stage).advice(officer, opening)


class Eligibility:
    """
    The same question for many officers and openings; reads the facts once.
    """

    def __init__(self, facts: AwardFacts, stage: Binding = "award") -> None:
        self.facts = facts
        self.stage = stage
        self.standing = StandingRules(facts)
        self.leave_blocks = facts.handbook.eligibility.leave_blocks
        self.is_ordering = False
        self._lifted: Collection[str] = ()
        self.rules = TimeRules(facts.handbook, facts.zone, bound_at(stage))
        self._officers = {officer.id: officer for officer in facts.officers}
        self._taken: dict[int, list[Span]] = defaultdict(list)
        is_actual = facts.handbook.eligibility.hours_counted == "actual"
        for tour in facts.tours:
            self._taken[tour.officer_id].append(of_tour(tour))
        for held in facts.commitments:
            self._taken[held.officer_id].append(of_commitment(held, is_actual))
        self._timelines: dict[int, Timeline] = {}
        self._idle: dict[tuple[Span, str, str | None, str], Verdict] = {}
        self._beside: dict[int, tuple[list[Span], Timeline]] = {}
        self._days: dict[int, dict[int, set[str]]] = {}

    def verdict(self, officer: OfficerFacts, opening: OpeningFacts) -> Verdict:
        """Status, rank, qualification, unit, pool, place, bar, overlap, travel, rest, limits, in this order."""
        found = self.standing.verdict(officer, opening)
        return found if not found.is_eligible else self._time_verdict(officer, of_opening(opening), ())

    def lifting(self, names: Collection[str]) -> Self:
        """The same judge without the rules about time of these names."""
        other = copy(self)
        other._lifted = names
        other._read_rules()
        return other

    def ordering(self) -> Self:
        """The same judge where officers are ordered: that one is away by his own word does not count, and rules that
        are for orders alone hold.
        """
        other = copy(self)
        other.is_ordering = True
        other._read_rules()
        away = {officer_id for officer_id, spans in self._taken.items() if any(span.group == "away" for span in spans)}
        other._taken = self._taken | {
            officer_id: [span for span in self._taken[officer_id] if span.group != "away"] for officer_id in away
        }
        other._timelines = {each: time for each, time in self._timelines.items() if each not in away}
        other._beside, other._days = {}, {}
        return other

    def _read_rules(self) -> None:
        bound = bound_at(self.stage, self._lifted, self.is_ordering)
        self.rules, self._idle = TimeRules(self.facts.handbook, self.facts.zone, bound), {}

    def is_off(self, officer_id: int, opening: OpeningFacts, kinds: Collection[str]) -> bool:
        """
        Whether he has leave (`leave_days`), or no duty (`days_off`), on the local days that the opening touches; or
        whether they are days off that leave begins or ends with (`days_off_beside_leave`).
        """
        by_day = self._groups_by_day(officer_id)
        days = _days(of_opening(opening), self.facts.zone)
        found = {group for day in days for group in by_day.get(day, ())}
        if ("leave_days" in kinds and "leave" in found) or ("days_off" in kinds and "tours" not in found):
            return True
        return "days_off_beside_leave" in kinds and any(_is_beside_leave(by_day, day) for day in days)

    def time_verdict(self, officer_id: int, wanted: Span, also: Sequence[Span]) -> Verdict:
        """Whether the officer's time allows it, with other stretches taken as well as those in the facts."""
        return self._time_verdict(self._officers[officer_id], wanted, also)

    def advice(self, officer: OfficerFacts, opening: OpeningFacts) -> list[Verdict]:
        """Every rule about time that is broken and does not bind at this stage."""
        rules = TimeRules(self.facts.handbook, self.facts.zone, advice_at(self.stage))
        if not rules:
            return []
        wanted, time = of_opening(opening), self.timeline(officer.id)
        near = _near(time, wanted, rules.reach_minutes)
        return rules.broken(officer, self._status(officer, wanted), wanted, near, time.plus([wanted]))

    def last_day(self, opening: OpeningFacts) -> date:
        """The local date of the detail's last minute."""
        return self.standing.last_day(opening)

    def timeline(self, officer_id: int) -> Timeline:
        """All of the officer's time by the facts."""
        if officer_id not in self._timelines:
            self._timelines[officer_id] = Timeline(self._taken.get(officer_id, ()))
        return self._timelines[officer_id]

    def _groups_by_day(self, officer_id: int) -> dict[int, set[str]]:
        """What duty and leave he has on each local day."""
        if officer_id not in self._days:
            found = self._days[officer_id] = defaultdict[int, set[str]](set)
            for span in self._taken.get(officer_id, ()):
                if span.kind != "details":
                    for day in _days(span, self.facts.zone):
                        found[day].add(span.group)
        return self._days[officer_id]

    def _time_verdict(self, officer: OfficerFacts, wanted: Span, also: Sequence[Span]) -> Verdict:
        wanted = wanted._replace(is_ordered=True) if self.is_ordering else wanted
        time = self.timeline(officer.id)
        if not time.spans and not also:
            return self._idle_verdict(officer, wanted)
        near = [*_near(time, wanted, self.rules.reach_minutes), *also]
        found = overlap_verdict(wanted, near, self.leave_blocks)
        if not found.is_eligible or not self.rules:
            return found
        beside = self._timeline_beside(officer.id, also) if also else time
        return self.rules.verdict(officer, self._status(officer, wanted), wanted, near, beside.plus([wanted]))

    def _idle_verdict(self, officer: OfficerFacts, wanted: Span) -> Verdict:
        """Of who has no other time taken rules about time look at rank, unit and status alone: he is judged once for
        all like him.
        """
        if not self.rules.limits:
            return ELIGIBLE
        alike = (wanted, officer.rank, officer.unit, self._status(officer, wanted))
        if alike not in self._idle:
            time = Timeline([wanted], is_sorted=True)
            self._idle[alike] = self.rules.verdict(officer, alike[3], wanted, (), time)
        return self._idle[alike]

    def _timeline_beside(self, officer_id: int, also: Sequence[Span]) -> Timeline:
        """The officer's time with `also`, kept for when the same is asked next."""
        last = self._beside.get(officer_id)
        if last is None or last[0] != list(also):
            last = self._beside[officer_id] = (list(also), self.timeline(officer_id).plus(also))
        return last[1]

    def _status(self, officer: OfficerFacts, wanted: Span) -> str:
        if not officer.statuses:
            return officer.status
        return status_on(officer, local_date(wanted.start, self.facts.zone))


def _days(span: Span, zone: str) -> set[int]:
    return set(range(day_number(span.start, zone), day_number(max(span.end - 1, span.start), zone) + 1))


def _is_beside_leave(by_day: Mapping[int, Collection[str]], day: int) -> bool:
    """Whether nothing but days off lie between a day off and leave, in either direction."""
    if "tours" in by_day.get(day, ()):
        return False
    return any("leave" in _next_taken(by_day, day, step) for step in (-1, 1))


def _next_taken(by_day: Mapping[int, Collection[str]], day: int, step: int) -> Collection[str]:
    """What is on the first day on that side that is not off; nothing where that is far away."""
    looked_at = (by_day.get(day + step * far, ()) for far in range(1, _FAR_DAYS))
    return next((found for found in looked_at if not {"leave", "tours"}.isdisjoint(found)), ())


def _near(time: Timeline, wanted: Span, reach_minutes: int) -> list[Span]:
    """What overlaps the wanted detail or lies within reach of it."""
    first, last = wanted.start - reach_minutes, wanted.end + reach_minutes
    candidates = time.spans[: bisect_left(time.spans, (last + 1,))]
    return [span for span in candidates if span.end >= first]
