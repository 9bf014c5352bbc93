"""Dated statuses, pools joined and exclusions out of a bundle: what is there already is brought up to date."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.bundle.problems import Problem
from models.bundle.schema import Bundle
from models.bundle.upsert import ids_by_ref
from models.details.detail import contractors, sites
from models.line.mail_choice import list_address
from models.people.call_choice import call_choices
from models.people.officer import officers
from models.people.standing import exclusions, officer_statuses, pool_members
from models.session import Work


def load_standing(work: Work, department_id: int, bundle: Bundle) -> tuple[int, list[Problem]]:
    """Statuses by officer and first day, pools by officer: none is taken away that the bundle does not name.

    Which calls he wants, where the bundle says so.
    """
    ids = ids_by_ref(work, officers, department_id)
    statuses = [
        {"department_id": department_id, "officer_id": ids[one.ref], **each.model_dump()}
        for one in bundle.officers
        for each in one.statuses
    ]
    joined = [
        {"department_id": department_id, "officer_id": ids[one.ref], "pool": pool, "joined_at": work.now}
        for one in bundle.officers
        for pool in one.pools
    ]
    changed = _write(work, officer_statuses, "officer_status_once", statuses, ("status", "until_on"))
    chosen = [
        {"department_id": department_id, "officer_id": ids[one.ref], "calls": one.calls, "chosen_at": work.now}
        for one in bundle.officers
        if one.calls is not None
    ]
    changed += _write(work, call_choices, "call_choice_pk", chosen, ("calls",))
    changed += sum(list_address(work, department_id, ids[one.ref], one.email) for one in bundle.officers if one.email)
    return changed + _write(work, pool_members, "pool_member_pk", joined, ()), []


def load_exclusions(work: Work, department_id: int, bundle: Bundle) -> tuple[int, list[Problem]]:
    """Exclusions by officer, place, side and first day; one ends by being given its last day."""
    of_officers = ids_by_ref(work, officers, department_id)
    of_contractors, of_sites = ids_by_ref(work, contractors, department_id), ids_by_ref(work, sites, department_id)
    rows = [
        {
            "department_id": department_id,
            "officer_id": of_officers[one.officer],
            "contractor_id": of_contractors.get(one.contractor or ""),
            "site_id": of_sites.get(one.site or ""),
            "side": one.side,
            "from_on": one.from_on,
            "until_on": one.until_on,
            "reason": one.reason,
        }
        for one in bundle.exclusions
    ]
    return _write(work, exclusions, "exclusion_once", rows, ("until_on", "reason")), []


def _write(work: Work, table: sa.Table, once: str, rows: list[dict[str, Any]], changing: tuple[str, ...]) -> int:
    """How many rows were new, or differ now."""
    if not rows:
        return 0
    statement = insert(table).values(rows)
    if not changing:
        statement = statement.on_conflict_do_nothing(constraint=once)
    else:
        changes = {name: statement.excluded[name] for name in changing}
        differs = sa.or_(*(table.c[name].is_distinct_from(new) for name, new in changes.items()))
        statement = statement.on_conflict_do_update(constraint=once, set_=changes, where=differs)
    return len(work.conn.execute(statement.returning(table.c.officer_id)).all())
