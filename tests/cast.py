"""The named cast: two departments of which one must never see the other, and the people who work in them.

Alvarez, Brooks, Chen and Diaz are Millbrook's; Evans and Ford are Harbor's; Grant is an officer in both. Every call of
`assemble` founds both anew, so that no test needs another's leftovers swept away.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

import sqlalchemy as sa

from models.awarding.asking.offer import make_offer
from models.awarding.counting.counters import rotations
from models.awarding.signing_up.signup import sign_up, signups
from models.details.detail import contractors, details, rates, sites
from models.details.opening import Opening, draw_code, opening, openings
from models.details.posting import open_posting, plan_posting
from models.details.slot import slots
from models.line.consent import consents
from models.line.line import lines
from models.people.department import Department, department, departments
from models.people.handbook import Edition, current, publish
from models.people.officer import Officer, officer, officers
from models.people.person import lock_persons, persons
from models.people.phone import number_of, phones
from models.rules.handbook import Handbook
from models.rules.time.notice import UNNOTICED, Noticed
from models.session import SYSTEM, Actor, Database, Work
from models.working.assignment import give_slot

# A Monday at eight in the morning in New York; tests that need another time say so.
MONDAY = datetime(2026, 6, 1, 12, tzinfo=UTC)
TODAY_SINCE = date(2020, 1, 1)

_AREAS = (
    304, 307, 308, 309, 312, 314, 316, 317, 318, 319, 320, 323, 325, 330, 331, 334, 336, 337, 339, 346, 347, 351,
    352, 360, 361, 385, 386, 401, 402, 405, 406, 407, 408, 409, 410, 412, 413, 414, 415, 417, 419, 423, 424, 425,
    430, 432, 434, 435, 440, 442, 443, 458, 463, 464, 469, 470, 475, 478, 479, 480, 484, 501, 502, 503, 504, 505,
    507, 508, 509, 510, 512, 513, 515, 516, 517, 518, 520, 530, 539, 540, 541, 551, 559, 561, 562, 563, 567, 570,
    571, 573, 574, 575, 580, 585, 586, 601, 602, 603, 605, 606, 607, 608, 609, 610, 612, 614, 615, 616, 617, 618,
    619, 620,
)  # fmt: skip
_NUMBERS = (f"+1{area}55501{last:02d}" for area in _AREAS for last in range(100))
_SERIAL = count(1)


@dataclass(frozen=True, slots=True)
class Posted:
    """A detail with one opening: what tests need to name it by. `posting_id` is None for one never posted."""

    opening: Opening
    slot_ids: tuple[int, ...]
    posting_id: int | None

    @property
    def id(self) -> int:
        """The opening's id."""
        return self.opening.id

    @property
    def slot_id(self) -> int:
        """The only slot, or the first."""
        return self.slot_ids[0]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody."""

    millbrook: Department
    harbor: Department
    alvarez: Officer
    brooks: Officer
    chen: Officer
    diaz: Officer
    evans: Officer
    ford: Officer
    grant_in_millbrook: Officer
    grant_in_harbor: Officer

    def department_of(self, who: Officer) -> Department:
        """The department the officer is a member of."""
        return self.millbrook if who.department_id == self.millbrook.id else self.harbor


def assemble(database: Database, handbook: Handbook | None = None) -> Cast:
    """Found both departments, with lines and a handbook each, and enlist everybody."""
    with database.begin(()) as work:
        millbrook = found_department(database, work, "Millbrook", handbook)
        harbor = found_department(database, work, "Harbor", handbook)
        alvarez, brooks, chen, diaz = (
            enlist(work, millbrook, name, seniority_on=date(2001 + place, 3, 1))
            for place, name in enumerate(("Alvarez", "Brooks", "Chen", "Diaz"))
        )
        evans, ford = (
            enlist(work, harbor, name, seniority_on=date(2003 + place, 3, 1))
            for place, name in enumerate(("Evans", "Ford"))
        )
        grant = enlist(work, millbrook, "Grant", seniority_on=date(2010, 3, 1))
        same_grant = enlist(work, harbor, "Grant", seniority_on=date(2012, 3, 1), person_id=grant.person_id)
    return Cast(millbrook, harbor, alvarez, brooks, chen, diaz, evans, ford, grant, same_grant)


@contextmanager
def at(
    database: Database, where: Department | Sequence[Department], now: datetime = MONDAY, actor: Actor = SYSTEM
) -> Iterator[Work]:
    """A unit of work in the department, or in several, with the clock at `now`."""
    together = [where] if isinstance(where, Department) else where
    with database.begin([one.id for one in together], actor) as work:
        work.now = now
        yield work


def by_text(who: Officer) -> Actor:
    """The officer, acting by text message."""
    return Actor("officer", "sms", who.person_id)


def found_department(
    database: Database, work: Work, name: str, handbook: Handbook | None = None, time_zone: str = "America/New_York"
) -> Department:
    """A department with a line and a handbook, which the work sees from now on."""
    made = work.conn.execute(
        sa.insert(departments)
        .values(slug=f"{name.lower()}-{next(_SERIAL)}", name=name, time_zone=time_zone)
        .returning(departments.c.id)
    ).scalar_one()
    database.scope(work, [*work.departments, made])
    work.conn.execute(sa.insert(lines).values(number=phone_number(), department_id=made))
    publish(work, made, TODAY_SINCE, handbook or Handbook())
    return department(work, made)


def enlist(
    work: Work,
    where: Department,
    name: str,
    *,
    seniority_on: date = date(2015, 3, 1),
    rank: str = "Officer",
    unit: str | None = None,
    status: str = "active",
    person_id: int | None = None,
) -> Officer:
    """An officer with a phone; with `person_id`, the same person's membership in another department."""
    badge = str(next(_SERIAL))
    if person_id is None:
        person_id = work.conn.execute(sa.insert(persons).values(name=name).returning(persons.c.id)).scalar_one()
        work.conn.execute(sa.insert(phones).values(number=phone_number(), person_id=person_id))
    work.conn.execute(
        sa.insert(consents).values(
            department_id=where.id,
            number=number_of(work, person_id),
            person_id=person_id,
            way="paper",
            wording="first",
            given_at=MONDAY,
        )
    )
    made = work.conn.execute(
        sa.insert(officers)
        .values(
            department_id=where.id,
            person_id=person_id,
            ref=f"{name.lower()}-{badge}",
            badge=badge,
            rank=rank,
            seniority_on=seniority_on,
            unit=unit,
            status=status,
        )
        .returning(officers.c.id)
    ).scalar_one()
    return officer(work, where.id, made)


