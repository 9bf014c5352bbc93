"""An ordered headcount changes: more slots are filled by the same rule as all others, of fewer some give way.

Where the detail's slots have ranks by the handbook's mix, the mix is read anew for all of the detail; else the
headcount is that of the opening whose code was named.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from models.awarding.asking.gone import stop_asking
from models.awarding.asking.offer import end_offer
from models.awarding.asking.replacement import stop_looking
from models.awarding.deciding.award import signed_up_for
from models.awarding.deciding.facts import gather, opening_facts
from models.awarding.telling.contractor_news import plan_news
from models.details import slot
from models.details.opening import Opening, draw_code, opening, openings, openings_of_detail
from models.details.posting import lock_postings
from models.line import duty
from models.people.department import Department, lock_department
from models.people.handbook import Edition, current
from models.proof import event
from models.rules.awarding.headcount import Holder, giving_way, is_by_mix, slots_by_rank
from models.rules.awarding.minimums import Occasion, SlotsAt, short_of
from models.rules.awarding.rank_mix import OutsideEveryBand
from models.rules.pay.facts import WorkFacts
from models.rules.pay.pay import cents_at_start
from models.rules.time.timing import hours_before
from models.session import Work
from models.tables import sql
from models.working.cancelling import cancel_assignment


class HeadcountRefused(Exception):
    """Why the headcount stays as it is, in a sentence for the operator; nothing may be kept then."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """Who ordered it so, and why."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What came of it: slots before and after, how many new ones, and the assignments that gave way, first to last."""

    before: int
    after: int
    added: int
    gave_way: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """The slots that each opening is to have, and those of ranks for which there is no opening yet."""

    of_opening: dict[int, int]
    of_new: dict[str | None, int] = field(default_factory=dict)


def change_headcount(work: Work, department: Department, about: Opening, count: int, said: Ordered) -> Changed:
    """So many officers are ordered now. Raises HeadcountRefused."""
    lock_department(work, department.id)
    if about.posting_id is not None:
        lock_postings(work, department.id, [about.posting_id])
    _refuse_what_is_over(work, department, about)
    edition = current(work, department.id, work.now.astimezone(department.zone).date())
    there = openings_of_detail(work, department.id, about.detail_id)
    plan = _plan(work, edition, there, about, count)
    _refuse_too_few(work, edition, about, there, plan)
    there = [each for each in there if each.id in plan.of_opening]
    before = sum(each.slots for each in there)
    if not plan.of_new and all(each.slots == plan.of_opening[each.id] for each in there):
        raise HeadcountRefused(f"{before} are ordered already")
    gave_way = [one for each in there for one in _shrink(work, department, edition, each, plan.of_opening[each.id])]
    added = sum(_grow(work, each, plan.of_opening[each.id] - each.slots) for each in there)
    added += sum(_open(work, department, edition, about, rank, slots) for rank, slots in plan.of_new.items())
    after = sum(plan.of_opening.values()) + sum(plan.of_new.values())
    event.record(
        work,
        department.id,
        "headcount_changed",
        "detail",
        about.detail_id,
        opening_id=about.id,
        before=before,
        after=after,
        by=said.by,
        reason=said.reason,
    )
    decided = f"headcount {before} to {after}, {work.now.isoformat()}"
    plan_news(work, department.id, edition.rules, about.id, about.starts_at, decided)
    return Changed(before, after, added, tuple(gave_way))


def gaining_by(work: Work, department: Department, about: Opening, count: int) -> set[int]:
    """The officers who would gain by such an order: where it is for more, those who signed up for the detail."""
    rules = current(work, department.id, work.now.astimezone(department.zone).date()).rules
    there = openings_of_detail(work, department.id, about.detail_id)
    before = (
        sum(each.slots for each in there) if is_by_mix(rules, [opening_facts(each) for each in there]) else about.slots
    )
    if count <= before or about.posting_id is None:
        return set()
    return signed_up_for(work, department.id, [about.posting_id])


