"""From a bundle to the facts of an award at a given time, without a database."""

from dataclasses import dataclass
from datetime import UTC, datetime

from models.bundle.minimums import as_they_come
from models.bundle.schema import Bundle, DetailRecord, EmergencyRecord, OpeningRecord
from models.bundle.times import to_utc
from models.rules.awarding.rank_mix import turned_ordinary
from models.rules.emergency import under_emergency
from models.rules.facts import (
    AwardFacts,
    BarFacts,
    CommitmentFacts,
    ContactFacts,
    CounterFacts,
    ExclusionFacts,
    OfficerFacts,
    OpeningFacts,
    QualificationFacts,
    SignupFacts,
    SlotFacts,
    StatusFacts,
    TourFacts,
)
from models.rules.orders.alphabet import name_places
from models.rules.time.notice import PostingPlan, plan

_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Names:
    """
    How the bundle names what the facts number: officers by badge, slots by detail and /n, openings by detail; the
    second opening of a detail and those after it by detail and #n.
    """

    officers: dict[int, str]
    openings: dict[int, str]
    slots: dict[int, str]


def award_facts(bundle: Bundle, at: datetime, seed: int = 0) -> tuple[AwardFacts, Names]:
    """
    What an award over the bundle's postings would be told at that moment: details that are posted and have not
    begun, and the signups made until then. All their slots are free: a bundle has no assignments but times given to
    other departments. A lottery draws by `seed`. While an emergency is declared only what it covers is decided, posted
    or not, without the rules that its clause lifts: the rest has its own award at its own time.
    """
    storm = emergency_now(bundle, at)
    reading = _Reading(as_they_come(bundle), at, storm)
    openings = reading.openings()
    facts = AwardFacts(
        handbook=bundle.handbook if storm is None else under_emergency(bundle.handbook),
        zone=bundle.department.timezone,
        now=at,
        officers=reading.officers(),
        openings=openings,
        slots=reading.slots(),
        signups=reading.signups(),
        tours=reading.tours(),
        counters=reading.counters(),
        exclusions=reading.exclusions(),
        bars=reading.bars(),
        contacts=reading.contacts(),
        commitments=reading.elsewhere(),
        seed=seed,
        counts_turns=True,
        has_everybody=True,
    )
    return turned_ordinary(facts, reading.due_to_turn()), reading.names()


def emergency_now(bundle: Bundle, at: datetime) -> EmergencyRecord | None:
    """The emergency that is declared at that moment."""
    storm = bundle.emergency
    if storm is None or not to_utc(storm.declared_at, bundle.zone) <= at < to_utc(storm.until_at, bundle.zone):
        return None
    return storm


