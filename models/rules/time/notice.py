"""Which notice band a detail falls into, and what follows for its posting."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.rules.clauses.notice import NoticeBand
from models.rules.handbook import Handbook
from models.rules.reasons import Figures
from models.rules.time.timing import award_at, hours_before, signup_closes_at
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
    """How a detail is given out: by which band, until when one may sign up, and when the award is made."""

    noticed: Noticed
    closes_at: datetime
    award_at: datetime


def band_of(handbook: Handbook, known_at: datetime, starts_at: datetime, zone: str) -> Noticed:
    """The band for a detail that became known then; `zone` is where its days are counted."""
    clause, first, last = handbook.notice, minute_of(known_at), minute_of(starts_at)
    if clause.measured_in == "hours":
        notice, unit, name = last - first, 60, "minutes"
    else:
        notice, unit, name = (local_date(last, zone) - local_date(first, zone)).days, 1, "days"
    floors = {each.name: None if each.more_than is None else round(each.more_than * unit) for each in clause.bands}
    band = next(each for each in clause.bands if _is_enough(notice, floors[each.name], each.or_exactly))
    figures: Figures = {f"notice_{name}": notice, f"more_than_{name}": floors[band.name], "band": band.name}
    return Noticed(band, figures)


def plan(handbook: Handbook, known_at: datetime, posted_at: datetime, starts_at: datetime, zone: str) -> PostingPlan:
    """What the band says of a detail's posting, where the posting itself is silent."""
    noticed = band_of(handbook, known_at, starts_at, zone)
    closes_at = _closes_at(handbook, noticed.band, posted_at, starts_at)
    after = noticed.band.award_after_close_minutes
    awarded_at = award_at(handbook, closes_at) if after is None else closes_at + timedelta(minutes=after)
    return PostingPlan(noticed, closes_at, awarded_at if noticed.band.method == "batch" else closes_at)


def _is_enough(notice: int, floor: int | None, or_exactly: bool) -> bool:
    return floor is None or notice > floor or (or_exactly and notice == floor)


def _closes_at(handbook: Handbook, band: NoticeBand, posted_at: datetime, starts_at: datetime) -> datetime:
    window = None if band.open_for_minutes is None else posted_at + timedelta(minutes=band.open_for_minutes)
    if band.closes_hours_before is not None:
        closes_at = hours_before(starts_at, band.closes_hours_before)
    elif window or band.method != "batch":
        # What `signup` says is meant for longer notice: that time may be over before the detail is known.
        closes_at = starts_at
    else:
        closes_at = signup_closes_at(handbook, starts_at)
    return min(closes_at, window or closes_at)
