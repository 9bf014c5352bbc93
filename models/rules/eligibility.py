"""Whether an officer may take a detail: asked at sign-up, award, offer, replacement and check-in alike."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from copy import copy
from datetime import date, timedelta
from typing import Self

from models.rules.facts import AwardFacts, BarFacts, OfficerFacts, OpeningFacts
from models.rules.reasons import Reason
from models.rules.spans import (
    Span,
    limits_verdict,
    of_commitment,
    of_opening,
    of_tour,
    overlap_verdict,
    rest_verdict,
)
from models.rules.verdict import ELIGIBLE, Verdict
from models.rules.windows import local_date


def verdict(officer: OfficerFacts, opening: OpeningFacts, facts: AwardFacts) -> Verdict:
    """
    Whether the officer may take the opening, by every rule; the first that stops him is the reason. An assignment
    to this very opening counts like any other: leave it out of the facts where it is not to stand in its own way.
    """
    return Eligibility(facts).verdict(officer, opening)


class Eligibility:
    """The same question for many officers and openings; reads the facts once."""

    def __init__(self, facts: AwardFacts) -> None:
        self._facts = facts
        self._clause = facts.handbook.eligibility
        self._rest, self._limits = facts.handbook.rest, facts.handbook.limits
        self._taken: dict[int, list[Span]] = defaultdict(list)
        self._bars: dict[int, list[BarFacts]] = defaultdict(list)
        for tour in facts.tours:
            self._taken[tour.officer_id].append(of_tour(tour))
        for held in facts.commitments:
            self._taken[held.officer_id].append(of_commitment(held))
        for spans in self._taken.values():
            spans.sort()
        # The bar that ends last is the one to name.
        for bar in sorted(facts.bars, key=lambda each: (each.ends_at, each.kind), reverse=True):
            self._bars[bar.officer_id].append(bar)

    def lifting(self, names: Collection[str]) -> Self:
        """The same judge without the rests and limits of these names."""
        other = copy(self)
        other._rest = tuple(each for each in self._rest if each.name not in names)
        other._limits = tuple(each for each in self._limits if each.name not in names)
        return other

    def verdict(self, officer: OfficerFacts, opening: OpeningFacts) -> Verdict:
        """Status, rank, qualification, unit, bar, overlap, rest, limits, in this order."""
        found = self._standing(officer, opening)
        return found if not found.is_eligible else self.time_verdict(officer.id, of_opening(opening), ())

    def time_verdict(self, officer_id: int, wanted: Span, also: Sequence[Span]) -> Verdict:
        """Whether the officer's time allows it, with other stretches taken as well as those in the facts."""
        taken = [*self._taken.get(officer_id, ()), *also]
        if not taken and not self._limits:
            return ELIGIBLE
        found = overlap_verdict(wanted, taken, self._clause.leave_blocks)
        if found.is_eligible:
            found = rest_verdict(wanted, taken, self._rest)
        if found.is_eligible:
            found = limits_verdict(wanted, taken, self._limits, self._facts.zone)
        return found

    def is_off(self, officer_id: int, opening: OpeningFacts, kinds: Collection[str]) -> bool:
        """Whether he has leave (`leave_days`), or no duty (`days_off`), on the local days that the opening touches."""
        wanted = of_opening(opening)
        days = _days(wanted, self._facts.zone)
        found = {
            span.kind
            for span in self._taken.get(officer_id, ())
            if span.kind != "details" and not days.isdisjoint(_days(span, self._facts.zone))
        }
        return ("leave_days" in kinds and "leave" in found) or ("days_off" in kinds and "tours" not in found)

    def _standing(self, officer: OfficerFacts, opening: OpeningFacts) -> Verdict:
        if officer.status not in self._clause.statuses:
            return Verdict(Reason(f"status_{officer.status}"))
        for rule in (self._rank, self._qualifications, self._unit, self._bar):
            found = rule(officer, opening)
            if not found.is_eligible:
                return found
        return ELIGIBLE

    def _rank(self, officer: OfficerFacts, opening: OpeningFacts) -> Verdict:
        if not opening.ranks or officer.rank in opening.ranks:
            return ELIGIBLE
        place = self._facts.handbook.rank_place
        above = [rank for rank in opening.ranks if place(rank) < place(officer.rank)]
        below = [rank for rank in opening.ranks if place(rank) > place(officer.rank)]
        if (above and self._clause.may_work_above_own_rank) or (below and self._clause.may_work_below_own_rank):
            return ELIGIBLE
        if above and below:
            return Verdict(Reason.RANK_NOT_AMONG, {"rank": officer.rank})
        if above:
            return Verdict(Reason.RANK_TOO_LOW, {"rank": officer.rank, "needs_rank": max(above, key=place)})
        return Verdict(Reason.RANK_TOO_HIGH, {"rank": officer.rank, "needs_rank": min(below, key=place)})

    def _qualifications(self, officer: OfficerFacts, opening: OpeningFacts) -> Verdict:
        """One that expires while the detail runs is not enough: the whole detail must be covered."""
        needed = (*self._clause.qualifications, *opening.qualifications)
        if not needed:
            return ELIGIBLE
        held = {each.name: each.expires_on for each in officer.qualifications}
        for name in needed:
            if name not in held:
                return Verdict(Reason.QUALIFICATION_MISSING, {"qualification": name})
            expires_on = held[name]
            if expires_on is not None and expires_on < self.last_day(opening):
                return Verdict(Reason.QUALIFICATION_EXPIRED, {"qualification": name, "expires_on": expires_on})
        return ELIGIBLE

    def last_day(self, opening: OpeningFacts) -> date:
        """The local date of the detail's last minute."""
        return local_date(of_opening(opening).end - 1, self._facts.zone)

    def _unit(self, officer: OfficerFacts, opening: OpeningFacts) -> Verdict:
        if officer.unit is not None and officer.unit in self._clause.barred_units:
            return Verdict(Reason.UNIT_BARRED, {"unit": officer.unit})
        if self._clause.only_own_unit and opening.unit is not None and officer.unit != opening.unit:
            return Verdict(Reason.OTHER_UNIT, {"needs_unit": opening.unit})
        return ELIGIBLE

    def _bar(self, officer: OfficerFacts, opening: OpeningFacts) -> Verdict:
        by_award = self._clause.bars_judged_by == "award"
        judged_at = self._facts.now if by_award else opening.starts_at
        for bar in self._bars.get(officer.id, ()):
            # The day of a dropped detail is that day, whenever the award is made.
            at = opening.starts_at if bar.kind == "same_day" else judged_at
            if bar.starts_at <= at < bar.ends_at:
                return Verdict(Reason(f"barred_{bar.kind}"), {"ends_at": bar.ends_at})
        return ELIGIBLE


def _days(span: Span, zone: str) -> set[date]:
    first, last = local_date(span.start, zone), local_date(span.end - 1, zone)
    return {first + timedelta(days=number) for number in range((last - first).days + 1)}
