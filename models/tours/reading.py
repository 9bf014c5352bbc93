"""What was read of a schedule, however it came: tours, and what could not be understood, each with its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from models.rules.facts import TourKind

LONGEST = timedelta(days=366)
"""Longer is no tour and no leave, but a mistyped year."""


@dataclass(frozen=True, slots=True)
class ReadTour:
    """A tour or leave as it was written. `place` is where: a line, or an event's title and day."""

    place: str
    badge: str
    starts_at: datetime
    ends_at: datetime
    kind: TourKind

    @property
    def hours(self) -> tuple[datetime, datetime]:
        """From when to when."""
        return self.starts_at, self.ends_at


@dataclass(frozen=True, slots=True)
class TourProblem:
    """Something that could not be understood, or that does not fit; `place` is empty for the whole file."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


@dataclass(frozen=True, slots=True)
class Reading:
    """All of a schedule; `passed_over` counts entries that are no time taken, by what they said."""

    tours: tuple[ReadTour, ...]
    problems: tuple[TourProblem, ...] = ()
    passed_over: tuple[tuple[str, int], ...] = ()


def local_span(day: date, start: int, end: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """
    From one minute of a local day to another, which is on the next day if it does not come later.

    Where the clocks say a time twice the tour is taken to begin at the first and end at the second: nobody is given a
    detail in an hour in which he may be on duty. A time that the clocks leave out is read as the calendar standard
    does, by the clock of before (RFC 5545, 3.3.5).
    """
    until = day if end > start else day + timedelta(days=1)
    return earliest(_wall(day, start), zone), latest(_wall(until, end), zone)


def earliest(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first moment at which the department's wall shows this time."""
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def latest(wall: datetime, zone: ZoneInfo) -> datetime:
    """The last moment at which it does."""
    return max(wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))


def whole_days(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the beginning of one local day to the end of another."""
    return earliest(_wall(first, 0), zone), earliest(_wall(last + timedelta(days=1), 0), zone)


def length_problem(starts_at: datetime, ends_at: datetime) -> str | None:
    """What is wrong with a span that nobody works; None for one that may be."""
    if ends_at <= starts_at:
        return "ends before it begins"
    if ends_at - starts_at > LONGEST:
        return f"is {(ends_at - starts_at).days} days long; is a year mistyped?"
    return None


def overlaps(tours: Iterable[ReadTour], zone: ZoneInfo) -> Iterator[TourProblem]:
    """Tours of one officer that cannot both be meant: on duty twice at a time. Leave and court lie over duty."""
    on_duty = sorted(
        {(each.badge, each.starts_at, each.ends_at): each for each in tours if each.kind == "duty"}.values(),
        key=lambda each: (each.badge, each.starts_at, each.ends_at),
    )
    for one, other in pairwise(on_duty):
        if one.badge == other.badge and other.starts_at < one.ends_at:
            yield TourProblem(
                other.place,
                f"badge {other.badge} is on duty already until {_wall_words(one.ends_at, zone)} ({one.place})",
            )


def _wall(day: date, minute: int) -> datetime:
    return datetime.combine(day, time.min) + timedelta(minutes=minute)


def _wall_words(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
