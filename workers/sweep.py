"""Finds what nobody rang for, department by department: the row is the truth, the bell was only quicker."""

import logging
from collections import Counter

from models.details import opening
from models.line import duty, message_out, outbound_call
from models.line.duty import QUEUES
from models.retry import whole
from workers import calling, counts
from workers.reconcile import LEASE
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


def _ring_what_is_due(kit: Tools, department_id: int) -> list[str]:
    with kit.database.begin([department_id]) as work:
        queues = list(duty.queues_due(work, department_id))
        if message_out.due(work, department_id):
            queues.append("delivery")
        if message_out.any_stuck(work, department_id, LEASE):
            queues.append("sweep")
        if outbound_call.due(work, department_id, calling.LEASE):
            queues.append("calls")
    for queue in queues:
        kit.bell.ring(queue, department_id)
    return queues
