"""Which notice band a detail falls into, and what follows for its posting."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.rules.clauses.notice import NoticeBand
from models.rules.handbook import Handbook
from models.rules.reasons import Figures
from models.rules.time.timing import award_at, hours_before, signup_closes_at
from models.rules.time.weekdays import weekday_moment
from models.rules.time.windows import local_date, minute_of


@dataclass(frozen=True, slots=True)
class Noticed:
    """The band that holds for a detail, and why: its notice against what the band asks for."""

    band: NoticeBand
    figures: Figures


UNNOTICED = Noticed(NoticeBand(name=""), {})
"""Of a detail whose notice nobody looked at: a batch, by the rules for everybody."""


@dataclass(frozen=True, slots=True)
class PostingPlan:
    """
    How a detail is given out: by which band, until when one may sign up, and when the award is made. `opens_at` is when
    it is posted at the earliest; None where that is at once.
    """

    noticed: Noticed
    closes_at: datetime
    award_at: datetime
    opens_at: datetime | None = None


def band_of(handbook: Handbook, known_at: datetime, starts_at: datetime, zone: str) -> Noticed:
    """The band for a detail that became known then; `zone` is where its days are counted."""
    clause, first, last = handbook.notice, minute_of(known_at), minute_of(starts_at)
    if clause.measured_in == "hours":
        notice, unit, name = last - first, 60, "minutes"
    else:
        notice, unit, name = (local_date(last, zone) - local_date(first, zone)).days, 1, "days"
    floors = {each.name: None if each.more_than is None else round(each.more_than * unit) for each in clause.bands}
    enough = (each for each in clause.bands if _is_enough(notice, floors[each.name], each.or_exactly))
    band = next((each for each in enough if _is_in_time(each, known_at, starts_at, zone)), clause.bands[-1])
    figures: Figures = {f"notice_{name}": notice, f"more_than_{name}": floors[band.name], "band": band.name}
    return Noticed(band, figures)


def plan(handbook: Handbook, known_at: datetime, posted_at: datetime, starts_at: datetime, zone: str) -> PostingPlan:
    """What the band says of a detail's posting, where the posting itself is silent."""
    noticed = band_of(handbook, known_at, starts_at, zone)
    opens_at = _opens_at(noticed.band, starts_at, zone)
    closes_at = _closes_at(handbook, noticed.band, max(posted_at, opens_at or posted_at), starts_at, zone)
    awarded_at = _awarded_at(handbook, noticed.band, closes_at, starts_at, zone)
    return PostingPlan(noticed, closes_at, awarded_at if noticed.band.method == "batch" else closes_at, opens_at)


def closes_by_weekday(band: NoticeBand, starts_at: datetime, zone: str) -> datetime | None:
    """When sign-up closes by the weekday; None where the band does not say so."""
    return None if band.closes_on is None else weekday_moment(band.closes_on, starts_at, zone)


def _is_in_time(band: NoticeBand, known_at: datetime, starts_at: datetime, zone: str) -> bool:
    """Whether a close by the weekday lies between when the detail became known and its start."""
    closes_at = closes_by_weekday(band, starts_at, zone)
    return closes_at is None or known_at < closes_at < starts_at


def _opens_at(band: NoticeBand, starts_at: datetime, zone: str) -> datetime | None:
    return None if band.opens_on is None else weekday_moment(band.opens_on, starts_at, zone)


def _awarded_at(handbook: Handbook, band: NoticeBand, closes_at: datetime, starts_at: datetime, zone: str) -> datetime:
    if band.awards_on is not None:
        on = weekday_moment(band.awards_on, starts_at, zone)
        return max(on, closes_at) if on < starts_at else closes_at
    after = band.award_after_close_minutes
    return award_at(handbook, closes_at) if after is None else closes_at + timedelta(minutes=after)


def _is_enough(notice: int, floor: int | None, or_exactly: bool) -> bool:
    return floor is None or notice > floor or (or_exactly and notice == floor)


def _closes_at(handbook: Handbook, band: NoticeBand, posted_at: datetime, starts_at: datetime, zone: str) -> datetime:
    window = None if band.open_for_minutes is None else posted_at + timedelta(minutes=band.open_for_minutes)
    by_weekday = closes_by_weekday(band, starts_at, zone)
    if by_weekday is not None:
        closes_at = by_weekday
    elif band.closes_hours_before is not None:
        closes_at = hours_before(starts_at, band.closes_hours_before)
    elif window or band.method != "batch":
        # What `signup` says is meant for longer notice: that time may be over before the detail is known.
        closes_at = starts_at
    else:
        closes_at = signup_closes_at(handbook, starts_at)
    return min(closes_at, window or closes_at)
