"""Calls and their turns: a conversation by telephone, from the ring to how it ended.

A turn is what came in under a token of the call, and the answer it got. The carrier may bring a turn twice; the second
time it gets the same answer and nothing changes.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from models.lifecycle import Arrow, Lifecycle
from models.line import duty, waiting
from models.proof import event
from models.session import Work
from models.tables import Json, Timestamp, of_department, sql

calls = of_department(
    "call",
    sa.Column("line_id", sa.BigInteger),
    sa.Column("person_id", sa.BigInteger),
    sa.Column("direction", sa.Text),
    sa.Column("sid", sa.Text),
    sa.Column("from_number", sa.Text),
    sa.Column("to_number", sa.Text),
    sa.Column("state", sa.Text),
    sa.Column("identified_by", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("dialog", Json),
    sa.Column("turns", sa.Integer),
    sa.Column("began_at", Timestamp),
    sa.Column("last_turn_at", Timestamp),
    sa.Column("ended_at", Timestamp),
    sa.Column("ending", sa.Text),
    sa.Column("recording", sa.Text),
    sa.Column("quieting", sa.SmallInteger),
)

call_turns = of_department(
    "call_turn",
    sa.Column("call_id", sa.BigInteger),
    sa.Column("token", sa.Text),
    sa.Column("kind", sa.Text),
    sa.Column("came_in", Json),
    sa.Column("understood", Json),
    sa.Column("answer", Json),
    sa.Column("flow", sa.Text),
    sa.Column("step", sa.Text),
    sa.Column("happened_at", Timestamp),
    sa.Column("recorded_at", Timestamp),
)

LIFECYCLE = Lifecycle(
    calls,
    starts=("under_way",),
    arrows=(
        Arrow("put_through", ("under_way",), "with_agent", "call_put_through", "The caller waits for a person."),
        Arrow("come_back", ("with_agent",), "under_way", "call_came_back", "The caller came back from the queue."),
        Arrow("end_call", ("under_way", "with_agent"), "ended", "call_ended", "One of the two hung up."),
        Arrow("lose_call", ("under_way", "with_agent"), "ended", "call_lost", "No hang-up came, and nothing is heard."),
    ),
)

LOST_AFTER = timedelta(minutes=30)
"""A call in which nothing is heard for so long is over: the carrier's word of its end did not arrive."""


