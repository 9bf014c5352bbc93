"""Openings of details that give only a headcount, by the handbook's rank mix."""

from models.bundle.schema import Bundle, DetailRecord, OpeningRecord
from models.bundle.times import to_utc
from models.rules.awarding.rank_mix import OutsideEveryBand, slots_for
from models.rules.time.timing import hours_before


def with_openings(bundle: Bundle) -> Bundle:
    """The bundle with every headcount as openings; its handbook must be the one that holds."""
    if all(detail.headcount is None for detail in bundle.details):
        return bundle
    return bundle.model_copy(update={"details": tuple(_with_openings(bundle, each) for each in bundle.details)})


def refusal(bundle: Bundle, detail: DetailRecord) -> str | None:
    """Why the handbook refuses the detail's headcount; None when it does not."""
    try:
        slots_for(bundle.handbook, detail.headcount or 1)
    except OutsideEveryBand as error:
        return str(error)
    return None


def _with_openings(bundle: Bundle, detail: DetailRecord) -> DetailRecord:
    if detail.headcount is None:
        return detail
    mix = bundle.handbook.rank_mix
    at = hours_before(to_utc(detail.starts_at, bundle.zone), mix.runs_without_hours_before)
    openings = (
        OpeningRecord(
            count=each.count,
            ranks=(each.rank,) if each.rank else (),
            turns_ordinary_at=at if each.rank and mix.if_none == "runs_without" else None,
        )
        for each in slots_for(bundle.handbook, detail.headcount)
    )
    return detail.model_copy(update={"openings": tuple(openings), "headcount": None})
