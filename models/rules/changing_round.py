"""
A round whose order changes as awards are made. Openings are taken by start, posted, id; at each the officer who
ranks first then takes it, and his counters move. One exception gives each officer the best of overlapping openings:
who ranks first but prefers a later one that overlaps waits for it, and the next takes his place. If he ends with
none of those he waited for, the run goes back to where he began to wait and he takes that one after all.

Going back does not start over. An opening's outcome depends only on what its candidates won before it, so only
openings with a candidate whose awards changed are decided again, in order.
"""

import heapq
from collections import defaultdict
from dataclasses import dataclass, field, replace

from models.rules.facts import OpeningFacts
from models.rules.order import Standing
from models.rules.rotations import Rotations
from models.rules.rounds import Ranked, RoundRun
from models.rules.spans import overlap
from models.rules.verdict import Verdict


def run_changing(run: RoundRun) -> list[Ranked]:
    """Decide every opening, then make the awards in order, so that each step can be explained as it was."""
    decisions = _Rehearsal(run).decide()
    rankings: list[Ranked] = []
    for decision in decisions:
        rankings.extend(_award(run, decision))
    return rankings


@dataclass(slots=True)
class _Decision:
    """An opening's outcome: officers by id, best first. `stopped` are those ranked before the last winner."""

    opening_id: int
    winners: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    stopped: dict[int, Verdict] = field(default_factory=dict)


def _award(run: RoundRun, decision: _Decision) -> list[Ranked]:
    opening_id = decision.opening_id
    standings = run.standings(opening_id)
    by_officer = {standing.officer.id: standing for standing in standings}
    for officer_id in decision.winners:
        run.ledger.award(run.round, opening_id, by_officer[officer_id])
    for officer_id, standing in by_officer.items():
        if officer_id not in decision.winners:
            why = decision.stopped.get(officer_id) or run.outranked(opening_id, standing)
            run.ledger.notes[officer_id, opening_id] = why
    return run.ranked(opening_id, standings)


class _Circle:
    """Positions in a rotation that is a circle, while a rehearsal spends turns: the order stands, the mark moves."""

    def __init__(self, rotations: Rotations, pool: str) -> None:
        self._pool, self._rotations = pool, rotations
        self._size, self._mark = rotations.size(pool), 0
        self._in_order = {
            officer_id: at
            for at, (_, officer_id) in enumerate(
                sorted((place, key[0]) for key, place in rotations.places.items() if key[1] == pool)
            )
        }
        self._owed = {key[0]: owed for key, owed in rotations.owed.items() if key[1] == pool and owed}

    def spend(self, officer_id: int, is_turn: bool) -> None:
        """The officer is awarded something; an owed call is paid back before the mark moves."""
        if not is_turn or officer_id not in self._in_order:
            return
        if self._owed.get(officer_id):
            self._owed[officer_id] -= 1
        else:
            self._mark = self._in_order[officer_id] + 1

    def place(self, officer_id: int) -> int:
        """From 1; owed calls come first, and who is not in the circle last."""
        if officer_id not in self._in_order:
            return self._size + 1
        owed = sum(1 for each, calls in self._owed.items() if calls)
        at = (self._in_order[officer_id] - self._mark) % self._size
        if self._owed.get(officer_id):
            return sum(1 for each, calls in self._owed.items() if calls and self._after(each) < at) + 1
        return owed + at - sum(1 for each, calls in self._owed.items() if calls and self._after(each) < at) + 1

    def _after(self, officer_id: int) -> int:
        return (self._in_order[officer_id] - self._mark) % self._size


