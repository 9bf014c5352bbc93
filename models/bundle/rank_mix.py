"""Openings of details that give only a headcount, by the handbook's rank mix."""

from models.bundle.schema import Bundle, DetailRecord, OpeningRecord
from models.bundle.times import to_utc
from models.rules.awarding.minimums import Occasion, officers_needed
from models.rules.awarding.rank_mix import OutsideEveryBand, slots_for
from models.rules.time.timing import hours_before


def with_openings(bundle: Bundle, detail: DetailRecord, headcount: int) -> DetailRecord:
    """The detail with so many officers as openings, by the handbook of the bundle. Raises OutsideEveryBand."""
    mix = bundle.handbook.rank_mix
    at = hours_before(to_utc(detail.starts_at, bundle.zone), mix.runs_without_hours_before)
    openings = (
        OpeningRecord(
            count=each.count,
            ranks=(each.rank,) if each.rank else (),
            turns_ordinary_at=at if each.rank and mix.if_none == "runs_without" else None,
        )
        for each in slots_for(bundle.handbook, headcount)
    )
    return detail.model_copy(update={"openings": tuple(openings), "headcount": None})


def headcount_needed(bundle: Bundle, detail: DetailRecord) -> int:
    """How many officers come where a number of them was ordered: more, where the handbook raises it."""
    return officers_needed(bundle.handbook, occasion_of(detail), detail.headcount or 1)


def occasion_of(detail: DetailRecord) -> Occasion:
    """What the record says of it."""
    return Occasion(detail.kind_of_work, detail.alcohol, detail.attendance)


def refusal(bundle: Bundle, detail: DetailRecord) -> str | None:
    """Why the handbook's rank mix refuses the detail's headcount; None when it does not."""
    try:
        slots_for(bundle.handbook, headcount_needed(bundle, detail))
    except OutsideEveryBand as error:
        return str(error)
    return None
