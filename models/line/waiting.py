"""Callers who wait for a person: their place, and what became of it.

waiting -> answered                       (a person talks to him)
waiting -> wants_call -> done             (he is called back, and keeps his place)
waiting -> leaving_message -> message -> done
waiting, leaving_message -> left          (he hung up, or went back to the menu)
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from models.lifecycle import Arrow, Lifecycle
from models.line import duty
from models.proof import event
from models.session import Work
from models.tables import Timestamp, of_department, sql

waitings = of_department(
    "waiting",
    sa.Column("call_id", sa.BigInteger),
    sa.Column("hand_off", sa.Text),
    sa.Column("person_id", sa.BigInteger),
    sa.Column("number", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("state", sa.Text),
    sa.Column("entered_at", Timestamp),
    sa.Column("taken_at", Timestamp),
    sa.Column("ended_at", Timestamp),
    sa.Column("recording_sid", sa.Text),
    sa.Column("recording_url", sa.Text),
    sa.Column("recording_seconds", sa.Integer),
    sa.Column("transcript", sa.Text),
    sa.Column("urgent", sa.Boolean),
)

LIFECYCLE = Lifecycle(
    waitings,
    starts=("waiting",),
    arrows=(
        Arrow("answer", ("waiting",), "answered", "caller_answered", "A person at the desk took the call."),
        Arrow("ask_back", ("waiting",), "wants_call", "call_back_wanted", "He is to be called, and keeps his place."),
        Arrow("begin_message", ("waiting",), "leaving_message", "message_begun", "He talks after the tone."),
        Arrow("leave_message", ("leaving_message",), "message", "message_left", "What he said was recorded."),
        Arrow("leave", ("waiting", "leaving_message"), "left", "caller_left", "He hung up or went back to the menu."),
        Arrow("settle", ("wants_call", "message"), "done", "caller_settled", "A person has dealt with it."),
    ),
)

OPEN = ("waiting", "leaving_message", "wants_call", "message")
AHEAD = ("waiting", "wants_call")
"""Who is asked to wait his turn: those on the line, and those who are called back when theirs comes."""
LATELY = timedelta(hours=2)
FEWEST_TO_TELL = 3
"""Of fewer that were answered lately, how long it takes is not told: it would be made up."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the line somebody is, from 1, and in how many minutes his turn comes, None where nobody can tell."""

    number: int
    minutes: int | None


def begin_waiting(
    work: Work,
    department_id: int,
    call_id: int,
    hand_off: str,
    person_id: int | None,
    number: str,
    language: str,
    *,
    urgent: bool = False,
) -> int:
    """He waits from now on; returns the id. One who comes back to the line in the same call keeps his place in it.

    Who is `urgent` goes before all who are not, also before those who came earlier (`models/line/urgency.py`).
    """
    entered_at = work.conn.execute(
        sa.select(sa.func.min(waitings.c.entered_at)).where(
            waitings.c.department_id == department_id, waitings.c.call_id == call_id, waitings.c.state == "left"
        )
    ).scalar_one()
    waiting_id: int = work.conn.execute(
        sa.insert(waitings)
        .values(
            department_id=department_id,
            call_id=call_id,
            hand_off=hand_off,
            person_id=person_id,
            number=number,
            language=language,
            state="waiting",
            entered_at=entered_at or work.now,
            urgent=urgent,
        )
        .returning(waitings.c.id)
    ).scalar_one()
    event.record(work, department_id, "caller_waits", "waiting", waiting_id)
    return waiting_id


def waiting_of(work: Work, department_id: int, call_id: int) -> sa.Row[Any] | None:
    """The latest time that somebody waited in this call, held; None when he never did."""
    return work.conn.execute(
        sa.select(waitings)
        .where(waitings.c.department_id == department_id, waitings.c.call_id == call_id)
        .order_by(waitings.c.id.desc())
        .limit(1)
        .with_for_update()
    ).one_or_none()


def place_of(work: Work, department_id: int, waiting_id: int) -> Place:
    """His place among those who wait now, and the time it took lately for as many."""
    found = work.conn.execute(
        sql(_PLACE),
        {"d": department_id, "id": waiting_id, "since": work.now - LATELY, "ahead": list(AHEAD)},
    ).one()
    seconds = found.seconds_each if found.answered >= FEWEST_TO_TELL else None
    minutes = max(1, round(found.place * float(seconds) / 60)) if seconds is not None else None
    return Place(found.place, minutes)


