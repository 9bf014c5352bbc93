"""A department's records as one bundle: what `department export` writes, and `department import` reads back."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from models.line.consent import lacking
from models.people.department import department
from models.people.handbook import current
from models.session import Work


def dump(work: Work, department_id: int) -> dict[str, Any]:
    """The bundle of the department, as plain data ready for YAML or JSON; times by the department's wall."""
    where = department(work, department_id)
    edition = current(work, department_id, work.now.astimezone(where.zone).date())
    wall = _Wall(where.zone)
    return {
        "department": {
            "slug": where.slug,
            "name": where.name,
            "timezone": where.zone.key,
            "lines": [row.number for row in _rows(work, department_id, _LINES)],
            "contact": _rows(work, department_id, "select contact from department where id = :d")[0].contact,
            # Said for all officers or for none: one who withdrew his consent must not get it back by a copy.
            "consent": None if lacking(work, department_id) else "department roster",
        },
        "handbook": edition.rules.model_dump(mode="json"),
        "officers": [_officer(row, wall) for row in _rows(work, department_id, _OFFICERS)],
        "contractors": [dict(row._mapping) for row in _rows(work, department_id, _CONTRACTORS)],
        "sites": [dict(row._mapping) for row in _rows(work, department_id, _SITES)],
        "exclusions": [_dated(row) for row in _rows(work, department_id, _EXCLUSIONS)],
        "rates": [dict(row._mapping) for row in _rows(work, department_id, _RATES)],
        "details": _details(work, department_id, wall),
        "signups": [
            {**row._mapping, "signed_up_at": wall.time(row.signed_up_at)}
            for row in _rows(work, department_id, _SIGNUPS)
        ],
        "tours": [
            {**row._mapping, "starts_at": wall.time(row.starts_at), "ends_at": wall.time(row.ends_at)}
            for row in _rows(work, department_id, _TOURS)
        ],
        "bars": [
            {**row._mapping, "from_at": wall.time(row.from_at), "until_at": wall.time(row.until_at)}
            for row in _rows(work, department_id, _BARS)
        ],
        "contacts": [{**row._mapping, "at": wall.time(row.at)} for row in _rows(work, department_id, _CONTACTS)],
        "counters": _counters(work, department_id),
    }


class _Wall:
    """Times as a bundle writes them, with the offset where the clocks make them mean two moments."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def time(self, at: datetime) -> str:
        local = at.astimezone(self._zone)
        other = local.replace(fold=1 - local.fold)
        is_twofold = other.utcoffset() != local.utcoffset()
        written = local if is_twofold else local.replace(tzinfo=None)
        return written.isoformat(" ", "minutes")


def _rows(work: Work, department_id: int, query: str) -> list[sa.Row[Any]]:
    return list(work.conn.execute(sa.text(query), {"d": department_id}))


def _dated(row: sa.Row[Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row._mapping.items()}


def _officer(row: sa.Row[Any], wall: "_Wall") -> dict[str, Any]:
    rank_on = row.rank_on.isoformat() if row.rank_on else None
    added = {number: wall.time(datetime.fromisoformat(at)) for number, at in row.phones_added.items()}
    dates = {"seniority_on": row.seniority_on.isoformat(), "rank_on": rank_on, "phones_added": added}
    return {**row._mapping, **dates}


def _details(work: Work, department_id: int, wall: _Wall) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in _rows(work, department_id, _DETAILS):
        detail = found.setdefault(
            row.ref,
            {
                "ref": row.ref,
                "site": row.site,
                "kind_of_work": row.kind,
                "alcohol": row.serves_alcohol,
                "attendance": row.attendance,
                "pool": row.pool,
                "unit": row.unit,
                "rate": row.rate,
                "starts_at": wall.time(row.starts_at),
                "ends_at": wall.time(row.ends_at),
                "posted_at": wall.time(row.posted_at) if row.posted_at else None,
                "closes_at": wall.time(row.closes_at) if row.closes_at else None,
                "award_at": wall.time(row.award_at) if row.award_at else None,
                "instructions": row.instructions,
                "openings": [],
            },
        )
        detail["openings"].append(
            {
                "count": row.count,
                "ranks": row.ranks,
                "qualifications": row.qualifications,
                "starts_at": wall.time(row.starts_at),
                "ends_at": wall.time(row.ends_at),
                "code": row.code,
                "turns_ordinary_at": wall.time(row.turns_ordinary_at) if row.turns_ordinary_at else None,
            }
        )
    return list(found.values())


def _counters(work: Work, department_id: int) -> dict[str, Any]:
    rotations: dict[str, list[str]] = defaultdict(list)
    for row in _rows(work, department_id, _ROTATIONS):
        rotations[row.pool].append(row.ref)
    counts: dict[str, dict[str, dict[str, float]]] = {"hours": {}}
    for row in _rows(work, department_id, _COUNTS):
        hours = {"hours": row.minutes, "refused_hours": row.refused_minutes, "offered_hours": row.offered_minutes}
        counted = {name: minutes / 60 for name, minutes in hours.items()} | {"turns": row.turns, "points": row.points}
        for name, count in counted.items():
            if count or name == "hours":
                counts.setdefault(name, {}).setdefault(row.pool, {})[row.ref] = count
    return {"rotations": dict(rotations), **counts}


_LINES = """
select l.number from line l where l.department_id = :d
    or exists (select from line_department s where s.line_id = l.id and s.department_id = :d) order by l.id
