"""Offers: put to one officer with an expiry. They hold nothing: the first accept wins, the others are told so.

open -> accepted | declined | expired | unreachable | withdrawn
    expired -> accepted, where late answers count and the slot is still free
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models.awarding.asking.call_out import call_out
from models.awarding.asking.contact import Asked, record_contact
from models.awarding.asking.vacancy import Vacancy, vacancies
from models.awarding.counting.counters import lock_pools
from models.awarding.deciding.facts import gather, refusal
from models.awarding.signing_up.taking import take_counted
from models.details.opening import Opening, opening
from models.lifecycle import Arrow, Lifecycle
from models.line import duty
from models.people.department import Department
from models.people.handbook import Edition, edition
from models.people.officer import Officer
from models.proof import event
from models.rules.clauses.outcomes import ContactStep, OutcomeName
from models.rules.verdict import Verdict
from models.session import Work
from models.tables import Timestamp, of_department, sql
from models.working.assignment import AlreadyCommitted, SlotTaken
from models.working.assignment_drop import end_swap, is_swap, release_to_replacement
from models.working.watch import plan_watch

offers = of_department(
    "offer",
    sa.Column("slot_id", sa.BigInteger),
    sa.Column("opening_id", sa.BigInteger),
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("drop_id", sa.BigInteger),
    sa.Column("handbook_id", sa.BigInteger),
    sa.Column("made_at", Timestamp),
    sa.Column("expires_at", Timestamp),
    sa.Column("state", sa.Text),
    sa.Column("ended_at", Timestamp),
    sa.Column("call_out_id", sa.BigInteger),
    sa.Column("step", sa.Integer),
    sa.Column("is_owed", sa.Boolean),
    sa.Column("listing_id", sa.BigInteger),
    sa.Column("counted_in", sa.Text),
)

LIFECYCLE = Lifecycle(
    offers,
    starts=("open",),
    arrows=(
        Arrow("accept", ("open",), "accepted", "offer_accepted", "The officer takes it, as the first."),
        Arrow(
            "accept_late",
            ("expired",),
            "accepted",
            "offer_accepted_late",
            "His time was over, the slot is still free, and the handbook lets a late answer count.",
        ),
        Arrow("decline", ("open",), "declined", "offer_declined", "The officer says no."),
        Arrow("expire", ("open",), "expired", "offer_expired", "The time to answer is over, and he had been told."),
        Arrow(
            "lose_contact",
            ("open",),
            "unreachable",
            "offer_unreachable",
            "The carrier could not deliver it: not a refusal.",
        ),
        Arrow(
            "withdraw",
            ("open",),
            "withdrawn",
            "offer_withdrawn",
            "The slot went to somebody else; the officer is told so.",
        ),
    ),
)


# The verb that ends an offer, and the handbook's name for that outcome.
OUTCOME_OF: dict[str, OutcomeName] = {"decline": "declined", "expire": "no_answer", "lose_contact": "unreachable"}


@dataclass(frozen=True, slots=True)
class OfferAnswer:
    """What came of an accept: accepted, gone (another was first), expired, committed, or ineligible."""

    outcome: str
    opening: Opening
    refusal: Verdict | None = None


def make_offer(
    work: Work,
    department_id: int,
    slot_id: int,
    opening_id: int,
    officer_id: int,
    expires_at: datetime,
    handbook_id: int,
    drop_id: int | None,
    call_out_id: int | None = None,
    is_owed: bool = False,
    listing_id: int | None = None,
    counted_in: str | None = None,
) -> int:
    """Offer the slot to the officer until `expires_at`, and have him told; returns the offer's id.

    Of a call-out, he may take any slot of the opening that is free when he answers. `is_owed`: it is
    put to him before the award, because he was wrongly passed over; `listing_id`: the list by which he is asked;
    `counted_in`: the pool that what he says counts in, where that is not the detail's.
    """
    offer_id: int = work.conn.execute(
        sa.insert(offers)
        .values(
            department_id=department_id,
            slot_id=slot_id,
            opening_id=opening_id,
            officer_id=officer_id,
            drop_id=drop_id,
            handbook_id=handbook_id,
            made_at=work.now,
            expires_at=expires_at,
            state="open",
            call_out_id=call_out_id,
            is_owed=is_owed,
            listing_id=listing_id,
            counted_in=counted_in,
        )
        .returning(offers.c.id)
    ).scalar_one()
    duty.plan(work, department_id, "tell_offer", offer_id, work.now)
    event.record(
        work,
        department_id,
        "offer_made",
        "offer",
        offer_id,
        officer_id=officer_id,
        opening_id=opening_id,
        slot=slot_id,
        expires_at=expires_at.isoformat(),
    )
    return offer_id


def accept_offer(work: Work, department: Department, officer: Officer, offer_id: int) -> OfferAnswer:
    """The officer takes the slot, if it is still to be had and he may still have it. His person must be locked."""
    row = offer(work, department.id, offer_id)
    about = opening(work, department.id, row.opening_id)
    is_late = row.state == "expired" or work.now >= row.expires_at
    if row.state not in ("open", "expired") or (is_late and not _late_counts(work, row, about)):
        return OfferAnswer("gone" if row.state == "withdrawn" else "expired", about)
    rules = _rules_of(work, row)
    why = refusal(gather(work, department, rules, [about], [officer.id]), officer.id, about)
    if why is not None:
        return OfferAnswer("ineligible", about, why)
    try:
        with work.savepoint():
            assignment_id = _take(work, department, officer, row, about)
    except AlreadyCommitted:
        return OfferAnswer("committed", about)
    except SlotTaken:
        return OfferAnswer("gone", about)
    plan_watch(work, department, rules.rules, assignment_id, about.id, about.starts_at, about.ends_at)
    if about.relief_id is not None:
        duty.plan(work, department.id, "tell_relief", about.relief_id, work.now, fence=f"taken {assignment_id}")
    return OfferAnswer("accepted", about)


def end_offer(
    work: Work,
    department_id: int,
    offer_id: int,
    verb: str,
    outcome: OutcomeName | None = None,
    *,
    channel: str | None = None,
) -> bool:
    """End an open offer by decline, expire, lose_contact or withdraw; all but the last pass the slot on.

    `outcome` is what the handbook prices, where it is not the verb's own; `channel` how he was tried last, where it was
    not by text. False when it was answered before.
    """
    if not LIFECYCLE.move(work, department_id, [offer_id], verb, ended_at=work.now):
        return False
    row = offer(work, department_id, offer_id)
    if verb != "withdraw" and not _is_swap_ended(work, row):
        rules = edition(work, department_id, row.handbook_id).rules
        about = opening(work, department_id, row.opening_id)
        name = outcome or OUTCOME_OF[verb]
        record_contact(work, department_id, rules, _asked(work, row, about), name, channel=channel)
        # A slot that was owed goes into the award to come, and is passed on only when that was made meanwhile.
        if not row.is_owed or about.posting_state == "awarded":
            duty.plan(work, department_id, "fill_slot", row.slot_id, work.now, fence=f"offer {offer_id}")
    if row.is_owed:
        duty.plan(work, department_id, "settle_owed", offer_id, work.now)
    _record(work, department_id, row, LIFECYCLE.arrow(verb).event)
    return True


def extend_offer(work: Work, department_id: int, offer_id: int, expires_at: datetime) -> None:
    """Let an open offer stand until `expires_at`: its text went out late, and the time to answer runs from there."""
    work.conn.execute(
        sa.update(offers)
        .where(offers.c.department_id == department_id, offers.c.id == offer_id, offers.c.state == "open")
        .values(expires_at=expires_at)
    )


def offer(work: Work, department_id: int, offer_id: int) -> sa.Row[Any]:
    """The offer's row."""
    return work.conn.execute(
        sa.select(offers).where(offers.c.department_id == department_id, offers.c.id == offer_id)
    ).one()


