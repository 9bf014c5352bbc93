"""Supervisors' slots that turn ordinary: their time has come, and no supervisor is to be had."""

from collections.abc import Sequence

import sqlalchemy as sa

from models.awarding.deciding.facts import gather, read_standing
from models.details.opening import Opening, opening, openings
from models.details.slot import move_slots
from models.line import duty
from models.people.department import Department, lock_department
from models.people.handbook import current
from models.proof import event
from models.rules.awarding.rank_mix import slots_without_a_supervisor
from models.session import Work
from models.tables import sql

#: The fence of the duty to fill a slot that more ranks may take now.
TURNED_ORDINARY = "turned ordinary"


def turn_ordinary(work: Work, department: Department, opening_id: int) -> int:
    """Make slots ordinary that no supervisor has signed up for, and go on to fill them; returns how many.

    Before the award those are left for which somebody who may take them has signed up; after it only those stay that
    are held. What is being offered waits: whoever was asked may still say yes. Whoever may sign up now and could not
    before is told.
    """
    lock_department(work, department.id)
    about = opening(work, department.id, opening_id)
    if about.starts_at <= work.now:
        return 0
    turning = _turning(work, department, about)
    if not turning:
        return 0
    moved = _move(work, department.id, about, turning)
    for slot_id in moved:
        event.record(work, department.id, "slot_turned_ordinary", "slot", slot_id, opening_id=opening_id)
        if about.posting_state == "awarded" or about.goes_down_a_list:
            duty.plan(work, department.id, "fill_slot", slot_id, work.now, fence=TURNED_ORDINARY)
    return len(moved)


def _turning(work: Work, department: Department, about: Opening) -> Sequence[int]:
    offered = work.conn.execute(
        sql("select slot_id from offer where department_id = :d and opening_id = :o and state = 'open'"),
        {"d": department.id, "o": about.id},
    ).scalars()
    standing = read_standing(work, department.id, [about.id])
    if about.posting_state == "awarded":
        free = [one[0] for one in standing.slots or ()]
    else:
        edition = current(work, department.id, work.now.astimezone(department.zone).date())
        officer_ids = sorted({one[0] for one in standing.signups or ()})
        free = slots_without_a_supervisor(gather(work, department, edition, [about], officer_ids, standing), about.id)
    busy = set(offered)
    return [each for each in free if each not in busy]


def _move(work: Work, department_id: int, about: Opening, slot_ids: Sequence[int]) -> list[int]:
    """To the opening for anybody at the same time; where the detail has none, this one becomes it."""
    ordinary_id = work.conn.execute(
        sql(
            "select o.id from opening s join opening o on o.department_id = s.department_id"
            " and o.detail_id = s.detail_id where s.department_id = :d and s.id = :o and o.ranks = '{}'"
            " and o.starts_at = s.starts_at and o.ends_at = s.ends_at and o.qualifications = s.qualifications"
            " order by o.id limit 1"
        ),
        {"d": department_id, "o": about.id},
    ).scalar_one_or_none()
    if ordinary_id is not None:
        return move_slots(work, department_id, slot_ids, ordinary_id)
    if about.posting_state != "awarded" and len(slot_ids) < about.slots:
        return []
    work.conn.execute(
        sa.update(openings)
        .where(openings.c.department_id == department_id, openings.c.id == about.id)
        .values(ranks=[], turns_ordinary_at=None)
    )
    if about.posting_state == "open" and about.posting_id is not None:
        duty.plan(work, department_id, "announce_posting", about.posting_id, work.now, fence=f"admits {about.id}")
    return list(slot_ids)
