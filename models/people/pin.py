"""PINs: by which a person is known on the phone, in all his departments. Kept as argon2 hashes and nowhere else.

A caller's number is only a hint, since it can be forged. What a PIN is, or how long, is in no event and no log.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Literal

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy.dialects.postgresql import insert

from models.line import duty
from models.line.recording import is_being_recorded
from models.people import pin_choice, pin_tries
from models.people.officer import officers
from models.people.phone import phones
from models.people.pin_choice import Refusal
from models.proof import event
from models.session import Work
from models.tables import Timestamp, metadata

pins = sa.Table(
    "pin",
    metadata,
    sa.Column("person_id", sa.BigInteger, primary_key=True),
    sa.Column("hash", sa.Text),
    sa.Column("must_change", sa.Boolean),
    sa.Column("expires_at", Timestamp),
    sa.Column("set_at", Timestamp),
    sa.Column("proposed_hash", sa.Text),
)

Checked = Literal["right", "wrong", "locked", "none"]

ONE_TIME_PIN_HOURS = 72
"""A PIN that somebody else knows must be used, and changed, within three days."""

# One pass more than the least that OWASP's cheat sheet on password storage asks for; docs/performance.md has the time.
_HASHER = PasswordHasher(time_cost=3, memory_cost=19 * 1024, parallelism=1)


def check_pin(work: Work, person_id: int | None, number: str, pin: str) -> Checked:
    """Whether `pin`, keyed on a call from `number`, is the person's; each time is a try that counts (see pin_tries).

    `locked`: too many were wrong, and also a right one is not looked at. `none`: he has none, or one that has expired.
    Nobody's badge (None) is `wrong`, after the same work as for anybody's.
    """
    tried = pin_tries.begin(work, person_id, number)
    kept = _kept(work, person_id)
    is_right = _fits(kept.hash if kept else _nobodys(), pin)
    if tried.is_locked:
        return "locked"
    if person_id is not None and kept is None:
        return "none"
    if kept is not None and is_right:
        pin_tries.was_right(work, tried)
        return "right"
    if tried.locks_person and person_id is not None:
        _lock(work, person_id)
    return "wrong"


def has_pin(work: Work, person_id: int) -> bool:
    """Whether he has a PIN that can still be used."""
    return _kept(work, person_id) is not None


def must_change(work: Work, person_id: int) -> bool:
    """Whether his PIN was chosen by somebody else, so that he has to choose one before he goes on."""
    kept = _kept(work, person_id)
    return kept is not None and bool(kept.must_change)


def set_pin(
    work: Work, department_id: int, person_id: int, pin: str, *, must_change: bool = False, **told: Any
) -> Refusal | None:
    """Make it his PIN, forget wrong tries, and have him told; returns why it is refused, if it is.

    `department_id` is where it happens. One that he `must_change` is for a single call, and expires. `told` goes on
    record: who decided it by hand, and why.
    """
    refused = pin_choice.refusal(pin, *_known_of(work, person_id))
    if refused is None:
        _keep(work, department_id, person_id, _HASHER.hash(pin), must_change=must_change, **told)
    return refused


class BeingRecorded(Exception):
    """A call of his is recorded at this moment: a PIN that is read out to him would be on it."""


def draw_one_time_pin(work: Work, department_id: int, person_id: int, **told: Any) -> str:
    """A PIN by lot, which is his until he changes it with his next call; returned this once and kept nowhere.

    BeingRecorded while a call of his is: whoever draws it may be about to tell him.
    """
    if is_being_recorded(work, person_id):
        raise BeingRecorded
    pin = pin_choice.draw(*_known_of(work, person_id))
    _keep(work, department_id, person_id, _HASHER.hash(pin), must_change=True, **told)
    return pin


def propose_pin(work: Work, person_id: int, pin: str) -> Refusal | None:
    """The first of the two times a new PIN is keyed; returns why it is refused, if it is.

    It is kept as a hash beside the PIN that holds until `confirm_pin`, because a conversation must not remember it.
    """
    refused = pin_choice.refusal(pin, *_known_of(work, person_id))
    if refused is None:
        row = {"person_id": person_id, "proposed_hash": _HASHER.hash(pin)}
        written = insert(pins).values(row)
        work.conn.execute(written.on_conflict_do_update(index_elements=["person_id"], set_=row))
    return refused


def confirm_pin(work: Work, department_id: int, person_id: int, pin: str) -> bool:
    """The second time: it is his PIN when it is the one proposed, else the proposal is gone."""
    proposed = work.conn.execute(
        sa.select(pins.c.proposed_hash).where(pins.c.person_id == person_id)
    ).scalar_one_or_none()
    if proposed is None or not _fits(proposed, pin):
        work.conn.execute(sa.update(pins).where(pins.c.person_id == person_id).values(proposed_hash=None))
        return False
    _keep(work, department_id, person_id, proposed, must_change=False)
    return True


def without_pin(work: Work, department_id: int) -> list[str]:
    """The badges of the department's officers who have no PIN that holds."""
    holds = sa.or_(pins.c.expires_at.is_(None), pins.c.expires_at > sa.func.clock_timestamp())
    his = sa.exists().where(pins.c.person_id == officers.c.person_id, pins.c.hash.is_not(None), holds)
    members = sa.and_(officers.c.department_id == department_id, officers.c.status.not_in(("separated", "guest")), ~his)
    return list(work.conn.execute(sa.select(officers.c.badge).where(members).order_by(officers.c.badge)).scalars())


