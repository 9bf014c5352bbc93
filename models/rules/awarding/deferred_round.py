"""
A round whose order stands still but differs by slot, such as the detail's own unit first: deferred acceptance, in
which officers propose. Each proposes what he prefers of what has not refused him and fits together; an opening keeps
the best of those who propose, for the time being, and refuses the rest, who then propose what they prefer next.

Where each officer can hold at most one of the openings in question, the result leaves nobody an envy that the order
justifies, and of all such awards each officer has the one that is best for him. Where officers may hold several, such
an award need not exist. Then, who is refused one opening may give up another that he had proposed; those whom it had
refused propose to it again, once for each signup that is given up, so that it comes to an end. After that nobody gives
up anything any more, and all propose for what they could have besides. So in the end nobody could take, beside all he
has, a slot that is free or held by somebody ranked below him; the envy that is left, of those who would have to give up
something that they want less, is found and reported.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

from models.rules.awarding.rounds import Ranked, RoundRun
from models.rules.facts import OpeningFacts
from models.rules.orders.order import Standing
from models.rules.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Envy:
    """
    An officer who could take an opening beside all he prefers to it, though a slot of it is free or held by somebody
    whom the round's order ranks below him; `holder_id` is the lowest of those, None where it is free.
    """

    officer_id: int
    opening_id: int
    round: str
    holder_id: int | None


def run_deferred(run: RoundRun) -> tuple[list[Ranked], list[Envy]]:
    """Award the round, opening by opening, and find the envy that is left."""
    candidates = {opening_id: run.standings(opening_id) for opening_id in run.ledger.openings}
    rankings = [line for opening_id, standings in candidates.items() for line in run.ranked(opening_id, standings)]
    matching = _Matching(run, candidates)
    matching.propose_all()
    matching.add_all()
    envies = [envy for officer_id in matching.wishes for envy in _envies(run, matching, officer_id)]
    for opening_id in run.ledger.openings:
        for standing in matching.winners(opening_id):
            run.ledger.award(run.round, opening_id, standing)
    for officer_id, opening_id in matching.standings:
        if opening_id not in matching.proposed[officer_id]:
            run.ledger.notes[officer_id, opening_id] = _why(run, matching, officer_id, opening_id)
    return rankings, envies


def _envies(run: RoundRun, matching: "_Matching", officer_id: int) -> Iterator[Envy]:
    held = matching.proposed[officer_id]
    for opening_id in matching.wishes[officer_id]:
        if opening_id not in held and not matching.is_beaten(officer_id, opening_id):
            liked_more = [each for each in held if run.ledger.prefers(officer_id, each, opening_id)]
            if matching.fits(officer_id, liked_more, opening_id).is_eligible:
                yield Envy(officer_id, opening_id, run.round.name, matching.lowest(opening_id))


def _why(run: RoundRun, matching: "_Matching", officer_id: int, opening_id: int) -> Verdict:
    """Why a candidate went without, once all is awarded."""
    if matching.is_beaten(officer_id, opening_id):
        return run.outranked(opening_id, matching.standings[officer_id, opening_id])
    return matching.fits(officer_id, matching.proposed[officer_id], opening_id)


class _Matching:
    """Who proposes what, and whom each opening keeps for the time being, best first."""

    def __init__(self, run: RoundRun, candidates: dict[int, list[Standing]]) -> None:
        self.run = run
        self.ledger = run.ledger
        self.standings = {
            (standing.officer.id, opening_id): standing
            for opening_id, standings in candidates.items()
            for standing in standings
        }
        self.values = {key: run.order.value(standing) for key, standing in self.standings.items()}
        self.seats = {opening_id: len(self.ledger.free[opening_id]) for opening_id in candidates}
        self.wishes = {
            officer_id: [opening_id for opening_id in wanted if (officer_id, opening_id) in self.standings]
            for officer_id, wanted in self.ledger.preferences.items()
        }
        self.kept: dict[int, list[tuple[tuple[int, ...], int]]] = defaultdict(list)
        self.proposed: dict[int, list[int]] = defaultdict(list)
        self._refused: dict[int, set[int]] = defaultdict(set)
        self._given_up: set[tuple[int, int]] = set()
        self._are_kept = False
        # Officers propose in the order of the round, as far as it does not differ by slot.
        general = {each: self.ledger.standing_in_general(each, run.round) for each in self.wishes}
        in_turn = sorted(general, key=lambda each: run.order.value(general[each]))
        self._turn = {officer_id: place for place, officer_id in enumerate(in_turn)}
        self._officers = in_turn
        self._due: list[int] = []
        self._waiting: set[int] = set()

    def winners(self, opening_id: int) -> list[Standing]:
        """Who gets the opening, best first."""
        return [self.standings[officer_id, opening_id] for _, officer_id in self.kept[opening_id]]

    def is_beaten(self, officer_id: int, opening_id: int) -> bool:
        """Whether the opening is full and everybody whom it keeps ranks above the officer."""
        kept = self.kept[opening_id]
        is_full = len(kept) >= self.seats[opening_id]
        return is_full and (not kept or kept[-1][0] < self.values[officer_id, opening_id])

    def lowest(self, opening_id: int) -> int | None:
        """The lowest of those whom the opening keeps; None where a slot is free."""
        kept = self.kept[opening_id]
        return kept[-1][1] if len(kept) >= self.seats[opening_id] else None

    def propose_all(self) -> None:
        """Proposals, refusals and proposals anew, until nobody has any more."""
        for officer_id in self._officers:
            self._push(officer_id)
        while self._due:
            turn = heappop(self._due)
            self._waiting.discard(turn)
            self._propose(self._officers[turn])

    def add_all(self) -> None:
        """The same for what fits beside all that an officer has. Openings only gain by it, so that it ends."""
        self._are_kept = True
        self._refused.clear()
        self.propose_all()

    def _push(self, officer_id: int) -> None:
        turn = self._turn[officer_id]
        if turn not in self._waiting:
            self._waiting.add(turn)
            heappush(self._due, turn)

    def _propose(self, officer_id: int) -> None:
        before = self.proposed[officer_id]
        now = self._chosen(officer_id)
        self.proposed[officer_id] = list(now)
        for opening_id in before:
            if opening_id not in now:
                self._give_up(officer_id, opening_id)
        for opening_id in now:
            if opening_id not in before:
                self._keep_or_refuse(officer_id, opening_id)

    def _chosen(self, officer_id: int) -> list[int]:
        """By the officer's own order all that fits together of what has not refused him, or fits beside what he has."""
        chosen = list(self.proposed[officer_id]) if self._are_kept else []
        asked = (each for each in self.wishes[officer_id] if each not in chosen and self._may_ask(officer_id, each))
        for opening_id in asked:
            if self.fits(officer_id, chosen, opening_id).is_eligible:
                chosen.append(opening_id)
        return chosen

    def _may_ask(self, officer_id: int, opening_id: int) -> bool:
        if not self.seats[opening_id] or officer_id in self._refused[opening_id]:
            return False
        return not (self._are_kept and self.is_beaten(officer_id, opening_id))

    def fits(self, officer_id: int, beside: list[int], opening_id: int) -> Verdict:
        """Whether the officer may have the opening beside others of this round."""
        taken: list[OpeningFacts] = [self.ledger.openings[each] for each in beside]
        found = self.run.cap(officer_id, taken, opening_id)
        if not found.is_eligible:
            return found
        return self.run.time_verdict(officer_id, opening_id, [self.ledger.spans[each] for each in beside])

    def _keep_or_refuse(self, officer_id: int, opening_id: int) -> None:
        kept = self.kept[opening_id]
        insort(kept, (self.values[officer_id, opening_id], officer_id))
        if len(kept) > self.seats[opening_id]:
            _, last = kept.pop()
            self._refused[opening_id].add(last)
            self.proposed[last].remove(opening_id)
            self._push(last)

    def _give_up(self, officer_id: int, opening_id: int) -> None:
        self.kept[opening_id].remove((self.values[officer_id, opening_id], officer_id))
        if (officer_id, opening_id) not in self._given_up:
            self._given_up.add((officer_id, opening_id))
            again, self._refused[opening_id] = self._refused[opening_id], set()
            for each in again:
                self._push(each)
