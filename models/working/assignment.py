"""Assignments: the fact that an officer holds a slot, and its life.

    awarded -> confirmed -> checked_in -> checked_out -> verified -> paid      (live: they hold the slot and the time)
    awarded -> declined | lapsed | unreachable                                 (told, and it came to nothing)
    confirmed -> dropped | no_show,  awarded or confirmed -> cancelled

Declined, lapsed (no answer) and unreachable (the carrier failed) are three facts: contracts price them differently.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError

from models.details import slot
from models.lifecycle import Arrow, Lifecycle
from models.proof import event
from models.session import Work
from models.tables import Span, Timestamp, of_department, span

assignments = of_department(
    "assignment",
    sa.Column("slot_id", sa.BigInteger),
    sa.Column("opening_id", sa.BigInteger),
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("person_id", sa.BigInteger),
    sa.Column("handbook_id", sa.BigInteger),
    sa.Column("award_id", sa.BigInteger),
    sa.Column("offer_id", sa.BigInteger),
    sa.Column("during", Span),
    sa.Column("state", sa.Text),
    sa.Column("given_at", Timestamp),
    sa.Column("answer_due_at", Timestamp),
    sa.Column("charged_minutes", sa.Integer),
    sa.Column("place_before", sa.BigInteger),
    sa.Column("place_after", sa.BigInteger),
    sa.Column("ended_at", Timestamp),
)

LIFECYCLE = Lifecycle(
    assignments,
    starts=("awarded", "confirmed"),
    arrows=(
        Arrow("accept", ("awarded",), "confirmed", "assignment_confirmed"),
        Arrow("decline", ("awarded",), "declined", "assignment_declined"),
        Arrow("lapse", ("awarded",), "lapsed", "assignment_lapsed"),
        Arrow("lose_contact", ("awarded",), "unreachable", "assignment_unreachable"),
        Arrow("check_in", ("confirmed",), "checked_in", "officer_checked_in"),
        Arrow("check_out", ("checked_in",), "checked_out", "officer_checked_out"),
        Arrow("drop", ("confirmed",), "dropped", "assignment_dropped"),
        Arrow("miss", ("confirmed",), "no_show", "officer_did_not_show"),
        Arrow("cancel", ("awarded", "confirmed"), "cancelled", "assignment_cancelled"),
        Arrow("verify", ("checked_out",), "verified", "hours_verified"),
        Arrow("pay", ("verified",), "paid", "hours_paid"),
    ),
)

LIVE = ("awarded", "confirmed", "checked_in", "checked_out", "verified", "paid")


class SlotTaken(Exception):
    """Another officer got the slot first. A normal branch: the loser is told so truthfully."""


class AlreadyCommitted(SlotTaken):
    """The officer is taken then, here or in another department; where and for whom is not said."""


def give_slot(
    work: Work,
    department_id: int,
    *,
    slot_id: int,
    opening_id: int,
    starts_at: datetime,
    ends_at: datetime,
    officer_id: int,
    person_id: int,
    handbook_id: int,
    state: str,
    award_id: int | None = None,
    offer_id: int | None = None,
    answer_due_at: datetime | None = None,
    charged_minutes: int = 0,
    place_before: int | None = None,
    place_after: int | None = None,
) -> int:
    """Give the officer the slot, as `awarded` or `confirmed`; returns the assignment's id.

    The person must be locked (lock_persons). Raises SlotTaken or AlreadyCommitted; nothing is written then.
    """
    row = {
        "department_id": department_id,
        "slot_id": slot_id,
        "opening_id": opening_id,
        "officer_id": officer_id,
        "person_id": person_id,
        "handbook_id": handbook_id,
        "award_id": award_id,
        "offer_id": offer_id,
        "during": span(starts_at, ends_at),
        "state": state,
        "given_at": work.now,
        "answer_due_at": answer_due_at,
        "charged_minutes": charged_minutes,
        "place_before": place_before,
        "place_after": place_after,
    }
    assignment_id = _insert(work, department_id, slot_id, row)
    event.record(
        work,
        department_id,
        "assignment_awarded" if state == "awarded" else "assignment_confirmed",
        "assignment",
        assignment_id,
        officer_id=officer_id,
        opening_id=opening_id,
        slot=slot_id,
        award=award_id,
        offer=offer_id,
        handbook=handbook_id,
    )
    return assignment_id


def end(work: Work, department_id: int, assignment_id: int, verb: str, *, free_slot: bool = True, **data: Any) -> bool:
    """End the assignment by `verb` (decline, lapse, lose_contact, drop, miss, cancel), and free its slot.

    False when it no longer stands where the verb starts: somebody was first.
    """
    if not LIFECYCLE.move(work, department_id, [assignment_id], verb, ended_at=work.now):
        return False
    row = assignment(work, department_id, assignment_id)
    if free_slot:
        slot.LIFECYCLE.move(work, department_id, [row.slot_id], "free")
    event.record(
        work,
        department_id,
        LIFECYCLE.arrow(verb).event,
        "assignment",
        assignment_id,
        officer_id=row.officer_id,
        opening_id=row.opening_id,
        slot=row.slot_id,
        **data,
    )
    return True


def assignment(work: Work, department_id: int, assignment_id: int) -> sa.Row[Any]:
    """The assignment's row, with its start and end beside it."""
    return work.conn.execute(
        sa.select(
            assignments,
            sa.func.lower(assignments.c.during).label("starts_at"),
            sa.func.upper(assignments.c.during).label("ends_at"),
        ).where(assignments.c.department_id == department_id, assignments.c.id == assignment_id)
    ).one()


def _insert(work: Work, department_id: int, slot_id: int, row: dict[str, Any]) -> int:
    """Insert, and hold the slot; PostgreSQL decides who was first."""
    try:
        with work.savepoint():
            held = slot.LIFECYCLE.move(work, department_id, [slot_id], "hold")
            if not held:
                raise SlotTaken
            inserted = work.conn.execute(sa.insert(assignments).values(row).returning(assignments.c.id))
            assignment_id: int = inserted.scalar_one()
            return assignment_id
    except (IntegrityError, OperationalError) as error:
        raise taken(error) from error


def taken(error: IntegrityError | OperationalError) -> Exception:
    """What a lost race means: 23P01 the officer's time, 23505 the slot, 40P01 (deadlock) either."""
    state = getattr(error.orig, "sqlstate", None)
    if state == "23P01":
        return AlreadyCommitted()
    if state in ("23505", "40P01"):
        return SlotTaken()
    return error
