"""Where every turn of a call comes in: one transaction that holds the call, and a way to a person when it fails."""

import logging
from dataclasses import replace
from typing import Any

from bot.dialog import call_turn
from bot.dialog.call_input import RING, CallInput
from bot.dialog.spoken_answer import SpokenAnswer, answer_from_json
from models.line.call import begin_call, end_call, last_answer, lock_call
from models.retry import whole
from models.session import Actor, Database, Work
from models.working.assignment import SlotTaken

log = logging.getLogger(__name__)

# How long a caller waits for a PostgreSQL that restarts, before he hears that something went wrong.
PATIENCE_SECONDS = 4.0

_CARRIER = Actor("carrier", "voice")


def take_call(database: Database, came: CallInput) -> SpokenAnswer | None:
    """What the caller hears next; None on a number that is no line of ours. Never raises.

    A turn that was here before gets the answer it got then. When a turn fails it is undone, and the caller is sorry to
    hear so and goes to a person.
    """
    try:
        return whole(lambda: _turn(database, came), patience_seconds=PATIENCE_SECONDS, lost=(SlotTaken,))
    except Exception:
        log.exception("turn of a call not taken")
    try:
        return whole(lambda: _turn(database, came, is_failed=True))
    except Exception:
        log.exception("trouble of a call not written down")
    return call_turn.last_resort()


def take_ending(database: Database, sid: str, line_number: str, ending: str) -> bool:
    """The carrier says that the call is over; False when it was known, or never rang here."""
    with database.begin_on_line(line_number, _CARRIER) as (work, line):
        row = lock_call(work, line.department_id, sid, "") if line is not None else None
        return row is not None and line is not None and end_call(work, line.department_id, row.id, ending)


def _turn(database: Database, came: CallInput, *, is_failed: bool = False) -> SpokenAnswer | None:
    with database.begin_on_line(came.line_number, _CARRIER) as (work, line):
        if line is None:
            return None
        row, came = _locked(work, line, came)
        if row.told is not None:
            return answer_from_json(row.told)
        if came.token != str(row.turns):
            return answer_from_json(last_answer(work, line.department_id, row.id))
        return call_turn.take_turn_of_call(work, line, row, came, is_failed=is_failed)


def _locked(work: Work, line: Any, came: CallInput) -> tuple[Any, CallInput]:
    """The call's row, held for this turn. A call that we do not know, whatever it says, rings for the first time."""
    row = None if came.token == RING else lock_call(work, line.department_id, came.sid, came.token)
    if row is not None:
        return row, came
    direction = "in" if came.outbound is None else "out"
    begin_call(work, line.department_id, line.id, came.sid, came.other_number, came.line_number, direction)
    return lock_call(work, line.department_id, came.sid, RING), replace(came, token=RING, keys="", speech="")
