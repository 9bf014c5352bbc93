"""Texts that never reached us: compared with the carrier's own list, and taken in late."""

import logging
from datetime import UTC, datetime, timedelta

from bot.delivery.client import CarrierDown, Listed
from bot.dialog.intake import Arrival, take_in
from models.line import line, message_in
from models.session import SYSTEM
from workers import counts
from workers.tools import Tools, tools

log = logging.getLogger(__name__)

# How young a text may be to be still on its way through our own webhook, and how far back a first look goes.
STILL_ARRIVING = timedelta(seconds=60)
FIRST_LOOK = timedelta(days=1)
# The carrier's list may show a text a little after its date.
OVERLAP = timedelta(minutes=10)


def hear_again() -> int:
    """Take in, on every line, the texts that the carrier has and we have not; returns how many."""
    kit = tools()
    with kit.database.engine.connect() as conn:
        numbers = line.numbers(conn)
    heard = 0
    for number in numbers:
        try:
            heard += _hear_line_again(kit, number)
        except CarrierDown as error:
            log.warning("carrier does not answer", extra={"why": str(error)})
            break
        except Exception:
            # One line's trouble must not keep the others unheard.
            log.exception("line not reconciled")
    return heard


def _hear_line_again(kit: Tools, number: str) -> int:
    until = datetime.now(UTC) - STILL_ARRIVING
    with kit.database.begin_on_line(number, SYSTEM) as (work, found):
        since = line.heard_until(work, number) if found is not None else None
    listed = kit.carrier.list_inbound(number, (since or until - FIRST_LOOK) - OVERLAP)
    missed = _unseen(kit, number, [each for each in listed if each.made_at <= until])
    for each in missed:
        counts.reconciled.labels("heard_late").inc()
        take_in(kit.database, _arrival(kit, each))
    with kit.database.begin_on_line(number, SYSTEM) as (work, _):
        line.note_heard(work, number, until)
    return len(missed)


def _unseen(kit: Tools, number: str, listed: list[Listed]) -> list[Listed]:
    with kit.database.begin_on_line(number, SYSTEM) as (work, found):
        if found is None:
            return []
        seen = message_in.sids_seen(work, found.department_id, [each.sid for each in listed])
    return [each for each in listed if each.sid not in seen]


def _arrival(kit: Tools, listed: Listed) -> Arrival:
    return Arrival(
        sid=listed.sid,
        from_number=listed.from_number,
        to_number=listed.to_number,
        body=listed.body,
        media=kit.carrier.media_of(listed) if listed.has_media else (),
        received_at=listed.made_at,
        raw={"MessageSid": listed.sid, "From": listed.from_number, "To": listed.to_number, "heard": "late"},
    )
