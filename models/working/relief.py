"""Relief: an officer on a detail hands the rest of it over.

    asked -> taken (somebody will come) -> handed_over (he has checked in),  asked, taken -> unfilled
    asked -> withdrawn (he stays after all)

The rest is an opening of its own on the same detail, so that whoever takes it is asked, limited, reminded, watched and
paid like anybody; the one who is relieved holds his place until the other is there.
"""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.awarding.asking.offer import make_offer, withdraw_where_taken
from models.awarding.asking.vacancy import vacancies
from models.awarding.deciding.facts import gather, refusal
from models.details import slot
from models.details.opening import Opening, draw_code, opening, openings
from models.lifecycle import Arrow, Lifecycle
from models.line import duty
from models.line.hand_off import hand_off
from models.people.department import Department
from models.people.handbook import Edition, edition
from models.people.officer import Officer
from models.proof import event
from models.session import Work
from models.tables import Timestamp, of_department
from models.working import assignment as working
from models.working.assignment import Assignment
from models.working.extension import extend_assignment

reliefs = of_department(
    "relief",
    sa.Column("assignment_id", sa.BigInteger),
    sa.Column("colleague_id", sa.BigInteger),
    sa.Column("reason", sa.Text),
    sa.Column("asked_at", Timestamp),
    sa.Column("state", sa.Text),
    sa.Column("ended_at", Timestamp),
)

OPEN = ("asked", "taken")
# Written out, not bound: a plan that is made once for all values would not know which index is meant.
_OPEN_NOW = sa.text("state in ('asked', 'taken')")

LIFECYCLE = Lifecycle(
    reliefs,
    starts=("asked",),
    arrows=(
        Arrow("take", ("asked",), "taken", "relief_taken", "Somebody takes the rest of the detail, and will come."),
        Arrow("hand_over", OPEN, "handed_over", "relief_handed_over", "He has checked in: the other is relieved."),
        Arrow("give_up", ("asked",), "unfilled", "relief_not_found", "Nobody takes it: the officer still holds it."),
        Arrow("withdraw", ("asked",), "withdrawn", "relief_withdrawn", "He stays after all, and nobody is asked more."),
    ),
)


def hands_over_at(edition: Edition, now: datetime) -> datetime:
    """When somebody else begins, at whole minutes."""
    lead = timedelta(minutes=edition.rules.staying.relief_lead_minutes)
    return (now + lead).replace(second=0, microsecond=0)


def ask_for_relief(work: Work, held: Assignment, reason: str, colleague: Officer | None = None) -> str:
    """Have somebody looked for who does the rest; asked, or why not.

    never (by the handbook), not_in, too_late (his detail ends before anybody could begin), already.
    """
    holds = edition(work, held.department_id, held.handbook_id)
    if holds.rules.staying.relief == "never":
        return "never"
    if held.state != "checked_in":
        return "not_in"
    if hands_over_at(holds, work.now) >= held.ends_at:
        return "too_late"
    row = {
        "department_id": held.department_id,
        "assignment_id": held.id,
        "colleague_id": colleague.id if colleague else None,
        "reason": reason,
        "asked_at": work.now,
        "state": "asked",
    }
    written = (
        insert(reliefs)
        .values(row)
        .on_conflict_do_nothing(index_elements=["department_id", "assignment_id"], index_where=_OPEN_NOW)
    )
    relief_id = work.conn.execute(written.returning(reliefs.c.id)).scalar_one_or_none()
    if relief_id is None:
        return "already"
    _record(work, held, "relief_asked", relief_id, reason=reason, colleague=row["colleague_id"])
    duty.plan(work, held.department_id, "begin_relief", relief_id, work.now)
    return "asked"


def begin_relief(work: Work, department: Department, relief_id: int) -> None:
    """Open the rest of the detail and ask for it: the colleague he named, if he may take it, else by the rule."""
    row = relief(work, department.id, relief_id)
    held = working.assignment(work, department.id, row.assignment_id)
    holds = edition(work, department.id, held.handbook_id)
    starts_at = hands_over_at(holds, row.asked_at)
    if row.state != "asked" or held.state != "checked_in" or starts_at >= held.ends_at:
        return
    about, slot_id = _open_rest(work, department, held, relief_id, starts_at)
    expires_at = min(work.now + timedelta(minutes=holds.rules.replacement.answer_minutes), starts_at)
    if row.colleague_id is not None and _may_take(work, department, holds, about, row.colleague_id):
        make_offer(work, department.id, slot_id, about.id, row.colleague_id, expires_at, holds.id, None)
    else:
        duty.plan(work, department.id, "fill_slot", slot_id, work.now, fence=f"relief {relief_id}")
    duty.plan(work, department.id, "settle_relief", relief_id, starts_at)


