"""Recordings of calls: each a row first, then asked for from the carrier, then stopped and in the end deleted there.

    wanted -> starting -> running -> stopping -> stopped -> deleted
    wanted -> unmade            (nothing was asked for yet when it was to end)
    starting -> wanted          (the carrier did not take it now)
    starting -> failed          (the carrier will not record the call, or never heard of it)

A row is one stretch of a call. It is never gone on with: before a PIN is asked for it ends, and what comes after is
another row. So nothing that is late can make a stretch run again, and one look says whether anything may be recorded.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from models.lifecycle import Arrow, Lifecycle
from models.proof import event
from models.session import Work
from models.tables import Timestamp, of_department, sql

recordings = of_department(
    "recording",
    sa.Column("call_id", sa.BigInteger),
    sa.Column("person_id", sa.BigInteger),
    sa.Column("state", sa.Text),
    sa.Column("keep_days", sa.Integer),
    sa.Column("sid", sa.Text),
    sa.Column("seconds", sa.Integer),
    sa.Column("stop_asked", sa.Boolean),
    sa.Column("planned_at", Timestamp),
    sa.Column("claimed_at", Timestamp),
    sa.Column("started_at", Timestamp),
    sa.Column("stopped_at", Timestamp),
    sa.Column("delete_at", Timestamp),
    sa.Column("deleted_at", Timestamp),
    sa.Column("delete_because", sa.Text),
    sa.Column("retry_at", Timestamp),
    sa.Column("attempts", sa.Integer),
    sa.Column("failure", sa.Text),
)

QUEUE = "recordings"
OPEN = ("wanted", "starting", "running", "stopping")
"""While a stretch stands so, something may be recorded."""
_NOTHING = ("deleted", "unmade", "failed")
_AT_ONCE = sa.func.to_timestamp(0)

LIFECYCLE = Lifecycle(
    recordings,
    starts=("wanted",),
    arrows=(
        Arrow("claim", ("wanted",), "starting", "recording_claimed", "A worker asks the carrier for it."),
        Arrow("requeue", ("starting",), "wanted", "recording_requeued", "The carrier did not take it now."),
        Arrow("start", ("starting",), "running", "recording_started", "The carrier records."),
        Arrow("leave", ("wanted",), "unmade", "recording_unmade", "It was to end before it was asked for."),
        Arrow("fail", ("starting",), "failed", "recording_failed", "The carrier does not record the call."),
        Arrow("stop", ("running",), "stopping", "recording_stop_asked", "Nothing may be recorded from now on."),
        Arrow("surface", ("failed",), "stopping", "recording_surfaced", "It is recorded although it was not to be."),
        Arrow("stopped", ("starting", "running", "stopping"), "stopped", "recording_stopped", "It has stopped."),
        Arrow("delete", ("stopped",), "deleted", "recording_deleted", "The carrier has it no more."),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be asked of the carrier: `start`, `stop` or `delete`; `sid` is the recording's."""

    id: int
    what: str
    call_sid: str
    sid: str | None
    attempts: int


def plan_recording(work: Work, department_id: int, call_id: int, person_id: int, keep_days: int) -> None:
    """The call is recorded from now on; where it is already, or is about to be, nothing happens."""
    row = {"d": department_id, "call": call_id, "person": person_id, "days": keep_days, "now": work.now}
    recording_id = work.conn.execute(sql(_PLAN), row).scalar_one_or_none()
    if recording_id is not None:
        event.record(work, department_id, "recording_planned", "recording", recording_id, keep_days=keep_days)
        work.ring(QUEUE, department_id)


def end_recording(work: Work, department_id: int, call_id: int) -> bool:
    """Nothing of the call may be recorded from now on; True when that holds already, False while the carrier is asked.

    What a worker asks for at this moment is stopped as soon as it is there.
    """
    rows = work.conn.execute(sql(_OPEN_OF_CALL), {"d": department_id, "call": call_id, "open": list(OPEN)}).all()
    for row in rows:
        if row.state == "wanted":
            _move(work, department_id, row.id, "leave")
            continue
        _set(work, department_id, row.id, stop_asked=True)
        if row.state == "running":
            _move(work, department_id, row.id, "stop")
        work.ring(QUEUE, department_id)
    return all(row.state == "wanted" for row in rows)


def delete_call_recordings(work: Work, department_id: int, call_id: int, because: str) -> int:
    """What there is of the call goes at once, and what still runs as soon as it has stopped; how many there are."""
    end_recording(work, department_id, call_id)
    of_call = (recordings.c.department_id == department_id, recordings.c.call_id == call_id)
    ids = work.conn.execute(sa.select(recordings.c.id).where(*of_call)).scalars().all()
    return sum(delete_early(work, department_id, recording_id, because) for recording_id in ids)


