"""Invitations: a department asks its neighbours for an officer, once nobody of its own is left to ask.

An invitation is a row of the department invited, and all that it learns: who asks, when, where, for whom, for what pay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from models.details.opening import Opening, draw_code, openings_by_code
from models.line import duty
from models.people.department import Department, department, department_id_of
from models.people.handbook import Edition, current
from models.proof import event
from models.session import Work
from models.tables import Timestamp, of_department

invitations = of_department(
    "invitation",
    sa.Column("asking_id", sa.BigInteger),
    sa.Column("asking_opening_id", sa.BigInteger),
    sa.Column("code", sa.Text),
    sa.Column("starts_at", Timestamp),
    sa.Column("ends_at", Timestamp),
    sa.Column("place", sa.Text),
    sa.Column("pay_cents_per_hour", sa.Integer),
    sa.Column("minimum_minutes", sa.Integer),
    sa.Column("ranks", sa.ARRAY(sa.Text)),
    sa.Column("qualifications", sa.ARRAY(sa.Text)),
    sa.Column("invited_at", Timestamp),
    sa.Column("answer_due_at", Timestamp),
    sa.Column("times", sa.Integer),
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as the department invited has it."""

    id: int
    department_id: int
    asking: Department
    asking_opening_id: int
    code: str
    starts_at: datetime
    ends_at: datetime
    place: str
    pay_cents_per_hour: int | None
    minimum_minutes: int
    ranks: tuple[str, ...]
    qualifications: tuple[str, ...]
    invited_at: datetime
    answer_due_at: datetime

    def told(self) -> dict[str, Any]:
        """What prompts may say of it, by the names they use."""
        return {
            "code": self.code,
            "department": self.asking.name,
            "during": (self.starts_at, self.ends_at),
            "place": self.place,
            "pay_cents": self.pay_cents_per_hour,
            "least_minutes": self.minimum_minutes,
            "due_at": self.answer_due_at,
        }


def invite(work: Work, where: Department, edition: Edition, about: Opening, slot_id: int) -> bool:
    """Invite the officers of every department that the handbook asks and that lends; False when nobody is invited.

    Each is invited for all slots of an opening at once. When their time to answer is over, the slot is looked at again,
    and they are invited anew as often as the handbook says.
    """
    neighbours = edition.rules.neighbours
    due_at = min(work.now + timedelta(minutes=neighbours.answer_minutes), about.starts_at)
    dues = {slug: _invite(work, where, slug, about, due_at, neighbours.times) for slug in neighbours.ask}
    asked = {slug: due for slug, due in dues.items() if due is not None and due > work.now}
    if not asked:
        return False
    duty.plan(work, where.id, "fill_slot", slot_id, max(asked.values()), fence=f"invited {work.now.isoformat()}")
    told: dict[str, Any] = {"departments": sorted(asked), "handbook": edition.id}
    event.record(work, where.id, "neighbours_invited", "slot", slot_id, opening_id=about.id, **told)
    return True


def invitation(work: Work, department_id: int, invitation_id: int) -> Invitation:
    """The invitation with this id."""
    row = work.conn.execute(
        sa.select(invitations).where(invitations.c.department_id == department_id, invitations.c.id == invitation_id)
    ).one()
    return _of(work, row)


def invitation_by_code(work: Work, department_id: int, code: str) -> Invitation | None:
    """The latest invitation with this code to something that is not over; None when there is none."""
    columns = invitations.c
    row = work.conn.execute(
        sa.select(invitations)
        .where(columns.department_id == department_id, columns.code == code, columns.ends_at > work.now)
        .order_by(columns.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _of(work, row)


def _invite(work: Work, asking: Department, slug: str, about: Opening, due_at: datetime, times: int) -> datetime | None:
    """Until when the other department's officers may answer; None if its handbook does not lend to this one."""
    other_id = department_id_of(work.conn, slug)
    if other_id is None or other_id == asking.id:
        return None
    with work.visiting(other_id):
        other = department(work, other_id)
        lends = current(work, other_id, work.now.astimezone(other.zone).date()).rules.neighbours.lend_to
        return _write(work, other_id, asking, about, due_at, times) if asking.slug in lends else None


def _write(work: Work, other_id: int, asking: Department, about: Opening, due_at: datetime, times: int) -> datetime:
    """Write the invitation into the other department's rows, or make it anew; until when it may be answered."""
    columns = invitations.c
    of_this = (columns.department_id == other_id, columns.asking_id == asking.id, columns.asking_opening_id == about.id)
    before = work.conn.execute(sa.select(columns.answer_due_at, columns.times).where(*of_this)).one_or_none()
    if before is not None and (before.answer_due_at > work.now or before.times >= times or due_at <= work.now):
        return before.answer_due_at
    if before is not None:
        return _make_anew(work, other_id, of_this, due_at)
    invitation_id = work.conn.execute(
        sa.insert(invitations).values(**_row(work, other_id, asking, about, due_at)).returning(columns.id)
    ).scalar_one()
    duty.plan(work, other_id, "tell_invitation", invitation_id, work.now)
    event.record(work, other_id, "invited_by_neighbour", "invitation", invitation_id, asking=asking.slug)
    return due_at


def _make_anew(work: Work, other_id: int, of_this: Sequence[sa.ColumnElement[bool]], due_at: datetime) -> datetime:
    columns = invitations.c
    invitation_id: int = work.conn.execute(
        sa.update(invitations)
        .where(*of_this)
        .values(answer_due_at=due_at, times=columns.times + 1)
        .returning(columns.id)
    ).scalar_one()
    duty.plan(work, other_id, "tell_invitation", invitation_id, work.now, fence=f"again {due_at.isoformat()}")
    event.record(work, other_id, "invited_by_neighbour", "invitation", invitation_id, again=True)
    return due_at


def _row(work: Work, other_id: int, asking: Department, about: Opening, due_at: datetime) -> dict[str, Any]:
    return {
        "department_id": other_id,
        "asking_id": asking.id,
        "asking_opening_id": about.id,
        "code": _code(work, other_id, about.code),
        "starts_at": about.starts_at,
        "ends_at": about.ends_at,
        "place": about.place,
        "pay_cents_per_hour": about.pay_cents_per_hour,
        "minimum_minutes": about.minimum_minutes,
        "ranks": list(about.ranks),
        "qualifications": list(about.qualifications),
        "invited_at": work.now,
        "answer_due_at": due_at,
        "times": 1,
    }


def _code(work: Work, other_id: int, wished: str) -> str:
    """The code by which the asking department knows it, unless it means something else here."""
    is_taken = openings_by_code(work, other_id, [wished]) or invitation_by_code(work, other_id, wished)
    return draw_code(work, other_id) if is_taken else wished


def _of(work: Work, row: sa.Row[Any]) -> Invitation:
    return Invitation(
        row.id,
        row.department_id,
        department(work, row.asking_id),
        row.asking_opening_id,
        row.code,
        row.starts_at,
        row.ends_at,
        row.place,
        row.pay_cents_per_hour,
        row.minimum_minutes,
        tuple(row.ranks),
        tuple(row.qualifications),
        row.invited_at,
        row.answer_due_at,
    )
