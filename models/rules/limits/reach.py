"""How far round a detail other time matters, so that no more of an officer's years is read than the rules ask for."""

from models.rules.clauses.limits import CalendarLimit, Limit, RollingLimit
from models.rules.clauses.limits_in_a_row import DaysLimit, ShiftsLimit
from models.rules.handbook import Handbook

#: A month and a little more: what a stretch without a break can be, and then some.
_LEAST = 35
_DAYS_IN = {"day": 1, "week": 7, "28_days": 28, "month": 31}


def reach_days(handbook: Handbook) -> int:
    """Days before and after a detail of which the rules must know."""
    return max([_LEAST, *(_days(limit) + 2 for limit in handbook.limits)])


def _days(limit: Limit) -> int:
    if isinstance(limit, DaysLimit):
        return limit.days
    if isinstance(limit, ShiftsLimit):
        return limit.shifts
    if isinstance(limit, RollingLimit):
        return limit.window_minutes // 1440
    if isinstance(limit, CalendarLimit):
        days = limit.days_long or _DAYS_IN[limit.period]
        return days + limit.long.in_days if limit.long else days
    return 0