def _refuse_what_is_over(work: Work, department: Department, about: Opening) -> None:
    query = "select state from detail where department_id = :d and id = :id"
    state = work.conn.execute(sql(query), {"d": department.id, "id": about.detail_id}).scalar_one()
    if state not in ("planned", "posted", "awarded") or about.starts_at <= work.now:
        raise HeadcountRefused("it has begun, or is over")


def _refuse_too_few(work: Work, edition: Edition, about: Opening, there: Sequence[Opening], plan: _Plan) -> None:
    """A change below what the handbook asks for is refused, also where it raises new orders to it."""
    if sum(plan.of_opening.get(each.id, each.slots) - each.slots for each in there) + sum(plan.of_new.values()) >= 0:
        return
    query = "select kind, serves_alcohol, attendance from detail where department_id = :d and id = :id"
    occasion = Occasion(*work.conn.execute(sql(query), {"d": about.department_id, "id": about.detail_id}).one())
    left = [
        SlotsAt(each.ranks, plan.of_opening.get(each.id, each.slots), each.starts_at, each.ends_at) for each in there
    ]
    left += [
        SlotsAt((rank,) if rank else (), slots, about.starts_at, about.ends_at) for rank, slots in plan.of_new.items()
    ]
    for short in short_of(edition.rules, occasion, left):
        raise HeadcountRefused(str(short))


def _plan(work: Work, edition: Edition, there: Sequence[Opening], about: Opening, count: int) -> _Plan:
    if not is_by_mix(edition.rules, [opening_facts(each) for each in there]):
        return _Plan({about.id: count})
    of_rank = {(each.ranks[0] if each.ranks else None): each for each in there}
    try:
        wanted = slots_by_rank(
            edition.rules,
            count,
            {rank: each.slots for rank, each in of_rank.items()},
            turned=edition.rules.rank_mix.if_none == "runs_without" and _turns_at(edition, about) <= work.now,
        )
    except OutsideEveryBand as error:
        raise HeadcountRefused(str(error)) from error
    return _Plan(
        {each.id: wanted[rank] for rank, each in of_rank.items()},
        {rank: slots for rank, slots in wanted.items() if slots and rank not in of_rank},
    )


def _grow(work: Work, about: Opening, more: int) -> int:
    """New slots: part of the award to come, or, where it was made, filled as one that came free."""
    if more <= 0:
        return 0
    for slot_id in slot.add_slots(work, about.department_id, about.id, more):
        if about.posting_state == "awarded":
            duty.plan(work, about.department_id, "fill_slot", slot_id, work.now, fence="added")
    return more


def _open(work: Work, department: Department, edition: Edition, about: Opening, rank: str | None, slots: int) -> int:
    """An opening for a rank that the detail had none for; while sign-up runs, those whom it is for are told."""
    turns_at = _turns_at(edition, about) if rank and edition.rules.rank_mix.if_none == "runs_without" else None
    opening_id: int = work.conn.execute(
        sa.insert(openings)
        .values(
            department_id=department.id,
            detail_id=about.detail_id,
            code=draw_code(work, department.id),
            starts_at=about.starts_at,
            ends_at=about.ends_at,
            ranks=[rank] if rank else [],
            qualifications=list(about.qualifications),
            unit=about.unit,
            pay_cents_per_hour=_pay_told(department, edition, about, rank),
            turns_ordinary_at=turns_at,
        )
        .returning(openings.c.id)
    ).scalar_one()
    if turns_at is not None:
        duty.plan(work, department.id, "turn_ordinary", opening_id, turns_at)
    if about.posting_state == "open" and about.posting_id is not None:
        duty.plan(work, department.id, "announce_posting", about.posting_id, work.now, fence=f"opening {opening_id}")
    return _grow(work, opening(work, department.id, opening_id), slots)


def _turns_at(edition: Edition, about: Opening) -> datetime:
    return hours_before(about.starts_at, edition.rules.rank_mix.runs_without_hours_before)


