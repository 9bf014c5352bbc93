"""Chains committed events by hash, department by department, after the fact: no text ever waits for a seal."""

import logging

from models.proof import seal as chain
from models.retry import whole
from workers.tools import tools

log = logging.getLogger(__name__)

# Events in one transaction: enough to keep up, few enough to end soon.
MOST_AT_ONCE = 5000


def seal() -> int:
    """Seal what can be sealed; returns how many events were."""
    kit = tools()
    sealed = 0
    for department_id in whole(kit.database.departments):
        try:
            sealed += _seal_department(department_id)
        except Exception:
            # One department's trouble must not leave the others unsealed.
            log.exception("department not sealed", extra={"department": department_id})
    return sealed


def _seal_department(department_id: int) -> int:
    sealed = 0
    while True:
        with tools().database.begin([department_id]) as work:
            now_sealed = chain.seal_events(work, department_id, MOST_AT_ONCE)
        sealed += now_sealed
        if now_sealed < MOST_AT_ONCE:
            return sealed
