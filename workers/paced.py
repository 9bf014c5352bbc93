"""Answering a bell whose work goes out at each line's own pace: texts, and calls that the line makes."""

import time
from collections.abc import Callable

from workers.tools import Tools

# Who answers ends after so much real time and rings again, so that one busy department does not keep a worker.
MOST_SECONDS = 3.0
# The longest single wait for a line's pace, and the one when other bells ring: they are answered in between.
NAP_SECONDS = 0.5
SHORT_NAP_SECONDS = 0.05
# A line that must rest for longer than this is left to the sweep.
LONG_REST_SECONDS = 10.0

Round = Callable[[Tools, int], tuple[int, float | None]]
"""One claim, carried out and settled: how many were handled, and seconds to the next that is due, None when none is."""


def go_round(kit: Tools, queue: str, department_id: int, one_round: Round) -> int:
    """Round after round until nothing is due, or others have waited long enough; returns how many were handled."""
    handled, ends_at = 0, time.monotonic() + MOST_SECONDS
    while time.monotonic() < ends_at:
        done, wait = one_round(kit, department_id)
        handled += done
        if done and not wait:
            # While these went out others may have come due: to look is cheaper than a job for each.
            continue
        if wait is None or wait > LONG_REST_SECONDS:
            return handled
        if kit.bell.others_wait():
            time.sleep(min(wait, SHORT_NAP_SECONDS))
            break
        time.sleep(min(wait, NAP_SECONDS))
    kit.bell.ring(queue, department_id)
    return handled
