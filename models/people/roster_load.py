"""Writes a roster into the records: new officers, what changed of known ones, their phones and their consent.

An officer is known by his badge, whatever the case of its letters. Who is not on the roster is left as he is. All of
it or nothing, and a second time changes nothing.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models.awarding.counting.turning import admit_newcomers
from models.line.consent import Way, give_all
from models.line.mail_choice import list_address
from models.people.department import department, lock_department
from models.people.handbook import current
from models.people.leaving import SEPARATED
from models.people.officer import officers
from models.people.person import persons
from models.people.phone import phones, tell_others, text_first
from models.people.roster import RosterProblem, RosterRow
from models.proof import event
from models.session import Work


@dataclass(frozen=True, slots=True)
class Consent:
    """How the officers of a roster agreed to be texted, in the words of whoever brings it."""

    way: Way
    attested: str


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one officer: `new` or `changed`, with each field's value before (None) and after."""

    badge: str
    kind: str
    fields: dict[str, tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class LoadedRoster:
    """What a roster came to; `absent` are badges that the department has and the roster does not.

    `left` are those of the roster's who have left the department: a list does not bring anybody back.
    """

    changes: tuple[Change, ...]
    unchanged: int
    consents: int
    without_phone: tuple[str, ...]
    absent: tuple[str, ...]
    left: tuple[str, ...]


class RosterErrors(ValueError):
    """What of the roster does not fit the records; nothing of it must be kept."""

    def __init__(self, problems: list[RosterProblem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def load_roster(work: Work, department_id: int, rows: tuple[RosterRow, ...], consent: Consent) -> LoadedRoster:
    """Make the department's officers what the rows say; raises RosterErrors, upon which the work must be undone."""
    lock_department(work, department_id)
    known = _known(work, department_id)
    owners = _owners(work, [row.phone for row in rows if row.phone])
    problems = list(_taken(rows, known, owners))
    if problems:
        raise RosterErrors(problems)
    changes: list[Change] = []
    agreed: dict[str, int] = {}
    for row in rows:
        person_id, change = _write(work, department_id, row, known.get(row.badge.casefold()), owners)
        changes += [change] if change else []
        if row.phone:
            agreed[row.phone] = person_id
    _list_addresses(work, department_id, rows)
    consents = give_all(work, department_id, agreed, consent.way, attested=consent.attested)
    if changes or consents:
        event.record(
            work, department_id, "roster_imported", "department", department_id, changed=len(changes), consents=consents
        )
    if changes:
        _admit(work, department_id)
    named = {row.badge.casefold() for row in rows}
    return LoadedRoster(
        changes=tuple(changes),
        unchanged=len(rows) - len(changes),
        consents=consents,
        without_phone=tuple(row.badge for row in rows if row.phone is None),
        absent=tuple(
            each.badge
            for badge, each in known.items()
            if badge not in named and each.status not in (SEPARATED, "guest")
        ),
        left=tuple(each.badge for badge, each in known.items() if badge in named and each.status == SEPARATED),
    )


def _list_addresses(work: Work, department_id: int, rows: tuple[RosterRow, ...]) -> None:
    """Nothing is mailed there before its officer has agreed: he need only not write it himself."""
    addresses = {row.badge.casefold(): row.email for row in rows if row.email}
    known = _known(work, department_id) if addresses else {}
    for badge, address in addresses.items():
        list_address(work, department_id, known[badge].id, address)


def _admit(work: Work, department_id: int) -> None:
    """Who is new starts in the pools where the handbook lets him; a department may have no handbook yet."""
    where = department(work, department_id)
    with suppress(LookupError):
        admit_newcomers(work, where, current(work, department_id, work.now.astimezone(where.zone).date()))


def _known(work: Work, department_id: int) -> dict[str, sa.Row[Any]]:
    """The department's officers by badge."""
    rows = work.conn.execute(
        sa.select(officers, persons.c.name, _preferred(officers.c.person_id).label("phone"))
        .join(persons, persons.c.id == officers.c.person_id)
        .where(officers.c.department_id == department_id)
        .order_by(officers.c.id)
    )
    return {row.badge.casefold(): row for row in rows}


def _preferred(person_id: Any) -> sa.ScalarSelect[Any]:
    """The phone we text first, even one that turned out not to take texts: the roster may correct it."""
    query = sa.select(phones.c.number).where(phones.c.person_id == person_id)
    return query.order_by(phones.c.place).limit(1).scalar_subquery()


def _owners(work: Work, numbers: list[str]) -> dict[str, int]:
    rows = work.conn.execute(sa.select(phones.c.number, phones.c.person_id).where(phones.c.number.in_(numbers)))
    return {row.number: row.person_id for row in rows}


def _taken(rows: tuple[RosterRow, ...], known: dict[str, sa.Row[Any]], owners: dict[str, int]) -> list[RosterProblem]:
    """Phones that belong to somebody else: to another officer here, or of a known officer to anybody."""
    badges = {each.person_id: each.badge for each in known.values()}
    problems = []
    for row in rows:
        owner, officer = owners.get(row.phone or ""), known.get(row.badge.casefold())
        if owner is None or (officer is not None and officer.person_id == owner):
            continue
        if owner in badges:
            problems.append(RosterProblem(row.line, "phone", f"{row.phone} is the phone of badge {badges[owner]}"))
        elif officer is not None:
            problems.append(RosterProblem(row.line, "phone", f"{row.phone} is on record as another person's phone"))
    return problems


def _write(
    work: Work, department_id: int, row: RosterRow, officer: sa.Row[Any] | None, owners: dict[str, int]
) -> tuple[int, Change | None]:
    if officer is None:
        return _add(work, department_id, row, owners)
    said = {"rank": row.rank, "seniority_on": row.seniority_on, **({"unit": row.unit} if row.unit else {})}
    changed = {name: value for name, value in said.items() if getattr(officer, name) != value}
    if changed:
        where = sa.and_(officers.c.department_id == department_id, officers.c.id == officer.id)
        work.conn.execute(sa.update(officers).where(where).values(**changed))
    if officer.name != row.name:
        work.conn.execute(sa.update(persons).where(persons.c.id == officer.person_id).values(name=row.name))
        changed["name"] = row.name
    if row.phone and officer.phone != row.phone:
        text_first(work, officer.person_id, row.phone)
        tell_others(work, department_id, officer.person_id, row.phone)
        changed["phone"] = row.phone
    if not changed:
        return officer.person_id, None
    event.record(
        work, department_id, "officer_changed", "officer", officer.id, officer_id=officer.id, fields=sorted(changed)
    )
    fields = {name: (_said(getattr(officer, name)), _said(value)) for name, value in changed.items()}
    return officer.person_id, Change(officer.badge, "changed", fields)


def _add(work: Work, department_id: int, row: RosterRow, owners: dict[str, int]) -> tuple[int, Change]:
    """A new officer. Who answers his phone in another department is the same person."""
    person_id = owners.get(row.phone or "")
    if person_id is None:
        person_id = work.conn.execute(sa.insert(persons).values(name=row.name).returning(persons.c.id)).scalar_one()
        if row.phone:
            text_first(work, person_id, row.phone)
    said = {"badge": row.badge, "rank": row.rank, "seniority_on": row.seniority_on, "unit": row.unit}
    officer_id = work.conn.execute(
        sa.insert(officers)
        .values(department_id=department_id, person_id=person_id, ref=_free_ref(work, department_id, row.badge), **said)
        .returning(officers.c.id)
    ).scalar_one()
    event.record(work, department_id, "officer_added", "officer", officer_id, officer_id=officer_id)
    told = {"name": row.name, "rank": row.rank, "seniority_on": row.seniority_on, "phone": row.phone, "unit": row.unit}
    return person_id, Change(row.badge, "new", {name: (None, _said(value)) for name, value in told.items() if value})


def _free_ref(work: Work, department_id: int, badge: str) -> str:
    """What bundles will call him: his badge, in letters that a ref may have."""
    wanted = re.sub(r"[^A-Za-z0-9._:-]+", "-", badge).strip("-._:")[:60] or "officer"
    taken = set(
        work.conn.execute(
            sa.select(officers.c.ref).where(
                officers.c.department_id == department_id, officers.c.ref.startswith(wanted, autoescape=True)
            )
        ).scalars()
    )
    return next(ref for ref in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if ref not in taken)


def _said(value: object) -> str | None:
    return None if value is None else str(value)