def delete_early(work: Work, department_id: int, recording_id: int, because: str) -> bool:
    """It goes before its time; False when the department has none of that id, or has let it go already."""
    columns = recordings.c
    doomed = (
        sa.update(recordings)
        .where(columns.department_id == department_id, columns.id == recording_id, columns.state.not_in(_NOTHING))
        .values(delete_at=work.now, delete_because=because, retry_at=_AT_ONCE)
    )
    if not work.conn.execute(doomed).rowcount:
        return False
    event.record(work, department_id, "recording_doomed", "recording", recording_id, because=because)
    work.ring(QUEUE, department_id)
    return True


def claim(work: Work, department_id: int, lease: timedelta, most: int) -> list[Task]:
    """What is to be asked of the carrier now: what must stop first. Each is left alone by others for `lease`."""
    rows = work.conn.execute(sql(_TO_DO), {"d": department_id, "now": work.now, "most": most}).all()
    for row in rows:
        _set(work, department_id, row.id, retry_at=sa.func.clock_timestamp() + lease, attempts=row.attempts + 1)
        if row.state == "wanted":
            _move(work, department_id, row.id, "claim", claimed_at=sa.func.clock_timestamp())
    what = {"wanted": "start", "stopping": "stop", "stopped": "delete"}
    return [Task(row.id, what[row.state], row.call_sid, row.sid, row.attempts + 1) for row in rows]


def started(work: Work, department_id: int, recording_id: int, sid: str) -> None:
    """The carrier records it under this sid; what was to end meanwhile is stopped at once."""
    if _move(work, department_id, recording_id, "start", sid=sid, started_at=work.now, retry_at=_AT_ONCE):
        _stop_if_asked(work, department_id, recording_id)
    elif _move(work, department_id, recording_id, "surface", sid=sid, stop_asked=True, retry_at=_AT_ONCE):
        delete_early(work, department_id, recording_id, "surfaced")


def stopped(work: Work, department_id: int, recording_id: int, sid: str, seconds: int | None) -> None:
    """The carrier has stopped; it is deleted when its days are over. How long it is may be told later."""
    found = _held(work, department_id, recording_id)
    if found is None:
        return
    delete_at = found.delete_at or work.now + timedelta(days=found.keep_days)
    done = {"sid": sid, "stopped_at": work.now, "delete_at": delete_at, "retry_at": _AT_ONCE}
    moved = _move(work, department_id, recording_id, "stopped", **done)
    if seconds is not None:
        _set(work, department_id, recording_id, seconds=seconds)
    if moved and delete_at <= work.now:
        work.ring(QUEUE, department_id)


def not_started(work: Work, department_id: int, recording_id: int, failure: str, again_in: timedelta | None) -> None:
    """The carrier did not take it: it is asked for `again_in` real time, unless it was to end meanwhile."""
    found = _held(work, department_id, recording_id)
    if found is not None and again_in is not None and not found.stop_asked:
        retry_at = sa.func.clock_timestamp() + again_in
        _move(work, department_id, recording_id, "requeue", failure=failure, retry_at=retry_at)
    else:
        _move(work, department_id, recording_id, "fail", failure=failure)


def deleted(work: Work, department_id: int, recording_id: int) -> None:
    """The carrier has it no more."""
    _move(work, department_id, recording_id, "delete", deleted_at=work.now)


def absent(work: Work, department_id: int, recording_id: int, sid: str) -> None:
    """The carrier has no sound of it: there is nothing to keep."""
    _set(work, department_id, recording_id, delete_at=work.now, delete_because="absent")
    stopped(work, department_id, recording_id, sid, 0)


def due(work: Work, department_id: int, lease: timedelta) -> bool:
    """Whether `claim` or `doubtful` would find any."""
    known = {"d": department_id, "now": work.now, "lease": lease}
    return bool(work.conn.execute(sql(_DUE), known).scalar_one())


def doubtful(work: Work, department_id: int, lease: timedelta) -> list[sa.Row[Any]]:
    """Those asked for longer ago than `lease` (real time) of which nobody here knows whether the carrier records."""
    return list(work.conn.execute(sql(_DOUBTFUL), {"d": department_id, "lease": lease}))


def asked_for(work: Work, department_id: int, recording_id: int) -> sa.Row[Any] | None:
    """One of which nobody here knows yet whether the carrier records, with its call's sid; None when it is known."""
    found = doubtful(work, department_id, timedelta(0))
    return next((row for row in found if row.id == recording_id), None)