def move(work: Work, department_id: int, waiting_id: int, verb: str, **changes: Any) -> bool:
    """Take an arrow of the lifecycle; False when he stands elsewhere. Whom it concerns at the desk is told."""
    if not LIFECYCLE.move(work, department_id, [waiting_id], verb, **changes):
        return False
    event.record(work, department_id, LIFECYCLE.arrow(verb).event, "waiting", waiting_id)
    if verb in ("ask_back", "leave_message"):
        duty.plan(work, department_id, "tell_desk", waiting_id, work.now, verb)
    return True


def take(work: Work, department_id: int, waiting_id: int, by: str) -> bool:
    """A person talks to him: `by` is the name of the desk's telephone. False when he does not wait any more."""
    if not LIFECYCLE.move(work, department_id, [waiting_id], "answer", taken_at=work.now, ended_at=work.now):
        return False
    event.record(work, department_id, LIFECYCLE.arrow("answer").event, "waiting", waiting_id, by=by)
    return True


def settle(work: Work, department_id: int, waiting_id: int, **told: Any) -> bool:
    """A person has called him back, or heard his message. `told` goes on record: who, and why."""
    if not LIFECYCLE.move(work, department_id, [waiting_id], "settle", ended_at=work.now):
        return False
    event.record(work, department_id, LIFECYCLE.arrow("settle").event, "waiting", waiting_id, **told)
    return True


def hung_up(work: Work, department_id: int, call_id: int) -> None:
    """The call is over: who still waited in it does so no more, unless he is to be called back."""
    found = waiting_of(work, department_id, call_id)
    if found is not None and found.state in ("waiting", "leaving_message"):
        move(work, department_id, found.id, "leave", ended_at=work.now)


def note_transcript(work: Work, department_id: int, recording_sid: str, transcript: str) -> bool:
    """What the carrier made of a message's words; False for a recording that is no message here."""
    written = (
        sa.update(waitings)
        .where(waitings.c.department_id == department_id, waitings.c.recording_sid == recording_sid)
        .values(transcript=transcript)
    )
    return bool(work.conn.execute(written).rowcount)


def in_line(work: Work, department_id: int) -> list[sa.Row[Any]]:
    """Everybody the desk owes something, the first in line first, with his name where it is known."""
    rows = work.conn.execute(sql(_IN_LINE), {"d": department_id, "open": list(OPEN)})
    return list(rows)


def waiting(work: Work, department_id: int, waiting_id: int) -> sa.Row[Any] | None:
    """One of them, with his name, the reason and when he came."""
    return work.conn.execute(sql(_ONE), {"d": department_id, "id": waiting_id}).one_or_none()


def since(entered_at: datetime, now: datetime) -> int:
    """Seconds that somebody has waited."""
    return max(0, round((now - entered_at).total_seconds()))


_PLACE = """
with me as (select entered_at, id, urgent from waiting where department_id = :d and id = :id)
select 1 + (select count(*) from waiting w, me where w.department_id = :d and w.state = any (:ahead)
            and (not w.urgent, w.entered_at, w.id) < (not me.urgent, me.entered_at, me.id)) as place,
       count(*) as answered,
       avg(extract(epoch from lately.taken_at - lately.entered_at)) as seconds_each
  from waiting lately
 where lately.department_id = :d and lately.state = 'answered' and lately.taken_at >= :since
"""

_TOLD = """
select w.id, w.state, w.number, w.language, w.entered_at, w.hand_off, w.recording_url, w.recording_seconds,
       w.transcript, w.call_id, w.urgent, p.name, claimed.name as claimed, h.reason,
       coalesce(c.identified_by, h.identified_by) as identified_by
  from waiting w
  join call c on c.department_id = w.department_id and c.id = w.call_id
  left join person p on p.id = w.person_id
  left join hand_off h on h.department_id || '-' || h.id = w.hand_off
  left join person claimed on claimed.id = h.claimed_person_id
 where w.department_id = :d
"""
_IN_LINE = f"{_TOLD} and w.state = any (:open) order by w.urgent desc, w.entered_at, w.id"
_ONE = f"{_TOLD} and w.id = :id"
