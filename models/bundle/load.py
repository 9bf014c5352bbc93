"""Writes a bundle into the records: all of it or nothing, and a second time changes nothing.

What a bundle does not name is left alone. What the line has moved on since (counters, details under way) is not set
back: a bundle that says otherwise of a detail is an error with its place.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.awarding.counting.turning import admit_newcomers, plan_turns
from models.bundle.load_details import details_there, load_details, load_signups
from models.bundle.load_past import load_bars, load_contacts
from models.bundle.load_people import load_consents, load_counters, load_officers, load_qualifications, load_tours
from models.bundle.load_standing import load_exclusions, load_standing
from models.bundle.minimums import Raised, as_ordered, as_they_come, raised_in
from models.bundle.problems import BundleErrors, Problem
from models.bundle.references import check_by_handbook
from models.bundle.schema import Bundle
from models.bundle.upsert import ids_by_ref, upsert
from models.details.detail import contractors, rates, sites
from models.line.line import line_departments, lines
from models.people.department import department, departments, lock_department
from models.people.handbook import current, publish
from models.people.leaving import plan_for_separated
from models.proof import event
from models.session import Actor, Database, Work

__all__ = ["Loaded", "load"]

OPERATOR = Actor("operator", "cli")


@dataclass(slots=True)
class Loaded:
    """
    What an import came to: the department, how many records were new or changed, by kind, and which new details come
    with more officers than were ordered.
    """

    department_id: int
    changed: dict[str, int] = field(default_factory=dict)
    raised: tuple[Raised, ...] = ()


def load(database: Database, bundle: Bundle, name: str) -> Loaded:
    """Import the bundle; `name` is the file's, for messages. Raises BundleErrors, and nothing is written then."""
    department_id = _department(database, bundle)
    with database.begin([department_id], OPERATOR) as work:
        lock_department(work, department_id)
        loaded = Loaded(department_id)
        held = _under_the_handbook_that_holds(work, department_id, bundle, name)
        holding, there = as_they_come(held), details_there(work, department_id)
        loaded.raised = tuple(each for each in raised_in(held) if each.detail not in there)
        parts: Sequence[tuple[str, Callable[[Work, int, Bundle], tuple[int, list[Problem]]]]] = (
            ("lines", _lines),
            *([("handbook", _handbook)] if held.handbook is bundle.handbook else []),
            ("officers", load_officers),
            ("consents", load_consents),
            ("qualifications", load_qualifications),
            ("contractors", _contractors),
            ("sites", _sites),
            ("standing", load_standing),
            ("exclusions", load_exclusions),
            ("rates", _rates),
            ("tours", load_tours),
            ("counters", load_counters),
            ("details", partial(load_details, ordered=as_ordered(held))),
            ("signups", load_signups),
            ("bars", load_bars),
            ("contacts", load_contacts),
        )
        for part, write in parts:
            changed, problems = write(work, department_id, holding)
            if problems:
                raise BundleErrors(name, problems)
            if changed:
                loaded.changed[part] = changed
        if loaded.changed:
            where = department(work, department_id)
            admit_newcomers(work, where, current(work, department_id, work.now.astimezone(where.zone).date()))
            plan_turns(work, where)
        if "officers" in loaded.changed:
            work.flush()
            plan_for_separated(work, department(work, department_id))
        if loaded.changed:
            event.record(work, department_id, "bundle_imported", "department", department_id, **loaded.changed)
        return loaded


def _department(database: Database, bundle: Bundle) -> int:
    """The department's id, made if it is new: in a transaction of its own, because only then can its scope be set."""
    record = bundle.department
    row = {"name": record.name, "time_zone": record.timezone}
    if record.contact is not None:
        row["contact"] = record.contact
    with database.begin([]) as work:
        department_id: int = work.conn.execute(
            insert(departments)
            .values(slug=record.slug, **row)
            .on_conflict_do_update(constraint="department_slug_unique", set_=row)
            .returning(departments.c.id)
        ).scalar_one()
    return department_id


def _lines(work: Work, department_id: int, bundle: Bundle) -> tuple[int, list[Problem]]:
    """A number that another department has already becomes a line that both share."""
    changed = 0
    for number in bundle.department.lines:
        made = work.conn.execute(
            insert(lines)
            .values(number=number, department_id=department_id)
            .on_conflict_do_nothing(constraint="line_number_unique")
            .returning(lines.c.id)
        )
        changed += len(made.all()) or _share(work, department_id, number)
    return changed, []


def _share(work: Work, department_id: int, number: str) -> int:
    shared = work.conn.execute(
        insert(line_departments)
        .from_select(
            ["line_id", "department_id"],
            sa.select(lines.c.id, sa.literal(department_id)).where(
                lines.c.number == number, lines.c.department_id != department_id
            ),
        )
        .on_conflict_do_nothing()
        .returning(line_departments.c.line_id)
    )
    return len(shared.all())


def _under_the_handbook_that_holds(work: Work, department_id: int, bundle: Bundle, name: str) -> Bundle:
    """The bundle itself; if it brings no handbook and the department has one, a copy with that one. Checked by it."""
    if not bundle.brings_handbook:
        with suppress(LookupError):
            held = current(work, department_id, work.now.astimezone(bundle.zone).date()).rules
            bundle = bundle.model_copy(update={"handbook": held})
    check_by_handbook(bundle, name)
    return bundle


def _handbook(work: Work, department_id: int, bundle: Bundle) -> tuple[int, list[Problem]]:
    today = work.now.astimezone(bundle.zone).date()
    published = publish(work, department_id, today, bundle.handbook)
    if published is not None:
        event.record(work, department_id, "handbook_published", "handbook", published, from_on=today.isoformat())
    return int(published is not None), []


def _contractors(work: Work, department_id: int, bundle: Bundle) -> tuple[int, list[Problem]]:
    rows = [
        {"ref": one.ref, "name": one.name, "contact_name": one.contact_name, "phones": list(one.phones)}
        for one in bundle.contractors
    ]
    return upsert(work, contractors, department_id, rows), []


def _sites(work: Work, department_id: int, bundle: Bundle) -> tuple[int, list[Problem]]:
    owners = ids_by_ref(work, contractors, department_id)
    rows = [
        {
            "ref": one.ref,
            "contractor_id": owners[one.contractor],
            "name": one.name,
            "address": one.address,
            "contact_name": one.contact_name,
            "contact_number": one.contact_phone,
            "phone": one.phone,
            "asks_proof": one.proof_of_place,
            "area": one.area,
        }
        for one in bundle.sites
    ]
    return upsert(work, sites, department_id, rows), []


def _rates(work: Work, department_id: int, bundle: Bundle) -> tuple[int, list[Problem]]:
    rows = [{"ref": one.ref, "name": one.name, "pay_cents_per_hour": one.pay_cents_per_hour} for one in bundle.rates]
    return upsert(work, rates, department_id, rows), []
