"""What has been: bars from details and contacts out of a bundle. What is there already is left as it is."""

from typing import Any

import sqlalchemy as sa

from models.awarding.asking.contact import contacts
from models.bundle.load_details import openings_by_detail
from models.bundle.problems import Problem
from models.bundle.schema import Bundle
from models.bundle.times import to_utc
from models.bundle.upsert import ids_by_ref
from models.people.officer import officers
from models.session import Work
from models.working.penalty import penalties

BY = "bundle"


def load_bars(work: Work, department_id: int, bundle: Bundle) -> tuple[int, list[Problem]]:
    """Bars by officer, kind and beginning."""
    ids = ids_by_ref(work, officers, department_id)
    rows = [
        {
            "department_id": department_id,
            "officer_id": ids[one.officer],
            "kind": one.kind,
            "step": 0,
            "from_at": to_utc(one.from_at, bundle.zone),
            "until_at": to_utc(one.until_at, bundle.zone),
            "imposed_by": BY,
            "words": one.words,
        }
        for one in bundle.bars
    ]
    return _add(work, penalties, rows, ("officer_id", "kind", "from_at")), []


def load_contacts(work: Work, department_id: int, bundle: Bundle) -> tuple[int, list[Problem]]:
    """Contacts by officer, opening, outcome and time. They cost nothing again: counters come with the bundle."""
    ids, openings = ids_by_ref(work, officers, department_id), openings_by_detail(work, department_id)
    rows = [
        {
            "department_id": department_id,
            "officer_id": ids[one.officer],
            "opening_id": openings[one.detail][one.opening - 1],
            "step": "award",
            "channel": "sms",
            "outcome": one.outcome,
            "contacted_at": to_utc(one.at, bundle.zone),
            "charged_minutes": 0,
            "charged_points": 0,
            "refused_minutes": 0,
        }
        for one in bundle.contacts
    ]
    return _add(work, contacts, rows, ("officer_id", "opening_id", "outcome", "contacted_at")), []


def _add(work: Work, table: sa.Table, rows: list[dict[str, Any]], known_by: tuple[str, ...]) -> int:
    """Insert those that are not there; returns how many."""
    if not rows:
        return 0
    columns = [table.c[name] for name in known_by]
    found = work.conn.execute(sa.select(*columns).where(table.c.department_id == rows[0]["department_id"]))
    there = {tuple(row) for row in found}
    new = [row for row in rows if tuple(row[name] for name in known_by) not in there]
    if new:
        work.conn.execute(sa.insert(table), new)
    return len(new)
