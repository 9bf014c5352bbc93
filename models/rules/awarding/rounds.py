"""One round of an award: who is in it, and how it goes where the order stands still."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from models.rules.awarding.caps import cap_verdict
from models.rules.awarding.entry import Entry
from models.rules.awarding.ledger import Ledger
from models.rules.clauses.rounds import Round
from models.rules.facts import OpeningFacts
from models.rules.limits.together import Beside
from models.rules.orders.order import Order, Standing
from models.rules.reasons import Figures, Reason
from models.rules.time.spans import Span
from models.rules.verdict import ELIGIBLE, Verdict


@dataclass(slots=True)
class Ranked:
    """A line of the ranked list of an opening in a round, as it was when the opening was decided.

    Not frozen, since an award that orders officers in makes 400,000: a frozen one takes three times as long to make.
    """

    opening_id: int
    round: str
    place: int
    officer_id: int
    figures: Figures


class RoundRun:
    """A round of the handbook, put to work on a ledger."""

    def __init__(self, ledger: Ledger, each_round: Round, among: Collection[int] | None = None) -> None:
        """`among` are the openings that go through this round; None: all."""
        self.ledger = ledger
        self.round = each_round
        self.order = Order(each_round, ledger.facts.handbook, ledger.officers.values(), ledger.facts.seed)
        judge = ledger.eligibility.lifting(each_round.lifts) if each_round.lifts else ledger.eligibility
        self.judge = judge.ordering() if each_round.orders else judge
        self._barred = ledger.barred_by(self.judge) if each_round.lifts else ledger.barred
        self._entry = Entry(ledger, each_round, self.order)
        wanted = ledger.openings if among is None else among
        self._open = {opening_id for opening_id in wanted if ledger.is_open(each_round, opening_id)}

    def is_open(self, opening_id: int) -> bool:
        """Whether it is the time of this round for the opening."""
        return opening_id in self._open

    def is_candidate(self, officer_id: int, opening_id: int) -> bool:
        """Whether the officer is in this round for the opening, and could take it by the facts alone."""
        ledger = self.ledger
        return (
            opening_id in self._open
            and (officer_id, opening_id) not in self._barred
            and ledger.is_for(self.round, officer_id, opening_id)
            and not ledger.has(officer_id, opening_id)
            and self._has_entered(officer_id, opening_id)
        )

    def _has_entered(self, officer_id: int, opening_id: int) -> bool:
        """Whether he signed up in his turn, where officers do so one after the other."""
        if self.round.entry_minutes_apart is None:
            return True
        found = self._entry.verdict(officer_id, opening_id, self.ledger.signups[officer_id, opening_id].signed_up_at)
        if not found.is_eligible:
            self.ledger.early.setdefault((officer_id, opening_id), found)
        return found.is_eligible

    def standings(self, opening_id: int) -> list[Standing]:
        """The candidates for an opening in the order of this round, as their counters are now."""
        interested = self.ledger.interested[opening_id]
        return self.in_order(opening_id, [each for each in interested if self.is_candidate(each, opening_id)])

    def in_order(self, opening_id: int, officer_ids: Iterable[int]) -> list[Standing]:
        """Officers in the order of this round for an opening, whether they signed up or not."""
        return sorted(
            (self.ledger.standing(each, opening_id, self.round) for each in officer_ids), key=self.order.value
        )

    def ranked(self, opening_id: int, standings: list[Standing]) -> list[Ranked]:
        """The ranked list in figures."""
        return [
            Ranked(opening_id, self.round.name, place, each.officer.id, self.order.figures(each))
            for place, each in enumerate(standings, start=1)
        ]

    def cap(self, officer_id: int, taken: Iterable[OpeningFacts], opening_id: int) -> Verdict:
        """Whether the round's cap allows the officer one more, beside what he has `taken` in this round."""
        ledger, held = self.ledger, list(taken)
        beside = self.beside(officer_id, opening_id)
        if not beside.is_eligible:
            return beside
        if self.round.at_most.period != "run":
            earlier = (each for each in ledger.held.get(officer_id, ()) if each.round_name != self.round.name)
            held.extend(ledger.openings[each.opening_id] for each in earlier)
        return cap_verdict(
            self.round, ledger.facts.zone, held, ledger.commitments.get(officer_id, ()), ledger.openings[opening_id]
        )

    def beside(self, officer_id: int, opening_id: int, also: Beside = ()) -> Verdict:
        """Whether there may be one more of his rank, beside those to whom this run gave the detail and `also` those."""
        ledger, crews = self.ledger, self.judge.standing.crews
        if not crews:
            return ELIGIBLE
        opening = ledger.openings[opening_id]
        given = (
            (ledger.officers[held.officer_id], ledger.openings[other])
            for other in ledger.of_detail[opening.detail_id]
            for held in ledger.winners.get(other, ())
        )
        return crews.verdict(ledger.officers[officer_id], opening, (*given, *also))

    def time_verdict(self, officer_id: int, opening_id: int, also: Sequence[Span]) -> Verdict:
        """Whether the officer's time allows the opening beside what this run gave him and `also`."""
        ledger = self.ledger
        held = [ledger.span_held(officer_id, each.opening_id) for each in ledger.held.get(officer_id, ())]
        if not held and not also:
            return ELIGIBLE  # Already judged from the facts alone.
        return self.judge.time_verdict(officer_id, ledger.spans[opening_id], [*held, *also])

    def outranked(self, opening_id: int, standing: Standing) -> Verdict:
        """Why the officer went without: the last slot went to somebody, or there was none."""
        winners = self.ledger.winners.get(opening_id)
        if not winners:
            return Verdict(Reason.NO_FREE_SLOT)
        last = winners[-1]
        if last.round_name != self.round.name:
            self.ledger.keep_own_reason(standing.officer.id, opening_id, last.round_name)
            return Verdict(Reason.EARLIER_ROUND, {"badge": last.standing.officer.badge, "round": last.round_name})
        return Verdict(*self.order.why(last.standing, standing))


def run_standing_still(run: RoundRun) -> list[Ranked]:
    """
    Officers in order, each taking what he prefers of what is left, can be taken by him and fits with what he took.
    Nobody then envies an officer ranked below him, because what that one holds was free when he chose.
    """
    rankings = [
        line for opening_id in run.ledger.openings for line in run.ranked(opening_id, run.standings(opening_id))
    ]
    everyone = [run.ledger.standing_in_general(officer_id, run.round) for officer_id in run.ledger.preferences]
    for standing in sorted(everyone, key=run.order.value):
        _choose(run, standing)
    return rankings


def _choose(run: RoundRun, standing: Standing) -> None:
    ledger, officer_id = run.ledger, standing.officer.id
    taken: list[OpeningFacts] = []
    for opening_id in ledger.preferences[officer_id]:
        if not run.is_candidate(officer_id, opening_id):
            continue
        if not ledger.free[opening_id]:
            ledger.notes[officer_id, opening_id] = run.outranked(opening_id, standing)
            continue
        found = run.cap(officer_id, taken, opening_id)
        if found.is_eligible:
            found = run.time_verdict(officer_id, opening_id, ())
        if found.is_eligible:
            ledger.award(run.round, opening_id, standing)
            taken.append(ledger.openings[opening_id])
        else:
            ledger.notes[officer_id, opening_id] = found
