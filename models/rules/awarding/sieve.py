"""
Who may take what, for everybody and everything at once: the same answers as `Eligibility`, found for all openings of an
officer together. What cannot be told for many it asks of `Eligibility` one by one.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from models.rules.awarding.shelf import Shelf, Sifted, joined, members
from models.rules.clauses.hours import Binding
from models.rules.clauses.statuses import OfficerStatus
from models.rules.eligibility import Eligibility
from models.rules.facts import AwardFacts, ExclusionFacts, OfficerFacts, OpeningFacts
from models.rules.limits.time_rules import LimitAtWork, RuleAtWork, goes_without, is_for_officer
from models.rules.standing import status_on
from models.rules.time.timeline import Timeline
from models.rules.time.windows import local_midnight, minute_of


class Sieve:
    """All officers and all openings of the facts. `judge` is one of the same officers, where somebody has it."""

    def __init__(
        self,
        facts: AwardFacts,
        stage: Binding = "award",
        lifted: Collection[str] = (),
        *,
        judge: Eligibility | None = None,
    ) -> None:
        self.facts = facts
        self.eligibility = judge or Eligibility(facts, stage).lifting(lifted)
        self.standing = self.eligibility.standing
        self.rules = self.eligibility.rules
        self.shelf = Shelf(facts.openings)
        self._kept: dict[Hashable, int] = {}
        self._sifted: dict[Hashable, Sifted] = {}

    def openings_for(self, officer: OfficerFacts) -> list[OpeningFacts]:
        """What the officer may take, in the order of the facts."""
        found = joined((*self._by_standing(officer), self._by_time(officer)))
        free = self.shelf.everything & ~found.stopped
        return [
            self.shelf.openings[number]
            for number in members(free)
            if not found.unsure >> number & 1 or self._is_eligible(officer, number)
        ]

    def officers_by_opening(self) -> dict[int, list[int]]:
        """For each opening the ids of those who may take it, in the order of the facts."""
        found: dict[int, list[int]] = {opening.id: [] for opening in self.facts.openings}
        for officer in self.facts.officers:
            for opening in self.openings_for(officer):
                found[opening.id].append(officer.id)
        return found

    def _is_eligible(self, officer: OfficerFacts, number: int) -> bool:
        return self.eligibility.verdict(officer, self.shelf.openings[number]).is_eligible

    # As the officer stands

    def _by_standing(self, officer: OfficerFacts) -> Iterator[Sifted]:
        yield Sifted(self.shelf.everything & ~self._allowed_by_status(officer))
        yield Sifted(self._stopped_by_what_he_is(officer))
        yield Sifted(self._stopped_by_qualifications(officer))
        if self.standing.crews:
            yield Sifted(0, self.shelf.everything)
        for exclusion in self.standing.exclusions.get(officer.id, ()):
            yield Sifted(self._excluded(exclusion))
        by_award = self.facts.handbook.eligibility.bars_judged_by == "award"
        for bar in self.standing.bars.get(officer.id, ()):
            if by_award and bar.kind != "same_day":
                yield Sifted(0, self.shelf.everything)
            else:
                yield Sifted(0, self.shelf.starting_within(minute_of(bar.starts_at), minute_of(bar.ends_at) + 1))

    def _allowed_by_status(self, officer: OfficerFacts) -> int:
        if not officer.statuses:
            return self._allowed_in(officer.status)
        stopped = 0
        for (first, last), openings in self.shelf.grouped("dates", self._dates):
            for day in range(first.toordinal(), last.toordinal() + 1):
                stopped |= openings & ~self._allowed_in(status_on(officer, date.fromordinal(day)))
        return self.shelf.everything & ~stopped

    def _dates(self, number: int) -> tuple[date, date]:
        opening = self.shelf.openings[number]
        return self.standing.first_day(opening), self.standing.last_day(opening)

    def _allowed_in(self, status: OfficerStatus) -> int:
        if ("status", status) not in self._kept:
            groups = self.shelf.grouped("work", lambda number: (self._opening(number).pool, self._opening(number).work))
            allowed = (openings for (pool, work), openings in groups if self.standing.may_work_in(status, pool, work))
            self._kept["status", status] = _union(allowed)
        return self._kept["status", status]

    def _stopped_by_what_he_is(self, officer: OfficerFacts) -> int:
        """By rank, unit and pool, of which openings that ask for the same say the same."""
        name = (officer.rank, officer.unit, officer.pools)
        if name not in self._kept:
            groups = self.shelf.grouped("asked", self._asked)
            self._kept[name] = _union(
                openings for number, openings in _firsts(groups) if not self._is_right(officer, number)
            )
        return self._kept[name]

    def _asked(self, number: int) -> Hashable:
        opening = self._opening(number)
        return opening.ranks, opening.unit, opening.pool

    def _is_right(self, officer: OfficerFacts, number: int) -> bool:
        opening = self._opening(number)
        rules = (self.standing.rank, self.standing.unit, self.standing.pool)
        return all(rule(officer, opening).is_eligible for rule in rules)

    def _stopped_by_qualifications(self, officer: OfficerFacts) -> int:
        """They must hold on the last day."""
        name = ("qualifications", officer.qualifications)
        if name not in self._kept:
            groups = self.shelf.grouped(
                "qualifications", lambda number: (self._opening(number).qualifications, self._dates(number)[1])
            )
            self._kept[name] = _union(
                openings
                for number, openings in _firsts(groups)
                if not self.standing.qualified(officer, self._opening(number)).is_eligible
            )
        return self._kept[name]

    def _excluded(self, exclusion: ExclusionFacts) -> int:
        zone = self.facts.zone
        groups = self.shelf.grouped(
            "place", lambda number: (self._opening(number).site, self._opening(number).contractor)
        )
        there = _union(openings for number, openings in _firsts(groups) if exclusion.is_at(self._opening(number)))
        there &= self.shelf.ending_after(local_midnight(exclusion.from_on, zone))
        if exclusion.until_on is None:
            return there
        return there & self.shelf.starting_before(local_midnight(exclusion.until_on + timedelta(days=1), zone))

    def _place(self, number: int) -> Hashable:
        opening = self._opening(number)
        return opening.site, opening.contractor

    def _opening(self, number: int) -> OpeningFacts:
        return self.shelf.openings[number]

    # As his time is

    def _by_time(self, officer: OfficerFacts) -> Sifted:
        """Of officers who stand alike and have the same time taken, as a squad has, one is asked for all."""
        time = self.eligibility.timeline(officer.id)
        alike = (tuple(time.spans), officer.rank, officer.unit, officer.status, bool(officer.statuses))
        if alike not in self._sifted:
            self._sifted[alike] = joined(self._by_each_rule(officer, time))
        return self._sifted[alike]

    def _by_each_rule(self, officer: OfficerFacts, time: Timeline) -> Iterator[Sifted]:
        on_leave = 0
        for span in time.spans:
            there = self.shelf.touching(span.start, span.end)
            if span.group == "leave" and not self.eligibility.leave_blocks:
                on_leave |= there
            else:
                yield Sifted(there)
        # What lies on leave that does not block counts the shared time once: rules are asked of it one by one.
        yield Sifted(0, on_leave)
        for rule in self.rules.every():
            found = self._by_rule(officer, rule, time)
            yield Sifted(found.stopped & ~on_leave, found.unsure)

    def _by_rule(self, officer: OfficerFacts, rule: RuleAtWork, time: Timeline) -> Sifted:
        only, openings = rule.clause.only, self.shelf.everything
        in_doubt = bool(only.statuses and officer.statuses)
        if not in_doubt and not is_for_officer(only, officer, officer.status):
            return Sifted()
        if not only.is_everyone:
            openings = self.shelf.of(only.pools, only.kinds)
        if isinstance(rule, LimitAtWork) and not goes_without(rule):
            is_asked = "details" in rule.what.kinds and (self.eligibility.is_ordering or not rule.what.orders)
            openings &= self.shelf.of(rule.what.pools, rule.what.works) if is_asked else 0
        if not openings:
            return Sifted()
        found = rule.sift(time, self.shelf)
        if in_doubt:
            return Sifted(0, openings & (found.stopped | found.unsure))
        return Sifted(openings & found.stopped, openings & found.unsure)


def _firsts(groups: Sequence[tuple[Hashable, int]]) -> Iterator[tuple[int, int]]:
    """One opening of each group, which stands for all of it, and the group."""
    for _, openings in groups:
        yield next(members(openings)), openings


def _union(sets: Iterable[int]) -> int:
    """Of groups, which have nothing in common."""
    return sum(sets)
