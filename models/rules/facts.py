"""
What the rules are told. Facts are read from the database or from a bundle, stored with the award, and
enough to make the same decision again years later. Times are aware; ids are whatever the caller counts in.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from pydantic import TypeAdapter

from models.rules.clauses.outcomes import LeaveKind
from models.rules.clauses.statuses import OfficerStatus
from models.rules.handbook import Handbook

TourKind = Literal["duty", "overtime", "court", "training", "leave", "away"]
BarKind = Literal["late_drop", "no_show", "same_day", "by_hand", "drop", "late"]
Side = Literal["officer", "contractor", "department"]


@dataclass(frozen=True, slots=True)
class QualificationFacts:
    """A qualification; `expires_on` is its last valid day, none if it never expires."""

    name: str
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """A status for a time: from the first day to the last, without end if there is none yet."""

    status: OfficerStatus
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class OfficerFacts:
    """
    An officer as the rules see him. `badge` is unique in the department; `rank_on` is since when he has his rank, where
    that is not since his seniority began. `name_place` is his place in the alphabet among the officers of the facts;
    facts hold no names, because they outlast a lawful erasure. `status` holds on days of which `statuses` says nothing;
    `pools` are those he joined.
    """

    id: int
    badge: str
    rank: str
    seniority_on: date
    unit: str | None = None
    status: OfficerStatus = "active"
    qualifications: tuple[QualificationFacts, ...] = ()
    rank_on: date | None = None
    job_class: str | None = None
    name_place: int = 0
    statuses: tuple[StatusFacts, ...] = ()
    pools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TourFacts:
    """
    Regular duty, or leave from it; `away` is the officer's own word that he is. `leave_kind` is the kind of leave,
    where that is known, `may_be_called` the officer's own choice to be asked while on it.
    """

    officer_id: int
    starts_at: datetime
    ends_at: datetime
    kind: TourKind = "duty"
    leave_kind: LeaveKind | None = None
    may_be_called: bool = False


@dataclass(frozen=True, slots=True)
class CommitmentFacts:
    """
    A live assignment: time already given away, counted in `pool`. `is_elsewhere` marks one in another department, of
    which no more may be said than that it exists. `came_at` and `left_at` are check-in and check-out, once they are
    known; `work` is the kind of work. `is_ordered`: he was ordered in, or called back.
    """

    officer_id: int
    starts_at: datetime
    ends_at: datetime
    opening_id: int | None = None
    detail: str = ""
    is_elsewhere: bool = False
    pool: str | None = None
    work: str | None = None
    site: str | None = None
    area: str | None = None
    came_at: datetime | None = None
    left_at: datetime | None = None
    is_ordered: bool = False

    @property
    def minutes(self) -> int:
        """Real elapsed minutes."""
        return _minutes(self.starts_at, self.ends_at)


@dataclass(frozen=True, slots=True)
class BarFacts:
    """A time in which the officer takes no details, and what it follows from."""

    officer_id: int
    kind: BarKind
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class OpeningFacts:
    """
    The interchangeable slots of one detail. Empty `ranks` accept all; `detail` is how people name it, `work` its kind
    of work, `area` where its site lies; `band` is the notice band it fell into. `detail_id` is the same for openings of
    one detail; None where nobody need be looked at who else is there.
    """

    id: int
    detail: str
    starts_at: datetime
    ends_at: datetime
    posted_at: datetime
    pool: str
    ranks: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    unit: str | None = None
    closes_at: datetime | None = None
    band: str = ""
    work: str | None = None
    site: str | None = None
    area: str | None = None
    contractor: str | None = None
    detail_id: int | None = None

    @property
    def minutes(self) -> int:
        """Real elapsed minutes, also across a change of clocks."""
        return _minutes(self.starts_at, self.ends_at)


@dataclass(frozen=True, slots=True)
class ExclusionFacts:
    """
    An officer does not work for a contractor, or at a site of his: from the first day to the last. Which `side` wished
    it is known to the rules, and why is not.
    """

    officer_id: int
    side: Side
    from_on: date
    until_on: date | None = None
    contractor: str | None = None
    site: str | None = None

    def is_at(self, opening: OpeningFacts) -> bool:
        """Whether the opening is for that contractor, or at that site."""
        return (self.site is None or self.site == opening.site) and (
            self.contractor is None or self.contractor == opening.contractor
        )


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """A free slot; `number` orders the slots of an opening."""

    id: int
    opening_id: int
    number: int = 1


@dataclass(frozen=True, slots=True)
class SignupFacts:
    """
    Interest in an opening. A lower `preference` is preferred; those without one come after, in the order in
    which the officer signed up.
    """

    officer_id: int
    opening_id: int
    signed_up_at: datetime
    preference: int | None = None


@dataclass(frozen=True, slots=True)
class CounterFacts:
    """
    What is counted for an officer in a pool: minutes, and his place in the rotation. Places order the
    officers, lowest first; they need not be consecutive. None: not in the rotation, after all who are.
    `turns` are details that came to him, `refused_minutes` and `offered_minutes` the hours he said no to and those
    that were put to him at all, whatever he said. `owed` are calls that he is owed in a rotation that is a circle.
    """

    officer_id: int
    pool: str
    minutes: int = 0
    place: int | None = None
    turns: int = 0
    points: int = 0
    refused_minutes: int = 0
    offered_minutes: int = 0
    owed: int = 0


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """What came of asking an officer for a detail of a pool, where the handbook counts it; `opening_id` of those that
    are decided about, where it goes by who was asked.
    """

    officer_id: int
    pool: str
    outcome: str
    contacted_at: datetime
    opening_id: int | None = None


@dataclass(frozen=True, slots=True)
class CrewFacts:
    """An officer who holds a slot of a detail that is decided about, and is not giving it back; of no guest."""

    detail_id: int
    officer_id: int
    rank: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class AwardFacts:
    """
    All that a decision depends on. Slots are the free ones; assignments already made are commitments. `seed` is what
    a lottery draws by. `counts_turns` is false in facts of before turns and offered hours were counted, so that they
    still come to what they came to then. Where `has_everybody`, the officers are the whole department: only then are
    officers ordered in, and sign-ups before one's turn found.
    """

    handbook: Handbook
    zone: str
    now: datetime
    officers: tuple[OfficerFacts, ...]
    openings: tuple[OpeningFacts, ...] = ()
    slots: tuple[SlotFacts, ...] = ()
    signups: tuple[SignupFacts, ...] = ()
    tours: tuple[TourFacts, ...] = ()
    commitments: tuple[CommitmentFacts, ...] = ()
    bars: tuple[BarFacts, ...] = ()
    counters: tuple[CounterFacts, ...] = ()
    handbook_version: int = 0
    seed: int = 0
    counts_turns: bool = False
    has_everybody: bool = False
    exclusions: tuple[ExclusionFacts, ...] = ()
    contacts: tuple[ContactFacts, ...] = ()
    crews: tuple[CrewFacts, ...] = ()


def _minutes(starts_at: datetime, ends_at: datetime) -> int:
    return (int(ends_at.timestamp()) - int(starts_at.timestamp())) // 60


_FACTS = TypeAdapter(AwardFacts)


def to_json(facts: AwardFacts) -> str:
    """Facts as they are stored with an award. The same facts give the same text."""
    return _FACTS.dump_json(facts).decode()


def from_json(text: str | bytes) -> AwardFacts:
    """Facts as they were stored. Raises pydantic's ValidationError on anything else."""
    return _FACTS.validate_json(text)
