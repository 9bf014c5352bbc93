"""Answering a bell whose work goes out at each line's own pace: texts, and calls that the line makes.

Two transactions and nothing open between them: claim, hand over, settle. Whoever dies in the middle leaves what he
claimed on its way for workers/reconcile.py; nothing goes out twice on a guess.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from models.line.outbox import Claim, Outbox
from models.retry import whole
from models.session import Work
from workers.tools import Tools

# Who answers ends after so much real time and rings again, so that one busy department does not keep a worker.
MOST_SECONDS = 3.0
# The longest single wait for a line's pace, and the one when other bells ring: they are answered in between.
NAP_SECONDS = 0.5
SHORT_NAP_SECONDS = 0.05
# A line that must rest for longer than this is left to the sweep.
LONG_REST_SECONDS = 10.0
# How many in one claim: as many as are handed over well within the lease after which they count as stuck.
BATCH = 20
# How long a result waits for a PostgreSQL that restarts before what it is about is left to be looked up.
PATIENCE_SECONDS = 5.0

Due = TypeVar("Due")
Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Carrying(Generic[Due, Outcome]):
    """How what stands in an outbox is claimed on a line, handed to the carrier, and settled by what he said.

    What `gives_way` is in nobody's hurry: whenever other bells ring it lets them be answered between two claims.
    """

    outbox: Outbox
    claim: Callable[[Work, int, int, int], Claim[Due]]
    hand_over: Callable[[Tools, int, Sequence[Due]], list[Outcome]]
    settle: Callable[[Tools, int, Sequence[Outcome]], None]
    batch: int = BATCH
    gives_way: bool = False


def go_round(kit: Tools, department_id: int, carrying: Carrying[Due, Outcome]) -> int:
    """Round after round until nothing is due, or others have waited long enough; returns how many were handled."""
    handled, ends_at = 0, time.monotonic() + MOST_SECONDS
    while time.monotonic() < ends_at:
        done, wait = _round(kit, department_id, carrying)
        handled += done
        if done and not wait:
            if carrying.gives_way and kit.bell.others_wait():
                break
            # While these went out others may have come due: to look is cheaper than a job for each.
            continue
        if wait is None or wait > LONG_REST_SECONDS:
            return handled
        if kit.bell.others_wait():
            time.sleep(min(wait, SHORT_NAP_SECONDS))
            break
        time.sleep(min(wait, NAP_SECONDS))
    kit.bell.ring(carrying.outbox.queue, department_id)
    return handled


def _round(kit: Tools, department_id: int, carrying: Carrying[Due, Outcome]) -> tuple[int, float | None]:
    """One claim, carried out: how many were handled, and seconds to the next that is due, None when none is."""
    claims = whole(lambda: _claims(kit, department_id, carrying), patience_seconds=PATIENCE_SECONDS)
    due = [each for claim in claims for each in claim.due]
    if due:
        outcomes = carrying.hand_over(kit, department_id, due)
        whole(lambda: carrying.settle(kit, department_id, outcomes), patience_seconds=PATIENCE_SECONDS)
    return len(due), min((claim.paced_seconds for claim in claims if claim.paced_seconds is not None), default=None)


def _claims(kit: Tools, department_id: int, carrying: Carrying[Due, Outcome]) -> list[Claim[Due]]:
    with kit.database.begin([department_id]) as work:
        line_ids = carrying.outbox.lines_due(work, department_id)
        return [carrying.claim(work, department_id, line_id, carrying.batch) for line_id in line_ids]
