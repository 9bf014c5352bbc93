"""Call-outs: officers are asked for an opening's slots down a list, until the last slot is taken.

running -> filled | exhausted (nobody is left to ask) | over (its time is)

What has been asked stands in offers, what comes next in duties: a process that dies loses nothing of it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models.awarding.emergencies.emergency import Emergency, declared, lifted
from models.details.opening import Opening
from models.lifecycle import Arrow, Lifecycle
from models.people.department import Department
from models.people.handbook import Edition, edition
from models.proof import event
from models.rules.asking.asking import About, Asking, CallOutKind, asking, band_now
from models.rules.time.timing import offer_due_at
from models.session import Work
from models.tables import Timestamp, of_department, sql

call_outs = of_department(
    "call_out",
    sa.Column("opening_id", sa.BigInteger),
    sa.Column("handbook_id", sa.BigInteger),
    sa.Column("kind", sa.Text),
    sa.Column("band", sa.Text),
    sa.Column("began_at", Timestamp),
    sa.Column("ends_at", Timestamp),
    sa.Column("asked_at", Timestamp),
    sa.Column("state", sa.Text),
    sa.Column("ended_at", Timestamp),
    sa.Column("emergency_id", sa.BigInteger),
)

LIFECYCLE = Lifecycle(
    call_outs,
    starts=("running",),
    arrows=(
        Arrow("fill", ("running",), "filled", "call_out_filled", "The last slot is taken."),
        Arrow("exhaust", ("running",), "exhausted", "call_out_exhausted", "Nobody is left to ask: a person is told."),
        Arrow("run_out", ("running",), "over", "call_out_over", "Its time is over: a person is told."),
        Arrow("supersede", ("running",), "over", "call_out_superseded", "An emergency calls out instead."),
    ),
)


_SELECT = """
select c.*, d.kind as work, d.pool, s.ref as site
  from call_out c
  join opening o on o.department_id = c.department_id and o.id = c.opening_id
  join detail d on d.department_id = o.department_id and d.id = o.detail_id
  join site s on s.department_id = d.department_id and s.id = d.site_id
 where c.department_id = :d
"""


@dataclass(frozen=True, slots=True)
class CallOut:
    """A call-out under way, and how it asks by the handbook it began under."""

    id: int
    department_id: int
    opening_id: int
    edition: Edition
    asking: Asking
    ends_at: datetime | None
    asked_at: datetime | None
    emergency_id: int | None = None


def running(work: Work, department_id: int, opening_id: int) -> CallOut | None:
    """The opening's call-out under way. Its slots are held by whoever asks: those who ask at once take turns there."""
    row = work.conn.execute(
        sql(f"{_SELECT} and c.opening_id = :id and c.state = 'running'"), {"d": department_id, "id": opening_id}
    ).one_or_none()
    return None if row is None else _of(work, row, About(row.work, row.pool, row.site))


def begin(work: Work, department: Department, about: Opening, holds: Edition, is_admitted: bool = False) -> CallOut:
    """Begin a call-out by the handbook that holds: in an emergency that covers it, of a posting that goes down a
    list, of a slot that more ranks may take now (`is_admitted`), else by the replacement rule.
    """
    storm = declared(work, department.id)
    storm = storm if storm is not None and storm.covers(about) else None
    kind, band = _kind(work, department, about, holds, storm)
    if kind == "replacement" and is_admitted and holds.rules.rank_mix.then == "everybody":
        kind = "admitted"
    asked_for = About(about.kind, about.pool, about.site_ref)
    ends_at = asking(holds.rules, kind, band, asked_for).ends_at(work.now)
    if storm is not None:
        ends_at = min(storm.ends_at, ends_at or storm.ends_at)
    row = work.conn.execute(
        sa.insert(call_outs)
        .values(
            department_id=department.id,
            opening_id=about.id,
            handbook_id=holds.id,
            kind=kind,
            band=band,
            began_at=work.now,
            ends_at=ends_at,
            emergency_id=storm.id if storm else None,
            state="running",
        )
        .returning(call_outs)
    ).one()
    event.record(
        work,
        department.id,
        "call_out_begun",
        "call_out",
        row.id,
        opening_id=about.id,
        kind=kind,
        band=band,
        handbook=holds.id,
        emergency=storm.id if storm else None,
    )
    return _of(work, row, asked_for)


def end(work: Work, found: CallOut, verb: str) -> None:
    """End it by fill, exhaust or run_out."""
    if LIFECYCLE.move(work, found.department_id, [found.id], verb, ended_at=work.now):
        event.record(
            work, found.department_id, LIFECYCLE.arrow(verb).event, "call_out", found.id, opening_id=found.opening_id
        )


def due_at(found: CallOut, step: int, told_at: datetime, starts_at: datetime) -> datetime:
    """Until when an officer who was told then at this step has to answer."""
    latest = min(starts_at, found.ends_at or starts_at)
    return offer_due_at(found.edition.rules, told_at, latest, found.asking.minutes(step))


def note_asked(work: Work, found: CallOut) -> None:
    """Somebody was asked now."""
    work.conn.execute(
        sa.update(call_outs)
        .where(call_outs.c.department_id == found.department_id, call_outs.c.id == found.id)
        .values(asked_at=work.now)
    )


def call_out(work: Work, department_id: int, call_out_id: int) -> CallOut:
    """The call-out with this id, under way or ended."""
    row = work.conn.execute(sql(f"{_SELECT} and c.id = :id"), {"d": department_id, "id": call_out_id}).one()
    return _of(work, row, About(row.work, row.pool, row.site))


def _kind(
    work: Work, department: Department, about: Opening, holds: Edition, storm: Emergency | None
) -> tuple[CallOutKind, str]:
    if storm is not None:
        return "emergency", ""
    if about.goes_down_a_list and not _was_begun(work, department.id, about.id):
        return "posting", about.band
    return "replacement", band_now(holds.rules, work.now, about.starts_at, department.zone.key)


def _was_begun(work: Work, department_id: int, opening_id: int) -> bool:
    columns = call_outs.c
    found = sa.select(columns.id).where(columns.department_id == department_id, columns.opening_id == opening_id)
    return work.conn.execute(found.limit(1)).one_or_none() is not None


def _of(work: Work, row: sa.Row[Any], about: About) -> CallOut:
    values = row._mapping
    rules = edition(work, values["department_id"], values["handbook_id"])
    if values["emergency_id"] is not None:
        rules = lifted(rules)
    how = asking(rules.rules, values["kind"], values["band"], about)
    return CallOut(
        values["id"],
        values["department_id"],
        values["opening_id"],
        rules,
        how,
        values["ends_at"],
        values["asked_at"],
        values["emergency_id"],
    )
