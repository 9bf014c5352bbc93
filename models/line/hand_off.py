"""Hand-offs: the bot gives a conversation to a call-center person, with why and how urgent."""

from typing import Any

import sqlalchemy as sa

from models.proof import event
from models.session import Work
from models.tables import Timestamp, of_department

hand_offs = of_department(
    "hand_off",
    sa.Column("person_id", sa.BigInteger),
    sa.Column("conversation_id", sa.BigInteger),
    sa.Column("call_id", sa.BigInteger),
    sa.Column("reason", sa.Text),
    sa.Column("urgent", sa.Boolean),
    sa.Column("handed_at", Timestamp),
)


def hand_off(
    work: Work,
    department_id: int,
    reason: str,
    *,
    person_id: int | None = None,
    conversation_id: int | None = None,
    urgent: bool = False,
    **data: Any,
) -> int:
    """Put the matter before a person; returns the hand-off's id. `reason` is a key, `data` ids and figures."""
    hand_off_id: int = work.conn.execute(
        sa.insert(hand_offs)
        .values(
            department_id=department_id,
            person_id=person_id,
            conversation_id=conversation_id,
            call_id=work.call_id,
            reason=reason,
            urgent=urgent,
            handed_at=work.now,
        )
        .returning(hand_offs.c.id)
    ).scalar_one()
    event.record(work, department_id, "handed_off", "hand_off", hand_off_id, reason=reason, urgent=urgent, **data)
    return hand_off_id
