"""When awards are made, in hours before the start, as far as a handbook alone tells."""

from dataclasses import dataclass

from models.rules.clauses.notice import NoticeBand
from models.rules.clauses.weekdays import WeekdayMoment
from models.rules.handbook import Handbook

FAR = float("inf")


@dataclass(frozen=True, slots=True)
class Moment:
    """
    A notice band, its number, and between how many hours before the start the awards of its details are made. `known`
    is how long before the start such details are known at most.
    """

    number: int
    band: NoticeBand
    known: float
    first: float
    last: float

    @property
    def is_fixed(self) -> bool:
        """Whether all awards of the band are made the same time before the start."""
        return self.first == self.last


def moments(handbook: Handbook) -> list[Moment]:
    """One for each notice band."""
    return [_moment(handbook, number) for number in range(len(handbook.notice.bands))]


def _moment(handbook: Handbook, number: int) -> Moment:
    band, known = handbook.notice.bands[number], _known(handbook, number)
    if band.method != "batch" or band.open_for_minutes is not None:
        return Moment(number, band, known, known, band.closes_hours_before or 0)
    if band.closes_on is not None or band.awards_on is not None:
        return Moment(number, band, known, *_by_weekday(handbook, band))
    closes = band.closes_hours_before
    after = band.award_after_close_minutes
    award = (handbook.signup.closes_hours_before if closes is None else closes) - (
        handbook.signup.award_after_close_minutes if after is None else after
    ) / 60
    return Moment(number, band, known, award, award)


def _by_weekday(handbook: Handbook, band: NoticeBand) -> tuple[float, float]:
    """The earliest and the latest, for a detail at the end of its week and one at its beginning."""
    if band.awards_on is not None:
        nearest, after = _hours_before_week(band.awards_on), 0.0
    else:
        minutes = band.award_after_close_minutes
        after = (handbook.signup.award_after_close_minutes if minutes is None else minutes) / 60
        nearest = _hours_before_week(band.closes_on) if band.closes_on else 0.0
    return nearest + 168 - after, max(nearest - after, 0.0)


def _hours_before_week(moment: WeekdayMoment) -> float:
    """How long before the week of the detail a moment lies; less than nothing where it lies in that week."""
    return 168 * moment.weeks_before - 24 * moment.days_into_week - moment.at.hour - moment.at.minute / 60


def _known(handbook: Handbook, number: int) -> float:
    """How long before their start details of a band are known at most."""
    above = handbook.notice.bands[number - 1].more_than if number else None
    if above is None:
        return FAR
    return above if handbook.notice.measured_in == "hours" else (above + 1) * 24
