"""A department's shifts as its wall shows them: every minute lies in one, and the next shift has the next number."""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from models.rules.time.windows import day_number, local_minute

_DAY = 24 * 60


class Shifts:
    """The shifts of a handbook, which begin at the same times of every day."""

    def __init__(self, begin_at: Sequence[time], zone: str) -> None:
        self._begin_at = tuple(sorted(begin_at))
        self._zone = zone

    @property
    def longest_minutes(self) -> int:
        """No shift is longer, on no day; 0 where there are none."""
        minutes = [60 * each.hour + each.minute for each in self._begin_at]
        following = minutes[1:] + minutes[:1]
        gaps = [(after - before - 1) % _DAY + 1 for before, after in zip(minutes, following, strict=True)]
        # The night on which the clocks go back makes one longer by an hour.
        return max(gaps, default=-60) + 60

    def number(self, minute: int) -> int:
        """The shift in which a minute lies."""
        day = day_number(minute, self._zone)
        begun = sum(minute >= _begins(day, at, self._zone) for at in self._begin_at)
        return day * len(self._begin_at) + begun - 1

    def begins(self, number: int) -> int:
        """The first minute of a shift."""
        day, place = divmod(number, len(self._begin_at))
        return _begins(day, self._begin_at[place], self._zone)

    def nearest_change(self, minute: int) -> int:
        """The shift that begins at the change nearest to a minute; of two as near, the earlier."""
        number = self.number(minute)
        return number if minute - self.begins(number) <= self.begins(number + 1) - minute else number + 1


@lru_cache(maxsize=65536)
def _begins(day: int, at: time, zone: str) -> int:
    return local_minute(date.fromordinal(day), at, zone)


@lru_cache(maxsize=65536)
def time_of_day(minute: int, zone: str) -> time:
    """What the wall shows at a minute since 1970."""
    return datetime.fromtimestamp(minute * 60, ZoneInfo(zone)).time()


def is_between(at: time, first: time, until: time) -> bool:
    """Whether a time of day lies from `first` up to but not including `until`, also over midnight."""
    return first <= at < until if first < until else at >= first or at < until
