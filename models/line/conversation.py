"""Conversations and their turns: one person, one line, one channel; each turn committed whole."""

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from models.lifecycle import Arrow, Lifecycle
from models.session import Work
from models.tables import Json, Timestamp, of_department, sql

conversations = of_department(
    "conversation",
    sa.Column("person_id", sa.BigInteger),
    sa.Column("line_id", sa.BigInteger),
    sa.Column("channel", sa.Text),
    sa.Column("state", sa.Text),
    sa.Column("dialog", Json),
    sa.Column("turns", sa.Integer),
    sa.Column("last_turn_at", Timestamp),
)

turns = of_department(
    "turn",
    sa.Column("conversation_id", sa.BigInteger),
    sa.Column("number", sa.Integer),
    sa.Column("message_in_id", sa.BigInteger),
    sa.Column("message_out_id", sa.BigInteger),
    sa.Column("understood", Json),
    sa.Column("flow", sa.Text),
    sa.Column("step", sa.Text),
    sa.Column("happened_at", Timestamp),
)

LIFECYCLE = Lifecycle(
    conversations,
    starts=("idle", "waiting", "with_agent"),
    arrows=(
        Arrow("ask", ("idle", "waiting", "with_agent"), "waiting", "question_asked", "The turn ended with a question."),
        Arrow(
            "rest",
            ("idle", "waiting", "with_agent"),
            "idle",
            "conversation_rested",
            "The turn ended with nothing left to ask.",
        ),
        Arrow(
            "hand_off",
            ("idle", "waiting", "with_agent"),
            "with_agent",
            "handed_off",
            "The turn gave the conversation to a person of the call center.",
        ),
    ),
)


def conversation_with(work: Work, department_id: int, person_id: int, line_id: int, channel: str) -> sa.Row[Any] | None:
    """Where the talk stands with a person who was held before, by a statement of its own (message_in.receive,
    lock_persons): one that waited for him would read what stood there before it waited.

    `department_id` is the line's home department. None when they have not talked on this line and channel before.
    """
    return work.conn.execute(
        sql(
            "select id, state, dialog, turns, last_turn_at from conversation"
            " where department_id = :d and person_id = :p and line_id = :l and channel = :channel"
        ),
        {"d": department_id, "p": person_id, "l": line_id, "channel": channel},
    ).one_or_none()


def whose(work: Work, department_id: int, conversation_id: int) -> sa.Row[Any]:
    """Who talks in the conversation, on which line and channel (person_id, line_id, channel)."""
    return work.conn.execute(
        sa.select(conversations).where(
            conversations.c.department_id == department_id, conversations.c.id == conversation_id
        )
    ).one()


def is_asked(work: Work, person_id: int, line_id: int, flow: str, about: Mapping[str, Any]) -> bool:
    """Whether a question of `flow` stands open on that line, for the person, with `about` in its memory."""
    frame = json.dumps([{"flow": flow, "memory": about}])
    found = work.conn.execute(
        sql(
            "select exists (select from conversation where department_id = any (:ds) and person_id = :p"
            " and line_id = :l and state = 'waiting' and dialog -> 'frames' @> cast(:frame as jsonb))"
        ),
        {"ds": list(work.departments), "p": person_id, "l": line_id, "frame": frame},
    )
    return bool(found.scalar_one())


def save_turn(
    work: Work,
    department_id: int,
    *,
    person_id: int,
    line_id: int,
    channel: str,
    verb: str,
    dialog: dict[str, Any],
    message_in_id: int | None,
    message_out_id: int | None,
    understood: dict[str, Any],
    flow: str | None,
    step: str | None,
) -> tuple[int, int]:
    """Write the conversation as it stands after the turn, and the turn; returns both: conversation id, turn number.

    `verb` is one of the lifecycle's: ask (waiting for an answer), rest, hand_off.
    """
    written = work.conn.execute(
        _SAVE_TURN,
        {
            "d": department_id,
            "person": person_id,
            "line": line_id,
            "channel": channel,
            "state": LIFECYCLE.arrow(verb).target,
            "dialog": json.dumps(dialog),
            "now": work.now,
            "message_in": message_in_id,
            "message_out": message_out_id,
            "understood": json.dumps(understood),
            "flow": flow,
            "step": step,
        },
    ).one()
    return written.conversation_id, written.number


# Built once: on the way of every text.
_SAVE_TURN = sql(
    "with saved as ("
    " insert into conversation as c (department_id, person_id, line_id, channel, state, dialog, turns, last_turn_at)"
    " values (:d, :person, :line, :channel, :state, cast(:dialog as jsonb), 1, :now)"
    " on conflict on constraint conversation_once do update set state = excluded.state, dialog = excluded.dialog,"
    " turns = c.turns + 1, last_turn_at = excluded.last_turn_at"
    " returning c.id, c.turns)"
    " insert into turn (department_id, conversation_id, number, message_in_id, message_out_id, understood, flow, step,"
    " happened_at)"
    " select :d, id, turns, cast(:message_in as bigint), cast(:message_out as bigint), cast(:understood as jsonb),"
    " cast(:flow as text), cast(:step as text), cast(:now as timestamptz) from saved"
    " returning conversation_id, number"
)
