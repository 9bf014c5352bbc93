"""Records that are named by `ref`: written once, changed only where they differ."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.session import Work


def upsert(work: Work, table: sa.Table, department_id: int, rows: list[dict[str, Any]]) -> int:
    """Write `rows` (each with its ref) of the department; returns how many were new or different."""
    if not rows:
        return 0
    statement = insert(table).values([{"department_id": department_id, **row} for row in rows])
    changes = {name: statement.excluded[name] for name in rows[0] if name != "ref"}
    differs = sa.or_(*(table.c[name].is_distinct_from(new) for name, new in changes.items()))
    written = work.conn.execute(
        statement.on_conflict_do_update(index_elements=["department_id", "ref"], set_=changes, where=differs).returning(
            table.c.id
        )
    )
    return len(written.all())


def ids_by_ref(work: Work, table: sa.Table, department_id: int) -> dict[str, int]:
    """The ids of a department's records by what bundles call them."""
    rows = work.conn.execute(sa.select(table.c.ref, table.c.id).where(table.c.department_id == department_id))
    return {row.ref: row.id for row in rows}
