"""
The award from its definition, slowly: every half hour of an officer's time is a block in a set, every subset of what
he wants is tried, and whenever somebody waited in vain the whole round starts over. It shares no code with the rules
and knows the facts only as data. Times must lie on half hours.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from models.rules.clauses.awarding import Round
from models.rules.facts import AwardFacts, OfficerFacts, OpeningFacts, SignupFacts

HALF_HOUR = 1800


@dataclass
class Outcome:
    """Winners by opening in the order of their awards, and the counters afterwards."""

    winners: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    minutes: dict[tuple[int, str], int] = field(default_factory=dict)
    rotations: dict[str, list[int]] = field(default_factory=dict)

    def held_by(self, officer: int) -> set[int]:
        return {opening for opening, winners in self.winners.items() if officer in winners}


def blocks(starts_at: datetime, ends_at: datetime) -> set[int]:
    """The half hours of a stretch, numbered since 1970."""
    return set(range(int(starts_at.timestamp()) // HALF_HOUR, int(ends_at.timestamp()) // HALF_HOUR))


class Oracle:
    def __init__(self, facts: AwardFacts) -> None:
        self.facts = facts
        self.officers = {each.id: each for each in facts.officers}
        self.openings = {each.id: each for each in facts.openings}
        self.blocks = {each.id: blocks(each.starts_at, each.ends_at) for each in facts.openings}
        self.signups = {(each.officer_id, each.opening_id): each for each in facts.signups}
        self.slots = {each.id: sum(slot.opening_id == each.id for slot in facts.slots) for each in facts.openings}
        self.sequence = sorted(self.openings, key=self._stated_order)

    def _stated_order(self, opening: int) -> tuple[datetime, datetime, int]:
        facts = self.openings[opening]
        return facts.starts_at, facts.posted_at, facts.id

    # What may be held together

    def may_hold(self, officer: int, held: Iterable[int]) -> bool:
        """Whether the officer may hold all these openings together, whatever the round."""
        held = set(held)
        return all(self._may_stand(self.officers[officer], self.openings[each]) for each in held) and self._has_time(
            officer, held
        )

    def _may_stand(self, officer: OfficerFacts, opening: OpeningFacts) -> bool:
        ranks = self.facts.handbook.ranks
        rank_fits = not opening.ranks or any(ranks.index(officer.rank) <= ranks.index(each) for each in opening.ranks)
        zone = ZoneInfo(self.facts.zone)
        days = {
            datetime.fromtimestamp(block * HALF_HOUR, zone).date()
            for block in blocks(opening.starts_at, opening.ends_at)
        }
        valid = {
            each.name for each in officer.qualifications if each.expires_on is None or each.expires_on >= max(days)
        }
        return officer.status == "active" and rank_fits and set(opening.qualifications) <= valid

    def _has_time(self, officer: int, held: set[int]) -> bool:
        details = [self.blocks[each] for each in held]
        details += [
            blocks(each.starts_at, each.ends_at) for each in self.facts.commitments if each.officer_id == officer
        ]
        tours = [
            blocks(each.starts_at, each.ends_at)
            for each in self.facts.tours
            if each.officer_id == officer and each.kind != "leave"
        ]
        leave = [
            blocks(each.starts_at, each.ends_at)
            for each in self.facts.tours
            if each.officer_id == officer and each.kind == "leave"
        ]
        new = [self.blocks[each] for each in held]
        disjoint = all(not one & other for one, other in combinations(details, 2)) and all(
            not one & other for one in new for other in tours + leave
        )
        return disjoint and self._rested(new, details, tours) and self._within_limits(new, details, tours)

    def _rested(self, new: list[set[int]], details: list[set[int]], tours: list[set[int]]) -> bool:
        for clause in self.facts.handbook.rest:
            for mine in new:
                others = [("details", each) for each in details if each is not mine] + [
                    ("tours", each) for each in tours
                ]
                for kind, other in others:
                    gap_after, gap_before = min(mine) - max(other) - 1, min(other) - max(mine) - 1
                    least = clause.least_minutes // 30
                    if 0 <= gap_after < least and kind in clause.after and "details" in clause.before:
                        return False
                    if 0 <= gap_before < least and "details" in clause.after and kind in clause.before:
                        return False
        return True

    def _within_limits(self, new: list[set[int]], details: list[set[int]], tours: list[set[int]]) -> bool:
        for limit in self.facts.handbook.limits:
            counted: set[int] = set()
            for kind, spans in (("details", details), ("tours", tours)):
                if kind in limit.counts:
                    counted |= set().union(*spans)
            if limit.kind == "rolling":
                windows = self._rolling(counted | set().union(*new), limit.window_minutes // 30)
            else:
                windows = self._calendar(new, limit)
            touched = [window for window in windows if any(window & each for each in new)]
            if any(len(window & counted) * 30 > limit.most_minutes for window in touched):
                return False
        return True

    @staticmethod
    def _rolling(around: set[int], length: int) -> Iterator[set[int]]:
        if around:
            for first in range(min(around) - length, max(around) + 1):
                yield set(range(first, first + length))

    def _calendar(self, new: list[set[int]], limit: object) -> Iterator[set[int]]:
        """Windows as the blocks, of a wide stretch round the details, whose local dates fall in the same period."""
        touched = set().union(*new)
        if touched:
            periods: dict[object, set[int]] = defaultdict(set)
            for block in range(min(touched) - 48 * 32, max(touched) + 48 * 32):
                local = datetime.fromtimestamp(block * HALF_HOUR, ZoneInfo(self.facts.zone)).date()
                periods[_period(local, limit)].add(block)
            yield from periods.values()

    # Who comes before whom

    def in_round(self, each_round: Round, officer: int, opening: int) -> bool:
        who, facts = each_round.who, self.officers[officer]
        return (
            (not who.units or facts.unit in who.units)
            and (not who.ranks or facts.rank in who.ranks)
            and (not who.own_unit or (facts.unit is not None and facts.unit == self.openings[opening].unit))
        )

    def ranked(self, each_round: Round, officers: Iterable[int], pool: str, outcome: Outcome) -> list[int]:
        order = sorted(officers)
        for key in reversed(each_round.order):
            order.sort(
                key=lambda each, name=key.key: self._value(name, each, pool, outcome), reverse=key.direction == "down"
            )
        return order

    def _value(self, name: str, officer: int, pool: str, outcome: Outcome) -> float:
        facts = self.officers[officer]
        if name == "seniority":
            return (facts.seniority_on - date(1900, 1, 1)).days
        if name == "rank":
            return self.facts.handbook.ranks.index(facts.rank)
        if name == "badge":
            return int(facts.badge)
        if name == "rotation":
            rotation = outcome.rotations.get(pool, [])
            return rotation.index(officer) if officer in rotation else len(rotation)
        return outcome.minutes.get((officer, pool), 0)

    def wish(self, officer: int, opening: int) -> tuple[bool, int, datetime, int]:
        signup: SignupFacts = self.signups[officer, opening]
        place = self.sequence.index(opening)
        return signup.preference is None, signup.preference or 0, signup.signed_up_at, place

    def prefers(self, officer: int, one: int, other: int) -> bool:
        return self.wish(officer, one) < self.wish(officer, other)

    # The award

    def award(self) -> Outcome:
        outcome = Outcome(
            minutes={(each.officer_id, each.pool): each.minutes for each in self.facts.counters},
            rotations=self._rotations(),
        )
        for each_round in self.facts.handbook.awarding.rounds:
            names = {key.key for key in each_round.order}
            if names & {"rotation", "fewest_hours"}:
                outcome = self._changing(each_round, outcome)
            else:
                self._static(each_round, outcome)
        return outcome

    def _rotations(self) -> dict[str, list[int]]:
        rotations: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for each in self.facts.counters:
            if each.place is not None:
                rotations[each.pool].append((each.place, each.officer_id))
        return {pool: [officer for _, officer in sorted(places)] for pool, places in rotations.items()}

    def _give(self, each_round: Round, outcome: Outcome, officer: int, opening: int) -> None:
        pool = self.openings[opening].pool
        outcome.winners[opening].append(officer)
        outcome.minutes[officer, pool] = outcome.minutes.get((officer, pool), 0) + 30 * len(self.blocks[opening])
        if "rotation" in {key.key for key in each_round.order}:
            rotation = outcome.rotations.setdefault(pool, [])
            if officer in rotation:
                rotation.remove(officer)
            rotation.append(officer)

    def fits_cap(self, each_round: Round, openings: Iterable[int]) -> bool:
        openings = list(openings)
        hours = sum(len(self.blocks[each]) for each in openings) / 2
        most = each_round.at_most
        return (most.details is None or len(openings) <= most.details) and (most.hours is None or hours <= most.hours)

    def _static(self, each_round: Round, outcome: Outcome) -> None:
        """Each officer in turn gets the subset of what is left that is best by his own order, wish by wish."""
        for officer in self.ranked(each_round, self.officers, "", outcome):
            before = outcome.held_by(officer)
            wanted = sorted(
                (
                    opening
                    for who, opening in self.signups
                    if who == officer
                    and opening not in before
                    and self.in_round(each_round, officer, opening)
                    and len(outcome.winners[opening]) < self.slots[opening]
                ),
                key=lambda opening: self.wish(officer, opening),
            )
            for opening in max(
                self._subsets(each_round, officer, before, wanted),
                key=lambda chosen: [each in chosen for each in wanted],
            ):
                self._give(each_round, outcome, officer, opening)

    def _subsets(
        self, each_round: Round, officer: int, before: set[int], wanted: list[int]
    ) -> Iterator[tuple[int, ...]]:
        for size in range(len(wanted) + 1):
            for chosen in combinations(wanted, size):
                if self.fits_cap(each_round, chosen) and self.may_hold(officer, {*before, *chosen}):
                    yield chosen

    def _changing(self, each_round: Round, start: Outcome) -> Outcome:
        bound: set[tuple[int, int]] = set()
        while True:
            outcome, in_vain = self._attempt(each_round, start, bound)
            if in_vain is None:
                return outcome
            bound.add(in_vain)

    def _attempt(
        self, each_round: Round, start: Outcome, bound: set[tuple[int, int]]
    ) -> tuple[Outcome, tuple[int, int] | None]:
        """One pass. Stops at the first point where it is clear that somebody waits in vain, and says who and where."""
        outcome = Outcome(
            defaultdict(list, {each: list(winners) for each, winners in start.winners.items()}),
            dict(start.minutes),
            {pool: list(rotation) for pool, rotation in start.rotations.items()},
        )
        waiting: list[tuple[int, int, list[int]]] = []
        for index, opening in enumerate(self.sequence):
            already = list(start.winners.get(opening, []))
            candidates = [
                officer
                for officer, wanted in self.signups
                if wanted == opening
                and officer not in already
                and self.in_round(each_round, officer, opening)
                and self.may_hold(officer, {opening})
            ]
            ranked = self.ranked(each_round, candidates, self.openings[opening].pool, outcome)
            winners: list[int] = []
            for officer in ranked:
                if len(already) + len(winners) == self.slots[opening]:
                    break
                now = outcome.held_by(officer)
                here = {each for each in now if officer not in start.winners.get(each, [])}
                if not self.fits_cap(each_round, [*here, opening]) or not self.may_hold(officer, {*now, opening}):
                    continue
                hopes = self._hopes(each_round, officer, opening, start)
                if hopes and (officer, opening) not in bound:
                    waiting.append((opening, officer, hopes))
                else:
                    winners.append(officer)
            for officer in winners:
                self._give(each_round, outcome, officer, opening)
            for at in reversed(self.sequence[: index + 1]):
                for where, officer, hopes in waiting:
                    ends = self._known_at(each_round, officer, where, start) == index
                    if where == at and ends and not any(officer in outcome.winners[hope] for hope in hopes):
                        return outcome, (officer, where)
        return outcome, None

    def _hopes(self, each_round: Round, officer: int, opening: int, start: Outcome) -> list[int]:
        return [
            later
            for later in self.sequence[self.sequence.index(opening) + 1 :]
            if (officer, later) in self.signups
            and officer not in start.winners.get(later, [])
            and self.in_round(each_round, officer, later)
            and self.may_hold(officer, {later})
            and len(start.winners.get(later, [])) < self.slots[later]
            and self.blocks[later] & self.blocks[opening]
            and self.prefers(officer, later, opening)
        ]

    def _known_at(self, each_round: Round, officer: int, opening: int, start: Outcome) -> int:
        hopes = self._hopes(each_round, officer, opening, start)
        known = [self._known_at(each_round, officer, each, start) for each in hopes]
        return max([self.sequence.index(each) for each in (opening, *hopes)] + known)


def _period(local: date, limit: object) -> object:
    period = getattr(limit, "period", "")
    if period == "day":
        return local
    if period == "month":
        return local.year, local.month
    if period == "28_days":
        return (local - getattr(limit, "anchor_on", local)).days // 28
    first = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday").index(
        getattr(limit, "week_starts", "")
    )
    while local.weekday() != first:
        local -= timedelta(days=1)
    return local
