"""What a round lets one officer have."""

from collections.abc import Sequence

from models.rules.clauses.rounds import Round
from models.rules.facts import CommitmentFacts, OpeningFacts
from models.rules.reasons import Figures, Reason
from models.rules.time.windows import minute_of, moment_of, window_of
from models.rules.verdict import ELIGIBLE, Verdict

# What a cap says of its details and of its hours.
_REACHED = {
    "run": (Reason.ROUND_DETAILS_REACHED, Reason.ROUND_HOURS_REACHED),
    "week": (Reason.WEEK_DETAILS_REACHED, Reason.WEEK_HOURS_REACHED),
    "28_days": (Reason.DAYS_28_DETAILS_REACHED, Reason.DAYS_28_HOURS_REACHED),
    "month": (Reason.MONTH_DETAILS_REACHED, Reason.MONTH_HOURS_REACHED),
}

#: All reasons of caps.
CAP_REASONS = frozenset(reason for both in _REACHED.values() for reason in both)


def cap_verdict(
    each_round: Round,
    zone: str,
    held: Sequence[OpeningFacts],
    commitments: Sequence[CommitmentFacts],
    wanted: OpeningFacts,
) -> Verdict:
    """
    Whether an officer may have one more in this round. `held` is what counts of what this run awarded him: in a cap
    per run that of this round, else all. `commitments` do not count in a cap per run.
    """
    at_most = each_round.at_most
    if at_most.details is None and at_most.minutes is None:
        return ELIGIBLE
    if at_most.period == "run":
        return _verdict(each_round, [opening.minutes for opening in held], wanted, None)
    window = window_of(at_most, zone, minute_of(wanted.starts_at))
    everything: list[OpeningFacts | CommitmentFacts] = [*held, *commitments]
    minutes = [each.minutes for each in everything if _counts(each, wanted, window)]
    return _verdict(each_round, minutes, wanted, window)


def _counts(each: OpeningFacts | CommitmentFacts, wanted: OpeningFacts, window: tuple[int, int]) -> bool:
    """A detail belongs whole to the week or month in which it starts."""
    return each.pool == wanted.pool and window[0] <= minute_of(each.starts_at) < window[1]


def _verdict(
    each_round: Round, held_minutes: Sequence[int], wanted: OpeningFacts, window: tuple[int, int] | None
) -> Verdict:
    at_most = each_round.at_most
    about: Figures = {"round": each_round.name}
    if window:
        about["starts_at"] = moment_of(window[0])
    if at_most.details is not None and len(held_minutes) >= at_most.details:
        about["most_details"] = at_most.details
        if window:
            about["held_details"] = len(held_minutes)
        return Verdict(_REACHED[at_most.period][0], about)
    would_be = sum(held_minutes) + wanted.minutes
    if at_most.minutes is not None and would_be > at_most.minutes:
        figures = {**about, "would_be_minutes": would_be, "limit_minutes": at_most.minutes}
        return Verdict(_REACHED[at_most.period][1], figures)
    return ELIGIBLE
