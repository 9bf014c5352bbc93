"""The award run: facts in; awards, standbys, counters and a reason for every signup out. Pure and deterministic."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from models.rules.awarding.changing_round import run_changing
from models.rules.awarding.deferred_round import Envy, run_deferred
from models.rules.awarding.first_come import batch_runs, run_first_come
from models.rules.awarding.ledger import Ledger
from models.rules.awarding.order_in_round import run_order_in
from models.rules.awarding.outcomes import CounterChange, SignupVerdict, counter_changes, signup_verdicts
from models.rules.awarding.rounds import Ranked, RoundRun, run_standing_still
from models.rules.awarding.standbys import StandbyList, standby_lists
from models.rules.facts import AwardFacts, from_json

__all__ = [
    "AwardResult",
    "AwardedSlot",
    "CounterChange",
    "Envy",
    "Ranked",
    "SignupVerdict",
    "StandbyList",
    "award",
    "replay",
]


@dataclass(frozen=True, slots=True)
class AwardedSlot:
    """A slot and who gets it, in which round; `step` counts the awards of the run from 1."""

    step: int
    slot_id: int
    opening_id: int
    officer_id: int
    round: str


@dataclass(frozen=True, slots=True)
class AwardResult:
    """
    All that a run decided, in an order that the same facts always give. `envies` is what a round whose order differs
    by slot could not avoid; the other rounds that stand still leave none.
    """

    awards: tuple[AwardedSlot, ...]
    standbys: tuple[StandbyList, ...]
    verdicts: tuple[SignupVerdict, ...]
    counters: tuple[CounterChange, ...]
    rankings: tuple[Ranked, ...]
    envies: tuple[Envy, ...] = ()


def award(facts: AwardFacts) -> AwardResult:
    """
    Award the free slots over the signups by the handbook's rounds. Manual, automatic and preview are this one
    function. Raises ValueError where the facts name what they do not contain, or have a signup twice.
    """
    _check(facts)
    ledger = Ledger(facts)
    rankings = run_first_come(ledger)
    runs = batch_runs(ledger)
    envies: list[Envy] = []
    for run in runs:
        _run(run, rankings, envies)
    standbys = standby_lists([run for run in runs if run.round.kind == "signups"], facts.handbook.awarding.standbys)
    return AwardResult(
        awards=tuple(
            AwardedSlot(step, held.slot.id, held.opening_id, held.officer_id, held.round_name)
            for step, held in enumerate(ledger.awards, start=1)
        ),
        standbys=standbys,
        verdicts=signup_verdicts(ledger, standbys),
        counters=counter_changes(ledger),
        rankings=tuple(rankings),
        envies=tuple(envies),
    )


def _run(run: RoundRun, rankings: list[Ranked], envies: list[Envy]) -> None:
    if run.round.orders:
        rankings.extend(run_order_in(run) if run.ledger.facts.has_everybody else ())
    elif run.round.has_changing_order or (run.judge.standing.crews and run.round.differs_by_slot(run.ledger.pools)):
        # Who may be there depends on who else is: such a round goes opening by opening.
        rankings.extend(run_changing(run))
    elif run.round.differs_by_slot(run.ledger.pools):
        ranked, left = run_deferred(run)
        rankings.extend(ranked)
        envies.extend(left)
    else:
        rankings.extend(run_standing_still(run))


def _check(facts: AwardFacts) -> None:
    officers, openings = {each.id for each in facts.officers}, {each.id for each in facts.openings}
    if len(officers) != len(facts.officers) or len(openings) != len(facts.openings):
        raise ValueError("the facts have an officer or an opening twice")
    signups = {(each.officer_id, each.opening_id) for each in facts.signups}
    if len(signups) != len(facts.signups):
        raise ValueError("the facts have a signup twice")
    if not all(officer in officers and opening in openings for officer, opening in signups):
        raise ValueError("the facts have a signup of an officer or for an opening that they do not contain")
    if len({slot.id for slot in facts.slots}) != len(facts.slots):
        raise ValueError("the facts have a slot twice")
    if not all(slot.opening_id in openings for slot in facts.slots):
        raise ValueError("the facts have a slot of an opening that they do not contain")


_RESULT = TypeAdapter(AwardResult)


def result_to_json(result: AwardResult) -> str:
    """A result as it is stored with an award. The same result gives the same text."""
    return _RESULT.dump_json(result).decode()


def result_from_json(text: str | bytes) -> AwardResult:
    """A result as it was stored."""
    return _RESULT.validate_json(text)


def replay(stored_facts: str | bytes) -> AwardResult:
    """The award again, from the facts that were stored with it."""
    return award(from_json(stored_facts))
