"""Phones: a person's numbers, and what carriers have taught us about them."""

import sqlalchemy as sa

from models.line.hand_off import hand_off
from models.session import Work
from models.tables import metadata

phones = sa.Table(
    "phone",
    metadata,
    sa.Column("number", sa.Text, primary_key=True),
    sa.Column("person_id", sa.BigInteger),
    sa.Column("place", sa.Integer),
    sa.Column("state", sa.Text),
)

# Failures that are the number's own: it will not be texted again until somebody corrects it.
STATE_OF_FAILURE = {"unknown_number": "bad", "landline": "landline"}


def number_of(work: Work, person_id: int) -> str | None:
    """The number to text a person on: the first of theirs that can receive texts; None if none can."""
    return work.conn.execute(
        sa.select(phones.c.number)
        .where(phones.c.person_id == person_id, phones.c.state == "good")
        .order_by(phones.c.place)
        .limit(1)
    ).scalar_one_or_none()


def mark_phone(work: Work, department_id: int, number: str, failure: str) -> None:
    """Remember a number that cannot be texted, and put it before a person; other failures leave it good."""
    state = STATE_OF_FAILURE.get(failure)
    if state is None:
        return
    person_id = work.conn.execute(
        sa.update(phones)
        .where(phones.c.number == number, phones.c.state == "good")
        .values(state=state)
        .returning(phones.c.person_id)
    ).scalar_one_or_none()
    if person_id is not None:
        hand_off(work, department_id, "phone_cannot_be_texted", person_id=person_id, state=state)