@dataclass(frozen=True, slots=True)
class TurnTaken:
    """A turn as it is written down. `came_in` are the carrier's parameters, whatever is secret in them masked."""

    token: str
    kind: str
    came_in: Mapping[str, Any]
    understood: Mapping[str, Any]
    answer: Mapping[str, Any]
    flow: str | None
    step: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a call stands after a turn: what the dialog remembers, who calls, known by what, and in which language.

    `recording` is what was said about recording it, `quieting` how often he was asked to wait until nothing is.
    """

    dialog: Mapping[str, Any]
    person_id: int | None
    identified_by: str | None
    language: str
    recording: str | None = None
    quieting: int = 0


def begin_call(
    work: Work, department_id: int, line_id: int, sid: str, from_number: str, to_number: str, direction: str = "in"
) -> bool:
    """Write down that it rings; False when this call was here before.

    A second ring that overtakes the first waits in the database until the first has committed or been undone.
    """
    row = {
        "d": department_id,
        "line": line_id,
        "sid": sid,
        "from": from_number,
        "to": to_number,
        "direction": direction,
        "now": work.now,
    }
    call_id = work.conn.execute(_BEGIN, row).scalar_one_or_none()
    if call_id is None:
        return False
    work.call_id = call_id
    event.record(work, department_id, "call_began", "call", call_id, direction=direction)
    duty.plan(work, department_id, "expire_call", call_id, work.now + LOST_AFTER, "0")
    return True


def lock_call(work: Work, department_id: int, sid: str, token: str) -> sa.Row[Any] | None:
    """Hold the call for a turn, and with it the person who was identified: one at a time per person, texts included.

    Beside its columns: `told`, the answer that this token got if it was here before; `owner_id`, whose the caller's
    number is, and `owner_language`, his; `is_recorded`, whether anything of it may be recorded now; `cannot_record`,
    whether the carrier would not do it. None for a call that never rang here.
    """
    found = work.conn.execute(_LOCK, {"d": department_id, "sid": sid, "token": token}).one_or_none()
    work.call_id = found.id if found is not None else None
    return found


def last_answer(work: Work, department_id: int, call_id: int) -> Mapping[str, Any]:
    """What the caller was told last."""
    answers = sa.select(call_turns.c.answer).where(
        call_turns.c.department_id == department_id, call_turns.c.call_id == call_id
    )
    latest = answers.order_by(call_turns.c.id.desc()).limit(1)
    told: Mapping[str, Any] = work.conn.execute(latest).scalar_one()
    return told


def is_in_call(work: Work, department_id: int, number: str, flows: Collection[str]) -> bool:
    """Whether somebody calls now, from `number` or another phone of the same person, and stands in one of `flows`."""
    known = {"d": department_id, "number": number, "flows": list(flows)}
    return bool(work.conn.execute(_IN_CALL, known).scalar_one())


def save_call_turn(work: Work, department_id: int, call_id: int, standing: Standing, taken: TurnTaken) -> None:
    """Write the turn, and the call as it stands after it."""
    row = {
        "d": department_id,
        "call": call_id,
        "now": work.now,
        "dialog": json.dumps(standing.dialog),
        "person": standing.person_id,
        "identified_by": standing.identified_by,
        "language": standing.language,
        "recording": standing.recording,
        "quieting": standing.quieting,
        "token": taken.token,
        "kind": taken.kind,
        "came_in": json.dumps(taken.came_in),
        "understood": json.dumps(taken.understood),
        "answer": json.dumps(taken.answer),
        "flow": taken.flow,
        "step": taken.step,
    }
    work.conn.execute(_SAVE_TURN, row)


def move_call(work: Work, department_id: int, call_id: int, verb: str, **changes: Any) -> bool:
    """Put the call through to a person, or take it back from the queue; False when it stood elsewhere."""
    if not LIFECYCLE.move(work, department_id, [call_id], verb, **changes):
        return False
    event.record(work, department_id, LIFECYCLE.arrow(verb).event, "call", call_id)
    return True


def caller_identified(work: Work, department_id: int, person_id: int, by: str) -> None:
    """The caller has shown who he is: by his PIN from his own number, or by badge and PIN."""
    event.record(work, department_id, "caller_identified", "call", _of(work), person=person_id, by=by)


def caller_not_identified(work: Work, department_id: int, owner_id: int | None, reason: str) -> None:
    """A PIN that was wrong, or not looked at; `owner_id` is whose the number is."""
    event.record(work, department_id, "caller_not_identified", "call", _of(work), owner=owner_id, reason=reason)


def _of(work: Work) -> int:
    if work.call_id is None:
        raise ValueError("nobody calls")
    return work.call_id


def end_call(work: Work, department_id: int, call_id: int, ending: str) -> bool:
    """The call is over: `hung_up` by the caller, `closed` by us, or as the carrier says (busy, no_answer, failed).

    False when it had ended before.
    """
    if not LIFECYCLE.move(work, department_id, [call_id], "end_call", ended_at=work.now, ending=ending):
        return False
    event.record(work, department_id, "call_ended", "call", call_id, ending=ending)
    waiting.hung_up(work, department_id, call_id)
    return True


def expire_call(work: Work, department_id: int, call_id: int) -> None:
    """End a call whose hang-up got lost; look again later where something was heard since."""
    found = work.conn.execute(
        sa.select(calls).where(calls.c.department_id == department_id, calls.c.id == call_id)
    ).one()
    quiet_since = found.last_turn_at
    if found.state == "ended":
        return
    if work.now < quiet_since + LOST_AFTER:
        duty.plan(work, department_id, "expire_call", call_id, quiet_since + LOST_AFTER, str(found.turns))
    elif LIFECYCLE.move(work, department_id, [call_id], "lose_call", ended_at=work.now, ending="lost"):
        event.record(work, department_id, "call_lost", "call", call_id)
        waiting.hung_up(work, department_id, call_id)


# Built once: on the way of every turn of a call.
_BEGIN = sql(
    "insert into call (department_id, line_id, sid, from_number, to_number, direction, state, began_at, last_turn_at)"
    " values (:d, :line, :sid, :from, :to, :direction, 'under_way', :now, :now)"
    " on conflict on constraint call_once do nothing returning id"
)

_LOCK = sql(
    "with found as (select * from call where department_id = :d and sid = :sid for no key update),"
    " locked as (select p.id from person p join found on found.person_id = p.id for no key update of p)"
    " select found.*, t.answer as told, f.person_id as owner_id, o.language as owner_language, r.is_recorded,"
    " r.cannot_record from found"
    " left join locked on locked.id = found.person_id"
    " left join lateral (select bool_or(state in ('wanted', 'starting', 'running', 'stopping')) as is_recorded,"
    "  bool_or(state = 'failed') as cannot_record from recording"
    "  where department_id = found.department_id and call_id = found.id) r on true"
    " left join call_turn t on t.department_id = found.department_id and t.call_id = found.id and t.token = :token"
    " left join phone f on f.number = found.from_number left join person o on o.id = f.person_id"
)

_SAVE_TURN = sql(
    "with saved as (update call set dialog = cast(:dialog as jsonb), person_id = cast(:person as bigint),"
    " identified_by = cast(:identified_by as text), language = :language, recording = cast(:recording as text),"
    " quieting = :quieting, turns = turns + 1, last_turn_at = :now where department_id = :d and id = :call)"
    " insert into call_turn (department_id, call_id, token, kind, came_in, understood, answer, flow, step, happened_at)"
    " values (:d, :call, :token, :kind, cast(:came_in as jsonb), cast(:understood as jsonb), cast(:answer as jsonb),"
    " :flow, :step, :now)"
)

_IN_CALL = sql(
    "select exists (select from call c left join phone f on f.number = c.from_number where c.department_id = :d"
    " and c.state <> 'ended' and c.dialog -> 'frames' -> -1 ->> 'flow' = any (:flows)"
    " and (c.from_number = :number"
    "  or coalesce(c.person_id, f.person_id) = (select person_id from phone where number = :number)))"
)
