"""Replacement: a slot came free after the award, or its holder gives it back. Who is asked, the handbook says."""

from typing import Any

import sqlalchemy as sa

from models.awarding.facts import gather
from models.awarding.offer import make_offer, offers, withdraw_others
from models.details.opening import Opening, opening
from models.details.slot import lock_slot
from models.line.hand_off import hand_off
from models.people.department import Department
from models.people.handbook import Edition, current
from models.proof import event
from models.rules.replacement import replacement_order
from models.rules.timing import offer_due_at
from models.session import Work
from models.tables import sql
from models.working.assignment import assignment
from models.working.assignment_drop import keep_assignment


def ask_next(work: Work, department: Department, slot_id: int) -> int:
    """Offer the slot to the next officers, so many as the handbook asks at once; returns how many were asked.

    When nobody is left to ask and no offer is open, a person is told that the slot stands empty.
    """
    vacancy = _vacancy(work, department.id, slot_id)
    if vacancy is None:
        return 0
    about = opening(work, department.id, vacancy.opening_id)
    edition = current(work, department.id, work.now.astimezone(department.zone).date())
    clause = edition.rules.replacement
    expires_at = offer_due_at(edition.rules, work.now, about.starts_at)
    if expires_at <= work.now:
        return _exhausted(work, department.id, vacancy)
    open_ones, asked = _asked(work, department.id, slot_id, vacancy)
    wanted = clause.at_once - open_ones
    chosen = _candidates(work, department, edition, about, asked)[:wanted] if wanted > 0 else []
    for officer_id in chosen:
        make_offer(work, department.id, slot_id, about.id, officer_id, expires_at, edition.id, vacancy.drop_id)
    if not chosen and not open_ones:
        _exhausted(work, department.id, vacancy)
    return len(chosen)


def stop_looking(work: Work, department_id: int, assignment_id: int) -> bool:
    """The officer keeps what he wanted to give back, and who was asked to take it is told; False when it is taken.

    The slot first, as whoever takes it does: the two never wait crosswise.
    """
    slot_id = assignment(work, department_id, assignment_id).slot_id
    lock_slot(work, department_id, slot_id)
    if not keep_assignment(work, department_id, assignment_id):
        return False
    withdraw_others(work, department_id, slot_id)
    return True


def _vacancy(work: Work, department_id: int, slot_id: int) -> sa.Row[Any] | None:
    """The slot, locked, if it is to be filled: open, or held by somebody who is giving it back."""
    return work.conn.execute(
        sql(
            "select s.id, s.opening_id, s.state, x.id as drop_id from slot s"
            " left join assignment a on a.department_id = s.department_id and a.slot_id = s.id"
            " and a.state = 'confirmed'"
            " left join assignment_drop x on x.department_id = a.department_id and x.assignment_id = a.id"
            " and x.state = 'looking'"
            " where s.department_id = :d and s.id = :slot and (s.state = 'open' or x.id is not null) for update of s"
        ),
        {"d": department_id, "slot": slot_id},
    ).one_or_none()


def _asked(work: Work, department_id: int, slot_id: int, vacancy: sa.Row[Any]) -> tuple[int, set[int]]:
    """How many offers of the slot are open, and who is not asked: who was before, and who gave this opening up."""
    open_ones: int = work.conn.execute(
        sa.select(sa.func.count())
        .select_from(offers)
        .where(offers.c.department_id == department_id, offers.c.slot_id == slot_id, offers.c.state == "open")
    ).scalar_one()
    never = work.conn.execute(
        sql(
            "select officer_id from offer where department_id = :d and opening_id = :o and state <> 'withdrawn'"
            " union select officer_id from assignment where department_id = :d and opening_id = :o"
        ),
        {"d": department_id, "o": vacancy.opening_id},
    )
    return open_ones, set(never.scalars())


def _candidates(work: Work, department: Department, edition: Edition, about: Opening, never: set[int]) -> list[int]:
    facts = gather(work, department, edition, [about], None)
    standbys = standbys_of(work, department.id, about.id)
    order = replacement_order(facts, about.id, standbys, never)
    return [one.officer_id for one in order.candidates]


def standbys_of(work: Work, department_id: int, opening_id: int) -> list[int]:
    """The standbys of the opening's award, first to last."""
    rows = work.conn.execute(
        sql(
            "select officer_id from verdict where department_id = :d and opening_id = :o and outcome = 'standby'"
            " order by award_id desc, place"
        ),
        {"d": department_id, "o": opening_id},
    )
    return list(rows.scalars())


def _exhausted(work: Work, department_id: int, vacancy: sa.Row[Any]) -> int:
    """Nobody is left to ask: a person decides what follows."""
    event.record(work, department_id, "slot_not_filled", "slot", vacancy.id, opening_id=vacancy.opening_id)
    hand_off(work, department_id, "slot_not_filled", urgent=True, slot=vacancy.id)
    return 0