def is_for_swap(work: Work, department_id: int, offer_id: int) -> bool:
    """Whether a colleague named the officer, so that nobody else is asked."""
    drop_id = offer(work, department_id, offer_id).drop_id
    return drop_id is not None and is_swap(work, department_id, drop_id)


def open_offers(work: Work, department_id: int, opening_id: int) -> list[int]:
    """The slot of every open offer of the opening; who is owed his slot does not wait for another."""
    rows = work.conn.execute(sa.select(offers.c.slot_id).where(*_open_in(department_id, opening_id)))
    return list(rows.scalars())


def withdraw_where_taken(work: Work, department_id: int, opening_id: int, whether_free: bool = False) -> None:
    """What else was offered of an opening whose last slot has gone ends, and those officers are told truthfully.

    While one is free, the others' offers stand: they may take that one. `whether_free`: end them all the same. What is
    owed to an officer stays his until he answers.
    """
    if not whether_free and vacancies(work, department_id, opening_id):
        return
    open_ones = work.conn.execute(
        sa.select(offers.c.id).where(*_open_in(department_id, opening_id)).order_by(offers.c.id)
    )
    for offer_id in open_ones.scalars().all():
        end_offer(work, department_id, offer_id, "withdraw")
        duty.plan(work, department_id, "tell_offer_gone", offer_id, work.now)


