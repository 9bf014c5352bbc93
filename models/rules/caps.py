"""What a round lets one officer have."""

from collections.abc import Sequence

from models.rules.clauses.rounds import Round
from models.rules.facts import CommitmentFacts, OpeningFacts
from models.rules.reasons import Figures, Reason
from models.rules.verdict import ELIGIBLE, Verdict
from models.rules.windows import minute_of, moment_of, month_of


def cap_verdict(
    each_round: Round,
    zone: str,
    held: Sequence[OpeningFacts],
    commitments: Sequence[CommitmentFacts],
    wanted: OpeningFacts,
) -> Verdict:
    """
    Whether an officer may have one more in this round. `held` is what counts of what this run awarded him: in a cap
    per run that of this round, in a cap per month all. `commitments` count only in a cap per month.
    """
    at_most = each_round.at_most
    if at_most.details is None and at_most.minutes is None:
        return ELIGIBLE
    if at_most.period == "run":
        return _verdict(each_round, [opening.minutes for opening in held], wanted, None)
    month = month_of(minute_of(wanted.starts_at), zone)
    everything: list[OpeningFacts | CommitmentFacts] = [*held, *commitments]
    minutes = [each.minutes for each in everything if _counts(each, wanted, month)]
    return _verdict(each_round, minutes, wanted, month)


def _counts(each: OpeningFacts | CommitmentFacts, wanted: OpeningFacts, month: tuple[int, int]) -> bool:
    """A detail belongs whole to the month in which it starts."""
    return each.pool == wanted.pool and month[0] <= minute_of(each.starts_at) < month[1]


def _verdict(
    each_round: Round, held_minutes: Sequence[int], wanted: OpeningFacts, month: tuple[int, int] | None
) -> Verdict:
    at_most = each_round.at_most
    about: Figures = {"round": each_round.name}
    if month:
        about["starts_at"] = moment_of(month[0])
    if at_most.details is not None and len(held_minutes) >= at_most.details:
        about["most_details"] = at_most.details
        if month:
            return Verdict(Reason.MONTH_DETAILS_REACHED, {**about, "held_details": len(held_minutes)})
        return Verdict(Reason.ROUND_DETAILS_REACHED, about)
    would_be = sum(held_minutes) + wanted.minutes
    if at_most.minutes is not None and would_be > at_most.minutes:
        reason = Reason.MONTH_HOURS_REACHED if month else Reason.ROUND_HOURS_REACHED
        return Verdict(reason, {**about, "would_be_minutes": would_be, "limit_minutes": at_most.minutes})
    return ELIGIBLE
