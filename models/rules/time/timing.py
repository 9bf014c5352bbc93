"""When sign-up closes, the award is made, and an answer is due. Hours are real elapsed time."""

from datetime import UTC, datetime, timedelta

from models.rules.clauses.working import Answer
from models.rules.handbook import Handbook


def signup_closes_at(handbook: Handbook, starts_at: datetime) -> datetime:
    """When sign-up for a detail closes, where its posting does not say so."""
    return hours_before(starts_at, handbook.signup.closes_hours_before)


def award_at(handbook: Handbook, closes_at: datetime) -> datetime:
    """When the award over a posting is made, where the posting does not say so."""
    return closes_at.astimezone(UTC) + timedelta(minutes=handbook.signup.award_after_close_minutes)


def answer_due_at(handbook: Handbook, told_at: datetime, starts_at: datetime, band: str = "") -> datetime:
    """
    When an awarded officer must have answered: after his time to answer, but not too close to the start; yet
    however late he is told, he has the least time, as long as the detail has not begun. `band` is the detail's.
    """
    clause, told_at, starts_at = _answer(handbook, band), told_at.astimezone(UTC), starts_at.astimezone(UTC)
    due_at = min(told_at + timedelta(minutes=clause.minutes), hours_before(starts_at, clause.due_hours_before_start))
    return max(due_at, min(told_at + timedelta(minutes=clause.least_minutes), starts_at))


def answer_reminders_at(
    handbook: Handbook, told_at: datetime, due_at: datetime, band: str = ""
) -> tuple[datetime, ...]:
    """When to remind an officer who has not answered; only what lies before the answer is due."""
    times = (told_at.astimezone(UTC) + timedelta(minutes=each) for each in _answer(handbook, band).remind_after_minutes)
    return tuple(each for each in times if each < due_at)


def offer_due_at(
    handbook: Handbook, told_at: datetime, starts_at: datetime, answer_minutes: int | None = None
) -> datetime:
    """When an offer ends: after the time to answer (empty: that to replace), and at the start at the latest."""
    minutes = handbook.replacement.answer_minutes if answer_minutes is None else answer_minutes
    due_at = told_at.astimezone(UTC) + timedelta(minutes=minutes)
    return min(due_at, starts_at.astimezone(UTC))


def hours_before(moment: datetime, hours: float) -> datetime:
    """So many hours of real time before a moment, also across a change of clocks."""
    return moment.astimezone(UTC) - timedelta(minutes=round(hours * 60))


def _answer(handbook: Handbook, band: str) -> Answer:
    """The band's own time to answer, else everybody's."""
    own = handbook.notice.named(band)
    return own.answer if own and own.answer else handbook.answer
