"""When an officer is told of a new detail: now, later, or not at all. Pure; times are of the department's wall."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from models.rules.clauses.telling import Telling
from models.rules.time.timing import hours_before


@dataclass(frozen=True, slots=True)
class Choice:
    """
    What an officer chose for himself; None is as the handbook says. `quiet` are the minutes of the day between which
    he wants rest, the same twice for none; `digest` the minute of his one text a day, -1 for each detail at once.
    """

    quiet: tuple[int, int] | None = None
    digest: int | None = None
    urgent_only: bool = False


@dataclass(frozen=True, slots=True)
class News:
    """A posted detail, as far as it matters when to tell of it."""

    starts_at: datetime
    closes_at: datetime
    is_first_come: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """`now`, `later` with the moment, or `never`: he asked not to hear of it, or it would be over by then."""

    what: Literal["now", "later", "never"]
    at: datetime | None = None


NOW, NEVER = When("now"), When("never")


@dataclass(frozen=True, slots=True)
class Ways:
    """By what an officer hears of a new detail."""

    text: bool
    mail: bool


def ways_to_tell(wanted: str | None, *, texts_agreed: bool, is_first_come: bool) -> Ways:
    """By what, when `wanted` is what he wants mailed (None: he is not mailed). What goes to the first who answers is
    texted besides: a mail may be read when it is gone.
    """
    return Ways(
        text=texts_agreed and (wanted != "news" or is_first_come),
        mail=wanted in ("all", "news"),
    )


def when_to_tell(clause: Telling, choice: Choice, news: News, now: datetime, zone: ZoneInfo) -> When:
    """When this officer hears of the detail."""
    urgent = is_urgent(clause, news, now)
    if choice.urgent_only and not urgent:
        return NEVER
    quiet_until = _quiet_until(clause, choice, now, zone)
    digest = _digest_minute(clause, choice)
    if urgent:
        if quiet_until is None or clause.urgent_breaks_quiet:
            return NOW
        return _later(quiet_until, news)
    if digest is not None:
        at = next_at(now, digest, zone)
        # What closes before the text of the day would come is told by itself.
        if at < news.closes_at:
            return When("later", at)
    return NOW if quiet_until is None else _later(quiet_until, news)


def is_urgent(clause: Telling, news: News, now: datetime) -> bool:
    """Whether the detail waits for no digest."""
    return news.is_first_come or now >= hours_before(news.starts_at, clause.urgent_within_hours)


def next_at(now: datetime, minute: int, zone: ZoneInfo) -> datetime:
    """The next moment at which the wall shows that minute of the day; a time that is left out comes an hour later."""
    today = now.astimezone(zone).date()
    for days in (0, 1, 2):
        day = today + timedelta(days=days)
        at = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone).astimezone(UTC)
        if at > now:
            return at
    raise AssertionError("a day has passed and the time has not come")


def _later(at: datetime, news: News) -> When:
    return When("later", at) if at < news.closes_at else NEVER


def _quiet_until(clause: Telling, choice: Choice, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the quiet hours end that it is in now; None where it is not quiet."""
    hours = choice.quiet
    if hours is None and clause.quiet is not None:
        hours = (_minute(clause.quiet.begin), _minute(clause.quiet.end))
    if hours is None or hours[0] == hours[1]:
        return None
    at = _minute(now.astimezone(zone).time())
    begin, end = hours
    is_quiet = begin <= at < end if begin < end else at >= begin or at < end
    return next_at(now, end, zone) if is_quiet else None


def _digest_minute(clause: Telling, choice: Choice) -> int | None:
    if choice.digest is not None:
        return None if choice.digest < 0 else choice.digest
    return _minute(clause.digest_at) if clause.digest_at is not None else None


def _minute(at: time) -> int:
    return 60 * at.hour + at.minute
