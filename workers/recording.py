"""The recordings queue: has the carrier begin, stop and delete recordings of calls.

Two transactions and nothing open between them: claim, ask, settle. Whoever dies after asking leaves a row `starting`:
it is looked up on the carrier's list, and never asked for again, so that no call is recorded twice. Stopping and
deleting may be asked twice without harm.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bot.delivery.client import CarrierDown, Refused, Sent
from bot.delivery.recordings import RecordingReport
from models.line import recording
from models.line.recording import Task
from models.retry import whole
from models.session import Actor, Work
from workers import counts
from workers.lookup import Lookup, adopt, ask_everywhere, settle_kind
from workers.tools import Tools, tools

log = logging.getLogger(__name__)

CARRIER = Actor("carrier", "voice")

BATCH = 20
THREADS = 8
MOST_SECONDS = 20.0
PATIENCE_SECONDS = 5.0
# Longer than any worker needs from claim to result.
LEASE = timedelta(seconds=20)
MOST_TRIES = 3
TRY_AGAIN = timedelta(seconds=2)
# A caller may be waiting for it: asked again at once before it is left to the next round.
STOP_TRIES, STOP_PAUSE_SECONDS = 3, 0.3
# The carrier tells the end of a recording within moments of the call's: after this it is asked for.
ASK_AFTER = timedelta(minutes=2)


def record(queue: str, department_id: int) -> int:
    """Answer the bell of a department's recordings; returns how many were asked for, stopped or deleted."""
    kit = tools()
    kit.bell.answered(queue, department_id)
    settle_doubtful(kit, department_id)
    done, ends_at = 0, time.monotonic() + MOST_SECONDS
    while time.monotonic() < ends_at:
        tasks = whole(lambda: _claim(kit, department_id), patience_seconds=PATIENCE_SECONDS)
        if not tasks:
            return done
        with ThreadPoolExecutor(min(THREADS, len(tasks)), thread_name_prefix="carrier") as pool:
            list(pool.map(lambda task: _carry_out(kit, department_id, task), tasks))
        done += len(tasks)
    kit.bell.ring(queue, department_id)
    return done


def settle_doubtful(kit: Tools, department_id: int) -> int:
    """Look up recordings of which nobody knows whether the carrier began them; returns how many were settled."""
    return settle_kind(kit, department_id, _LOOKUP)


def ask_after() -> int:
    """Ask the carrier for recordings whose call is over and whose end nobody told; returns how many had ended."""
    return ask_everywhere((_LOOKUP,))


def _claim(kit: Tools, department_id: int) -> list[Task]:
    with kit.database.begin([department_id], CARRIER) as work:
        return recording.claim(work, department_id, LEASE, BATCH)


def _carry_out(kit: Tools, department_id: int, task: Task) -> None:
    try:
        if task.what == "start":
            _start(kit, department_id, task)
        elif task.what == "stop":
            _settle_report(kit, department_id, task.id, str(task.sid), _stop(kit, task))
        else:
            kit.carrier.recordings.delete(str(task.sid))
            _settle(kit, department_id, task.id, recording.deleted)
    except CarrierDown as error:
        # The row stands as it did: it is tried again when its lease is over.
        log.warning("recording not settled", extra={"recording": f"{department_id}-{task.id}", "why": str(error)})
        counts.recordings.labels(f"{task.what}_unknown").inc()
    else:
        counts.recordings.labels(task.what).inc()


def _start(kit: Tools, department_id: int, task: Task) -> None:
    result = kit.carrier.recordings.start(f"{department_id}-{task.id}", task.call_sid, task.attempts)
    if isinstance(result, Sent):
        _settle(kit, department_id, task.id, recording.started, result.sid)
    elif isinstance(result, Refused):
        again_in = TRY_AGAIN if result.retry_after is not None and task.attempts < MOST_TRIES else None
        _settle(kit, department_id, task.id, recording.not_started, result.failure.word, again_in)
    else:
        _look_for(kit, department_id, task)


def _look_for(kit: Tools, department_id: int, task: Task) -> None:
    """The carrier did not say whether it began: it is looked for at once, and again when the lease is over."""
    with kit.database.begin([department_id]) as work:
        row = recording.asked_for(work, department_id, task.id)
    if row is not None:
        sids = _LOOKUP.find(kit.carrier, row)
        adopt(kit, department_id, _LOOKUP, row, sids, is_last=False)


def _stop(kit: Tools, task: Task) -> RecordingReport:
    for _ in range(STOP_TRIES - 1):
        try:
            return kit.carrier.recordings.stop(task.call_sid, str(task.sid))
        except CarrierDown:
            time.sleep(STOP_PAUSE_SECONDS)
    return kit.carrier.recordings.stop(task.call_sid, str(task.sid))


def _settle_report(kit: Tools, department_id: int, recording_id: int, sid: str, report: RecordingReport) -> bool:
    """Whether it is over by what the carrier says."""
    if report.state == "running":
        return False
    if report.state == "absent":
        _settle(kit, department_id, recording_id, recording.absent, sid)
    else:
        _settle(kit, department_id, recording_id, recording.stopped, sid, report.seconds)
    return True


def _settle(kit: Tools, department_id: int, recording_id: int, verb: Callable[..., None], *about: Any) -> None:
    def settle() -> None:
        with kit.database.begin([department_id], CARRIER) as work:
            verb(work, department_id, recording_id, *about)

    whole(settle, patience_seconds=PATIENCE_SECONDS)


def _started(work: Work, department_id: int, recording_id: int, sid: str) -> bool:
    recording.started(work, department_id, recording_id, sid)
    return True


def _never_started(work: Work, department_id: int, row: sa.Row[Any]) -> bool:
    recording.not_started(work, department_id, row.id, "not_found", None)
    return True


def _ask(kit: Tools, department_id: int, row: sa.Row[Any]) -> bool:
    report = kit.carrier.recordings.report(row.call_sid, row.sid)
    return _settle_report(kit, department_id, row.id, row.sid, report)


_LOOKUP = Lookup(
    name="recording",
    actor=CARRIER,
    stuck=lambda work, department_id: recording.doubtful(work, department_id, LEASE),
    find=lambda carrier, row: carrier.recordings.find(row.call_sid, row.claimed_at),
    sids_known=recording.sids_known,
    found=_started,
    not_found=_never_started,
    unended=lambda work, department_id: recording.unended(work, department_id, ASK_AFTER),
    ask=_ask,
)
