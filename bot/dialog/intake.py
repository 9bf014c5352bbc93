"""Where every text comes in, whoever brings it: the webhook, its fallback, or the look at the carrier's list.

One transaction: the raw text under its sid, then everything that follows from it. If that cannot be done, the text is
still kept, and a person is told.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from bot.dialog import turn
from bot.dialog.inbound import InboundText, Medium, OptOutType
from bot.dialog.masking import masked
from bot.dialog.rendering import render_prompt, voice_for
from models.line import message_in, message_out
from models.line.hand_off import hand_off
from models.people.department import department
from models.people.person import language_of
from models.retry import whole
from models.session import Actor, Database, Work
from models.working.assignment import SlotTaken

log = logging.getLogger(__name__)

# How long a text waits for a PostgreSQL that restarts. The carrier waits 15 seconds and then tries the fallback.
PATIENCE_SECONDS = 10.0

Outcome = Literal["taken", "seen", "not_ours", "kept"]
_UNKNOWN_SENDER = Actor("carrier", "sms")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A text as the carrier brought it. `received_at` is given when that was long before now."""

    sid: str
    from_number: str
    to_number: str
    body: str
    media: tuple[Medium, ...] = ()
    opt_out_type: OptOutType | None = None
    received_at: datetime | None = None
    raw: Mapping[str, str] = field(default_factory=dict)


def take_in(database: Database, arrival: Arrival) -> Outcome:
    """Do what the text says, once, however often it arrives.

    `taken`: done. `seen`: it was here before, nothing changed. `not_ours`: none of our lines has the number. `kept`:
    something failed and was undone; the text is written down and handed to a person. Raises only when it could not
    even be written down: then the carrier must bring it again.
    """
    try:
        return whole(lambda: _turn(database, arrival), patience_seconds=PATIENCE_SECONDS, lost=(SlotTaken,))
    except Exception:
        log.exception("text not taken", extra={"sid": arrival.sid})
    return whole(lambda: _keep(database, arrival))


def _turn(database: Database, arrival: Arrival) -> Outcome:
    with database.begin_on_line(arrival.to_number, _UNKNOWN_SENDER) as (work, line):
        if line is None:
            return "not_ours"
        arrival = _masked(work, line, arrival)
        row = _write_down(database, work, line, arrival)
        if row is None:
            return "seen"
        turn.take_text(work, line, _inbound(arrival, row))
        return "taken"


def _keep(database: Database, arrival: Arrival) -> Outcome:
    """A transaction of its own, since the first was undone: the text, a person who reads it, and an apology."""
    with database.begin_on_line(arrival.to_number, _UNKNOWN_SENDER) as (work, line):
        if line is None:
            return "not_ours"
        row = _write_down(database, work, line, _masked(work, line, arrival))
        if row is None:
            return "seen"
        hand_off(work, line.department_id, "text_not_taken", person_id=row.person_id, message_in=row.id)
        if arrival.opt_out_type is None:
            _apologise(work, line, arrival, row.person_id)
        return "kept"


def _masked(work: Work, line: Any, arrival: Arrival) -> Arrival:
    """Before the row: a PIN that somebody texts is in none."""
    return replace(arrival, body=masked(work, line.department_id, arrival.from_number, arrival.body))


def _write_down(database: Database, work: Work, line: Any, arrival: Arrival) -> Any:
    """The raw text under its sid, and from here on the sender as who acts; None when it was here before."""
    row = message_in.receive(
        work,
        line.department_id,
        line_id=line.id,
        sid=arrival.sid,
        from_number=arrival.from_number,
        body=arrival.body,
        media=[{"url": medium.url, "content_type": medium.content_type} for medium in arrival.media],
        raw=dict(arrival.raw),
        # The demonstration's clock has nothing to do with the carrier's.
        received_at=None if database.demo_clock else arrival.received_at,
    )
    if row is not None and row.person_id is not None:
        work.actor = Actor("officer", "sms", row.person_id)
    return row


def _inbound(arrival: Arrival, row: Any) -> InboundText:
    return InboundText(
        message_in_id=row.id,
        person_id=row.person_id,
        from_number=arrival.from_number,
        to_number=arrival.to_number,
        body=arrival.body,
        media=arrival.media,
        opt_out_type=arrival.opt_out_type,
    )


def _apologise(work: Work, line: Any, arrival: Arrival, person_id: int | None) -> None:
    prompt = "trouble.kept"
    voice = voice_for(language_of(work, person_id), department(work, line.department_id).zone)
    body, number = render_prompt(prompt, {}, voice), arrival.from_number
    message_out.write(work, line.department_id, line.id, number, body, prompt=prompt, person_id=person_id)
