"""Details with their openings, slots and postings, and signups, out of a bundle."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from models.awarding.signing_up.signup import signups
from models.bundle.minimums import Raised, raised_of, too_few
from models.bundle.pay_told import pay_told
from models.bundle.problems import Problem
from models.bundle.schema import Bundle, DetailRecord, OpeningRecord
from models.bundle.times import to_utc
from models.bundle.upsert import ids_by_ref
from models.details.detail import details, rates, sites
from models.details.opening import draw_code, openings
from models.details.posting import plan_posting
from models.details.slot import slots
from models.line import duty
from models.people.officer import officers
from models.proof import event
from models.rules.clauses.base import in_minutes
from models.rules.pay.terms import terms_for
from models.rules.time.notice import PostingPlan, plan
from models.session import Work


def load_details(work: Work, department_id: int, bundle: Bundle, *, ordered: Bundle) -> tuple[int, list[Problem]]:
    """
    New details, each planned to be posted; one that is there already must be as the bundle says: as it was `ordered`,
    or as the handbook raised it.
    """
    problems: list[Problem] = []
    there = details_there(work, department_id)
    made = 0
    for place, one in enumerate(bundle.details):
        if one.ref not in there:
            problems += [
                *_code_problems(work, department_id, place, one),
                *_too_few(bundle, place, ordered.details[place]),
            ]
            made += not problems
            if not problems:
                _make_detail(work, department_id, bundle, one, raised_of(bundle, ordered.details[place], one))
        elif not any(_is_the_same(there[one.ref], _described(bundle, each)) for each in (one, ordered.details[place])):
            message = f"{one.ref} is on the line already, with other times, place or slots: cancel it and order anew"
            problems.append(Problem(("details", place), None, message))
    return made, problems


def load_signups(work: Work, department_id: int, bundle: Bundle) -> tuple[int, list[Problem]]:
    """Signups that were never there; one that was withdrawn is not brought back."""
    officer_ids = ids_by_ref(work, officers, department_id)
    opening_ids = openings_by_detail(work, department_id)
    known = {
        (row.officer_id, row.opening_id)
        for row in work.conn.execute(
            sa.select(signups.c.officer_id, signups.c.opening_id).where(signups.c.department_id == department_id)
        )
    }
    rows: list[dict[str, Any]] = []
    for one in bundle.signups:
        opening_id = opening_ids[one.detail][one.opening - 1]
        if (officer_ids[one.officer], opening_id) not in known:
            signed_up_at = to_utc(one.signed_up_at, bundle.zone) if one.signed_up_at else work.now
            rows.append(
                {
                    "department_id": department_id,
                    "officer_id": officer_ids[one.officer],
                    "opening_id": opening_id,
                    "preference": one.preference,
                    "signed_up_at": signed_up_at,
                }
            )
    if rows:
        written = work.conn.execute(
            sa.insert(signups).returning(signups.c.id, signups.c.officer_id, signups.c.opening_id), rows
        )
        for row in written:
            event.record(
                work,
                department_id,
                "officer_signed_up",
                "signup",
                row.id,
                officer_id=row.officer_id,
                opening_id=row.opening_id,
            )
    return len(rows), []


def _make_detail(
    work: Work, department_id: int, bundle: Bundle, one: DetailRecord, raised: Raised | None = None
) -> None:
    detail_id: int = work.conn.execute(
        sa.insert(details)
        .values(
            department_id=department_id,
            ref=one.ref,
            site_id=ids_by_ref(work, sites, department_id)[one.site],
            rate_id=ids_by_ref(work, rates, department_id).get(one.rate or ""),
            kind=one.kind_of_work,
            pool=one.pool or bundle.handbook.pool_names[0],
            minimum_minutes=in_minutes(terms_for(bundle.handbook.pay, one.kind_of_work).minimum_hours),
            instructions=one.instructions,
            known_at=to_utc(one.known_at, bundle.zone) if one.known_at else None,
            serves_alcohol=one.alcohol,
            attendance=one.attendance,
            state="planned",
        )
        .returning(details.c.id)
    ).scalar_one()
    number = 0
    for opening in one.openings:
        number = _make_opening(work, department_id, bundle, one, opening, detail_id, number)
    more: dict[str, Any] = {} if raised is None else {"ordered": raised.before, "raised_by": list(raised.rules)}
    event.record(work, department_id, "detail_planned", "detail", detail_id, slots=number, **more)
    posted_at, planned = posting_plan(bundle, one, work.now)
    plan_posting(
        work, department_id, detail_id, posted_at, planned.closes_at, planned.award_at, noticed=planned.noticed
    )


def posting_plan(bundle: Bundle, one: DetailRecord, now: datetime) -> tuple[datetime, PostingPlan]:
    """When the detail is posted, and how it is given out: as its record says, else by the handbook's notice band."""
    starts_at = min(_times(bundle, one, opening)[0] for opening in one.openings)
    posted_at = to_utc(one.posted_at, bundle.zone) if one.posted_at else now
    known_at = to_utc(one.known_at, bundle.zone) if one.known_at else posted_at
    planned = plan(bundle.handbook, known_at, posted_at, starts_at, bundle.zone.key)
    if one.closes_at:
        closes_at = to_utc(one.closes_at, bundle.zone)
        planned = replace(planned, closes_at=closes_at, award_at=closes_at + (planned.award_at - planned.closes_at))
    if one.award_at:
        planned = replace(planned, award_at=to_utc(one.award_at, bundle.zone))
    if not one.posted_at:
        opens_at = max(now, planned.opens_at or now)
        posted_at = min(opens_at, planned.closes_at - timedelta(minutes=1))
    return posted_at, planned


