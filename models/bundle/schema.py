"""A department in one document: what may be written in a bundle, with the meaning of every field."""

from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, field_validator, model_validator

from models.bundle.times import Day, LocalTime
from models.line.mail_choice import EMAIL
from models.rules.clauses.outcomes import ContactOutcome, LeaveKind
from models.rules.clauses.statuses import OfficerStatus
from models.rules.codes import is_code
from models.rules.facts import BarKind, Side, TourKind
from models.rules.handbook import Handbook

REF = r"^[A-Za-z0-9][A-Za-z0-9._:-]*$"
PHONE = r"^\+[1-9]\d{6,14}$"
SLUG = r"^[a-z0-9][a-z0-9-]*$"

Ref = Annotated[str, StringConstraints(pattern=REF, max_length=80)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Phone = Annotated[str, StringConstraints(pattern=PHONE)]
Email = Annotated[
    str,
    BeforeValidator(lambda said: said.lower() if isinstance(said, str) else said),
    StringConstraints(pattern=EMAIL, max_length=254),
]


class Record(BaseModel):
    """A part of a bundle. What is misspelt is an error; numbers where words belong are taken as words."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True, allow_inf_nan=False)


class DepartmentRecord(Record):
    """The department itself."""

    slug: Annotated[str, StringConstraints(pattern=SLUG, max_length=60)] = Field(
        description="Its name in commands and addresses; a bundle of the same slug is the same department."
    )
    name: Words = Field(description="Its name to people.")
    timezone: str = Field(description="Its zone, like America/New_York; all local times are of this zone.")
    lines: tuple[Phone, ...] = Field(default=(), description="Its phone numbers, like +12035550100.")
    contact: Words | None = Field(
        default=None, description="Whom to ask for help, as the public pages say it: an office, a phone, an address."
    )
    consent: Words | None = Field(
        default="department roster",
        description="How its officers agreed to be texted; null when nobody has yet. Kept with each phone's consent.",
    )

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"{value!r} is not a time zone like America/New_York")
        return value


class StatusRecord(Record):
    """A status for a time."""

    status: OfficerStatus = Field(description="The status.")
    from_on: Day = Field(description="The first day.")
    until_on: Day | None = Field(default=None, description="The last day; without end if empty.")


class OfficerRecord(Record):
    """An officer of the department."""

    ref: Ref = Field(description="What the bundle calls him.")
    badge: Words = Field(description="His badge, unique in the department.")
    name: Words = Field(description="His name.")
    rank: Words = Field(description="One of the handbook's ranks.")
    seniority_on: Day = Field(description="The date his seniority counts from.")
    rank_on: Day | None = Field(
        default=None, description="The date since which he has his rank; as his seniority if empty."
    )
    job_class: Words | None = Field(default=None, description="One of the handbook's job classes.")
    unit: Words | None = Field(default=None, description="His unit or district.")
    status: OfficerStatus = Field(default="active", description="His status, on days of which `statuses` says nothing.")
    statuses: tuple[StatusRecord, ...] = Field(default=(), description="Statuses with their dates.")
    calls: Literal["all", "urgent", "none"] | None = Field(
        default=None, description="Which calls he wants from the line; unsaid, what he chose himself stands."
    )
    email: Email | None = Field(
        default=None, description="His e-mail address. Nothing is mailed there before he has agreed to it himself."
    )
    pools: tuple[Words, ...] = Field(default=(), description="Pools that he joined, of those that must be joined.")
    qualifications: dict[Words, Day | None] = Field(
        default={}, description="Each qualification with its last valid day, or null if it never expires."
    )
    phones: tuple[Phone, ...] = Field(default=(), description="His phones, the preferred one first.")
    phones_added: dict[Phone, LocalTime] = Field(
        default={}, description="Since when a phone is his, where that may still count (see the handbook's `callers`)."
    )


class ContractorRecord(Record):
    """Who orders details."""

    ref: Ref = Field(description="What the bundle calls it.")
    name: Words = Field(description="Its name.")
    contact_name: Words | None = Field(default=None, description="Whom to ask for.")
    phones: tuple[Phone, ...] = Field(default=(), description="Its phones.")


class SiteRecord(Record):
    """Where an officer reports, and to whom."""

    ref: Ref = Field(description="What the bundle calls it.")
    contractor: Ref = Field(description="The contractor it belongs to.")
    name: Words = Field(description="Its name, as an officer would find it.")
    address: Words | None = Field(default=None, description="Its address.")
    contact_name: Words | None = Field(default=None, description="The site contact.")
    contact_phone: Phone | None = Field(default=None, description="The site contact's phone.")
    phone: Phone | None = Field(default=None, description="Its own telephone, on the spot; a call from it is proof.")
    proof_of_place: bool = Field(
        default=False, description="Whether officers show that they are there, where the handbook leaves it to sites."
    )
    area: Words | None = Field(default=None, description="Where it lies, as the handbook reckons ways between posts.")


class ExclusionRecord(Record):
    """An officer is not placed with a contractor, or at a site."""

    officer: Ref = Field(description="Who.")
    contractor: Ref | None = Field(default=None, description="With whom; a contractor or a site.")
    site: Ref | None = Field(default=None, description="Where.")
    side: Side = Field(description="Who wished it: officer, contractor or department; no officer is told.")
    from_on: Day = Field(description="The first day.")
    until_on: Day | None = Field(default=None, description="The last day; without end if empty.")
    reason: Annotated[str, StringConstraints(max_length=500)] = Field(
        default="", description="Why; kept on record, and told to no officer."
    )

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if (self.contractor is None) == (self.site is None):
            raise ValueError("needs a contractor or a site, and not both")
        return self


class RateRecord(Record):
    """What a detail pays an officer."""

    ref: Ref = Field(description="What the bundle calls it.")
    name: Words = Field(description="Its name.")
    pay_cents_per_hour: int = Field(ge=0, description="Cents an hour.")


class OpeningRecord(Record):
    """Interchangeable slots of a detail."""

    count: int = Field(default=1, ge=0, le=1000, description="How many slots; 0 where all have turned ordinary.")
    ranks: tuple[Words, ...] = Field(default=(), description="The ranks they accept; empty accepts all.")
    qualifications: tuple[Words, ...] = Field(default=(), description="The qualifications they ask for.")
    starts_at: LocalTime | None = Field(default=None, description="Their start, where it is not the detail's.")
    ends_at: LocalTime | None = Field(default=None, description="Their end, where it is not the detail's.")
    code: str | None = Field(default=None, description="Their code, where it is not to be chosen.")
    turns_ordinary_at: LocalTime | None = Field(
        default=None, description="When slots nobody of their ranks has signed up for are for anybody; never if empty."
    )

    @field_validator("code")
    @classmethod
    def _checks(cls, value: str | None) -> str | None:
        if value is not None and not is_code(value):
            raise ValueError(f"{value!r} is not a code: four to six digits, of which the last must check")
        return value


class DetailRecord(Record):
    """An engagement that a contractor ordered, with its posting."""

    ref: Ref = Field(description="What the bundle calls it.")
    site: Ref = Field(description="Where it is.")
    kind_of_work: Words | None = Field(default=None, description="Traffic, security, …")
    pool: Words | None = Field(default=None, description="The pool it counts in; the handbook's first if empty.")
    unit: Words | None = Field(default=None, description="The unit or district it belongs to.")
    rate: Ref | None = Field(default=None, description="What it pays.")
    starts_at: LocalTime = Field(description="Its start.")
    ends_at: LocalTime = Field(description="Its end.")
    known_at: LocalTime | None = Field(
        default=None,
        description="When the department learnt of it: notice runs from here to the start; from the posting if empty.",
    )
    posted_at: LocalTime | None = Field(default=None, description="Open for sign-up from; always if empty.")
    closes_at: LocalTime | None = Field(default=None, description="Open until; by the handbook if empty.")
    award_at: LocalTime | None = Field(default=None, description="Awarded at; by the handbook if empty.")
    instructions: Annotated[str, StringConstraints(max_length=2000)] = Field(
        default="", description="What the officer must know."
    )
    alcohol: bool | None = Field(
        default=None, description="Whether alcohol is served there; not known if empty (headcount.minimums)."
    )
    attendance: int | None = Field(
        default=None, ge=0, le=10_000_000, description="How many people are expected; not known if empty."
    )
    headcount: int | None = Field(
        default=None,
        ge=1,
        le=1000,
        description="How many officers were ordered, instead of openings: the handbook's rank mix says of which ranks.",
    )
    openings: tuple[OpeningRecord, ...] = Field(
        default=(OpeningRecord(),), min_length=1, description="Its slots; one for anybody if empty."
    )

    @model_validator(mode="after")
    def _headcount_or_openings(self) -> Self:
        if self.headcount is not None and "openings" in self.model_fields_set:
            raise ValueError("has a headcount and openings: one of them says how many officers are needed")
        return self


class SignupRecord(Record):
    """An officer's interest in a detail."""

    officer: Ref = Field(description="Who.")
    detail: Ref = Field(description="For what.")
    opening: int = Field(default=1, ge=1, description="Which of the detail's openings, from 1.")
    preference: int | None = Field(default=None, ge=1, description="1 is what he wants most.")
    signed_up_at: LocalTime | None = Field(default=None, description="When; at the posting if empty.")


class TourRecord(Record):
    """Regular duty or leave."""

    officer: Ref = Field(description="Whose.")
    starts_at: LocalTime = Field(description="Its start.")
    ends_at: LocalTime = Field(description="Its end.")
    kind: TourKind = Field(default="duty", description="What it is.")
    leave: LeaveKind | None = Field(default=None, description="Of leave, what kind; `other` if empty.")
    may_be_called: bool = Field(
        default=False, description="Of leave, whether the officer chose to be asked all the same."
    )

    @model_validator(mode="after")
    def _is_leave(self) -> Self:
        if self.kind != "leave" and (self.leave is not None or self.may_be_called):
            raise ValueError("leave and may_be_called are for tours of the kind leave only")
        return self


class BarRecord(Record):
    """A time in which an officer takes no details, and what it follows from."""

    officer: Ref = Field(description="Who is barred.")
    kind: BarKind = Field(description="What it follows from.")
    from_at: LocalTime = Field(description="Since when.")
    until_at: LocalTime = Field(description="Until when; as from_at for a warning, which only counts as a step.")
    words: Annotated[str, StringConstraints(max_length=500)] = Field(default="", description="Why; kept on record.")


class ContactRecord(Record):
    """What came of asking an officer for a detail."""

    officer: Ref = Field(description="Who was asked.")
    detail: Ref = Field(description="For what.")
    opening: int = Field(default=1, ge=1, description="Which of the detail's openings, from 1.")
    outcome: ContactOutcome = Field(description="What came of it.")
    at: LocalTime = Field(description="When.")


class ElsewhereRecord(Record):
    """Time that an officer has given to another department: for previews; an import does not take it over."""

    officer: Ref = Field(description="Whose.")
    starts_at: LocalTime = Field(description="Its start.")
    ends_at: LocalTime = Field(description="Its end.")


class EmergencyRecord(Record):
    """An emergency that is declared: for previews; an import declares none."""

    by: Words = Field(description="Who declared it.")
    authority: Words = Field(description="By what authority.")
    words: Annotated[str, StringConstraints(min_length=1, max_length=500)] = Field(description="In which words.")
    declared_at: LocalTime = Field(description="When.")
    until_at: LocalTime = Field(description="Until when it holds.")
    details: tuple[Ref, ...] | None = Field(
        default=None, description="The details it is for; if left out, all that start before it ends."
    )


class CounterRecord(Record):
    """Rotations, and what is counted for officers, by pool."""

    rotations: dict[Words, tuple[Ref, ...]] = Field(
        default={}, description="For a pool, officers from the top of its rotation to the bottom."
    )
    hours: dict[Words, dict[Ref, Annotated[float, Field(ge=0)]]] = Field(
        default={}, description="For a pool, the hours counted for each officer; who is not named has none."
    )
    turns: dict[Words, dict[Ref, Annotated[int, Field(ge=0)]]] = Field(
        default={}, description="For a pool, how many turns each officer has had; who is not named has had none."
    )
    points: dict[Words, dict[Ref, int]] = Field(
        default={}, description="For a pool, the points of each officer; who is not named has none."
    )
    refused_hours: dict[Words, dict[Ref, Annotated[float, Field(ge=0)]]] = Field(
        default={}, description="For a pool, the hours that each officer refused."
    )
    offered_hours: dict[Words, dict[Ref, Annotated[float, Field(ge=0)]]] = Field(
        default={}, description="For a pool, the hours that each officer was offered, whatever he said."
    )

    @property
    def counts(self) -> dict[str, dict[str, dict[str, int]]]:
        """What is counted by the names of CounterFacts, pool and officer; hours in minutes."""
        hours = {"minutes": self.hours, "refused_minutes": self.refused_hours, "offered_minutes": self.offered_hours}
        in_minutes = {
            field: {pool: {ref: round(count * 60) for ref, count in each.items()} for pool, each in by_pool.items()}
            for field, by_pool in hours.items()
        }
        return {**in_minutes, "turns": self.turns, "points": self.points}


class Bundle(Record):
    """A whole department in one document."""

    format: Literal["dutyline-1"] = Field(default="dutyline-1", description="The version of this format.")
    department: DepartmentRecord = Field(description="The department.")
    handbook: Handbook = Field(
        default=Handbook(), description="Its rules; if left out, those that it has, and the defaults if it has none."
    )
    officers: tuple[OfficerRecord, ...] = Field(default=(), description="Its officers.")
    contractors: tuple[ContractorRecord, ...] = Field(default=(), description="Who orders details.")
    sites: tuple[SiteRecord, ...] = Field(default=(), description="Where details are.")
    exclusions: tuple[ExclusionRecord, ...] = Field(default=(), description="Who is not placed where.")
    rates: tuple[RateRecord, ...] = Field(default=(), description="What details pay.")
    details: tuple[DetailRecord, ...] = Field(default=(), description="Details.")
    signups: tuple[SignupRecord, ...] = Field(default=(), description="Signups.")
    tours: tuple[TourRecord, ...] = Field(default=(), description="Duty and leave.")
    bars: tuple[BarRecord, ...] = Field(default=(), description="Bars from details.")
    contacts: tuple[ContactRecord, ...] = Field(default=(), description="What came of asking officers.")
    elsewhere: tuple[ElsewhereRecord, ...] = Field(default=(), description="Time given to other departments.")
    emergency: EmergencyRecord | None = Field(default=None, description="An emergency that is declared.")
    counters: CounterRecord = Field(default=CounterRecord(), description="Rotations, and what is counted.")

    @model_validator(mode="before")
    @classmethod
    def _empty_parts_are_left_out(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {name: part for name, part in value.items() if part is not None or name == "department"}

    @property
    def brings_handbook(self) -> bool:
        """Whether the bundle says what the rules are; if not, those that the department has go on to hold."""
        return "handbook" in self.model_fields_set

    @property
    def zone(self) -> ZoneInfo:
        """The department's zone."""
        return ZoneInfo(self.department.timezone)


def json_schema() -> dict[str, Any]:
    """The bundle's JSON Schema."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Bundle.model_json_schema()}
