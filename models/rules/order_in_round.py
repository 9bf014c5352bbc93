"""A round that orders officers to what is left, whether they signed up or not."""

from models.rules.ledger import Ledger
from models.rules.order import Standing
from models.rules.reasons import Figures, Reason
from models.rules.rounds import Ranked, RoundRun
from models.rules.verdict import Verdict


def run_order_in(run: RoundRun) -> list[Ranked]:
    """Openings in the stated order; of each, officers by the round's order as counters then are, until it is full."""
    return [line for opening_id in run.ledger.openings if run.is_open(opening_id) for line in _order(run, opening_id)]


def can_be_ordered(run: RoundRun, officer_id: int, opening_id: int) -> bool:
    """Whether the officer may be ordered to the opening as things stand."""
    ledger, opening = run.ledger, run.ledger.openings[opening_id]
    if ledger.has(officer_id, opening_id) or run.judge.is_off(officer_id, opening, run.round.spares):
        return False
    if not run.judge.verdict(ledger.officers[officer_id], opening).is_eligible:
        return False
    if not run.time_verdict(officer_id, opening_id, ()).is_eligible:
        return False
    held = [ledger.openings[each.opening_id] for each in ledger.held_in(officer_id, run.round)]
    return run.cap(officer_id, held, opening_id).is_eligible


def _order(run: RoundRun, opening_id: int) -> list[Ranked]:
    ledger = run.ledger
    if not ledger.free[opening_id]:
        return []
    members = [each for each in ledger.officers if ledger.is_for(run.round, each, opening_id)]
    standings, passed, asked = run.in_order(opening_id, members), 0, 0
    for place, standing in enumerate(standings, start=1):
        if not ledger.free[opening_id]:
            break
        asked = place
        if can_be_ordered(run, standing.officer.id, opening_id):
            _give(ledger, run, opening_id, standing, {"place": place, "passed": passed})
        else:
            passed += 1
    # Who ranks after the last who was ordered was not looked at.
    return run.ranked(opening_id, standings[:asked])


def _give(ledger: Ledger, run: RoundRun, opening_id: int, standing: Standing, figures: Figures) -> None:
    ledger.award(run.round, opening_id, standing)
    given = ledger.winners[opening_id][-1]
    about: Figures = {"round": run.round.name, "number": given.slot.number}
    ledger.ordered[standing.officer.id, opening_id] = Verdict(Reason.ORDERED_IN, {**about, **figures})