def _make_opening(
    work: Work,
    department_id: int,
    bundle: Bundle,
    one: DetailRecord,
    opening: OpeningRecord,
    detail_id: int,
    number: int,
) -> int:
    """Write the opening and its slots, numbered on from `number`; returns the last number."""
    starts_at, ends_at = _times(bundle, one, opening)
    opening_id: int = work.conn.execute(
        sa.insert(openings)
        .values(
            department_id=department_id,
            detail_id=detail_id,
            code=opening.code or draw_code(work, department_id),
            starts_at=starts_at,
            ends_at=ends_at,
            ranks=list(opening.ranks),
            qualifications=list(opening.qualifications),
            unit=one.unit,
            pay_cents_per_hour=pay_told(work, department_id, bundle, one, opening, (starts_at, ends_at)),
            turns_ordinary_at=to_utc(opening.turns_ordinary_at, bundle.zone) if opening.turns_ordinary_at else None,
        )
        .returning(openings.c.id)
    ).scalar_one()
    if opening.turns_ordinary_at:
        duty.plan(work, department_id, "turn_ordinary", opening_id, to_utc(opening.turns_ordinary_at, bundle.zone))
    last = number + opening.count
    rows = [
        {"department_id": department_id, "opening_id": opening_id, "number": each, "state": "open"}
        for each in range(number + 1, last + 1)
    ]
    if rows:
        work.conn.execute(sa.insert(slots), rows)
    return last


def _times(bundle: Bundle, one: DetailRecord, opening: OpeningRecord) -> tuple[datetime, datetime]:
    return (
        to_utc(opening.starts_at or one.starts_at, bundle.zone),
        to_utc(opening.ends_at or one.ends_at, bundle.zone),
    )


def _described(bundle: Bundle, one: DetailRecord) -> Any:
    """What must not differ between a detail on the line and the same detail in a bundle."""
    return one.site, [
        (
            *_times(bundle, one, opening),
            opening.count,
            sorted(opening.ranks),
            sorted(opening.qualifications),
            to_utc(opening.turns_ordinary_at, bundle.zone) if opening.turns_ordinary_at else None,
        )
        for opening in one.openings
    ]


def _is_the_same(there: Any, here: Any) -> bool:
    """Whether two descriptions are of the same detail; slots may have turned ordinary since."""
    if there == here:
        return True
    sites, openings_of_each = (there[0], here[0]), (there[1], here[1])
    turning = any(opening[-1] for described in openings_of_each for opening in described)
    plain = [({opening[:2] for opening in each}, sum(opening[2] for opening in each)) for each in openings_of_each]
    return turning and sites[0] == sites[1] and plain[0] == plain[1]


def details_there(work: Work, department_id: int) -> dict[str, Any]:
    """The details on the line by ref, each with what must not differ in a bundle."""
    rows = work.conn.execute(
        sa.text(
            "select d.ref, s.ref as site, o.starts_at, o.ends_at, o.ranks, o.qualifications, o.turns_ordinary_at,"
            " (select count(*) from slot x where x.department_id = o.department_id and x.opening_id = o.id"
            " and x.state <> 'cancelled') as count"
            " from detail d join site s on s.department_id = d.department_id and s.id = d.site_id"
            " join opening o on o.department_id = d.department_id and o.detail_id = d.id"
            " where d.department_id = :d order by d.id, o.id"
        ),
        {"d": department_id},
    )
    found: dict[str, Any] = {}
    for row in rows:
        _, described = found.setdefault(row.ref, (row.site, []))
        ranks, qualifications = sorted(row.ranks), sorted(row.qualifications)
        described.append((row.starts_at, row.ends_at, row.count, ranks, qualifications, row.turns_ordinary_at))
    return found


def _code_problems(work: Work, department_id: int, place: int, one: DetailRecord) -> list[Problem]:
    taken = set(
        work.conn.execute(
            sa.select(openings.c.code).where(
                openings.c.department_id == department_id, openings.c.code_retired_at.is_(None)
            )
        ).scalars()
    )
    return [
        Problem(("details", place, "openings", number, "code"), None, f"{opening.code} is another detail's code")
        for number, opening in enumerate(one.openings)
        if opening.code in taken
    ]


def _too_few(bundle: Bundle, place: int, one: DetailRecord) -> list[Problem]:
    why = too_few(bundle, one)
    return [] if why is None else [Problem(("details", place), None, why)]


def openings_by_detail(work: Work, department_id: int) -> dict[str, list[int]]:
    rows = work.conn.execute(
        sa.text(
            "select d.ref, o.id from detail d join opening o on o.department_id = d.department_id"
            " and o.detail_id = d.id where d.department_id = :d order by d.id, o.id"
        ),
        {"d": department_id},
    )
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row.ref, []).append(row.id)
    return found
