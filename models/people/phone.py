"""Phones: a person's numbers, since when they are his, and what carriers have taught us about them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from models.line import consent, duty
from models.line.hand_off import hand_off
from models.proof import event
from models.session import Work
from models.tables import Timestamp, metadata

phones = sa.Table(
    "phone",
    metadata,
    sa.Column("number", sa.Text, primary_key=True),
    sa.Column("person_id", sa.BigInteger),
    sa.Column("place", sa.Integer),
    sa.Column("state", sa.Text),
    sa.Column("added_at", Timestamp),
    sa.Column("until_at", Timestamp),
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


def numbers_of(work: Work, person_id: int) -> list[str]:
    """All numbers a person can be texted on, the first first."""
    query = sa.select(phones.c.number).where(phones.c.person_id == person_id, phones.c.state == "good")
    return list(work.conn.execute(query.order_by(phones.c.place)).scalars())


def owner_of(work: Work, number: str) -> int | None:
    """The person whose number it is, in whatever department; None for nobody's."""
    return work.conn.execute(sa.select(phones.c.person_id).where(phones.c.number == number)).scalar_one_or_none()


def may_act(work: Work, person_id: int, number: str, new_number_hours: float) -> datetime | None:
    """Until when nothing may be given away from the person's `number`, because it is new; None when it may.

    The hours are the handbook's (`callers.new_number_hours`). His first numbers, and those from before this was kept,
    have no time of their own and are not new.
    """
    added_at = work.conn.execute(
        sa.select(phones.c.added_at).where(phones.c.number == number, phones.c.person_id == person_id)
    ).scalar_one_or_none()
    trusted_at = added_at + timedelta(hours=new_number_hours) if added_at else None
    return trusted_at if trusted_at and trusted_at > work.now else None


def text_first(work: Work, person_id: int, number: str, until_at: datetime | None = None) -> None:
    """Put `number` before the person's other phones, which stay his: they are recognised when they text.

    With `until_at` it is his until then only (see `set_temporary`).
    """
    others = list(
        work.conn.execute(
            sa.select(phones.c.number)
            .where(phones.c.person_id == person_id, phones.c.number != number)
            .order_by(phones.c.place)
        ).scalars()
    )
    was_his = sa.delete(phones).where(phones.c.person_id == person_id, phones.c.number == number)
    known = work.conn.execute(was_his.returning(phones.c.added_at)).one_or_none()
    # From the last to the first, so that no place is taken twice on the way.
    for place, other in reversed(list(enumerate(others, start=2))):
        work.conn.execute(sa.update(phones).where(phones.c.number == other).values(place=place))
    added_at = known.added_at if known else work.now if others else None
    work.conn.execute(
        sa.insert(phones).values(number=number, person_id=person_id, place=1, added_at=added_at, until_at=until_at)
    )


def tell_others(work: Work, department_id: int, person_id: int, number: str) -> None:
    """Have the person told, on a number he had before, that `number` is his now: nobody takes his place unnoticed."""
    duty.plan(work, department_id, "tell_number", person_id, work.now, number)


def set_temporary(work: Work, department_ids: Sequence[int], person_id: int, number: str, until_at: datetime) -> None:
    """Text and call the person on `number` first until then, in all these departments; the first one hears of its end.

    Whoever calls this has made sure that he has the number in hand. It is as new as any that was just added.
    """
    text_first(work, person_id, number, until_at)
    for department_id in department_ids:
        consent.give(work, department_id, number, person_id, "texted")
    home = department_ids[0]
    event.record(work, home, "temporary_number_set", "person", person_id, until_at=until_at.isoformat())
    duty.plan(work, home, "end_temporary", person_id, until_at, f"{number} {until_at.isoformat()}")


def temporary_of(work: Work, person_id: int) -> str | None:
    """The number that is his for a while, if he has one; of several the one that is texted."""
    his = sa.select(phones.c.number).where(phones.c.person_id == person_id, phones.c.until_at.is_not(None))
    return work.conn.execute(his.order_by(phones.c.place).limit(1)).scalar_one_or_none()


def end_temporary(
    work: Work, department_id: int, person_id: int, number: str, until_at: datetime | None = None
) -> bool:
    """The number is his no more. With `until_at` only if that still is its end; False when it is not."""
    ends = phones.c.until_at == until_at if until_at else phones.c.until_at.is_not(None)
    gone = work.conn.execute(
        sa.delete(phones).where(phones.c.number == number, phones.c.person_id == person_id, ends)
    ).rowcount
    if gone:
        consent.withdraw(work, number)
        event.record(work, department_id, "temporary_number_ended", "person", person_id)
    return bool(gone)


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


def number_to_call(work: Work, person_id: int) -> str | None:
    """The number to call a person on: the first of theirs, a landline as well; None if all are wrong."""
    return work.conn.execute(
        sa.select(phones.c.number)
        .where(phones.c.person_id == person_id, phones.c.state.in_(("good", "landline")))
        .order_by(phones.c.place)
        .limit(1)
    ).scalar_one_or_none()
