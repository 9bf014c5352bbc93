"""Bands of the rank mix that no headcount reaches, and supervisors whose slot turns ordinary too late."""

from models.rules.awarding.rank_mix import OutsideEveryBand, slots_for
from models.rules.checking.finding import Findings, warning
from models.rules.handbook import Handbook

_MOST_OFFICERS = 100


def rank_mix(handbook: Handbook) -> Findings:
    """What is found in the rank mix."""
    mix = handbook.rank_mix
    most = _most_of_each(handbook)
    for place, band in enumerate(mix.bands):
        if band.counts in handbook.ranks and most.get(band.counts, 0) < band.at_least:
            yield warning(
                ("rank_mix", "bands", place),
                f"never reached: no headcount asks for {band.at_least} of {band.counts}, only for "
                f"{most.get(band.counts, 0)}; a band above that needs more of them (needs) would",
            )
    if mix.bands and mix.if_none == "runs_without" and mix.runs_without_hours_before == 0:
        yield warning(
            ("rank_mix", "runs_without_hours_before"), "the slot turns ordinary at the start, when nobody can take it"
        )


def _most_of_each(handbook: Handbook) -> dict[str, int]:
    """The most slots of each rank that any headcount asks for."""
    most: dict[str, int] = {}
    for headcount in range(1, _MOST_OFFICERS + 1):
        try:
            slots = slots_for(handbook, headcount)
        except OutsideEveryBand:
            break
        for each in slots:
            if each.rank is not None:
                most[each.rank] = max(most.get(each.rank, 0), each.count)
    return most
