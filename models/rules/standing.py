"""Whether an officer may work a detail as he stands, whatever his time: status, rank, qualifications, pools, places."""

from collections import defaultdict
from datetime import date

from models.rules.charging.consequences import off_the_list
from models.rules.clauses.eligibility import Eligibility as Clause
from models.rules.clauses.statuses import OfficerStatus
from models.rules.facts import AwardFacts, BarFacts, ContactFacts, ExclusionFacts, OfficerFacts, OpeningFacts
from models.rules.limits.together import Crews
from models.rules.reasons import Reason
from models.rules.time.spans import of_opening
from models.rules.time.windows import local_date, minute_of
from models.rules.verdict import ELIGIBLE, Verdict


class StandingRules:
    """The rules and the facts they go by, read once."""

    def __init__(self, facts: AwardFacts) -> None:
        self._facts = facts
        self._clause: Clause = facts.handbook.eligibility
        self.bars: dict[int, list[BarFacts]] = defaultdict(list)
        # The bar that ends last is the one to name.
        for bar in sorted(facts.bars, key=lambda each: (each.ends_at, each.kind), reverse=True):
            self.bars[bar.officer_id].append(bar)
        self.exclusions: dict[int, list[ExclusionFacts]] = defaultdict(list)
        for each in facts.exclusions:
            self.exclusions[each.officer_id].append(each)

        self.crews = Crews(facts)
        self.contacts: dict[int, list[ContactFacts]] = defaultdict(list)
        for contact in facts.contacts:
            self.contacts[contact.officer_id].append(contact)

    def verdict(self, officer: OfficerFacts, opening: OpeningFacts) -> Verdict:
        """The first rule that stops him: status, rank, qualification, unit, pool, place, bar, list, who is there."""
        rules = (
            self._status,
            self.rank,
            self.qualified,
            self.unit,
            self.pool,
            self._place,
            self._bar,
            self._off_the_list,
            self.crews.verdict,
        )
        for rule in rules:
            found = rule(officer, opening)
            if not found.is_eligible:
                return found
        return ELIGIBLE

    def statuses(self, officer: OfficerFacts, opening: OpeningFacts) -> list[OfficerStatus]:
        """Every status the officer is in on some day of the detail."""
        if not officer.statuses:
            return [officer.status]
        first, last = self.first_day(opening), self.last_day(opening)
        days = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
        return list(dict.fromkeys(status_on(officer, day) for day in days))

    def may_work_in(self, status: OfficerStatus, pool: str, work: str | None) -> bool:
        """Whether officers of a status work details of a pool and kind."""
        return status in self._clause.statuses or any(
            status == also.status and (not also.pools or pool in also.pools) and (not also.kinds or work in also.kinds)
            for also in self._clause.also_statuses
        )

    def _status(self, officer: OfficerFacts, opening: OpeningFacts) -> Verdict:
        for status in self.statuses(officer, opening):
            if not self.may_work_in(status, opening.pool, opening.work):
                return Verdict(Reason(f"status_{status}"))
        return ELIGIBLE

    def rank(self, officer: OfficerFacts, opening: OpeningFacts) -> Verdict:
        """Whether his rank is one that the opening takes, or near enough by the handbook."""
        if not opening.ranks or officer.rank in opening.ranks:
            return ELIGIBLE
        place = self._facts.handbook.rank_place
        above = [rank for rank in opening.ranks if place(rank) < place(officer.rank)]
        below = [rank for rank in opening.ranks if place(rank) > place(officer.rank)]
        if (above and self._clause.may_work_above_own_rank) or (below and self._clause.may_work_below_own_rank):
            return ELIGIBLE
        if above and below:
            return Verdict(Reason.RANK_NOT_AMONG, {"rank": officer.rank})
        if above:
            return Verdict(Reason.RANK_TOO_LOW, {"rank": officer.rank, "needs_rank": max(above, key=place)})
        return Verdict(Reason.RANK_TOO_HIGH, {"rank": officer.rank, "needs_rank": min(below, key=place)})

    def qualified(self, officer: OfficerFacts, opening: OpeningFacts) -> Verdict:
        """One that expires while the detail runs is not enough: the whole detail must be covered."""
        needed = (*self._clause.qualifications, *opening.qualifications)
        if not needed:
            return ELIGIBLE
        held = {each.name: each.expires_on for each in officer.qualifications}
        for name in needed:
            if name not in held:
                return Verdict(Reason.QUALIFICATION_MISSING, {"qualification": name})
            expires_on = held[name]
            if expires_on is not None and expires_on < self.last_day(opening):
                return Verdict(Reason.QUALIFICATION_EXPIRED, {"qualification": name, "expires_on": expires_on})
        return ELIGIBLE

    def first_day(self, opening: OpeningFacts) -> date:
        """The local date of the detail's first minute."""
        return local_date(minute_of(opening.starts_at), self._facts.zone)

    def last_day(self, opening: OpeningFacts) -> date:
        """The local date of the detail's last minute."""
        return local_date(of_opening(opening).end - 1, self._facts.zone)

    def unit(self, officer: OfficerFacts, opening: OpeningFacts) -> Verdict:
        """Whether officers of his unit work this detail."""
        if officer.unit is not None and officer.unit in self._clause.barred_units:
            return Verdict(Reason.UNIT_BARRED, {"unit": officer.unit})
        if self._clause.only_own_unit and opening.unit is not None and officer.unit != opening.unit:
            return Verdict(Reason.OTHER_UNIT, {"needs_unit": opening.unit})
        return ELIGIBLE

    def pool(self, officer: OfficerFacts, opening: OpeningFacts) -> Verdict:
        """Whether he joined the pool, where one must."""
        if opening.pool in self._clause.opt_in_pools and opening.pool not in officer.pools:
            return Verdict(Reason.POOL_NOT_JOINED, {"pool": opening.pool})
        return ELIGIBLE

    def _place(self, officer: OfficerFacts, opening: OpeningFacts) -> Verdict:
        """What the officer himself wished is said first; who else wished it is not said."""
        found = [each for each in self.exclusions.get(officer.id, ()) if self._excludes(each, opening)]
        if not found:
            return ELIGIBLE
        if any(each.side == "officer" for each in found):
            return Verdict(Reason.OWN_EXCLUSION)
        lasts = [each.until_on for each in found if each.until_on is not None]
        if len(lasts) < len(found):
            return Verdict(Reason.NOT_PLACED_THERE)
        return Verdict(Reason.NOT_PLACED_THERE_UNTIL, {"until_on": max(lasts)})

    def _excludes(self, exclusion: ExclusionFacts, opening: OpeningFacts) -> bool:
        return (
            exclusion.is_at(opening)
            and exclusion.from_on <= self.last_day(opening)
            and (exclusion.until_on is None or self.first_day(opening) <= exclusion.until_on)
        )

    def _off_the_list(self, officer: OfficerFacts, opening: OpeningFacts) -> Verdict:
        facts, asked = self._facts, self.contacts.get(officer.id, ())
        found = off_the_list(facts.handbook, asked, opening.pool, facts.now, facts.zone) if asked else None
        if found is None:
            return ELIGIBLE
        return Verdict(Reason.OFF_THE_LIST, {"passed": found.passed, "pool": found.pool, "ends_at": found.ends_at})

    def _bar(self, officer: OfficerFacts, opening: OpeningFacts) -> Verdict:
        by_award = self._clause.bars_judged_by == "award"
        judged_at = self._facts.now if by_award else opening.starts_at
        for bar in self.bars.get(officer.id, ()):
            # The day of a dropped detail is that day, whenever the award is made.
            at = opening.starts_at if bar.kind == "same_day" else judged_at
            if bar.starts_at <= at < bar.ends_at:
                return Verdict(Reason(f"barred_{bar.kind}"), {"ends_at": bar.ends_at})
        return ELIGIBLE


def status_on(officer: OfficerFacts, day: date) -> OfficerStatus:
    """The status of a day: the dated one that began last, else his ordinary one."""
    dated = (each for each in officer.statuses if each.from_on <= day <= (each.until_on or day))
    latest = max(dated, key=lambda each: each.from_on, default=None)
    return latest.status if latest else officer.status
