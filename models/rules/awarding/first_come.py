"""What goes first come: each sign-up is decided at its own moment, in the order in which they came."""

from models.rules.awarding.ledger import Ledger
from models.rules.awarding.rounds import Ranked, RoundRun
from models.rules.clauses.notice import Method, NoticeBand
from models.rules.clauses.orders import OrderKey
from models.rules.facts import OpeningFacts, SignupFacts

_AS_THEY_COME = (OrderKey(key="first_come"), OrderKey(key="badge"))


def batch_runs(ledger: Ledger) -> list[RoundRun]:
    """The handbook's rounds, each over the openings that are awarded in a batch and go through it."""
    return _runs(ledger, "batch")


def run_first_come(ledger: Ledger) -> list[Ranked]:
    """Give out what goes first come, before any award: each slot to whoever came and could take it at that moment."""
    if not any(method_of(ledger, each) == "first_come" for each in ledger.openings.values()):
        return []
    runs = _runs(ledger, "first_come")
    rankings = [line for run in runs for each in ledger.openings for line in run.ranked(each, run.standings(each))]
    for signup in sorted(ledger.facts.signups, key=lambda each: _moment(ledger, each)):
        _take(runs, signup)
    return rankings


def method_of(ledger: Ledger, opening: OpeningFacts) -> Method:
    """How the opening's slots are given out."""
    band = _band(ledger, opening)
    return band.method if band else "batch"


def _runs(ledger: Ledger, method: Method) -> list[RoundRun]:
    awarding = ledger.facts.handbook.awarding
    rounds = awarding.rounds if method == "batch" else awarding.signup_rounds
    if method == "first_come":
        rounds = tuple(each.model_copy(update={"order": _AS_THEY_COME, "order_by_rank": ()}) for each in rounds)
    return [
        RoundRun(
            ledger,
            each_round,
            [
                opening.id
                for opening in ledger.openings.values()
                if (method_of(ledger, opening) == method or each_round.orders)
                and _goes_through(ledger, opening, each_round.name)
            ],
        )
        for each_round in rounds
    ]


def _goes_through(ledger: Ledger, opening: OpeningFacts, name: str) -> bool:
    band = _band(ledger, opening)
    return band is None or not band.rounds or name in band.rounds


def _band(ledger: Ledger, opening: OpeningFacts) -> NoticeBand | None:
    return ledger.facts.handbook.notice.named(opening.band)


def _moment(ledger: Ledger, signup: SignupFacts) -> tuple[object, ...]:
    """When it came; what came in one text, in the order in which it was said."""
    said = signup.preference or 0
    return (signup.signed_up_at, said, ledger.place_of[signup.opening_id], signup.officer_id)


def _take(runs: list[RoundRun], signup: SignupFacts) -> None:
    """The first round that is for him and has a slot for him gives it to him."""
    officer_id, opening_id = signup.officer_id, signup.opening_id
    for run in runs:
        ledger = run.ledger
        if not run.is_candidate(officer_id, opening_id):
            continue
        standing = ledger.standing(officer_id, opening_id, run.round)
        if not ledger.free[opening_id]:
            ledger.notes[officer_id, opening_id] = run.outranked(opening_id, standing)
            return
        earlier = [each for each in ledger.held.get(officer_id, ()) if each.round_name == run.round.name]
        found = run.cap(officer_id, [ledger.openings[each.opening_id] for each in earlier], opening_id)
        if found.is_eligible:
            found = run.time_verdict(officer_id, opening_id, ())
        if found.is_eligible:
            ledger.award(run.round, opening_id, standing)
            return
        ledger.notes[officer_id, opening_id] = found
