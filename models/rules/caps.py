"""What a round lets one officer have."""

from collections.abc import Sequence

from models.rules.clauses.awarding import Round
from models.rules.facts import OpeningFacts
from models.rules.reasons import Reason
from models.rules.verdict import ELIGIBLE, Verdict


def cap_verdict(each_round: Round, held: Sequence[OpeningFacts], wanted: OpeningFacts) -> Verdict:
    """Whether an officer who was awarded `held` in this round may have one more."""
    at_most = each_round.at_most
    if at_most.details is not None and len(held) >= at_most.details:
        return Verdict(Reason.ROUND_DETAILS_REACHED, {"round": each_round.name, "most_details": at_most.details})
    would_be = sum(opening.minutes for opening in held) + wanted.minutes
    if at_most.minutes is not None and would_be > at_most.minutes:
        return Verdict(
            Reason.ROUND_HOURS_REACHED,
            {"round": each_round.name, "would_be_minutes": would_be, "limit_minutes": at_most.minutes},
        )
    return ELIGIBLE