class _Rehearsal:
    """Openings are named by their index in the stated order, so that earlier is less."""

    def __init__(self, run: RoundRun) -> None:
        self.run = run
        self.ledger = run.ledger
        self.openings: list[OpeningFacts] = list(run.ledger.openings.values())
        self.spans = [run.ledger.spans[opening.id] for opening in self.openings]
        self.candidates = [
            [each for each in self.ledger.interested[opening.id] if run.is_candidate(each, opening.id)]
            for opening in self.openings
        ]
        self.wanted: dict[int, list[int]] = defaultdict(list)
        for index, officers in enumerate(self.candidates):
            for officer_id in officers:
                self.wanted[officer_id].append(index)
        self.decisions = [_Decision(opening.id) for opening in self.openings]
        self.won: dict[int, dict[int, int]] = defaultdict(dict)
        self.waits: dict[int, set[int]] = defaultdict(set)
        self.bound: set[tuple[int, int]] = set()
        self._hopes: dict[int, dict[int, list[int]]] = {}
        self._settled_at: dict[int, dict[int, int]] = {}
        self._due: list[tuple[int, int, int]] = [(index, 0, index) for index in range(len(self.openings))]
        self._queued = set(self._due)

    def decide(self) -> list[_Decision]:
        """Work off what is due: at each index first the opening itself, then waits that end there, latest first."""
        while self._due:
            due = heapq.heappop(self._due)
            self._queued.discard(due)
            if due[1] == 0:
                self._decide_opening(due[2])
            else:
                self._settle(-due[2], due[0])
        return self.decisions

    def _push(self, due: tuple[int, int, int]) -> None:
        if due not in self._queued:
            self._queued.add(due)
            heapq.heappush(self._due, due)

    def _decide_opening(self, index: int) -> None:
        old, new = self.decisions[index], self._decision(index)
        self.decisions[index] = new
        self._note_waits(index, old, new)
        if old.winners != new.winners and self.ledger.rotations.is_circle(self.openings[index].pool):
            self._note_mark(index)
        before = {officer_id: place for place, officer_id in enumerate(old.winners)}
        after = {officer_id: place for place, officer_id in enumerate(new.winners)}
        for officer_id in (*old.winners, *new.winners):
            if before.get(officer_id) != after.get(officer_id):
                self._note_change(index, officer_id, after.get(officer_id))

    def _decision(self, index: int) -> _Decision:
        free = len(self.ledger.free[self.openings[index].id])
        decision = _Decision(self.openings[index].id)
        if not free:
            return decision
        for standing in sorted(self._standings(index), key=self.run.order.value):
            officer_id = standing.officer.id
            found = self._stopped(officer_id, index)
            if not found.is_eligible:
                decision.stopped[officer_id] = found
            elif self._waits_for_better(officer_id, index):
                decision.waiting.append(officer_id)
            else:
                decision.winners.append(officer_id)
                if len(decision.winners) == free:
                    break
        return decision

    def _standings(self, index: int) -> list[Standing]:
        standings = [self._standing(officer_id, index) for officer_id in self.candidates[index]]
        pool = self.openings[index].pool
        if not self.ledger.rotations.is_circle(pool):
            return standings
        circle = self._circle(index)
        return [replace(each, place=circle.place(each.officer.id)) for each in standings]

    def _circle(self, index: int) -> "_Circle":
        """The pool's circle as it is when the opening is reached."""
        pool = self.openings[index].pool
        circle = _Circle(self.ledger.rotations, pool)
        for at in range(index):
            if self.openings[at].pool == pool:
                for officer_id in self.decisions[at].winners:
                    circle.spend(officer_id, self.run.round.spends_turns(self.ledger.officers[officer_id].rank))
        return circle

    def _note_mark(self, index: int) -> None:
        """The mark stands elsewhere from here on: every later opening of the pool is open again."""
        for later in range(index + 1, len(self.openings)):
            if self.openings[later].pool == self.openings[index].pool:
                self._push((later, 0, later))

    def _standing(self, officer_id: int, index: int) -> Standing:
        """Counters as they are when the opening is reached: those at the start of the round, and awards since."""
        opening = self.openings[index]
        pool, standing = opening.pool, self.ledger.standing(officer_id, opening.id)
        since = [(at, place) for at, place in self._won_before(officer_id, index) if self.openings[at].pool == pool]
        if not since and self.ledger.rotations.has(officer_id, pool):
            return standing
        won = [self.openings[at] for at, _ in since]
        minutes = standing.minutes + sum(self.ledger.counted_minutes(each) for each in won)
        points = standing.points + sum(self.ledger.points_of(each, self.run.round.name) for each in won)
        place = self._place_after(max(since, default=None))
        return replace(standing, minutes=minutes, place=place, turns=standing.turns + len(since), points=points)

    def _place_after(self, last_award: tuple[int, int] | None) -> int:
        """Behind all who were not awarded yet, in the order of the awards; behind those, who has no place at all."""
        everyone = len(self.ledger.officers) + len(self.ledger.facts.counters) + 2
        if last_award is None:
            return everyone * (len(self.openings) + 2)
        return everyone * (last_award[0] + 1) + last_award[1]

    def _won_before(self, officer_id: int, index: int) -> list[tuple[int, int]]:
        won = self.won.get(officer_id)
        return [each for each in won.items() if each[0] < index] if won else []

    def _stopped(self, officer_id: int, index: int) -> Verdict:
        before = [at for at, _ in self._won_before(officer_id, index)]
        opening = self.openings[index]
        found = self.run.cap(officer_id, [self.openings[at] for at in before], opening.id)
        if not found.is_eligible:
            return found
        return self.run.time_verdict(officer_id, opening.id, [self.spans[at] for at in before])

    def _waits_for_better(self, officer_id: int, index: int) -> bool:
        return (officer_id, index) not in self.bound and bool(self._hopes_of(officer_id)[index])

    def _note_waits(self, index: int, old: _Decision, new: _Decision) -> None:
        for officer_id in old.waiting:
            self.waits[officer_id].discard(index)
        for officer_id in new.waiting:
            self.waits[officer_id].add(index)
            self._push((self._settled_at[officer_id][index], 1, -index))

    def _note_change(self, index: int, officer_id: int, place: int | None) -> None:
        """The officer won or lost the opening: what he wants later, and what he waits for, is open again."""
        if place is None:
            del self.won[officer_id][index]
        else:
            self.won[officer_id][index] = place
        for later in self.wanted[officer_id]:
            if later > index:
                self._push((later, 0, later))
        for waiting_at in sorted(self.waits[officer_id]):
            self._push((self._settled_at[officer_id][waiting_at], 1, -waiting_at))

    def _settle(self, index: int, settled_at: int) -> None:
        """Hold to the opening at `index` the first of those who waited there in vain until `settled_at`."""
        for officer_id in self.decisions[index].waiting:
            if self._settled_at[officer_id][index] == settled_at and not self._got_better(officer_id, index):
                self.bound.add((officer_id, index))
                self._push((index, 0, index))
                return

    def _got_better(self, officer_id: int, index: int) -> bool:
        won = self.won.get(officer_id, {})
        return any(hope in won for hope in self._hopes_of(officer_id)[index])

    def _hopes_of(self, officer_id: int) -> dict[int, list[int]]:
        """For each opening the officer wants, the later ones that overlap it and that he prefers."""
        if officer_id not in self._hopes:
            self._hopes[officer_id] = {index: self._better(officer_id, index) for index in self.wanted[officer_id]}
            self._settled_at[officer_id] = _settled_at(self._hopes[officer_id])
        return self._hopes[officer_id]

    def _better(self, officer_id: int, index: int) -> list[int]:
        span, opening_id = self.spans[index], self.openings[index].id
        return [
            later
            for later in self.wanted[officer_id]
            if later > index
            and overlap(span, self.spans[later])
            and self.ledger.free[self.openings[later].id]
            and self.ledger.prefers(officer_id, self.openings[later].id, opening_id)
        ]


def _settled_at(hopes: dict[int, list[int]]) -> dict[int, int]:
    """
    The index after which it is known whether a wait was in vain: the last opening hoped for, and where that one
    is itself passed over in hope of another, when that is known.
    """
    settled: dict[int, int] = {}
    for index in sorted(hopes, reverse=True):
        settled[index] = max((max(hope, settled[hope]) for hope in hopes[index]), default=index)
    return settled
