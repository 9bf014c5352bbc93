"""Finds what nobody rang for, department by department: the row is the truth, the bell was only quicker."""

import logging
from collections import Counter

from models.details import opening
from models.line import call_placing, duty, mail_delivery, message_delivery, recording
from models.line.duty import QUEUES
from models.retry import whole
from models.session import Work
from workers import counts
from workers.reconcile import is_any_stuck
from workers.recording import LEASE as RECORDING_LEASE
from workers.tools import Tools, tools

log = logging.getLogger(__name__)


def sweep() -> int:
    """Ring every queue of every department that has something due; returns how many bells it asked for."""
    kit = tools()
    rung: Counter[str] = Counter()
    for department_id in whole(kit.database.departments):
        try:
            rung.update(_ring_what_is_due(kit, department_id))
        except Exception:
            # One department's trouble must not keep the others waiting.
            log.exception("department not swept", extra={"department": department_id})
    for queue in QUEUES:
        counts.departments_due.labels(queue).set(rung[queue])
    return rung.total()


def retire_codes() -> int:
    """Free the codes of details long over, department by department; returns how many."""
    kit = tools()
    freed = 0
    for department_id in whole(kit.database.departments):
        with kit.database.begin([department_id]) as work:
            freed += opening.retire_codes(work, department_id)
    return freed


def queues_due(work: Work, department_id: int) -> list[str]:
    """The queues on which something of the department waits to be done now."""
    outboxes = [
        each.queue for each in (message_delivery.OUTBOX, call_placing.OUTBOX) if each.is_due(work, department_id)
    ]
    if work.mails and mail_delivery.OUTBOX.is_due(work, department_id):
        outboxes.append(mail_delivery.OUTBOX.queue)
    if recording.due(work, department_id, RECORDING_LEASE):
        outboxes.append(recording.QUEUE)
    stuck = ["sweep"] if is_any_stuck(work, department_id) else []
    return [*duty.queues_due(work, department_id), *outboxes, *stuck]


def _ring_what_is_due(kit: Tools, department_id: int) -> list[str]:
    with kit.database.begin([department_id]) as work:
        queues = queues_due(work, department_id)
    for queue in queues:
        kit.bell.ring(queue, department_id)
    return queues