def _pay_told(department: Department, edition: Edition, about: Opening, rank: str | None) -> int | None:
    """What the rank is paid by the handbook, where it has rates; else what the detail pays everybody."""
    if not edition.rules.pay.rates:
        return about.pay_cents_per_hour
    lowest = rank or edition.rules.ranks[-1]
    return cents_at_start(
        edition.rules.pay,
        WorkFacts(department.zone.key, about.starts_at, about.ends_at, lowest, about.kind, ordered_at=about.posted_at),
    )


def _shrink(work: Work, department: Department, edition: Edition, about: Opening, keep: int) -> list[int]:
    """Call slots off until so many are left: free ones first. Returns the assignments that gave way."""
    fewer = about.slots - keep
    if fewer <= 0:
        return []
    free = _free_slots(work, department.id, about.id)[:fewer]
    chosen = _giving_way(work, department, edition, about, fewer - len(free))
    slot_ids = [*free, *(slot_id for slot_id, _ in chosen.values())]
    for assignment_id, (_, why) in chosen.items():
        stop_looking(work, department.id, assignment_id)
        cancel_assignment(work, department, assignment_id, why)
    slot.cancel(work, department.id, slot_ids)
    _end_offers(work, department.id, about, slot_ids)
    return list(chosen)


def _free_slots(work: Work, department_id: int, opening_id: int) -> list[int]:
    """Its slots that nobody holds, held still; those that are owed to an officer last."""
    rows = work.conn.execute(
        sql(
            "select s.id from slot s where s.department_id = :d and s.opening_id = :o and s.state = 'open'"
            " order by exists (select from offer f where f.department_id = s.department_id and f.slot_id = s.id"
            "  and f.state = 'open' and f.is_owed), s.number desc, s.id desc for no key update of s"
        ),
        {"d": department_id, "o": opening_id},
    )
    return list(rows.scalars())


def _giving_way(
    work: Work, department: Department, edition: Edition, about: Opening, count: int
) -> dict[int, tuple[int, str]]:
    """The assignments that give way, first to last, each with its slot and why it is he."""
    if count <= 0:
        return {}
    rows = work.conn.execute(sql(_HOLDERS), {"d": department.id, "o": about.id}).all()
    if len(rows) < count:
        raise HeadcountRefused("officers have checked in who would have to give way")
    slot_of = {row.id: row.slot_id for row in rows}
    holders = [Holder(row.id, row.officer_id, row.given_at, row.gives_back, row.is_guest) for row in rows]
    facts = gather(work, department, edition, [about], [each.officer_id for each in holders])
    chosen = giving_way(facts, about.id, holders)[:count]
    return {each.assignment_id: (slot_of[each.assignment_id], each.why(edition.rules)) for each in chosen}


_HOLDERS = """
select a.id, a.slot_id, a.officer_id, a.given_at, o.status = 'guest' as is_guest,
       coalesce(x.zone <> 'swap', false) as gives_back
  from assignment a join officer o on o.department_id = a.department_id and o.id = a.officer_id
  left join assignment_drop x on x.department_id = a.department_id and x.assignment_id = a.id and x.state = 'looking'
 where a.department_id = :d and a.opening_id = :o and a.state in ('awarded', 'confirmed') order by a.id
"""


def _end_offers(work: Work, department_id: int, about: Opening, slot_ids: Sequence[int]) -> None:
    """Who was asked for a slot that is no more is told so, unless another is free; a call-out without slots ends."""
    owed = work.conn.execute(
        sql(
            "select id from offer where department_id = :d and slot_id = any (:slots) and state = 'open' and is_owed"
            " order by id"
        ),
        {"d": department_id, "slots": list(slot_ids)},
    )
    for offer_id in owed.scalars().all():
        end_offer(work, department_id, offer_id, "withdraw")
        duty.plan(work, department_id, "tell_offer_gone", offer_id, work.now)
    stop_asking(work, department_id, about, slot_ids[0], "called off")
