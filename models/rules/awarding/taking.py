"""Whether an officer may take an opening at some moment, where a round may lift rules: asked outside of an award."""

from collections.abc import Mapping
from datetime import datetime

from models.rules.awarding.sieve import Sieve
from models.rules.awarding.tiers import is_in_round
from models.rules.clauses.hours import Binding
from models.rules.eligibility import Eligibility
from models.rules.facts import AwardFacts, OfficerFacts, OpeningFacts
from models.rules.time.round_times import is_open
from models.rules.verdict import ELIGIBLE, Verdict


class Taking:
    """The same question for many officers and openings; reads the facts once."""

    def __init__(self, facts: AwardFacts, stage: Binding = "award") -> None:
        self._zone = facts.zone
        self._judge = Eligibility(facts, stage)
        rounds = (each for each in facts.handbook.awarding.signup_rounds if each.lifts)
        self._lifting = [(each, self._judge.lifting(each.lifts)) for each in rounds]

    def verdict(self, officer: OfficerFacts, opening: OpeningFacts, at: datetime) -> Verdict:
        """By every rule, less those that a round lifts which is for him and open at that moment."""
        found = self._judge.verdict(officer, opening)
        if found.is_eligible or not self._lifting:
            return found
        for each_round, judge in self._lifting:
            is_his = is_in_round(each_round, officer, opening, judge)
            is_now = is_open(each_round, opening.starts_at, at, self._zone)
            if is_his and is_now and judge.verdict(officer, opening).is_eligible:
                return ELIGIBLE
        return found


def officers_by_opening(facts: AwardFacts, stage: Binding, at: Mapping[int, datetime]) -> dict[int, list[int]]:
    """For each opening the ids of all who may take it at its moment `at`, in the order of the facts."""
    found = {opening: set(officers) for opening, officers in Sieve(facts, stage).officers_by_opening().items()}
    for each_round in (each for each in facts.handbook.awarding.signup_rounds if each.lifts):
        sieve = Sieve(facts, stage, each_round.lifts)
        for officer in facts.officers:
            for opening in sieve.openings_for(officer):
                if is_in_round(each_round, officer, opening, sieve.eligibility) and is_open(
                    each_round, opening.starts_at, at[opening.id], facts.zone
                ):
                    found[opening.id].add(officer.id)
    return {opening: [each.id for each in facts.officers if each.id in ids] for opening, ids in found.items()}
