"""Moments by the day of the week, as the department's wall shows them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from models.rules.clauses.weekdays import WeekdayMoment
from models.rules.time.named_days import holiday_dates

_A_DAY = timedelta(days=1)


def weekday_moment(clause: WeekdayMoment, starts_at: datetime, zone: str) -> datetime:
    """The moment that belongs to a detail of this start; a time that the wall leaves out comes an hour later."""
    start = starts_at.astimezone(ZoneInfo(zone)).date()
    first = start - timedelta(days=(start.weekday() - clause.first_weekday) % 7)
    day = first + timedelta(days=clause.days_into_week - 7 * clause.weeks_before)
    return datetime.combine(_before_holidays(clause, day), clause.at, ZoneInfo(zone)).astimezone(UTC)


def _before_holidays(clause: WeekdayMoment, day: date) -> date:
    """The day itself, or one earlier for each holiday that it, or the day after it, is."""
    if not clause.earlier_for:
        return day
    if _is_holiday(clause, day + _A_DAY):
        day -= _A_DAY
    while _is_holiday(clause, day):
        day -= _A_DAY
    return day


def _is_holiday(clause: WeekdayMoment, day: date) -> bool:
    return day in holiday_dates(clause.earlier_for, clause.holidays_of, day.year)
