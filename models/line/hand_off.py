"""Hand-offs: the bot gives a conversation to a call-center person, with why and how urgent."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models.line import duty
from models.proof import event
from models.session import Work
from models.tables import Json, Timestamp, of_department

ALARMS = ("emergency", "welfare_help", "welfare_unanswered")
"""Reasons for which somebody may be in danger: always urgent, so that the desk's telephones get a text at once."""

hand_offs = of_department(
    "hand_off",
    sa.Column("person_id", sa.BigInteger),
    sa.Column("conversation_id", sa.BigInteger),
    sa.Column("call_id", sa.BigInteger),
    sa.Column("reason", sa.Text),
    sa.Column("urgent", sa.Boolean),
    sa.Column("handed_at", Timestamp),
    sa.Column("claimed_person_id", sa.BigInteger),
    sa.Column("identified_by", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("told", Json),
    sa.Column("done_at", Timestamp),
)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Who is handed over in a conversation, and by what he is known.

    `claimed_id` is whose number or badge it was, where nobody has shown that he is he; `identified_by` is then
    "badge_alone" for a badge, and None for a number. Who writes `by_text` waits
    for an answer without a line to wait in.
    """

    person_id: int | None = None
    claimed_id: int | None = None
    identified_by: str | None = None
    language: str | None = None
    conversation_id: int | None = None
    by_text: bool = False


def hand_off(
    work: Work,
    department_id: int,
    reason: str,
    *,
    person_id: int | None = None,
    who: HandedOver | None = None,
    urgent: bool = False,
    **data: Any,
) -> int:
    """Put the matter before a person; returns the hand-off's id. `reason` is a key, `data` ids and figures.

    It stands in the desk's list until it is done. The desk's telephones are told of what is urgent, and of who writes.
    """
    who = who or HandedOver(person_id)
    urgent = urgent or reason in ALARMS
    hand_off_id: int = work.conn.execute(
        sa.insert(hand_offs)
        .values(
            department_id=department_id,
            person_id=who.person_id,
            conversation_id=who.conversation_id,
            call_id=work.call_id,
            reason=reason,
            urgent=urgent,
            handed_at=work.now,
            claimed_person_id=who.claimed_id,
            identified_by=who.identified_by,
            language=who.language,
            told=data,
        )
        .returning(hand_offs.c.id)
    ).scalar_one()
    event.record(work, department_id, "handed_off", "hand_off", hand_off_id, reason=reason, urgent=urgent, **data)
    if urgent or who.by_text:
        duty.plan(work, department_id, "tell_hand_off", hand_off_id, work.now)
    return hand_off_id


def is_open(work: Work, department_id: int, reason: str) -> bool:
    """Whether one for this reason still waits for somebody."""
    columns = hand_offs.c
    waits = sa.select(columns.id).where(
        columns.department_id == department_id, columns.reason == reason, columns.done_at.is_(None)
    )
    return work.conn.execute(sa.select(waits.exists())).scalar_one()


def finish(work: Work, department_id: int, hand_off_id: int, **told: Any) -> bool:
    """Somebody at the desk has dealt with it; `told` goes on record: who, and what came of it. False when it was done
    before, or is none.
    """
    done = work.conn.execute(
        sa.update(hand_offs)
        .where(
            hand_offs.c.department_id == department_id,
            hand_offs.c.id == hand_off_id,
            hand_offs.c.done_at.is_(None),
        )
        .values(done_at=work.now)
    ).rowcount
    if done:
        event.record(work, department_id, "hand_off_done", "hand_off", hand_off_id, **told)
    return bool(done)
