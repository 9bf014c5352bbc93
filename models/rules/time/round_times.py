"""From when to when a round takes an opening, in real hours, by calendar days or by weekdays before its start."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.rules.clauses.rounds import Round
from models.rules.handbook import Handbook
from models.rules.time.timing import hours_before
from models.rules.time.weekdays import weekday_moment


def is_open(each_round: Round, starts_at: datetime, at: datetime, zone: str) -> bool:
    """Whether a moment lies in the time of the round, for an opening that starts then."""
    first, last = begins_at(each_round, starts_at, zone), ends_at(each_round, starts_at, zone)
    return (first is None or at >= first) and (last is None or at < last)


def begins_at(each_round: Round, starts_at: datetime, zone: str) -> datetime | None:
    """When the round begins to take the opening; None when it always does."""
    if each_round.from_on is not None:
        return weekday_moment(each_round.from_on, starts_at, zone)
    if each_round.from_days_before is not None:
        return _days_before(starts_at, each_round.from_days_before, each_round.from_at, zone)
    return None if each_round.from_hours_before is None else hours_before(starts_at, each_round.from_hours_before)


def ends_at(each_round: Round, starts_at: datetime, zone: str) -> datetime | None:
    """When the round does not take the opening any more; None when it takes it to the end."""
    if each_round.until_on is not None:
        return weekday_moment(each_round.until_on, starts_at, zone)
    if each_round.until_days_before is not None:
        return _days_before(starts_at, each_round.until_days_before, each_round.until_at, zone)
    return None if each_round.until_hours_before is None else hours_before(starts_at, each_round.until_hours_before)


def next_orders_at(handbook: Handbook, starts_at: datetime, now: datetime, zone: str) -> datetime | None:
    """When officers are ordered in to an opening, now or later; None where no round does so before the start."""
    orders = (each for each in handbook.awarding.rounds if each.orders)
    times = [
        max(begins_at(each, starts_at, zone) or now, now)
        for each in orders
        if (ends_at(each, starts_at, zone) or starts_at) > now
    ]
    return min((each for each in times if each < starts_at), default=None)


def _days_before(starts_at: datetime, days: int, at: time, zone: str) -> datetime:
    day = starts_at.astimezone(ZoneInfo(zone)).date() - timedelta(days=days)
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
