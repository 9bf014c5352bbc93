"""Officers, their phones and qualifications, tours and counters out of a bundle."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.awarding.counting.counters import hours_counts, rotations
from models.bundle.problems import Problem
from models.bundle.schema import Bundle
from models.bundle.times import to_utc
from models.bundle.upsert import ids_by_ref, upsert
from models.line import consent
from models.people.officer import officers, qualifications
from models.people.person import persons
from models.people.phone import phones, tell_others
from models.session import Work
from models.tables import span
from models.tours.tour import tours


def load_officers(work: Work, department_id: int, bundle: Bundle) -> tuple[int, list[Problem]]:
    """Officers by ref. A person is who answers a phone: the same number in two departments is the same person."""
    problems: list[Problem] = []
    known = _persons_of_officers(work, department_id)
    owners = _owners_of_phones(work, [number for one in bundle.officers for number in one.phones])
    rows = []
    for place, one in enumerate(bundle.officers):
        found = {owners[number] for number in one.phones if number in owners} | (
            {known[one.ref]} if one.ref in known else set()
        )
        if len(found) > 1:
            problems.append(Problem(("officers", place, "phones"), None, "are phones of different persons already"))
            continue
        is_known = bool(found)
        person_id = found.pop() if found else _new_person(work, one.name)
        owners |= dict.fromkeys(one.phones, person_id)
        since = {number: to_utc(at, bundle.zone) for number, at in one.phones_added.items()}
        _phones(work, department_id, person_id, one.phones, since, is_known=is_known)
        rows.append(
            {
                "ref": one.ref,
                "person_id": person_id,
                "badge": one.badge,
                "rank": one.rank,
                "seniority_on": one.seniority_on,
                "rank_on": one.rank_on,
                "job_class": one.job_class,
                "unit": one.unit,
                "status": one.status,
            }
        )
    return upsert(work, officers, department_id, rows), problems


def load_consents(work: Work, department_id: int, bundle: Bundle) -> tuple[int, list[Problem]]:
    """Whoever brings the bundle says how its officers agreed to be texted; what an officer said himself stands."""
    if bundle.department.consent is None:
        return 0, []
    owners = _owners_of_phones(work, [number for one in bundle.officers for number in one.phones])
    return consent.give_all(work, department_id, owners, "roster", attested=bundle.department.consent), []


def load_qualifications(work: Work, department_id: int, bundle: Bundle) -> tuple[int, list[Problem]]:
    """Make each officer's qualifications what the bundle says; returns how many officers that changed."""
    ids = ids_by_ref(work, officers, department_id)
    held: dict[int, dict[str, object]] = {}
    for row in work.conn.execute(sa.select(qualifications).where(qualifications.c.department_id == department_id)):
        held.setdefault(row.officer_id, {})[row.name] = row.expires_on
    changed = [one for one in bundle.officers if held.get(ids[one.ref], {}) != one.qualifications]
    for one in changed:
        work.conn.execute(
            sa.delete(qualifications).where(
                qualifications.c.department_id == department_id, qualifications.c.officer_id == ids[one.ref]
            )
        )
    rows = [
        {"department_id": department_id, "officer_id": ids[one.ref], "name": name, "expires_on": expires_on}
        for one in changed
        for name, expires_on in one.qualifications.items()
    ]
    if rows:
        work.conn.execute(sa.insert(qualifications), rows)
    return len(changed), []


def load_tours(work: Work, department_id: int, bundle: Bundle) -> tuple[int, list[Problem]]:
    """Duty and leave; a tour that is there already is left."""
    ids = ids_by_ref(work, officers, department_id)
    rows = [
        {
            "department_id": department_id,
            "officer_id": ids[one.officer],
            "kind": one.kind,
            "leave_kind": one.leave,
            "may_be_called": one.may_be_called,
            "during": span(to_utc(one.starts_at, bundle.zone), to_utc(one.ends_at, bundle.zone)),
        }
        for one in bundle.tours
    ]
    if not rows:
        return 0, []
    written = work.conn.execute(insert(tours).values(rows).on_conflict_do_nothing().returning(tours.c.id))
    return len(written.all()), []


def load_counters(work: Work, department_id: int, bundle: Bundle) -> tuple[int, list[Problem]]:
    """Rotations and hours where none is kept yet: what the line has counted since is not set back."""
    ids = ids_by_ref(work, officers, department_id)
    counted: dict[tuple[str, str], dict[str, object]] = {}
    for name, by_pool in bundle.counters.counts.items():
        for pool, counts in by_pool.items():
            for ref, count in counts.items():
                counted.setdefault((pool, ref), dict.fromkeys(bundle.counters.counts, 0))[name] = count
    hours = [
        {"department_id": department_id, "pool": pool, "officer_id": ids[ref], **counts}
        for (pool, ref), counts in counted.items()
    ]
    places = [
        {
            "department_id": department_id,
            "pool": pool,
            "officer_id": ids[ref],
            "place": bottom + place,
            "base_place": bottom + place,
        }
        for pool, order in bundle.counters.rotations.items()
        for bottom, known in [_bottom(work, department_id, pool)]
        for place, ref in enumerate((ref for ref in order if ids[ref] not in known), start=1)
    ]
    return _where_new(work, hours_counts, hours) + _where_new(work, rotations, places), []


def _where_new(work: Work, table: sa.Table, rows: list[dict[str, object]]) -> int:
    if not rows:
        return 0
    statement = insert(table).values(rows).on_conflict_do_nothing(constraint=f"{table.name}_pk")
    return len(work.conn.execute(statement.returning(table.c.officer_id)).all())


def _bottom(work: Work, department_id: int, pool: str) -> tuple[int, set[int]]:
    """The lowest place taken in the pool's rotation, and who stands in it: newcomers go below."""
    rows = work.conn.execute(
        sa.select(rotations.c.officer_id, rotations.c.place).where(
            rotations.c.department_id == department_id, rotations.c.pool == pool
        )
    ).all()
    return max((row.place for row in rows), default=0), {row.officer_id for row in rows}


def _persons_of_officers(work: Work, department_id: int) -> dict[str, int]:
    rows = work.conn.execute(
        sa.select(officers.c.ref, officers.c.person_id).where(officers.c.department_id == department_id)
    )
    return {row.ref: row.person_id for row in rows}


def _owners_of_phones(work: Work, numbers: list[str]) -> dict[str, int]:
    rows = work.conn.execute(sa.select(phones.c.number, phones.c.person_id).where(phones.c.number.in_(numbers)))
    return {row.number: row.person_id for row in rows}


def _new_person(work: Work, name: str) -> int:
    return work.conn.execute(sa.insert(persons).values(name=name).returning(persons.c.id)).scalar_one()


def _phones(
    work: Work,
    department_id: int,
    person_id: int,
    numbers: tuple[str, ...],
    since: Mapping[str, datetime],
    *,
    is_known: bool,
) -> None:
    """Add what is new, after the phones the person has; the first of a new person is the one to text.

    What is added to somebody's who is known already is new there, and he is told.
    """
    for number in numbers:
        added_at = since.get(number, work.now if is_known else None)
        highest = sa.select(sa.func.coalesce(sa.func.max(phones.c.place), 0) + 1).where(phones.c.person_id == person_id)
        written = work.conn.execute(
            insert(phones)
            .values(number=number, person_id=person_id, place=highest.scalar_subquery(), added_at=added_at)
            .on_conflict_do_nothing(constraint="phone_pk")
            .returning(phones.c.number)
        ).all()
        if written and is_known:
            tell_others(work, department_id, person_id, number)
