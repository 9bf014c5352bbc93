"""The department's clock, as what is said is read against it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flows.clock_times import ClockTime

MORNING = range(6, 12)
"""Said without its half, six to eleven are the morning, twelve is noon, and one to five the afternoon."""


@dataclass(frozen=True, slots=True)
class Clock:
    """`now` is aware, in the department's zone. With `near`, an hour without its half is the one close to now."""

    now: datetime
    near: bool = False

    @property
    def today(self) -> date:
        """The date on the department's calendar."""
        return self.now.date()

    def after(self, span: timedelta) -> datetime:
        """So much later on a running watch: the clock may have been changed in between."""
        return (self.now.astimezone(UTC) + span).astimezone(self.now.tzinfo)

    def settle(self, said: ClockTime, window: timedelta = timedelta(hours=2)) -> time:
        """The time of day that is meant: what lies within `window` of now, else the one in which people work."""
        readings = said.readings()
        if len(readings) == 1:
            return readings[0]
        close = [reading for reading in readings if self.near and self._distance(reading) <= window]
        return close[0] if close else _by_day(readings)

    def _distance(self, reading: time) -> timedelta:
        wall = self.now.replace(tzinfo=None)
        day = timedelta(days=1)
        apart = abs(datetime.combine(wall.date(), reading) - wall)
        return min(apart, day - apart) if apart < day else apart


def _by_day(readings: tuple[time, ...]) -> time:
    first, other = sorted(readings)
    return first if first.hour in MORNING else other
