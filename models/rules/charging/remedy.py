"""Until when a detail is owed to an officer who was wrongly passed over."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from models.rules.clauses.remedy import Remedy
from models.rules.time.windows import midnight

# Nobody's leave is waited for longer than this.
LONGEST = timedelta(days=3 * 366)


def owed_until(clause: Remedy, owed_at: datetime, on_leave: Collection[date], zone: str) -> datetime:
    """The midnight that ends the last day on which it is owed; `on_leave` are the officer's days of leave."""
    day = owed_on = owed_at.astimezone(ZoneInfo(zone)).date()
    left = clause.within_days
    while left and day - owed_on < LONGEST:
        day += timedelta(days=1)
        left -= not (clause.leave_stops_the_clock and day in on_leave)
    return midnight(day + timedelta(days=1), zone)
