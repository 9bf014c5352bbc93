"""From a headcount to slots with ranks, and supervisors' slots that turn ordinary; no part of the matching."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from models.rules.clauses.rank_mix import OFFICERS, RankBand, RankMix
from models.rules.eligibility import Eligibility
from models.rules.facts import AwardFacts, OpeningFacts
from models.rules.handbook import Handbook


class OutsideEveryBand(ValueError):
    """The handbook refuses so many officers."""


@dataclass(frozen=True, slots=True)
class SlotsOfRank:
    """So many slots for a rank; None is any."""

    rank: str | None
    count: int


def slots_for(handbook: Handbook, headcount: int) -> tuple[SlotsOfRank, ...]:
    """
    The slots of a detail for which so many officers were ordered: ordinary ones, then supervisors, lowest rank first. A
    changed order is read anew. Raises OutsideEveryBand where the handbook refuses it.
    """
    mix = handbook.rank_mix
    slots, counted = Counter({OFFICERS: headcount}), {OFFICERS: headcount}
    for counts, group in groupby(mix.bands, key=lambda band: band.counts):
        band = _band(mix, list(group), counted.get(counts, 0))
        if band is None:
            continue
        slots[band.rank] += band.needs
        counted[band.rank] = counted.get(band.rank, 0) + band.needs
        if band.is_of_the_count:
            slots[counts] -= band.needs
        elif mix.feeds:
            counted[OFFICERS] += band.needs
    ranks = sorted((rank for rank in slots if rank != OFFICERS), key=handbook.rank_place, reverse=True)
    ordered = [SlotsOfRank(None, slots[OFFICERS]), *(SlotsOfRank(rank, slots[rank]) for rank in ranks)]
    return tuple(each for each in ordered if each.count > 0)


def _band(mix: RankMix, bands: Sequence[RankBand], count: int) -> RankBand | None:
    """The band of a count; None where it needs no supervisor."""
    found = next((band for band in bands if band.has(count)), None)
    if found or count < bands[0].at_least or mix.above_all_bands == "nobody":
        return found
    if mix.above_all_bands == "refuse":
        raise OutsideEveryBand(f"{count} {bands[0].counts} are more than the handbook's rank mix has a band for")
    return bands[-1]


def slots_without_a_supervisor(facts: AwardFacts, opening_id: int) -> list[int]:
    """The free slots of a supervisors' opening for which nobody has signed up who could take one, the last first."""
    judge, officers = Eligibility(facts), {each.id: each for each in facts.officers}
    opening = next(each for each in facts.openings if each.id == opening_id)
    able = sum(
        judge.verdict(officers[each.officer_id], opening).is_eligible
        for each in facts.signups
        if each.opening_id == opening_id
    )
    free = sorted((each.number, each.id) for each in facts.slots if each.opening_id == opening_id)
    return [slot_id for _, slot_id in free[able:]][::-1]


def turned_ordinary(facts: AwardFacts, opening_ids: Collection[int]) -> AwardFacts:
    """The facts once the time of these supervisors' openings has come: slots nobody can take have turned ordinary."""
    for opening_id in sorted(opening_ids):
        turning = slots_without_a_supervisor(facts, opening_id)
        if turning:
            facts = _turned(facts, opening_id, turning)
    return facts


def _turned(facts: AwardFacts, opening_id: int, slot_ids: Collection[int]) -> AwardFacts:
    opening = next(each for each in facts.openings if each.id == opening_id)
    ordinary = next((each for each in facts.openings if is_ordinary_of(each, opening)), None)
    if ordinary is None and len(slot_ids) < sum(each.opening_id == opening_id for each in facts.slots):
        return facts
    if ordinary is None:
        plain = tuple(replace(each, ranks=()) if each.id == opening_id else each for each in facts.openings)
        return replace(facts, openings=plain)
    moved = (replace(each, opening_id=ordinary.id) if each.id in slot_ids else each for each in facts.slots)
    return replace(facts, slots=tuple(moved))


def is_ordinary_of(one: OpeningFacts, supervisors: OpeningFacts) -> bool:
    """Whether an opening is for anybody, of the same detail at the same time as that of its supervisors."""
    return (
        not one.ranks
        and one.detail == supervisors.detail
        and (one.starts_at, one.ends_at) == (supervisors.starts_at, supervisors.ends_at)
        and one.qualifications == supervisors.qualifications
    )
