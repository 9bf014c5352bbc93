"""Where an officer stands among those who signed up for an opening, by the very order the award will go by."""

from dataclasses import dataclass, replace
from datetime import datetime

from models.rules.awarding.first_come import batch_runs
from models.rules.awarding.ledger import Ledger
from models.rules.facts import AwardFacts

UNKNOWN_BEFORE = frozenset({"lottery"})
"""Orders nobody can tell before the award is made."""


@dataclass(frozen=True, slots=True)
class PlaceNow:
    """His place among `candidates` officers, 1 is first; `order` weighs most in the first round that anybody is in."""

    order: str
    place: int
    candidates: int


def place_now(facts: AwardFacts, officer_id: int, opening_id: int, award_at: datetime) -> PlaceNow | None:
    """The officer's place if nothing changed until `award_at`; None when he would be no candidate, or lots decide.

    Rounds keep their sequence: who is of an earlier one stands before all of a later one.
    """
    rounds = facts.handbook.awarding.signup_rounds
    if any(not each.keys.isdisjoint(UNKNOWN_BEFORE) for each in rounds):
        return None
    ledger = Ledger(replace(facts, now=award_at))
    runs = batch_runs(ledger)
    standings = [(run, run.standings(opening_id)) for run in runs]
    line = dict.fromkeys(standing.officer.id for _, found in standings for standing in found)
    if officer_id not in line:
        return None
    first, best = next((run.round, found[0]) for run, found in standings if found)
    return PlaceNow(first.order_for(best.officer.rank)[0].key, list(line).index(officer_id) + 1, len(line))
