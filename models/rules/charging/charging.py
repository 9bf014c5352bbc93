"""What an outcome costs an officer, by the handbook and the circumstances. Pure; the records are moved elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from models.rules.clauses.outcomes import (
    ANSWERS,
    FREE,
    ContactStep,
    LeaveKind,
    Outcome,
    OutcomeCase,
    OutcomeName,
    Outcomes,
)
from models.rules.clauses.pools import Credit
from models.rules.handbook import Handbook


@dataclass(frozen=True, slots=True)
class Circumstances:
    """
    How it came about: how he was asked, how long before the start, whether he was on leave then, whether somebody
    had taken the slot over, and for what reason he gave it back.
    """

    step: ContactStep
    notice_minutes: int
    round: str | None = None
    leave: LeaveKind | None = None
    may_be_called: bool = False
    replaced: bool = False
    band: str = ""
    reason: str | None = None


def cost(outcomes: Outcomes, name: OutcomeName, how: Circumstances) -> Outcome:
    """The row that decides: the first case that fits, else the outcome's own."""
    for case in outcomes.cases:
        if _fits(case, name, how):
            return case
    if how.step == "offer" and outcomes.offers == "free" and name in ANSWERS:
        return FREE
    return outcomes.row(name)


def prices_skipping(handbook: Handbook, pool: str) -> bool:
    """Whether it means anything to be skipped: it costs something, or in a circle a call is owed for it."""
    outcomes = handbook.outcomes
    has_row = outcomes.skipped != FREE or any("skipped" in case.on for case in outcomes.cases)
    return has_row or pool in handbook.circles


def is_turn(outcomes: Outcomes, name: OutcomeName, how: Circumstances) -> bool:
    """Whether his turn came and nothing came of it by no word of his: who keeps it then is owed a call in a circle.

    A free offer is nobody's turn.
    """
    by_case = any(_fits(case, name, how) for case in outcomes.cases)
    counts = how.step != "offer" or outcomes.offers == "as_awards" or by_case
    return counts and name in ANSWERS and name not in ("declined", "considered")


def _fits(case: OutcomeCase, name: OutcomeName, how: Circumstances) -> bool:
    return (
        name in case.on
        and (not case.steps or how.step in case.steps)
        and (not case.rounds or how.round in case.rounds)
        and (not case.bands or how.band in case.bands)
        and (not case.leave or how.leave in case.leave)
        and (case.may_be_called is None or (how.leave is not None and how.may_be_called == case.may_be_called))
        and (case.replaced is None or how.replaced == case.replaced)
        and (not case.reasons or how.reason in case.reasons)
        and case.fits_notice(how.notice_minutes)
    )


def points_of_award(outcomes: Outcomes, notice: int, round_name: str, band: str = "") -> int:
    """The points that an award in that round gives at once, `notice` minutes before the start: as when accepted."""
    if not outcomes.cases:
        return outcomes.accepted.points
    return cost(outcomes, "accepted", Circumstances("award", notice, round_name, band=band)).points


def notice_minutes(starts_at: datetime, at: datetime) -> int:
    """Whole minutes left before the start; none when it has begun."""
    return max(int((starts_at - at).total_seconds()) // 60, 0)


def credited_minutes(credit: Credit, scheduled_minutes: int) -> int:
    """What an assignment counts before it is known how long it took."""
    return max(scheduled_minutes, credit.minimum_minutes)


def corrected_minutes(credit: Credit, scheduled_minutes: int, worked_minutes: int, paid_at_least: int) -> int:
    """What it counts once it is known how long the officer was there; `paid_at_least` is the detail's own minimum."""
    if credit.hours == "scheduled":
        return credited_minutes(credit, scheduled_minutes)
    least = paid_at_least if credit.hours == "paid" else 0
    return max(worked_minutes, least, credit.minimum_minutes)
