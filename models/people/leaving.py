"""An officer who leaves: what he would have worked goes to others, what he asked for ends, what he did stays."""

from dataclasses import dataclass
from datetime import date, datetime, time

import sqlalchemy as sa

from models.awarding.asking.offer import end_offer, offer
from models.awarding.asking.replacement import stop_looking
from models.awarding.signing_up.signup import withdraw
from models.line import duty
from models.people.department import Department
from models.people.officer import Officer, officers
from models.people.person import lock_persons
from models.proof import event
from models.session import Work
from models.tables import sql
from models.working import assignment as working

SEPARATED = "separated"


@dataclass(frozen=True, slots=True)
class Left:
    """What leaving came to: assignments passed on, signups and offers taken back, and whether access is closed yet."""

    assignments: int
    signups: int
    offers: int
    has_left: bool


def leave(work: Work, department: Department, officer: Officer, on: date) -> Left:
    """The officer is no member from the beginning of `on`, by the department's clock; twice is once.

    What begins from then on goes to replacement by the handbook at once; what he works before stays his. On the day
    itself his access closes: the line does not know him in this department any more.
    """
    from_at = datetime.combine(on, time.min, tzinfo=department.zone)
    has_left = from_at <= work.now
    lock_persons(work, [officer.person_id])
    # Closed first: what is offered anew below must not be offered to him.
    closed = has_left and _close(work, department, officer)
    left = Left(
        assignments=_release(work, department, officer, max(from_at, work.now)),
        signups=sum(withdraw(work, officer, opening_id) for opening_id in _to_come(work, officer, from_at, _SIGNED_UP)),
        offers=sum(_take_back(work, department, offer_id) for offer_id in _to_come(work, officer, from_at, _OFFERED)),
        has_left=has_left,
    )
    if not has_left:
        duty.plan(work, department.id, "officer_leaves", officer.id, from_at, fence=on.isoformat())
    if closed or not has_left:
        name = "officer_left" if has_left else "officer_leaving"
        event.record(
            work,
            department.id,
            name,
            "officer",
            officer.id,
            officer_id=officer.id,
            left_on=on.isoformat(),
            assignments=left.assignments,
            signups=left.signups,
            offers=left.offers,
        )
    return left


def plan_for_separated(work: Work, department: Department) -> None:
    """Officers whose status says that they left, by whatever roster: what they still hold is passed on, now.

    One duty an officer and day: who was not working here any more yesterday has nothing left to pass on.
    """
    today = work.now.astimezone(department.zone).date().isoformat()
    found = work.conn.execute(sql(_SEPARATED_WITH_WORK), {"d": department.id, "now": work.now})
    for officer_id in found.scalars():
        duty.plan(work, department.id, "officer_leaves", officer_id, work.now, fence=today)


def _close(work: Work, department: Department, officer: Officer) -> bool:
    """Whether his access was open until now."""
    closed = work.conn.execute(
        sa.update(officers)
        .where(officers.c.department_id == department.id, officers.c.id == officer.id, officers.c.status != SEPARATED)
        .values(status=SEPARATED)
    )
    return bool(closed.rowcount)


def _release(work: Work, department: Department, officer: Officer, from_at: datetime) -> int:
    """End what he would have worked from then on, and have each slot filled by the handbook."""
    released = 0
    for assignment_id in _to_come(work, officer, from_at, _HELD):
        # Whoever was asked to take a slot he was giving back already is asked anew, for a slot that is free.
        stop_looking(work, department.id, assignment_id)
        held = working.assignment(work, department.id, assignment_id)
        if working.end(work, held, "release", charged_minutes=0):
            duty.plan(work, department.id, "fill_slot", held.slot_id, work.now, fence=f"assignment {held.id}")
            released += 1
    return released


def _take_back(work: Work, department: Department, offer_id: int) -> bool:
    """The offer ends without an answer of his, and the next is asked."""
    if not end_offer(work, department.id, offer_id, "withdraw"):
        return False
    slot_id = offer(work, department.id, offer_id).slot_id
    duty.plan(work, department.id, "fill_slot", slot_id, work.now, fence=f"offer {offer_id}")
    return True


def _to_come(work: Work, officer: Officer, from_at: datetime, query: str) -> list[int]:
    """The ids that one of the queries below finds: what is his of details that start from `from_at` on."""
    bound = {"d": officer.department_id, "o": officer.id, "from_at": from_at}
    return list(work.conn.execute(sql(query), bound).scalars())


_HELD = (
    "select id from assignment where department_id = :d and officer_id = :o and ended_at is null"
    " and state in ('awarded', 'confirmed') and lower(during) >= :from_at order by id"
)
_SIGNED_UP = (
    "select s.opening_id from signup s join opening o on o.department_id = s.department_id"
    " and o.id = s.opening_id where s.department_id = :d and s.officer_id = :o and s.withdrawn_at is null"
    " and o.starts_at >= :from_at order by s.id"
)
_OFFERED = (
    "select f.id from offer f join opening o on o.department_id = f.department_id and o.id = f.opening_id"
    " where f.department_id = :d and f.officer_id = :o and f.state = 'open' and o.starts_at >= :from_at order by f.id"
)

_SEPARATED_WITH_WORK = """
select o.id from officer o where o.department_id = :d and o.status = 'separated' and (
    exists (select from assignment a where a.department_id = :d and a.officer_id = o.id and a.ended_at is null
                and a.state in ('awarded', 'confirmed') and lower(a.during) >= :now)
    or exists (select from signup s join opening p on p.department_id = :d and p.id = s.opening_id
                where s.department_id = :d and s.officer_id = o.id and s.withdrawn_at is null and p.starts_at >= :now)
    or exists (select from offer f where f.department_id = :d and f.officer_id = o.id and f.state = 'open'))
"""