class _Reading:
    """Officers are numbered from 0 in the order of the bundle, openings and slots likewise."""

    def __init__(self, bundle: Bundle, at: datetime, storm: EmergencyRecord | None = None) -> None:
        self.bundle = bundle
        self.at = at
        self.storm = storm
        self.officer_ids = {officer.ref: number for number, officer in enumerate(bundle.officers)}
        self.detail_ids = {detail.ref: number for number, detail in enumerate(bundle.details)}
        self.sites = {site.ref: site for site in bundle.sites}
        self.every_opening = [
            (detail, which, opening)
            for detail in bundle.details
            for which, opening in enumerate(detail.openings, start=1)
        ]
        self.current = {
            number: each for number, each in enumerate(self.every_opening) if self._is_current(each[0], each[2])
        }
        self.opening_ids = {(detail.ref, which): number for number, (detail, which, _) in self.current.items()}

    def _utc(self, written: datetime) -> datetime:
        return to_utc(written, self.bundle.zone)

    def _posted_at(self, detail: DetailRecord) -> datetime:
        """As its record says, else when its band opens by the weekday."""
        if detail.posted_at is not None:
            return self._utc(detail.posted_at)
        return self._planned(detail).opens_at or _ALWAYS

    def _closes_at(self, detail: DetailRecord) -> datetime | None:
        """As its record says, else when its band closes by the weekday."""
        if detail.closes_at is not None:
            return self._utc(detail.closes_at)
        planned = self._planned(detail)
        return None if planned.noticed.band.closes_on is None else planned.closes_at

    def _is_current(self, detail: DetailRecord, opening: OpeningRecord) -> bool:
        starts_at = self._utc(opening.starts_at or detail.starts_at)
        if self.storm is not None:
            return self.at < starts_at and self._is_covered(self.storm, detail, starts_at)
        return self._posted_at(detail) <= self.at < starts_at

    def _is_covered(self, storm: EmergencyRecord, detail: DetailRecord, starts_at: datetime) -> bool:
        """As on the line: what is named, else all that starts before it ends."""
        return starts_at < self._utc(storm.until_at) if storm.details is None else detail.ref in storm.details

    def officers(self) -> tuple[OfficerFacts, ...]:
        places = name_places({self.officer_ids[officer.ref]: officer.name for officer in self.bundle.officers})
        return tuple(
            OfficerFacts(
                id=self.officer_ids[officer.ref],
                badge=officer.badge,
                rank=officer.rank,
                seniority_on=officer.seniority_on,
                rank_on=officer.rank_on,
                job_class=officer.job_class,
                name_place=places[self.officer_ids[officer.ref]],
                unit=officer.unit,
                status=officer.status,
                qualifications=tuple(QualificationFacts(*each) for each in officer.qualifications.items()),
                statuses=tuple(StatusFacts(each.status, each.from_on, each.until_on) for each in officer.statuses),
                pools=tuple(sorted(officer.pools)),
            )
            for officer in self.bundle.officers
        )

    def openings(self) -> tuple[OpeningFacts, ...]:
        return tuple(self._opening(number, detail, each) for number, (detail, _, each) in self.current.items())

    def _opening(self, number: int, detail: DetailRecord, opening: OpeningRecord) -> OpeningFacts:
        starts_at = self._utc(opening.starts_at or detail.starts_at)
        return OpeningFacts(
            id=number,
            detail=detail.ref,
            starts_at=starts_at,
            ends_at=self._utc(opening.ends_at or detail.ends_at),
            posted_at=self._posted_at(detail),
            pool=detail.pool or self.bundle.handbook.pool_names[0],
            ranks=opening.ranks,
            qualifications=opening.qualifications,
            unit=detail.unit,
            closes_at=self._closes_at(detail),
            work=detail.kind_of_work,
            site=detail.site,
            area=self.sites[detail.site].area,
            contractor=self.sites[detail.site].contractor,
            band=self._planned(detail).noticed.band.name,
            detail_id=self.detail_ids[detail.ref],
        )

    def _planned(self, detail: DetailRecord) -> PostingPlan:
        """As on the line: from when it was known, else posted, to the start of its first slots."""
        known_at = detail.known_at or detail.posted_at
        starts_at = min(self._utc(each.starts_at or detail.starts_at) for each in detail.openings)
        since = _ALWAYS if known_at is None else self._utc(known_at)
        return plan(self.bundle.handbook, since, since, starts_at, self.bundle.zone.key)

    def due_to_turn(self) -> list[int]:
        """The supervisors' openings whose time to turn ordinary has come."""
        times = {number: opening.turns_ordinary_at for number, (_, _, opening) in self.current.items()}
        return [number for number, at in times.items() if at is not None and self._utc(at) <= self.at]

    def slots(self) -> tuple[SlotFacts, ...]:
        return tuple(SlotFacts(number, opening_id, place) for number, opening_id, place, _ in self._slots())

    def _slots(self) -> list[tuple[int, int, int, str]]:
        """Slots as number, opening, place among the detail's slots, and name."""
        slots: list[tuple[int, int, int, str]] = []
        taken: dict[str, int] = {}
        for detail, which, opening in self.every_opening:
            first = taken.get(detail.ref, 0) + 1
            taken[detail.ref] = first + opening.count - 1
            opening_id = self.opening_ids.get((detail.ref, which))
            if opening_id is not None:
                for place in range(first, first + opening.count):
                    slots.append((len(slots), opening_id, place, f"{detail.ref}/{place}"))
        return slots

    def signups(self) -> tuple[SignupFacts, ...]:
        signups = (
            (self.officer_ids[each.officer], self.opening_ids.get((each.detail, each.opening)), each)
            for each in self.bundle.signups
        )
        posted_at = {detail.ref: self._posted_at(detail) for detail in self.bundle.details}
        return tuple(
            SignupFacts(officer_id, opening_id, signed_up_at, each.preference)
            for officer_id, opening_id, each in signups
            if opening_id is not None
            for signed_up_at in (self._utc(each.signed_up_at) if each.signed_up_at else posted_at[each.detail],)
            if signed_up_at <= self.at
        )

    def tours(self) -> tuple[TourFacts, ...]:
        return tuple(
            TourFacts(
                self.officer_ids[each.officer],
                self._utc(each.starts_at),
                self._utc(each.ends_at),
                each.kind,
                each.leave,
                each.may_be_called,
            )
            for each in self.bundle.tours
        )

    def exclusions(self) -> tuple[ExclusionFacts, ...]:
        return tuple(
            ExclusionFacts(
                self.officer_ids[each.officer], each.side, each.from_on, each.until_on, each.contractor, each.site
            )
            for each in self.bundle.exclusions
        )

    def bars(self) -> tuple[BarFacts, ...]:
        """Those that bar: a warning takes no time."""
        return tuple(
            BarFacts(self.officer_ids[each.officer], each.kind, self._utc(each.from_at), self._utc(each.until_at))
            for each in self.bundle.bars
            if self._utc(each.until_at) > self._utc(each.from_at)
        )

    def contacts(self) -> tuple[ContactFacts, ...]:
        """Those made until then, each in the pool of its detail."""
        pools = {each.ref: each.pool or self.bundle.handbook.pool_names[0] for each in self.bundle.details}
        return tuple(
            ContactFacts(
                self.officer_ids[each.officer],
                pools[each.detail],
                each.outcome,
                self._utc(each.at),
                self.opening_ids.get((each.detail, each.opening)),
            )
            for each in self.bundle.contacts
            if self._utc(each.at) <= self.at
        )

    def elsewhere(self) -> tuple[CommitmentFacts, ...]:
        """What is given to other departments."""
        return tuple(
            CommitmentFacts(
                self.officer_ids[each.officer], self._utc(each.starts_at), self._utc(each.ends_at), is_elsewhere=True
            )
            for each in self.bundle.elsewhere
        )

    def counters(self) -> tuple[CounterFacts, ...]:
        """A counter for every officer and pool that the bundle says something of."""
        counts = self.bundle.counters.counts
        places = {
            pool: {ref: place for place, ref in enumerate(refs, start=1)}
            for pool, refs in self.bundle.counters.rotations.items()
        }
        return tuple(
            CounterFacts(
                self.officer_ids[ref],
                pool,
                place=places.get(pool, {}).get(ref),
                **{field: of[pool][ref] for field, of in counts.items() if ref in of.get(pool, {})},
            )
            for pool in self.bundle.handbook.pool_names
            for ref in self.officer_ids
            if ref in places.get(pool, {}) or any(ref in of.get(pool, {}) for of in counts.values())
        )

    def names(self) -> Names:
        return Names(
            officers={self.officer_ids[each.ref]: each.badge for each in self.bundle.officers},
            openings={
                number: detail.ref if which == 1 else f"{detail.ref}#{which}"
                for number, (detail, which, _) in self.current.items()
            },
            slots={number: name for number, _, _, name in self._slots()},
        )
