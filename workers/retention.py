"""Lets go of what has been kept long enough, department by department, in small batches."""

import logging
import time

from models.line import retention
from models.retry import whole
from workers.tools import Tools, tools

log = logging.getLogger(__name__)

# A department with years to let go of takes turns with the others; the next hour goes on.
MOST_SECONDS = 20.0


def let_go() -> int:
    """Deal with what is too old; returns how many rows that were."""
    kit = tools()
    handled = 0
    for department_id in whole(kit.database.departments):
        try:
            handled += _let_go(kit, department_id)
        except Exception:
            # One department's trouble must not keep the others' texts.
            log.exception("retention not kept", extra={"department": department_id})
    return handled


def _let_go(kit: Tools, department_id: int) -> int:
    handled, ends_at = 0, time.monotonic() + MOST_SECONDS
    for kind in retention.KINDS:
        done = 1
        while done and time.monotonic() < ends_at:
            with kit.database.begin([department_id]) as work:
                done = retention.let_go(work, department_id, kind)
            handled += done
    return handled
