"""Proof of place: that an officer who checks in is at the site. What is missing is flagged, and never costs pay."""

import secrets
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from models.details.detail import details
from models.line import duty
from models.people.officer import Officer
from models.rules.clauses.place import Place
from models.rules.handbook import Handbook
from models.session import Work
from models.tables import sql
from models.working import assignment as working
from models.working.assignment import Assignment

MOST_TRIES = 3


def plan_place_code(work: Work, department_id: int, rules: Handbook, opening_id: int, starts_at: datetime) -> None:
    """Have the site contact told the code when check-in opens, where a code is a way to show it."""
    if rules.place.asked != "never" and "code" in rules.place.ways:
        opens_at = starts_at - timedelta(minutes=rules.attendance.check_in_opens_minutes_before)
        duty.plan(work, department_id, "tell_place_code", opening_id, max(opens_at, work.now), fence=str(starts_at))


def draw_place_code(work: Work, department_id: int, detail_id: int, clause: Place) -> str | None:
    """The detail's code, drawn now; None when it has one already, or its site asks for none."""
    where = "d.department_id = :d and d.id = :detail and s.department_id = d.department_id and s.id = d.site_id"
    drawn = work.conn.execute(
        sql(
            f"update detail d set place_code = :code from site s where {where} and d.place_code is null"
            " and (s.asks_proof or :always) returning d.place_code"
        ),
        {"d": department_id, "detail": detail_id, "code": f"{secrets.randbelow(9000) + 1000}",
         "always": clause.asked == "always"},
    )  # fmt: skip
    found: str | None = drawn.scalar_one_or_none()
    return found


def proof_at_check_in(work: Work, rules: Handbook, held: Assignment, from_number: str | None) -> str | None:
    """What a check-in shows by itself: site_phone, none (he is asked for the code), or None where nothing is asked."""
    clause = rules.place
    if clause.asked == "never":
        return None
    site = work.conn.execute(sql(_SITE), {"d": held.department_id, "opening": held.opening_id}).one()
    if clause.asked == "where_site_asks" and not site.asks_proof:
        return None
    at_site = "site_phone" in clause.ways and site.phone is not None and site.phone == from_number
    if not at_site:
        due_at = work.now + timedelta(minutes=clause.flag_after_minutes)
        duty.plan(work, held.department_id, "flag_place", held.id, due_at, fence=work.now.isoformat())
    return "site_phone" if at_site else "none"


def prove_by_code(work: Work, officer: Officer, assignment_id: int, code: str) -> str:
    """The code as the site contact read it out: proven, wrong, or nothing (none is asked of him, or any more)."""
    row = work.conn.execute(
        sa.text(_PROVING), {"d": officer.department_id, "a": assignment_id, "o": officer.id}
    ).one_or_none()
    if row is None or row.place_code is None:
        return "nothing"
    held = working.assignment(work, officer.department_id, assignment_id)
    if not secrets.compare_digest(row.place_code.encode(), code.encode()):
        working.record(work, held, "place_code_wrong")
        return "wrong"
    work.conn.execute(
        sql("update attendance set place_proof = 'code' where department_id = :d and id = :id"),
        {"d": officer.department_id, "id": row.id},
    )
    working.record(work, held, "place_shown", by="code")
    return "proven"


def is_unproven(work: Work, department_id: int, assignment_id: int) -> bool:
    """Whether his check-in was to be shown, and was not."""
    found: Any = work.conn.execute(
        sql(
            "select 1 from attendance where department_id = :d and assignment_id = :a and kind = 'check_in'"
            " and superseded_at is null and place_proof = 'none'"
        ),
        {"d": department_id, "a": assignment_id},
    ).one_or_none()
    return found is not None


def waits_for_proof(work: Work, officer: Officer) -> int | None:
    """The assignment he is in without having shown that he is there; None when there is none."""
    found: int | None = work.conn.execute(
        sql(
            "select t.assignment_id from attendance t join assignment a on a.department_id = t.department_id"
            " and a.id = t.assignment_id where t.department_id = :d and a.officer_id = :o and t.kind = 'check_in'"
            " and t.superseded_at is null and t.place_proof = 'none' and a.state = 'checked_in'"
            " order by t.id desc limit 1"
        ),
        {"d": officer.department_id, "o": officer.id},
    ).scalar_one_or_none()
    return found


def place_code_of(work: Work, department_id: int, detail_id: int) -> str | None:
    """The detail's code, None while none was drawn."""
    where = (details.c.department_id == department_id, details.c.id == detail_id)
    found: str | None = work.conn.execute(sa.select(details.c.place_code).where(*where)).scalar_one_or_none()
    return found


_SITE = """
select s.phone, s.asks_proof from opening o
  join detail d on d.department_id = o.department_id and d.id = o.detail_id
  join site s on s.department_id = d.department_id and s.id = d.site_id
 where o.department_id = :d and o.id = :opening
"""
_PROVING = """
select t.id, d.place_code from attendance t
  join assignment a on a.department_id = t.department_id and a.id = t.assignment_id and a.officer_id = :o
  join opening o on o.department_id = a.department_id and o.id = a.opening_id
  join detail d on d.department_id = o.department_id and d.id = o.detail_id
 where t.department_id = :d and t.assignment_id = :a and t.kind = 'check_in' and t.superseded_at is null
   and t.place_proof = 'none'
"""
