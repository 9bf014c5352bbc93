"""Assignments: the fact that an officer holds a slot, and its life.

    awarded -> confirmed -> checked_in -> checked_out -> verified -> paid      (live: they hold the slot and the time)
    awarded -> declined | lapsed | unreachable                                 (told, and it came to nothing)
    confirmed -> dropped | no_show,  awarded or confirmed -> cancelled | released (the officer left)

Declined, lapsed (no answer) and unreachable (the carrier failed) are three facts: contracts price them differently.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError

from models.details import slot
from models.lifecycle import Arrow, Lifecycle
from models.proof import event
from models.session import Work
from models.tables import Span, Timestamp, of_department, span, sql

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
    sa.Column("counted_in", sa.Text),
    sa.Column("is_ordered", sa.Boolean),
    sa.Column("answer_due_at", Timestamp),
    sa.Column("charged_minutes", sa.Integer),
    sa.Column("place_before", sa.BigInteger),
    sa.Column("place_after", sa.BigInteger),
    sa.Column("charged_turns", sa.Integer),
    sa.Column("charged_points", sa.Integer),
    sa.Column("ended_at", Timestamp),
)

LIFECYCLE = Lifecycle(
    assignments,
    starts=("awarded", "confirmed"),
    arrows=(
        Arrow("accept", ("awarded",), "confirmed", "assignment_confirmed", "The officer accepts what he was awarded."),
        Arrow("decline", ("awarded",), "declined", "assignment_declined", "The officer says no."),
        Arrow(
            "lapse", ("awarded",), "lapsed", "assignment_lapsed", "The time to answer is over, and he had been told."
        ),
        Arrow(
            "lose_contact",
            ("awarded",),
            "unreachable",
            "assignment_unreachable",
            "The carrier could not deliver it: not a refusal.",
        ),
        Arrow("check_in", ("confirmed",), "checked_in", "officer_checked_in", "The officer says that he is on site."),
        Arrow(
            "undo_check_in",
            ("checked_in",),
            "confirmed",
            "check_in_undone",
            "The officer takes his check-in back, within two minutes and before the start.",
        ),
        Arrow("check_out", ("checked_in",), "checked_out", "officer_checked_out", "The officer says that he is done."),
        Arrow(
            "vouch_out",
            ("checked_in",),
            "checked_out",
            "officer_vouched_out",
            "A supervisor of his crew writes his check-out, with a reason; he may contradict.",
        ),
        Arrow(
            "drop",
            ("confirmed",),
            "dropped",
            "assignment_dropped",
            "The officer gives it back: free of charge in time, later when another took it.",
        ),
        Arrow(
            "miss",
            ("confirmed",),
            "no_show",
            "officer_did_not_show",
            "The grace time is over and he neither dropped nor checked in.",
        ),
        Arrow(
            "release",
            ("awarded", "confirmed"),
            "released",
            "assignment_released",
            "The officer leaves the department before it begins.",
        ),
        Arrow("cancel", ("awarded", "confirmed"), "cancelled", "assignment_cancelled", "The detail is called off."),
        Arrow(
            "verify",
            ("checked_out",),
            "verified",
            "hours_verified",
            "The hours are agreed to by whom the department names.",
        ),
        Arrow("pay", ("verified",), "paid", "hours_paid", "The hours are paid."),
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
    charged_turns: int = 0,
    charged_points: int = 0,
    counted_in: str | None = None,
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
        "charged_turns": charged_turns,
        "charged_points": charged_points,
        "counted_in": counted_in,
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


@dataclass(frozen=True, slots=True)
class Assignment:
    """An assignment as verbs need it. `drop_id` names the drop for which a replacement is being looked for."""

    id: int
    department_id: int
    slot_id: int
    opening_id: int
    officer_id: int
    person_id: int
    handbook_id: int
    pool: str
    state: str
    starts_at: datetime
    ends_at: datetime
    answer_due_at: datetime | None
    charged_minutes: int
    place_before: int | None
    place_after: int | None
    charged_turns: int
    charged_points: int
    award_id: int | None
    given_at: datetime
    drop_id: int | None
    band: str
    relief_id: int | None


def assignment(work: Work, department_id: int, assignment_id: int) -> Assignment:
    """The assignment with this id."""
    row = work.conn.execute(sql(_ASSIGNMENT), {"d": department_id, "id": assignment_id}).one()
    return Assignment(*row)


def end(work: Work, held: Assignment, verb: str, **charged: int) -> bool:
    """End the assignment by `verb` (decline, lapse, lose_contact, drop, miss, release, cancel), and free its slot.

    `charged` is what stays on the officer's counts, by column; what is not named is given back. False when it no longer
    stands where the verb starts: somebody was first.
    """
    left = {"charged_minutes": 0, "charged_turns": 0, "charged_points": 0, **charged}
    ended = LIFECYCLE.moving(held.department_id, [held.id], verb, ended_at=work.now, **left).cte("ended")
    freed = slot.LIFECYCLE.moving(
        held.department_id, sa.select(sa.literal(held.slot_id)).select_from(ended).scalar_subquery(), "free"
    ).cte("freed")
    if work.conn.execute(sa.select(ended.c.id).add_cte(freed)).one_or_none() is None:
        return False
    record(work, held, LIFECYCLE.arrow(verb).event)
    slot.record(work, held.department_id, held.slot_id, "free")
    return True


def record(work: Work, held: Assignment, name: str, **data: Any) -> None:
    """Write down that `name` happened to the assignment."""
    event.record(
        work,
        held.department_id,
        name,
        "assignment",
        held.id,
        officer_id=held.officer_id,
        opening_id=held.opening_id,
        slot=held.slot_id,
        **data,
    )


_ASSIGNMENT = """
select a.id, a.department_id, a.slot_id, a.opening_id, a.officer_id, a.person_id, a.handbook_id,
       coalesce(a.counted_in, d.pool), a.state,
       lower(a.during), upper(a.during), a.answer_due_at, a.charged_minutes, a.place_before, a.place_after,
       a.charged_turns, a.charged_points, a.award_id, a.given_at, x.id as drop_id,
       coalesce((select p.band from posting p where p.department_id = d.department_id and p.detail_id = d.id
                     and p.state <> 'withdrawn'), ''), o.relief_id
  from assignment a
  join opening o on o.department_id = a.department_id and o.id = a.opening_id
  join detail d on d.department_id = o.department_id and d.id = o.detail_id
  left join assignment_drop x on x.department_id = a.department_id and x.assignment_id = a.id and x.state = 'looking'
 where a.department_id = :d and a.id = :id
"""


def _insert(work: Work, department_id: int, slot_id: int, row: dict[str, Any]) -> int:
    """Insert, and hold the slot; PostgreSQL decides who was first."""
    try:
        with work.savepoint():
            if not slot.hold(work, department_id, [slot_id]):
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
