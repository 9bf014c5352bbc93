"""Times of day as people write them, and the moment they mean."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

SPOKEN = re.compile(
    r"(?P<hour>\d{1,2})(?::?(?P<minute>\d{2}))?(?:\s?(?P<half>[ap])\.?(?:m\.?)?)?(?P<hours>\s?(?:hrs?|hours|h))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ClockTime:
    """An hour and a minute; `settled` is false when the morning or the afternoon could be meant."""

    hour: int
    minute: int
    settled: bool

    def readings(self) -> tuple[time, ...]:
        """The times of day it can mean."""
        first = time(self.hour, self.minute)
        return (first,) if self.settled else (first, time((self.hour + 12) % 24, self.minute))

    def __str__(self) -> str:
        """The form kept in a flow's memory ("1:30pm", or "1:30" when it is open); `read_clock_time` reads it back."""
        if not self.settled:
            return f"{self.hour}:{self.minute:02d}"
        return f"{self.hour % 12 or 12}:{self.minute:02d}{'pm' if self.hour >= 12 else 'am'}"


def read_clock_time(text: str) -> ClockTime | None:
    """Reads "1:30", "130", "1330", "0130", "1:30pm", "2 pm", "2p"; None when it is no time."""
    found = SPOKEN.fullmatch(text.strip())
    if found is None or (found["hours"] and not found["minute"]):
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "").lower()
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    if half:
        return ClockTime(hour % 12 + (12 if half == "p" else 0), minute, settled=True)
    military = found["hour"].startswith("0") or hour > 12 or bool(found["hours"])
    return ClockTime(hour, minute, settled=military)


def nearest_moment(
    said: ClockTime,
    zone: ZoneInfo,
    near: datetime,
    *,
    earliest: datetime | None = None,
    latest: datetime | None = None,
) -> datetime | None:
    """The moment closest to `near` that the words can mean, within the bounds; None when none is.

    All moments are aware UTC. A time that the clock skips in spring is read as the moment the clock jumps to; one
    that comes twice in autumn is read as whichever of the two is closer.
    """
    day = near.astimezone(zone).date()
    candidates = {
        moment
        for shift in (-1, 0, 1)
        for reading in said.readings()
        for moment in _moments(datetime.combine(day + timedelta(days=shift), reading), zone)
    }
    fitting = [
        moment
        for moment in candidates
        if (earliest is None or moment >= earliest) and (latest is None or moment <= latest)
    ]
    return min(fitting, key=lambda moment: (abs(moment - near), moment), default=None)


def _moments(wall: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) != wall:
        return (_after_the_gap(first, second, zone),)
    return (first, second)


def _after_the_gap(one: datetime, other: datetime, zone: ZoneInfo) -> datetime:
    """The first moment after the hour the clock skipped: both readings fall around it."""
    low, high = min(one, other), max(one, other)
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
    return high.replace(second=0, microsecond=0)