def clear_pin(work: Work, department_id: int, person_id: int, **told: Any) -> bool:
    """He has no PIN any more, and is told so; False when he had none."""
    gone = work.conn.execute(sa.delete(pins).where(pins.c.person_id == person_id)).rowcount
    if gone:
        event.record(work, department_id, "pin_cleared", "person", person_id, **told)
        _tell(work, department_id, person_id, "cleared")
    return bool(gone)


def unlock(work: Work, department_id: int, person_id: int, **told: Any) -> None:
    """Let him try again at once: wrong tries for his PIN, and from his own phones, are forgotten."""
    pin_tries.forget(work, person_id)
    event.record(work, department_id, "pin_unlocked", "person", person_id, **told)


def _keep(work: Work, department_id: int, person_id: int, hashed: str, *, must_change: bool, **told: Any) -> None:
    expires_at = datetime.now(UTC) + timedelta(hours=ONE_TIME_PIN_HOURS) if must_change else None
    row = {
        "person_id": person_id,
        "hash": hashed,
        "must_change": must_change,
        "expires_at": expires_at,
        "set_at": work.now,
        "proposed_hash": None,
    }
    work.conn.execute(insert(pins).values(row).on_conflict_do_update(index_elements=["person_id"], set_=row))
    pin_tries.forget(work, person_id)
    event.record(work, department_id, "pin_set", "person", person_id, must_change=must_change, **told)
    _tell(work, department_id, person_id, "one_time" if must_change else "set")


def _tell(work: Work, department_id: int, person_id: int, what: str) -> None:
    """A text to his phone, by whomever and however it was done: nobody's PIN is changed behind his back."""
    duty.plan(work, department_id, "tell_pin", person_id, work.now, f"{what} {work.now.isoformat()}")


def _kept(work: Work, person_id: int | None) -> sa.Row[Any] | None:
    """His PIN's row, if he has one that holds; by real time, as everything that guards a door."""
    holds = sa.or_(pins.c.expires_at.is_(None), pins.c.expires_at > sa.func.clock_timestamp())
    his = sa.select(pins).where(pins.c.person_id == person_id, pins.c.hash.is_not(None), holds)
    return work.conn.execute(his).one_or_none()


def _known_of(work: Work, person_id: int) -> tuple[list[str], list[str]]:
    """His badges, as far as this work sees his departments, and his numbers: neither may be his PIN."""
    badges = work.conn.execute(sa.select(officers.c.badge).where(officers.c.person_id == person_id)).scalars()
    numbers = work.conn.execute(sa.select(phones.c.number).where(phones.c.person_id == person_id)).scalars()
    return list(badges), list(numbers)


def _fits(hashed: str, pin: str) -> bool:
    try:
        return _HASHER.verify(hashed, pin)
    except VerifyMismatchError:
        return False


@cache
def _nobodys() -> str:
    """Something to compare with for who has no PIN: whether a badge exists must not show in the time it takes."""
    return _HASHER.hash("nobody's")


def _lock(work: Work, person_id: int) -> None:
    """On record in every department of this work that he is an officer of; he hears of it once, from the first."""
    found = sa.select(officers.c.department_id).where(
        officers.c.person_id == person_id, officers.c.status.not_in(("separated", "guest"))
    )
    departments = list(work.conn.execute(found.order_by(officers.c.department_id)).scalars())
    for department_id in departments:
        event.record(work, department_id, "pin_locked", "person", person_id)
    for department_id in departments[:1]:
        _tell(work, department_id, person_id, "locked")
