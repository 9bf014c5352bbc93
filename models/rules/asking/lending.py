"""Whom a department lends to others, and how much of him."""

from collections.abc import Sequence

from models.rules.awarding.ledger import Ledger
from models.rules.awarding.rounds import RoundRun
from models.rules.awarding.tiers import is_among
from models.rules.facts import AwardFacts, CommitmentFacts, OfficerFacts, OpeningFacts
from models.rules.reasons import Figures, Reason
from models.rules.time.windows import Window, local_date, minute_of, moment_of, window_of
from models.rules.verdict import ELIGIBLE, Verdict


def lending_verdict(officer: OfficerFacts, opening: OpeningFacts, facts: AwardFacts) -> Verdict:
    """Whether the handbook lends this officer for one more detail of another department."""
    clause = facts.handbook.neighbours
    last_day = local_date(minute_of(opening.ends_at) - 1, facts.zone)
    if not is_among(clause.lend_who, officer, None, last_day):
        return Verdict(Reason.NOT_LENT)
    at_most = clause.lend_at_most
    if at_most.details is None and at_most.minutes is None:
        return ELIGIBLE
    window = window_of(at_most, facts.zone, minute_of(opening.starts_at))
    held = [each for each in facts.commitments if _counts(each, officer, window)]
    figures: Figures = {"starts_at": moment_of(window[0])}
    if at_most.details is not None and len(held) >= at_most.details:
        return Verdict(Reason.LENT_DETAILS_REACHED, {**figures, "most_details": at_most.details})
    would_be = sum(each.minutes for each in held) + opening.minutes
    if at_most.minutes is not None and would_be > at_most.minutes:
        told: Figures = {**figures, "would_be_minutes": would_be, "limit_minutes": at_most.minutes}
        return Verdict(Reason.LENT_HOURS_REACHED, told)
    return ELIGIBLE


def in_lending_order(facts: AwardFacts, opening_id: int, officer_ids: Sequence[int]) -> list[int]:
    """Officers in the order in which the handbook lets them be told of an invitation; as they are where it has none."""
    lending = facts.handbook.neighbours.lending_round
    if lending is None:
        return list(officer_ids)
    return [each.officer.id for each in RoundRun(Ledger(facts), lending).in_order(opening_id, officer_ids)]


def _counts(held: CommitmentFacts, officer: OfficerFacts, window: Window) -> bool:
    """What he holds elsewhere belongs whole to the period in which it starts."""
    is_his = held.officer_id == officer.id and held.is_elsewhere
    return is_his and window[0] <= minute_of(held.starts_at) < window[1]
