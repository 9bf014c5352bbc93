"""Who else is on a detail: so many officers of a rank may be there at the same time, and no more."""

from collections.abc import Iterable

from models.rules.facts import AwardFacts, OfficerFacts, OpeningFacts
from models.rules.reasons import Reason
from models.rules.time.spans import Span, of_opening, overlap
from models.rules.time.windows import minute_of
from models.rules.verdict import ELIGIBLE, Verdict

Beside = Iterable[tuple[OfficerFacts, OpeningFacts]]


class Crews:
    """Those who hold slots of the details by the facts, and the handbook's word on how many there may be."""

    def __init__(self, facts: AwardFacts) -> None:
        self._most = {each.rank: each.at_most for each in facts.handbook.eligibility.together}
        self._crews = facts.crews if self._most else ()

    def __bool__(self) -> bool:
        return bool(self._most)

    def verdict(self, officer: OfficerFacts, opening: OpeningFacts, also: Beside = ()) -> Verdict:
        """Whether there is room for one more of his rank, beside those of the facts and `also` those."""
        most = self._most.get(officer.rank)
        if most is None or opening.detail_id is None:
            return ELIGIBLE
        wanted, there = of_opening(opening), set[int]()
        for each in self._crews:
            during = Span(minute_of(each.starts_at), minute_of(each.ends_at), "details")
            if each.detail_id == opening.detail_id and each.rank == officer.rank and overlap(wanted, during):
                there.add(each.officer_id)
        for other, held in also:
            is_alike = held.detail_id == opening.detail_id and other.rank == officer.rank
            if is_alike and overlap(wanted, of_opening(held)):
                there.add(other.id)
        there.discard(officer.id)
        if len(there) < most:
            return ELIGIBLE
        return Verdict(Reason.ENOUGH_OF_RANK, {"rank": officer.rank, "officers": len(there)})
