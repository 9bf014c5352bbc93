"""A round that orders officers to what is left, whether they signed up or not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.rules.awarding.entry import alike
from models.rules.awarding.rounds import Ranked, RoundRun
from models.rules.awarding.sieve import Sieve
from models.rules.clauses.orders import ORDER_KEYS
from models.rules.reasons import Figures, Reason
from models.rules.verdict import Verdict

#: Keys by which an officer stands the same for every opening, whatever was awarded before.
_REASON_OF = {"order_in": Reason.ORDERED_IN, "recall": Reason.RECALLED}
_STEADY = frozenset({"seniority", "rank", "date_in_rank", "badge", "job_class", "name", "lottery"})


def run_order_in(run: RoundRun) -> list[Ranked]:
    """Openings in the stated order; of each, officers by the round's order as counters then are, until it is full."""
    roll = _Roll(run)
    return [
        line for opening_id in run.ledger.openings if run.is_open(opening_id) for line in _order(run, roll, opening_id)
    ]


@dataclass(frozen=True, slots=True)
class _Called:
    """An officer in the round's order, with what each key of it reads."""

    officer_id: int
    figures: Figures


class _Roll:
    """In what order officers come, and who of them may be ordered where: kept as long as nothing changes it."""

    def __init__(self, run: RoundRun) -> None:
        self._run, self._ledger = run, run.ledger
        left = tuple(each for each in run.ledger.openings.values() if run.is_open(each.id) and run.ledger.free[each.id])
        self._sieve = Sieve(replace(run.ledger.facts, openings=left), judge=run.judge)
        self._is_steady = run.round.keys <= _STEADY
        self._in_order: dict[tuple[object, ...], list[_Called]] = {}
        self._may_take: dict[int, frozenset[int]] = {}

    def in_order(self, opening_id: int) -> Sequence[_Called]:
        """Those whom the round is for, as counters are now."""
        if not self._is_steady:
            return self._called(opening_id)
        key = alike(self._ledger, self._run.round, opening_id)
        if key not in self._in_order:
            self._in_order[key] = self._called(opening_id)
        return self._in_order[key]

    def can_be_ordered(self, officer_id: int, opening_id: int) -> bool:
        """Whether the officer may be ordered to the opening as things stand."""
        run, ledger, opening = self._run, self._ledger, self._ledger.openings[opening_id]
        if opening_id not in self._openings_for(officer_id) or ledger.has(officer_id, opening_id):
            return False
        if run.judge.is_off(officer_id, opening, run.round.spares):
            return False
        if not run.time_verdict(officer_id, opening_id, ()).is_eligible:
            return False
        held = [ledger.openings[each.opening_id] for each in ledger.held_in(officer_id, run.round)]
        return run.cap(officer_id, held, opening_id).is_eligible

    def _called(self, opening_id: int) -> list[_Called]:
        members = [each for each in self._ledger.officers if self._ledger.is_for(self._run.round, each, opening_id)]
        in_order = self._run.in_order(opening_id, members)
        return [_Called(each.officer.id, self._run.order.figures(each)) for each in in_order]

    def _openings_for(self, officer_id: int) -> frozenset[int]:
        """What he may take by the facts alone."""
        if officer_id not in self._may_take:
            found = self._sieve.openings_for(self._ledger.officers[officer_id])
            self._may_take[officer_id] = frozenset(each.id for each in found)
        return self._may_take[officer_id]


def _order(run: RoundRun, roll: _Roll, opening_id: int) -> list[Ranked]:
    ledger = run.ledger
    if not ledger.free[opening_id]:
        return []
    called, passed, asked = roll.in_order(opening_id), 0, 0
    for place, each in enumerate(called, start=1):
        if not ledger.free[opening_id]:
            break
        asked = place
        if roll.can_be_ordered(each.officer_id, opening_id):
            _give(run, opening_id, each.officer_id, {"place": place, "passed": passed})
        else:
            passed += 1
    # Who ranks after the last who was ordered was not looked at.
    return [
        Ranked(opening_id, run.round.name, place, each.officer_id, each.figures)
        for place, each in enumerate(called[:asked], start=1)
    ]


def _give(run: RoundRun, opening_id: int, officer_id: int, figures: Figures) -> None:
    ledger = run.ledger
    ledger.award(run.round, opening_id, ledger.standing(officer_id, opening_id, run.round))
    given = ledger.winners[opening_id][-1]
    about: Figures = {"round": run.round.name, "number": given.slot.number}
    if not run.round.keys.isdisjoint(ORDER_KEYS) and given.standing.contacted_at:
        about["contacted_at"] = given.standing.contacted_at
    ledger.ordered[officer_id, opening_id] = Verdict(_REASON_OF[run.round.kind], {**about, **figures})