def take_relief(work: Work, department_id: int, relief_id: int) -> bool:
    """Somebody has taken it; False when that was so before, or it was given up."""
    return _move(work, department_id, relief_id, "take")


def hand_over(work: Work, department: Department, relief_id: int, came_at: datetime) -> bool:
    """Whoever relieves has checked in: from then on the other is free to go. False when that was so before."""
    if not _move(work, department.id, relief_id, "hand_over"):
        return False
    assignment_id = relief(work, department.id, relief_id).assignment_id
    extend_assignment(work, department, assignment_id, came_at, "relieved", tells=False)
    return True


def give_up_relief(work: Work, department_id: int, relief_id: int) -> bool:
    """The time has come and nobody took it: the slot is called off and a person is told. False when it was settled."""
    if not _move(work, department_id, relief_id, "give_up"):
        return False
    held = working.assignment(work, department_id, relief(work, department_id, relief_id).assignment_id)
    slot.cancel(work, department_id, [slot_id for _, slot_id in _rest(work, department_id, relief_id)])
    hand_off(work, department_id, "relief_not_found", person_id=held.person_id, urgent=True, assignment=held.id)
    return True


def take_back_relief(work: Work, department_id: int, relief_id: int) -> bool:
    """He stays after all, and whoever was asked is told that it is not free; False when somebody has taken it, or it
    was settled before.

    The slot first, as whoever takes it does: the two never wait crosswise.
    """
    for opening_id, slot_id in _rest(work, department_id, relief_id):
        if not vacancies(work, department_id, opening_id) or not slot.cancel(work, department_id, [slot_id]):
            return False
        withdraw_where_taken(work, department_id, opening_id)
    return _move(work, department_id, relief_id, "withdraw")


def asked_relief(work: Work, department_id: int, assignment_id: int) -> int | None:
    """The relief that he has asked for and nobody has taken yet."""
    found = sa.select(reliefs.c.id).where(
        reliefs.c.department_id == department_id, reliefs.c.assignment_id == assignment_id, reliefs.c.state == "asked"
    )
    return work.conn.execute(found).scalar_one_or_none()


def relief(work: Work, department_id: int, relief_id: int) -> sa.Row[Any]:
    """The relief's row."""
    where = (reliefs.c.department_id == department_id, reliefs.c.id == relief_id)
    return work.conn.execute(sa.select(reliefs).where(*where)).one()


def _rest(work: Work, department_id: int, relief_id: int) -> list[tuple[int, int]]:
    """The opening that was made of the rest of the detail, and its slot; none before somebody was asked."""
    found = work.conn.execute(
        sa.select(openings.c.id, slot.slots.c.id)
        .join(slot.slots, (openings.c.department_id == slot.slots.c.department_id)
              & (openings.c.id == slot.slots.c.opening_id))
        .where(openings.c.department_id == department_id, openings.c.relief_id == relief_id)
    )  # fmt: skip
    return [(opening_id, slot_id) for opening_id, slot_id in found]


def _open_rest(
    work: Work, department: Department, held: Assignment, relief_id: int, starts_at: datetime
) -> tuple[Opening, int]:
    whole = opening(work, department.id, held.opening_id)
    opening_id: int = work.conn.execute(
        sa.insert(openings)
        .values(
            department_id=department.id,
            detail_id=whole.detail_id,
            code=draw_code(work, department.id),
            starts_at=starts_at,
            ends_at=held.ends_at,
            ranks=list(whole.ranks),
            qualifications=list(whole.qualifications),
            unit=whole.unit,
            pay_cents_per_hour=whole.pay_cents_per_hour,
            relief_id=relief_id,
        )
        .returning(openings.c.id)
    ).scalar_one()
    [slot_id] = slot.add_slots(work, department.id, opening_id, 1)
    return opening(work, department.id, opening_id), slot_id


def _may_take(work: Work, department: Department, holds: Edition, about: Opening, officer_id: int) -> bool:
    return refusal(gather(work, department, holds, [about], [officer_id]), officer_id, about) is None


def _move(work: Work, department_id: int, relief_id: int, verb: str) -> bool:
    ended = {} if verb == "take" else {"ended_at": work.now}
    if not LIFECYCLE.move(work, department_id, [relief_id], verb, **ended):
        return False
    held = working.assignment(work, department_id, relief(work, department_id, relief_id).assignment_id)
    _record(work, held, LIFECYCLE.arrow(verb).event, relief_id)
    return True


def _record(work: Work, held: Assignment, name: str, relief_id: int, **data: Any) -> None:
    told = {key: value for key, value in data.items() if value is not None}
    about = {"officer_id": held.officer_id, "opening_id": held.opening_id, "assignment": held.id}
    event.record(work, held.department_id, name, "relief", relief_id, **about, **told)
