"""The chain of seals: each committed event hashed with the one before it, per department, after the fact.

Sealing takes only events whose transaction is older than every transaction still open, so that nothing can commit
behind the chain's end, and no text ever waits for another to be sealed.

Transactions are numbered by the server, and a backup that is restored may come to one that counts anew. So events are
in the order of (era, transaction, id), and each restore begins the next era (models/proof/restoration.py).
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models.session import Work
from models.tables import metadata, sql

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


class NotOfThisServer(Exception):
    """The chain ends at a transaction this server has not come to: the records came here by other means than ours."""

    def __init__(self) -> None:
        super().__init__("restored by other means than dutyline restore; dutyline restore --by-hand lets sealing go on")


@dataclass(frozen=True, slots=True)
class Audit:
    """What walking the chain found: events checked, and the first position that does not hold, if any."""

    checked: int
    broken_at: int | None
    unsealed: int


def seal_events(work: Work, department_id: int, most: int = 5000) -> int:
    """Chain up to `most` events that no open transaction can still precede; returns how many were sealed.

    Raises NotOfThisServer.
    """
    end = _end(work, department_id)
    position, previous = end.position, end.hash
    rows = []
    for event in _unsealed(work, department_id, end, most):
        position, previous = position + 1, link(previous, _told(event))
        rows.append(
            {
                "d": department_id,
                "position": position,
                "event": event.id,
                "era": event.era,
                "xid": event.xid,
                "hash": previous,
            }
        )
    if rows:
        work.conn.execute(sql(_SEAL), rows)
    return len(rows)


def verify(work: Work, department_id: int) -> Audit:
    """Walk the whole chain of a department and recompute every hash."""
    checked, previous = 0, FIRST
    for seal in _sealed(work, department_id):
        previous = link(previous, _told(seal))
        if seal.hash != previous or seal.position != checked + 1:
            return Audit(checked, seal.position, _count_unsealed(work, department_id))
        checked += 1
    return Audit(checked, None, _count_unsealed(work, department_id))


def link(previous: str, event: Any) -> str:
    """The hash that follows `previous` when `event` (a mapping of its columns) is added."""
    told = json.dumps(dict(event), sort_keys=True, default=_plain, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{told}".encode()).hexdigest()


# What a row has beside the event's own words.
_BESIDE = frozenset({"position", "hash", "era", "xid"})

_SEAL = """
insert into seal (department_id, position, event_id, event_era, event_xid, hash)
values (:d, :position, :event, :era, cast(cast(:xid as text) as xid8), :hash)
"""


def _told(row: sa.Row[Any]) -> dict[str, Any]:
    return {key: value for key, value in row._mapping.items() if key not in _BESIDE}


def _plain(value: Any) -> str:
    return str(value.isoformat())


@dataclass(frozen=True, slots=True)
class _End:
    """Where the chain ends: its last position and hash, and the last event's era, transaction and id."""

    position: int = 0
    hash: str = FIRST
    era: int = 0
    xid: str = "0"
    event_id: int = 0
    present_era: int = 0


def _end(work: Work, department_id: int) -> _End:
    """The end of the chain, held so that two sealers take turns."""
    work.conn.execute(sql("select pg_advisory_xact_lock(hashtextextended('seal', :d))"), {"d": department_id})
    present_era = work.conn.execute(sql("select coalesce(max(era), 0) from restoration")).scalar_one()
    last = work.conn.execute(sql(_LAST), {"d": department_id}).one_or_none()
    if last is None:
        return _End(present_era=present_era)
    if last.is_ahead and last.event_era == present_era:
        raise NotOfThisServer
    return _End(last.position, last.hash, last.event_era, last.event_xid, last.event_id, present_era)


_LAST = """
select position, hash, event_era, event_xid::text as event_xid, event_id,
       event_xid >= pg_snapshot_xmax(pg_current_snapshot()) as is_ahead
  from seal where department_id = :d order by position desc limit 1
"""

_UNSEALED = f"""
select {_COLUMNS}, e.era, e.xid::text as xid from event e
 where e.department_id = :d and (e.era, e.xid, e.id) > (:era, cast(cast(:xid as text) as xid8), :event)
   and (e.era < :present or e.xid < pg_snapshot_xmin(pg_current_snapshot()))
 order by e.era, e.xid, e.id limit :most
"""


def _unsealed(work: Work, department_id: int, end: _End, most: int) -> Iterator[sa.Row[Any]]:
    """What comes after the chain's end, in the order of eras and transactions: none that is older can still appear."""
    after = {"era": end.era, "xid": end.xid, "event": end.event_id}
    return iter(
        work.conn.execute(sql(_UNSEALED), {"d": department_id, **after, "present": end.present_era, "most": most})
    )


def _sealed(work: Work, department_id: int) -> Iterator[sa.Row[Any]]:
    """Every seal with its event, page by page; a seal whose event is gone comes with nothing beside it."""
    page = sql(
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
        sql(
            "select count(*) from event e where e.department_id = :d"
            " and not exists (select from seal s where s.department_id = e.department_id and s.event_id = e.id)"
        ),
        {"d": department_id},
    ).scalar_one()
