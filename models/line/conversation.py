"""Conversations and their turns: one person, one line, one channel; each turn committed whole."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.lifecycle import Arrow, Lifecycle
from models.session import Work
from models.tables import Json, Timestamp, of_department

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


def lock_conversation(work: Work, department_id: int, person_id: int, line_id: int, channel: str) -> sa.Row[Any] | None:
    """Lock the person for the turn (one at a time per person, calls included) and read where the talk stands.

    `department_id` is the line's home department. None when they have not talked on this line and channel before.
    """
    found = work.conn.execute(
        sa.text(
            "with locked as (select id from person where id = :p for no key update)"
            " select c.id, c.state, c.dialog, c.turns, c.last_turn_at from locked"
            " left join conversation c on c.department_id = :d and c.person_id = locked.id and c.line_id = :l"
            " and c.channel = :channel"
        ),
        {"d": department_id, "p": person_id, "l": line_id, "channel": channel},
    ).one_or_none()
    return found if found is not None and found.id is not None else None


def whose(work: Work, department_id: int, conversation_id: int) -> sa.Row[Any]:
    """Who talks in the conversation, on which line and channel (person_id, line_id, channel)."""
    return work.conn.execute(
        sa.select(conversations).where(
            conversations.c.department_id == department_id, conversations.c.id == conversation_id
        )
    ).one()


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
    target = LIFECYCLE.arrow(verb).target
    saved = (
        insert(conversations)
        .values(
            department_id=department_id,
            person_id=person_id,
            line_id=line_id,
            channel=channel,
            state=target,
            dialog=dialog,
            turns=1,
            last_turn_at=work.now,
        )
        .on_conflict_do_update(
            constraint="conversation_once",
            set_={
                "state": target,
                "dialog": dialog,
                "turns": conversations.c.turns + 1,
                "last_turn_at": work.now,
            },
        )
        .returning(conversations.c.id, conversations.c.turns)
        .cte("saved")
    )
    row = {
        "message_in_id": message_in_id,
        "message_out_id": message_out_id,
        "understood": understood,
        "flow": flow,
        "step": step,
        "happened_at": work.now,
    }
    told = [sa.literal(value, turns.c[name].type) for name, value in row.items()]
    written = work.conn.execute(
        insert(turns)
        .from_select(
            ["department_id", "conversation_id", "number", *row],
            sa.select(sa.literal(department_id), saved.c.id, saved.c.turns, *told),
        )
        .returning(turns.c.conversation_id, turns.c.number)
    ).one()
    return written.conversation_id, written.number
