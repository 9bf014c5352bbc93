"""The periods over which a pool counts, as days of the department's own calendar."""

from datetime import date, timedelta
from typing import get_args

from dateutil.relativedelta import relativedelta

from models.rules.clauses.limits import Weekday
from models.rules.clauses.periods import Reset

_NEW_YEAR = date(2001, 1, 1)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)


def period_start(reset: Reset, day: date) -> date | None:
    """The first day of the period that `day` is in; None where the pool never begins anew."""
    if reset.period == "never":
        return None
    if reset.period == "week":
        return day - timedelta(days=(day.weekday() - _WEEKDAYS.index(reset.week_starts)) % 7)
    anchor = reset.anchor_on or _NEW_YEAR
    if reset.period in ("28_days", "days"):
        return day - timedelta(days=(day - anchor).days % (reset.days_long or 28))
    return _of_months(_NEW_YEAR if reset.period == "month" else anchor, _MONTHS[reset.period], day)


def next_period_start(reset: Reset, day: date) -> date | None:
    """The first day of the period after the one that `day` is in."""
    first = period_start(reset, day)
    if first is None:
        return None
    # No period is longer than a leap year, and none shorter than a week.
    later = first + timedelta(days=6)
    while (found := period_start(reset, later)) == first:
        later += timedelta(days=1 if reset.period in ("week", "28_days", "days", "month") else 20)
    return found


def _of_months(anchor: date, months: int, day: date) -> date:
    """From the anchor on, so that a year from February 29 begins on February 28 where there is no 29th."""
    passed = (day.year - anchor.year) * 12 + day.month - anchor.month
    count = passed // months
    first = anchor + relativedelta(months=count * months)
    return first if first <= day else anchor + relativedelta(months=(count - 1) * months)
