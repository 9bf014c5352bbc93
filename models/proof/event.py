"""Events: past-tense facts, append-only, holding ids and figures but never names or numbers.

A lawful erasure therefore breaks nothing, and the chain of seals over them stays whole.
"""

from typing import Any

import sqlalchemy as sa

from models.session import Work
from models.tables import Json, Timestamp, of_department

events = of_department(
    "event",
    sa.Column("name", sa.Text),
    sa.Column("happened_at", Timestamp),
    sa.Column("recorded_at", Timestamp),
    sa.Column("actor_kind", sa.Text),
    sa.Column("actor_id", sa.BigInteger),
    sa.Column("behalf_of_id", sa.BigInteger),
    sa.Column("channel", sa.Text),
    sa.Column("subject_kind", sa.Text),
    sa.Column("subject_id", sa.BigInteger),
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("opening_id", sa.BigInteger),
    sa.Column("data", Json),
)


def record(
    work: Work,
    department_id: int,
    name: str,
    subject_kind: str,
    subject_id: int,
    *,
    officer_id: int | None = None,
    opening_id: int | None = None,
    **data: Any,
) -> None:
    """Write down that `name` happened to the subject now, by whom the work says, with `data` as its figures.

    What follows from a text names it: `text` is the id of the message that came in. What is said in a call names that.
    """
    if work.text_id is not None:
        data = {"text": work.text_id, **data}
    if work.call_id is not None:
        data = {"call": work.call_id, **data}
    work.later(
        events,
        {
            "department_id": department_id,
            "name": name,
            "happened_at": work.now,
            "actor_kind": work.actor.kind,
            "actor_id": work.actor.id,
            "behalf_of_id": work.actor.behalf_of_id,
            "channel": work.actor.channel,
            "subject_kind": subject_kind,
            "subject_id": subject_id,
            "officer_id": officer_id,
            "opening_id": opening_id,
            "data": data,
        },
    )
