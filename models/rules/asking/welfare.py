"""Whether an officer on a detail is asked now if all is well, and when next. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.rules.clauses.welfare import Welfare


def is_asked(clause: Welfare, kind: str | None, crew: int, now: datetime, zone: ZoneInfo) -> bool:
    """Whether one of a crew of so many is asked on this kind of work at this moment."""
    if clause.every_minutes is None or (clause.kinds and kind not in clause.kinds):
        return False
    return (crew == 1 or not clause.alone_only) and _is_hour(clause, now.astimezone(zone).time())


def next_check_at(clause: Welfare, since: datetime, ends_at: datetime) -> datetime | None:
    """When he is looked after next; None when never, or not before the end of his detail."""
    if clause.every_minutes is None:
        return None
    due_at = since + timedelta(minutes=clause.every_minutes)
    return due_at if due_at < ends_at else None


def _is_hour(clause: Welfare, at: time) -> bool:
    if clause.begin is None or clause.end is None:
        return True
    if clause.begin < clause.end:
        return clause.begin <= at < clause.end
    return at >= clause.begin or at < clause.end
