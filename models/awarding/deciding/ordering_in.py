"""Ordering in: nobody is left to ask, and a round of the handbook orders officers to what stands empty.

It is an award like any other, with its facts, its ranked list and a verdict for whoever is ordered.
"""

import secrets
from dataclasses import replace

from models.awarding.asking.contact import take_back
from models.awarding.counting.counters import lock_pools
from models.awarding.deciding.award import MOST_SEEDS, everybody, make_award
from models.awarding.deciding.facts import gather, read_standing
from models.awarding.telling.contractor_news import plan_news
from models.details.opening import Opening, opening
from models.line import duty
from models.line.hand_off import hand_off
from models.people.department import Department, lock_department
from models.people.handbook import Edition, current
from models.people.person import lock_persons
from models.proof import event
from models.rules.awarding import award as rule
from models.rules.time.round_times import next_orders_at
from models.session import Work


def plan_orders(work: Work, department: Department, edition: Edition, about: Opening) -> bool:
    """Have officers ordered in when the handbook's round for it begins; False where none does before the start."""
    at = next_orders_at(edition.rules, about.starts_at, work.now, department.zone.key)
    if at is None:
        return False
    duty.plan(work, department.id, "order_in", about.id, at, fence=work.now.isoformat())
    return True


def order_in(work: Work, department: Department, opening_id: int) -> int:
    """Order officers to the free slots of the opening, as the handbook of today says; returns how many.

    For what stays empty a person is told. The slots of a detail that has begun are nobody's any more.
    """
    lock_department(work, department.id)
    about = opening(work, department.id, opening_id)
    edition = current(work, department.id, work.now.astimezone(department.zone).date())
    if about.starts_at <= work.now or not edition.rules.awarding.orders_in:
        return 0
    lock_persons(work, everybody(work, department.id))
    lock_pools(work, department.id, [about.pool, *edition.rules.awarding.counters])
    standing = read_standing(work, department.id, [opening_id])
    facts = gather(work, department, edition, [about], None, standing, secrets.randbelow(MOST_SEEDS))
    # Interest was decided over before: those who had it were offered the slot.
    facts = replace(facts, signups=())
    result = rule.award(facts)
    if result.awards:
        make_award(work, department, edition, facts, result, "ordered in")
        if edition.rules.outcomes.ordered_in == "taken_back":
            for one in result.awards:
                take_back(work, department.id, one.officer_id, about)
    given = {one.slot_id for one in result.awards}
    for slot in facts.slots:
        if slot.id not in given:
            event.record(work, department.id, "slot_not_filled", "slot", slot.id, opening_id=opening_id)
            hand_off(work, department.id, "slot_not_filled", urgent=True, slot=slot.id)
            decided = f"slot {slot.id}, orders, {work.now.isoformat()}"
            plan_news(work, department.id, edition.rules, opening_id, about.starts_at, decided)
    return len(given)
