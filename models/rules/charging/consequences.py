"""Whether an officer is off a pool's list, for what, and until when: read from what came of asking him."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from models.rules.clauses.consequences import Consequence
from models.rules.clauses.periods import Reset
from models.rules.facts import ContactFacts
from models.rules.handbook import Handbook
from models.rules.time.periods import next_period_start, period_start
from models.rules.time.windows import local_date, midnight, minute_of

#: How far back contacts are read: a year, and the longest window before it.
REACH = timedelta(days=800)


@dataclass(frozen=True, slots=True)
class OffTheList:
    """Off the list of `pool` for `passed` outcomes of a consequence, until `ends_at`."""

    pool: str
    name: str
    passed: int
    ends_at: datetime


def off_the_list(
    handbook: Handbook, contacts: Sequence[ContactFacts], pool: str, now: datetime, zone: str
) -> OffTheList | None:
    """What keeps the officer of these contacts off the pool's list now: what ends last; None when nothing does."""
    reset = handbook.pool(pool).reset
    found = [
        each
        for consequence in handbook.consequences
        for each in _all(consequence, reset, [one for one in contacts if one.pool == pool], pool, zone)
        if each.ends_at > now
    ]
    return max(found, key=lambda each: each.ends_at, default=None)


def _all(
    consequence: Consequence, reset: Reset, contacts: Sequence[ContactFacts], pool: str, zone: str
) -> list[OffTheList]:
    times = sorted(each.contacted_at for each in contacts if each.outcome in consequence.of)
    found = []
    for first, last in zip(times, times[consequence.count - 1 :], strict=False):
        ends_at = _ends_at(consequence, reset, last, zone) if _together(consequence, reset, first, last, zone) else None
        if ends_at is not None:
            found.append(OffTheList(pool, consequence.name, consequence.count, ends_at))
    return found


def _together(consequence: Consequence, reset: Reset, first: datetime, last: datetime, zone: str) -> bool:
    if consequence.within_days is not None:
        return last - first <= timedelta(days=consequence.within_days)
    starts = [period_start(reset, _day(each, zone)) for each in (first, last)]
    return all(one == other for one, other in pairwise(starts))


def _ends_at(consequence: Consequence, reset: Reset, last: datetime, zone: str) -> datetime | None:
    """The midnight at which he is back; None where the pool has no turn to wait for."""
    day = _day(last, zone)
    if consequence.off_days is not None:
        back_on: date | None = day + timedelta(days=consequence.off_days + 1)
    else:
        back_on = next_period_start(reset, day)
    return None if back_on is None else midnight(back_on, zone)


def _day(moment: datetime, zone: str) -> date:
    return local_date(minute_of(moment), zone)