def unended(work: Work, department_id: int, after: timedelta) -> list[sa.Row[Any]]:
    """Those that still run here although their call ended longer than `after` ago."""
    return list(work.conn.execute(sql(_UNENDED), {"d": department_id, "before": work.now - after}))


def sids_known(work: Work, department_id: int, sids: list[str]) -> set[str]:
    """Those of the carrier's `sids` that rows of ours have already."""
    known = sa.select(recordings.c.sid).where(recordings.c.department_id == department_id, recordings.c.sid.in_(sids))
    return {sid for sid in work.conn.execute(known).scalars() if sid is not None}


def is_being_recorded(work: Work, person_id: int) -> bool:
    """Whether a call of his is recorded at this moment, or may be."""
    of_his = (recordings.c.department_id.in_(work.departments), recordings.c.person_id == person_id)
    return bool(work.conn.execute(sa.select(sa.exists().where(*of_his, recordings.c.state.in_(OPEN)))).scalar_one())


def recordings_of(work: Work, department_id: int, call_sid: str | None, most: int) -> list[sa.Row[Any]]:
    """The latest first, with their calls' sids; of one call if given."""
    return list(work.conn.execute(sql(_LISTED), {"d": department_id, "sid": call_sid, "most": most}))


def _stop_if_asked(work: Work, department_id: int, recording_id: int) -> None:
    found = _held(work, department_id, recording_id)
    if found is not None and found.stop_asked and _move(work, department_id, recording_id, "stop"):
        work.ring(QUEUE, department_id)


def _held(work: Work, department_id: int, recording_id: int) -> sa.Row[Any] | None:
    found = sa.select(recordings).where(recordings.c.department_id == department_id, recordings.c.id == recording_id)
    return work.conn.execute(found.with_for_update()).one_or_none()


def _move(work: Work, department_id: int, recording_id: int, verb: str, **changes: Any) -> bool:
    if not LIFECYCLE.move(work, department_id, [recording_id], verb, **changes):
        return False
    event.record(work, department_id, LIFECYCLE.arrow(verb).event, "recording", recording_id)
    return True


def _set(work: Work, department_id: int, recording_id: int, **changes: Any) -> None:
    of_it = (recordings.c.department_id == department_id, recordings.c.id == recording_id)
    work.conn.execute(sa.update(recordings).where(*of_it).values(**changes))


_PLAN = """
insert into recording (department_id, call_id, person_id, state, keep_days, planned_at)
select :d, :call, :person, 'wanted', :days, :now
 where not exists (select from recording where department_id = :d and call_id = :call and state = 'stopping')
on conflict (department_id, call_id) where state in ('wanted', 'starting', 'running') do nothing returning id
"""

_OPEN_OF_CALL = """
select id, state from recording where department_id = :d and call_id = :call and state = any (:open) for update
"""

_TO_DO = """
select r.id, r.state, r.sid, r.attempts, c.sid as call_sid from recording r
  join call c on c.department_id = r.department_id and c.id = r.call_id
 where r.department_id = :d and r.retry_at <= clock_timestamp()
   and (r.state in ('wanted', 'stopping') or (r.state = 'stopped' and r.delete_at <= :now))
 order by r.state <> 'stopping', r.id limit :most for update of r skip locked
"""

_DUE = """
select exists (select from recording where department_id = :d and retry_at <= clock_timestamp()
   and (state in ('wanted', 'stopping') or (state = 'stopped' and delete_at <= :now)))
 or exists (select from recording where department_id = :d and state = 'starting'
   and claimed_at < clock_timestamp() - cast(:lease as interval))
"""

_DOUBTFUL = """
select r.id, r.claimed_at, c.sid as call_sid from recording r
  join call c on c.department_id = r.department_id and c.id = r.call_id
 where r.department_id = :d and r.state = 'starting'
   and r.claimed_at < clock_timestamp() - cast(:lease as interval) order by r.id
"""

_UNENDED = """
select r.id, r.sid, c.sid as call_sid from recording r
  join call c on c.department_id = r.department_id and c.id = r.call_id
 where r.department_id = :d and r.state in ('running', 'stopping') and c.state = 'ended' and c.ended_at < :before
 order by r.id limit 200
"""

_LISTED = """
select r.*, c.sid as call_sid, c.direction, c.began_at from recording r
  join call c on c.department_id = r.department_id and c.id = r.call_id
 where r.department_id = :d and (cast(:sid as text) is null or c.sid = :sid) order by r.id desc limit :most
"""
