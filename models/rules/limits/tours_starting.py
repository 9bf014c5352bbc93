"""Of tours only those that start at some time of the day."""

from models.rules.clauses.hours import Rest
from models.rules.time.shifts import is_between, time_of_day
from models.rules.time.spans import Span


class Tours:
    """Which tours a rest is about."""

    def __init__(self, clause: Rest, zone: str) -> None:
        self._starting = clause.tours_starting
        self._zone = zone

    def has(self, span: Span) -> bool:
        """Whether the rest is about this stretch; of what is no tour it always is."""
        if self._starting is None or span.group != "tours":
            return True
        return is_between(time_of_day(span.start, self._zone), self._starting.from_time, self._starting.until_time)