"""
_OFFICERS = """
select o.ref, o.badge, p.name, o.rank, o.seniority_on, o.rank_on, o.job_class, o.unit, o.status,
       (select coalesce(jsonb_object_agg(q.name, q.expires_on), '{}') from qualification q
         where q.department_id = o.department_id and q.officer_id = o.id) as qualifications,
       (select coalesce(jsonb_agg(jsonb_build_object('status', x.status, 'from_on', x.from_on, 'until_on', x.until_on)
           order by x.from_on), '[]') from officer_status x
         where x.department_id = o.department_id and x.officer_id = o.id) as statuses,
       (select coalesce(array_agg(m.pool order by m.pool), '{}') from pool_member m
         where m.department_id = o.department_id and m.officer_id = o.id) as pools,
       (select k.calls from call_choice k where k.department_id = o.department_id and k.officer_id = o.id) as calls,
       (select e.address from mail_choice e where e.department_id = o.department_id and e.officer_id = o.id) as email,
       (select coalesce(array_agg(h.number order by h.place), '{}') from phone h where h.person_id = p.id) as phones,
       (select coalesce(jsonb_object_agg(h.number, h.added_at), '{}') from phone h
         where h.person_id = p.id and h.added_at is not null) as phones_added
  from officer o join person p on p.id = o.person_id where o.department_id = :d order by o.id
"""
_CONTRACTORS = "select ref, name, contact_name, phones from contractor where department_id = :d order by id"
_SITES = """
select s.ref, c.ref as contractor, s.name, s.address, s.contact_name, s.contact_number as contact_phone, s.phone,
       s.asks_proof as proof_of_place, s.area
  from site s join contractor c on c.department_id = s.department_id and c.id = s.contractor_id
 where s.department_id = :d order by s.id
"""
_EXCLUSIONS = """
select f.ref as officer, c.ref as contractor, s.ref as site, x.side, x.from_on, x.until_on, x.reason
  from exclusion x
  join officer f on f.department_id = x.department_id and f.id = x.officer_id
  left join contractor c on c.department_id = x.department_id and c.id = x.contractor_id
  left join site s on s.department_id = x.department_id and s.id = x.site_id
 where x.department_id = :d order by x.id
"""
_RATES = "select ref, name, pay_cents_per_hour from rate where department_id = :d order by id"
_DETAILS = """
select d.ref, s.ref as site, d.kind, d.serves_alcohol, d.attendance, d.pool, o.unit, r.ref as rate, d.instructions,
       o.starts_at, o.ends_at, o.code, o.ranks, o.qualifications, o.turns_ordinary_at, p.posted_at, p.closes_at,
       p.award_at, (select count(*) from slot x where x.department_id = o.department_id and x.opening_id = o.id
           and x.state <> 'cancelled') as count
  from detail d
  join site s on s.department_id = d.department_id and s.id = d.site_id
  join opening o on o.department_id = d.department_id and o.detail_id = d.id
  left join rate r on r.department_id = d.department_id and r.id = d.rate_id
  left join posting p on p.department_id = d.department_id and p.detail_id = d.id and p.state <> 'withdrawn'
 where d.department_id = :d order by d.id, o.id
"""
_SIGNUPS = """
select f.ref as officer, d.ref as detail, s.preference, s.signed_up_at,
       (select count(*) from opening y where y.department_id = o.department_id and y.detail_id = o.detail_id
           and y.id <= o.id) as opening
  from signup s
  join officer f on f.department_id = s.department_id and f.id = s.officer_id
  join opening o on o.department_id = s.department_id and o.id = s.opening_id
  join detail d on d.department_id = o.department_id and d.id = o.detail_id
 where s.department_id = :d and s.withdrawn_at is null order by s.id
"""
_TOURS = """
select f.ref as officer, lower(t.during) as starts_at, upper(t.during) as ends_at, t.kind, t.leave_kind as leave,
       t.may_be_called
  from tour t join officer f on f.department_id = t.department_id and f.id = t.officer_id
 where t.department_id = :d order by t.id
"""
_BARS = """
select f.ref as officer, x.kind, x.from_at, x.until_at, coalesce(x.words, '') as words
  from penalty x join officer f on f.department_id = x.department_id and f.id = x.officer_id
 where x.department_id = :d and x.lifted_at is null order by x.id
"""
_CONTACTS = """
select f.ref as officer, d.ref as detail, x.outcome, x.contacted_at as at,
       (select count(*) from opening y where y.department_id = o.department_id and y.detail_id = o.detail_id
           and y.id <= o.id) as opening
  from contact x
  join officer f on f.department_id = x.department_id and f.id = x.officer_id
  join opening o on o.department_id = x.department_id and o.id = x.opening_id
  join detail d on d.department_id = o.department_id and d.id = o.detail_id
 where x.department_id = :d order by x.id
"""
_ROTATIONS = """
select r.pool, f.ref from rotation r join officer f on f.department_id = r.department_id and f.id = r.officer_id
 where r.department_id = :d order by r.pool, r.place
"""
_COUNTS = """
select h.pool, f.ref, h.minutes, h.turns, h.points, h.refused_minutes, h.offered_minutes from hours_count h
  join officer f on f.department_id = h.department_id and f.id = h.officer_id
 where h.department_id = :d order by h.pool, f.ref
"""
