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
from collections.abc import Sequence
from dataclasses import replace

from models.rules.awarding.decisions import Decision, settled_at
from models.rules.awarding.rounds import Ranked, RoundRun
from models.rules.facts import OfficerFacts, OpeningFacts
from models.rules.orders.circle import Circle, Replay
from models.rules.orders.order import Standing
from models.rules.time.spans import overlap
from models.rules.verdict import Verdict


def run_changing(run: RoundRun) -> list[Ranked]:
    """Decide every opening, then make the awards in order, so that each step can be explained as it was."""
    decisions = _Rehearsal(run).decide()
    rankings: list[Ranked] = []
    for decision in decisions:
        rankings.extend(_award(run, decision))
    return rankings


def _award(run: RoundRun, decision: Decision) -> list[Ranked]:
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


class _Rehearsal:
    """Openings are named by their index in the stated order, so that earlier is less."""

    def __init__(self, run: RoundRun) -> None:
        self.run = run
        self.ledger = run.ledger
        self.openings: list[OpeningFacts] = list(run.ledger.openings.values())
        self._of_detail: dict[int | None, list[int]] = defaultdict(list)
        for index, opening in enumerate(self.openings):
            self._of_detail[opening.detail_id].append(index)
        self.pools = [run.round.pool_of(opening.pool) for opening in self.openings]
        self.spans = [run.ledger.spans[opening.id] for opening in self.openings]
        self.candidates = [
            [each for each in self.ledger.interested[opening.id] if run.is_candidate(each, opening.id)]
            for opening in self.openings
        ]
        self.wanted: dict[int, list[int]] = defaultdict(list)
        for index, officers in enumerate(self.candidates):
            for officer_id in officers:
                self.wanted[officer_id].append(index)
        self.decisions = [Decision(opening.id) for opening in self.openings]
        self.won: dict[int, dict[int, int]] = defaultdict(dict)
        self.waits: dict[int, set[int]] = defaultdict(set)
        self.bound: set[tuple[int, int]] = set()
        self._hopes: dict[int, dict[int, list[int]]] = {}
        self._settled_at: dict[int, dict[int, int]] = {}
        self._circles: dict[str, Circle] = {}
        self._replays = {pool: Replay(self.ledger.rotations, pool) for pool in self._circles_with_newcomers()}
        self._due: list[tuple[int, int, int]] = [(index, 0, index) for index in range(len(self.openings))]
        self._queued = set(self._due)

    def _circles_with_newcomers(self) -> set[str]:
        """The pools whose circle an officer without a place may join by an award: the order itself changes then."""
        rotations = self.ledger.rotations
        return {
            pool
            for pool, officers in zip(self.pools, self.candidates, strict=True)
            if rotations.is_circle(pool) and not all(rotations.has(each, pool) for each in officers)
        }

    def decide(self) -> list[Decision]:
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
        if old.winners != new.winners and self.ledger.rotations.is_circle(self.pools[index]):
            self._note_mark(index)
        if old.winners != new.winners and self.run.judge.standing.crews:
            self._note_crew(index)
        before = {officer_id: place for place, officer_id in enumerate(old.winners)}
        after = {officer_id: place for place, officer_id in enumerate(new.winners)}
        for officer_id in (*old.winners, *new.winners):
            if before.get(officer_id) != after.get(officer_id):
                self._note_change(index, officer_id, after.get(officer_id))

    def _decision(self, index: int) -> Decision:
        free = len(self.ledger.free[self.openings[index].id])
        decision = Decision(self.openings[index].id)
        if not free:
            return decision
        for standing in sorted(self._standings(index), key=self.run.order.value):
            officer_id = standing.officer.id
            found = self._stopped(officer_id, index, decision.winners)
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
        pool = self.pools[index]
        if not self.ledger.rotations.is_circle(pool):
            return standings
        if pool in self._replays:
            now = self._replays[pool].after(self._spent_before(pool, index))
            return [replace(each, place=now.position(each.officer.id, pool)) for each in standings]
        circle = self._circle(pool)
        mark, owing = self._mark(circle, index), self._owing(circle, pool, index)
        return [replace(each, place=circle.place(each.officer.id, mark, owing)) for each in standings]

    def _spent_before(self, pool: str, index: int) -> list[int]:
        """Whose turns in the pool are spent before the opening, one after the other."""
        winners = (
            officer_id for at in range(index) if self.pools[at] == pool for officer_id in self.decisions[at].winners
        )
        return [each for each in winners if self.run.round.spends_turns(self.ledger.officers[each].rank)]

    def _circle(self, pool: str) -> Circle:
        if pool not in self._circles:
            self._circles[pool] = Circle(self.ledger.rotations, pool)
        return self._circles[pool]

    def _mark(self, circle: Circle, index: int) -> int:
        """Behind the last whose turn was spent before the opening, owed calls aside."""
        pool = self.pools[index]
        for at in range(index - 1, -1, -1):
            if self.pools[at] == pool:
                for officer_id in reversed(self.decisions[at].winners):
                    if self._moves_mark(circle, officer_id, pool, at):
                        return circle.at[officer_id] + 1
        return 0

    def _moves_mark(self, circle: Circle, officer_id: int, pool: str, index: int) -> bool:
        owed = circle.owed.get(officer_id, 0)
        is_paid_back = owed and len(self._turns_before(officer_id, pool, index)) < owed
        spends = self.run.round.spends_turns(self.ledger.officers[officer_id].rank)
        return officer_id in circle.at and spends and not is_paid_back

    def _owing(self, circle: Circle, pool: str, index: int) -> set[int]:
        """Who is owed a call still when the opening is reached."""
        return {each for each, owed in circle.owed.items() if len(self._turns_before(each, pool, index)) < owed}

    def _turns_before(self, officer_id: int, pool: str, index: int) -> list[int]:
        """The openings of the pool before this one for which the officer spends a turn."""
        if not self.run.round.spends_turns(self.ledger.officers[officer_id].rank):
            return []
        return [at for at, _ in self._won_before(officer_id, index) if self.pools[at] == pool]

    def _note_mark(self, index: int) -> None:
        """The mark stands elsewhere from here on: the pool's later openings are open again, up to one that moves it."""
        pool = self.pools[index]
        circle = self._circle(pool)
        for later in range(index + 1, len(self.openings)):
            if self.pools[later] == pool:
                self._push((later, 0, later))
                winners = () if pool in self._replays else self.decisions[later].winners
                if any(self._moves_mark(circle, each, pool, later) for each in winners):
                    return

    def _standing(self, officer_id: int, index: int) -> Standing:
        """Counters as they are when the opening is reached: those at the start of the round, and awards since."""
        opening = self.openings[index]
        pool, standing = self.pools[index], self.ledger.standing(officer_id, opening.id, self.run.round)
        since = [(at, place) for at, place in self._won_before(officer_id, index) if self.pools[at] == pool]
        if not since and self.ledger.rotations.has(officer_id, pool):
            return standing
        won = [self.openings[at] for at, _ in since]
        minutes = standing.minutes + sum(self.ledger.counted_minutes(each, pool) for each in won)
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

    def _stopped(self, officer_id: int, index: int, winners: Sequence[int]) -> Verdict:
        if self.run.judge.standing.crews:
            found = self.run.beside(officer_id, self.openings[index].id, self._given_before(index, winners))
            if not found.is_eligible:
                return found
        before = [at for at, _ in self._won_before(officer_id, index)]
        opening = self.openings[index]
        found = self.run.cap(officer_id, [self.openings[at] for at in before], opening.id)
        if not found.is_eligible:
            return found
        return self.run.time_verdict(officer_id, opening.id, [self.spans[at] for at in before])

    def _given_before(self, index: int, winners: Sequence[int]) -> list[tuple[OfficerFacts, OpeningFacts]]:
        """To whom the detail's openings up to this one go by now."""
        officers, opening = self.ledger.officers, self.openings[index]
        earlier = [at for at in self._of_detail[opening.detail_id] if at < index]
        given = [(officers[each], self.openings[at]) for at in earlier for each in self.decisions[at].winners]
        return given + [(officers[each], opening) for each in winners]

    def _note_crew(self, index: int) -> None:
        """Who is on the detail is another: its later openings are open again."""
        for later in self._of_detail[self.openings[index].detail_id]:
            if later > index:
                self._push((later, 0, later))

    def _waits_for_better(self, officer_id: int, index: int) -> bool:
        return (officer_id, index) not in self.bound and bool(self._hopes_of(officer_id)[index])

    def _note_waits(self, index: int, old: Decision, new: Decision) -> None:
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
            self._settled_at[officer_id] = settled_at(self._hopes[officer_id])
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