def phone_number() -> str:
    """A number kept for examples that no other of this run has."""
    return next(_NUMBERS)


def add_detail(
    work: Work,
    where: Department,
    starts_at: datetime,
    *,
    hours: float = 8,
    count_slots: int = 1,
    pool: str = "details",
    kind: str = "traffic",
) -> Posted:
    """A detail nobody posted yet, with one opening of `count_slots` slots, for a contractor and site of its own."""
    d, serial = where.id, next(_SERIAL)
    contractor = _insert(work, contractors, department_id=d, ref=f"c{serial}", name="Bay Paving")
    site = _insert(work, sites, department_id=d, contractor_id=contractor, ref=f"s{serial}", name="Elm Street at Third")
    rate = _insert(work, rates, department_id=d, ref=f"r{serial}", name="Regular", pay_cents_per_hour=6500)
    detail_id = _insert(
        work, details, department_id=d, site_id=site, ref=f"d{serial}", kind=kind, pool=pool, rate_id=rate
    )
    opening_id = _insert(
        work,
        openings,
        department_id=d,
        detail_id=detail_id,
        code=draw_code(work, d),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
    )
    made = tuple(
        _insert(work, slots, department_id=d, opening_id=opening_id, number=number)
        for number in range(1, count_slots + 1)
    )
    return Posted(opening(work, d, opening_id), made, None)


def post_detail(
    work: Work,
    where: Department,
    starts_at: datetime,
    *,
    closes_at: datetime | None = None,
    award_at: datetime | None = None,
    band: str = "",
    **of_detail: object,
) -> Posted:
    """A detail that is open for sign-up from now; it closes in an hour and is awarded then, if unsaid. `band` is the
    notice band of the handbook that it falls into."""
    made = add_detail(work, where, starts_at, **of_detail)  # type: ignore[arg-type] # handed on as they are
    closes_at = closes_at or work.now + timedelta(hours=1)
    named = handbook_of(work, where).rules.notice.named(band)
    posting_id = plan_posting(
        work,
        where.id,
        made.opening.detail_id,
        work.now,
        closes_at,
        award_at or closes_at,
        noticed=Noticed(named, {}) if named else UNNOTICED,
    )
    open_posting(work, where.id, posting_id)
    return Posted(opening(work, where.id, made.id), made.slot_ids, posting_id)


def signs_up(work: Work, where: Department, who: Officer, *wanted: Posted) -> list[str]:
    """The officer signs up for these; returns what became of each."""
    asked = [opening(work, where.id, one.id) for one in wanted]
    return [answer.outcome for answer in sign_up(work, where, handbook_of(work, where), who, asked)]


def signed_up(work: Work, where: Department, about: Posted) -> set[int]:
    """The officers who are signed up for it."""
    rows = work.conn.execute(
        sa.select(signups.c.officer_id).where(
            signups.c.department_id == where.id, signups.c.opening_id == about.id, signups.c.withdrawn_at.is_(None)
        )
    )
    return set(rows.scalars())


def offers(work: Work, where: Department, who: Officer, about: Posted, minutes: int = 30) -> int:
    """Offer the (first) slot to the officer; returns the offer's id."""
    expires_at = work.now + timedelta(minutes=minutes)
    edition = handbook_of(work, where)
    return make_offer(work, where.id, about.slot_id, about.id, who.id, expires_at, edition.id, None)


def assigns(work: Work, where: Department, who: Officer, about: Posted, state: str = "confirmed", slot: int = 0) -> int:
    """Give the officer a slot of it at once; returns the assignment's id."""
    lock_persons(work, [who.person_id])
    return give_slot(
        work,
        where.id,
        slot_id=about.slot_ids[slot],
        opening_id=about.id,
        starts_at=about.opening.starts_at,
        ends_at=about.opening.ends_at,
        officer_id=who.id,
        person_id=who.person_id,
        handbook_id=handbook_of(work, where).id,
        state=state,
    )


def stands_in_rotation(work: Work, where: Department, *in_order: Officer, pool: str = "details") -> None:
    """Give these officers the first places of the pool's rotation."""
    for place, who in enumerate(in_order, start=1):
        work.conn.execute(
            sa.insert(rotations).values(department_id=where.id, pool=pool, officer_id=who.id, place=place)
        )


def handbook_of(work: Work, where: Department) -> Edition:
    """The handbook that holds now."""
    return current(work, where.id, work.now.astimezone(where.zone).date())


def _insert(work: Work, table: sa.Table, **values: object) -> int:
    return work.conn.execute(sa.insert(table).values(**values).returning(table.c.id)).scalar_one()