def _open_in(department_id: int, opening_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        offers.c.department_id == department_id,
        offers.c.opening_id == opening_id,
        offers.c.state == "open",
        offers.c.is_owed.is_(False),
    )


def _is_swap_ended(work: Work, row: sa.Row[Any]) -> bool:
    """A colleague who was named for a swap does not take it: no turn was his, and nobody else is asked."""
    return row.drop_id is not None and end_swap(work, row.department_id, row.drop_id)


def _rules_of(work: Work, row: sa.Row[Any]) -> Edition:
    """The handbook the offer goes by; of a call-out in an emergency without what is lifted."""
    if row.call_out_id is None:
        return edition(work, row.department_id, row.handbook_id)
    return call_out(work, row.department_id, row.call_out_id).edition


def _late_counts(work: Work, row: sa.Row[Any], about: Opening) -> bool:
    if row.call_out_id is None or work.now >= about.starts_at:
        return False
    return call_out(work, row.department_id, row.call_out_id).asking.ladder.late_answers_count


def _take(work: Work, department: Department, officer: Officer, row: sa.Row[Any], about: Opening) -> int:
    """Accept, free the slot from whoever is giving it back, hold it, count it: all or nothing."""
    free = _free_slot(work, row)
    verb = "accept" if row.state == "open" else "accept_late"
    values = {"ended_at": work.now, "slot_id": free.slot_id, "drop_id": free.drop_id}
    if not LIFECYCLE.move(work, department.id, [row.id], verb, **values):
        raise SlotTaken
    holds, asked = edition(work, department.id, row.handbook_id), _asked(work, row, about)
    if holds.rules.awarding.counters:
        # Whoever gives the slot up may count in another pool than whoever takes it: both are held in their order.
        lock_pools(work, department.id, [about.pool, *holds.rules.awarding.counters])
    if free.drop_id is not None:
        release_to_replacement(work, department, free.drop_id)
    assignment_id = take_counted(work, department.id, holds, officer, asked, free.slot_id, row.id)
    _record(work, department.id, row, LIFECYCLE.arrow(verb).event)
    withdraw_where_taken(work, department.id, row.opening_id)
    if row.is_owed:
        duty.plan(work, department.id, "settle_owed", row.id, work.now)
    if row.call_out_id is not None:
        # Whether the call-out goes on is found out afterwards, so that his answer does not wait for it.
        duty.plan(work, department.id, "fill_slot", free.slot_id, work.now, fence=f"taken by offer {row.id}")
    return assignment_id


def _free_slot(work: Work, row: sa.Row[Any]) -> Vacancy:
    """The offered slot, or another of the opening that is free; raises SlotTaken when the last is taken."""
    vacant = vacancies(work, row.department_id, row.opening_id, row.officer_id if row.is_owed else 0)
    if row.drop_id is not None and is_swap(work, row.department_id, row.drop_id):
        return Vacancy(row.slot_id, row.drop_id)
    found = [each for each in vacant if each.slot_id == row.slot_id] or vacant
    if not found:
        raise SlotTaken
    return found[0]


def _asked(work: Work, row: sa.Row[Any], about: Opening) -> Asked:
    step: ContactStep = "call_out" if _is_down_the_list(work, row, about) else "offer"
    pool = row.counted_in or about.pool
    return Asked(row.officer_id, about.id, pool, about.starts_at, about.ends_at, step, row.slot_id, offer_id=row.id)


def _is_down_the_list(work: Work, row: sa.Row[Any], about: Opening) -> bool:
    """Whether the detail was posted to a list and this is how it is given out; then an offer is an officer's turn."""
    if row.call_out_id is None or not about.goes_down_a_list:
        return False
    kind = sql("select kind from call_out where department_id = :d and id = :id")
    found = work.conn.execute(kind, {"d": row.department_id, "id": row.call_out_id}).scalar_one()
    return bool(found == "posting")


def _record(work: Work, department_id: int, row: sa.Row[Any], name: str) -> None:
    event.record(
        work,
        department_id,
        name,
        "offer",
        row.id,
        officer_id=row.officer_id,
        opening_id=row.opening_id,
        slot=row.slot_id,
    )
