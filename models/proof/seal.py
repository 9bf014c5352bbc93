"""The chain of seals: each committed event hashed with the one before it, per department, after the fact.

Sealing takes only events whose transaction is older than every transaction still open, so that nothing can commit
behind the chain's end, and no text ever waits for another to be sealed.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models.session import Work
from models.tables import metadata

seals = sa.Table(
    "seal",
    metadata,
    sa.Column("department_id", sa.BigInteger, primary_key=True),
    sa.Column("position", sa.BigInteger, primary_key=True),
    sa.Column("event_id", sa.BigInteger),
    sa.Column("hash", sa.Text),
)

FIRST = "0" * 64
_PAGE = 1000

_COLUMNS = (
    "e.id, e.department_id, e.name, e.happened_at, e.recorded_at, e.actor_kind, e.actor_id, e.behalf_of_id, e.channel,"
    " e.subject_kind, e.subject_id, e.officer_id, e.opening_id, e.data"
)


@dataclass(frozen=True, slots=True)
class Audit:
    """What walking the chain found: events checked, and the first position that does not hold, if any."""

    checked: int
    broken_at: int | None
    unsealed: int


def seal_events(work: Work, department_id: int, most: int = 5000) -> int:
    """Chain up to `most` events that no open transaction can still precede; returns how many were sealed."""
    position, previous = _end(work, department_id)
    rows = []
    for event in _unsealed(work, department_id, most):
        position, previous = position + 1, link(previous, event._mapping)
        rows.append({"department_id": department_id, "position": position, "event_id": event.id, "hash": previous})
    if rows:
        work.conn.execute(sa.insert(seals), rows)
    return len(rows)


def verify(work: Work, department_id: int) -> Audit:
    """Walk the whole chain of a department and recompute every hash."""
    checked, previous = 0, FIRST
    for seal in _sealed(work, department_id):
        previous = link(previous, {key: seal._mapping[key] for key in seal._mapping if key not in _SEAL_COLUMNS})
        if seal.hash != previous or seal.position != checked + 1:
            return Audit(checked, seal.position, _count_unsealed(work, department_id))
        checked += 1
    return Audit(checked, None, _count_unsealed(work, department_id))


def link(previous: str, event: Any) -> str:
    """The hash that follows `previous` when `event` (a mapping of its columns) is added."""
    told = json.dumps(dict(event), sort_keys=True, default=_plain, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{told}".encode()).hexdigest()


_SEAL_COLUMNS = ("position", "hash")


def _plain(value: Any) -> str:
    return str(value.isoformat())


def _end(work: Work, department_id: int) -> tuple[int, str]:
    """The last position and hash; the department's row is locked so that two sealers take turns."""
    work.conn.execute(sa.text("select pg_advisory_xact_lock(hashtextextended('seal', :d))"), {"d": department_id})
    last = work.conn.execute(
        sa.select(seals.c.position, seals.c.hash)
        .where(seals.c.department_id == department_id)
        .order_by(seals.c.position.desc())
        .limit(1)
    ).one_or_none()
    return (last.position, last.hash) if last else (0, FIRST)


def _unsealed(work: Work, department_id: int, most: int) -> Iterator[sa.Row[Any]]:
    return iter(
        work.conn.execute(
            sa.text(
                f"select {_COLUMNS} from event e where e.department_id = :d"
                " and e.xid < pg_snapshot_xmin(pg_current_snapshot())"
                " and not exists (select from seal s where s.department_id = e.department_id and s.event_id = e.id)"
                " order by e.id limit :most"
            ),
            {"d": department_id, "most": most},
        )
    )


def _sealed(work: Work, department_id: int) -> Iterator[sa.Row[Any]]:
    """Every seal with its event, page by page; a seal whose event is gone comes with nothing beside it."""
    page = sa.text(
        f"select s.position, s.hash, {_COLUMNS} from seal s"
        " left join event e on e.department_id = s.department_id and e.id = s.event_id"
        " where s.department_id = :d and s.position > :after order by s.position limit :most"
    )
    after = 0
    while True:
        rows = work.conn.execute(page, {"d": department_id, "after": after, "most": _PAGE}).all()
        yield from rows
        if len(rows) < _PAGE:
            return
        after = rows[-1].position


def _count_unsealed(work: Work, department_id: int) -> int:
    return work.conn.execute(
        sa.text(
            "select count(*) from event e where e.department_id = :d"
            " and not exists (select from seal s where s.department_id = e.department_id and s.event_id = e.id)"
        ),
        {"d": department_id},
    ).scalar_one()
