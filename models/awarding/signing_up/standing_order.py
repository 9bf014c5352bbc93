"""Standing orders on record: placed, ended, and carried out when a detail is posted.

Carrying one out signs the officer up as if he had done it himself: interest, not a promise, and only where he may take
the detail. What goes first come is never taken so: that would give his time away unasked. Where officers sign up one
after the other, it is done when his turn comes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from models.awarding.deciding.facts import gather
from models.awarding.signing_up.signup import SignupAnswer, is_open, sign_up, was_signed_up
from models.details.opening import Opening
from models.line import duty
from models.people.department import Department
from models.people.handbook import Edition
from models.people.officer import Officer, officers_by_id
from models.people.person import lock_persons
from models.proof import event
from models.rules.awarding.entry import who_may_enter
from models.rules.standing_orders import Wanted, Wish, fits
from models.session import Work
from models.tables import Timestamp, of_department

standing_orders = of_department(
    "standing_order",
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("kinds", ARRAY(sa.Text)),
    sa.Column("weekdays", ARRAY(sa.Integer)),
    sa.Column("least_minutes", sa.Integer),
    sa.Column("most_minutes", sa.Integer),
    sa.Column("from_minute", sa.Integer),
    sa.Column("until_minute", sa.Integer),
    sa.Column("placed_at", Timestamp),
    sa.Column("ended_at", Timestamp),
)

MOST_ORDERS = 5
"""More of an officer's own words than anybody keeps in mind."""


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """One that stands. `number` is what the officer calls it: 1 is his oldest."""

    id: int
    number: int
    officer_id: int
    wish: Wish


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """An officer whom a standing order signs up for an opening, and what became of it; None with the moment at which
    his turn opens and it is done.
    """

    officer_id: int
    order: StandingOrder
    answer: SignupAnswer | None
    opens_at: datetime | None = None


def orders_of(work: Work, officer: Officer) -> list[StandingOrder]:
    """The officer's standing orders, the oldest first."""
    return _standing(work, officer.department_id, standing_orders.c.officer_id == officer.id)


def place_order(work: Work, officer: Officer, wish: Wish) -> StandingOrder | None:
    """Let the order stand from now on; None when he has as many as one may have. The same twice is one."""
    before = orders_of(work, officer)
    same = next((each for each in before if each.wish == wish), None)
    if same is not None:
        return same
    if len(before) >= MOST_ORDERS:
        return None
    said: dict[str, Any] = {**asdict(wish), "kinds": list(wish.kinds), "weekdays": list(wish.weekdays)}
    order_id: int = work.conn.execute(
        sa.insert(standing_orders)
        .values(department_id=officer.department_id, officer_id=officer.id, placed_at=work.now, **said)
        .returning(standing_orders.c.id)
    ).scalar_one()
    event.record(
        work,
        officer.department_id,
        "standing_order_placed",
        "standing_order",
        order_id,
        officer_id=officer.id,
        **said,
    )
    return StandingOrder(order_id, len(before) + 1, officer.id, wish)


def end_orders(work: Work, officer: Officer, order_ids: Iterable[int]) -> int:
    """End these of the officer's standing orders; returns how many stood. What they signed up for stays."""
    ended = work.conn.execute(
        sa.update(standing_orders)
        .where(
            standing_orders.c.department_id == officer.department_id,
            standing_orders.c.officer_id == officer.id,
            standing_orders.c.id.in_(list(order_ids)),
            standing_orders.c.ended_at.is_(None),
        )
        .values(ended_at=work.now)
        .returning(standing_orders.c.id)
    )
    ids = list(ended.scalars())
    for order_id in ids:
        event.record(
            work,
            officer.department_id,
            "standing_order_ended",
            "standing_order",
            order_id,
            officer_id=officer.id,
        )
    return len(ids)


def carry_out(
    work: Work,
    department: Department,
    edition: Edition,
    eligible: Mapping[int, Iterable[int]],
    openings: Sequence[Opening],
) -> dict[int, list[CarriedOut]]:
    """Sign up, for each opening, every one of its `eligible` whose standing orders ask for it, by the first that does.

    All of them are held before the first sign-up, which holds the posting: persons come before postings. For whom it is
    not yet the turn to sign up, that is planned for the moment it is.
    """
    asked = {each.id: _asked(work, department, each, eligible[each.id]) for each in openings}
    whose = sorted({officer_id for orders in asked.values() for officer_id in orders})
    officers = officers_by_id(work, department.id, whose)
    lock_persons(work, [each.person_id for each in officers.values()])
    return {each.id: _carry_out(work, department, edition, each, asked[each.id], officers) for each in openings}


def carry_out_in_turn(
    work: Work, department: Department, edition: Edition, officer: Officer, about: Opening
) -> CarriedOut | None:
    """The officer's turn to sign up for the opening has come: do it, if an order of his still asks for it.

    None when nothing is to be done: no order stands, sign-up is over, or he decided about this detail himself.
    """
    order = _asked(work, department, about, [officer.id]).get(officer.id)
    if order is None or not is_open(about, work):
        return None
    lock_persons(work, [officer.person_id])
    if was_signed_up(work, officer, about.id):
        return None
    later = _turns_to_come(work, department, edition, about, [officer.id])
    if later:
        return _plan(work, department, order, about, later[officer.id])
    return _sign_up(work, department, edition, officer, order, about)


def _asked(work: Work, department: Department, about: Opening, eligible: Iterable[int]) -> dict[int, StandingOrder]:
    """By officer the first of his standing orders that asks for the opening; none for what goes first come."""
    if about.method == "first_come":
        return {}
    wanted = Wanted(about.kind or "", about.pool, about.starts_at, about.ends_at)
    first: dict[int, StandingOrder] = {}
    for order in _standing(work, department.id, standing_orders.c.officer_id.in_(list(eligible))):
        if fits(order.wish, wanted, department.zone):
            first.setdefault(order.officer_id, order)
    return first


def _carry_out(
    work: Work,
    department: Department,
    edition: Edition,
    about: Opening,
    orders: Mapping[int, StandingOrder],
    officers: Mapping[int, Officer],
) -> list[CarriedOut]:
    later = _turns_to_come(work, department, edition, about, list(orders))
    return [
        _plan(work, department, order, about, later[officer_id])
        if officer_id in later
        else _sign_up(work, department, edition, officers[officer_id], order, about)
        for officer_id, order in orders.items()
    ]


def _turns_to_come(
    work: Work, department: Department, edition: Edition, about: Opening, officer_ids: list[int]
) -> dict[int, datetime]:
    """When the turn to sign up opens, of those for whom it has not; places are places among everybody."""
    if not officer_ids or not edition.rules.awarding.times_entry:
        return {}
    facts = gather(work, department, edition, [about], None)
    found = who_may_enter(facts, officer_ids, about.id)
    moments = ((one, each.figures.get("opens_at")) for one, each in found.items() if not each.is_eligible)
    return {one: moment for one, moment in moments if isinstance(moment, datetime)}


def _plan(work: Work, department: Department, order: StandingOrder, about: Opening, opens_at: datetime) -> CarriedOut:
    fence = f"{about.id} {opens_at.isoformat()}"
    duty.plan(work, department.id, "carry_out_order", order.officer_id, opens_at, fence=fence)
    return CarriedOut(order.officer_id, order, None, opens_at)


def _sign_up(
    work: Work, department: Department, edition: Edition, officer: Officer, order: StandingOrder, about: Opening
) -> CarriedOut:
    answer = sign_up(work, department, edition, officer, [about], tells_place=False)[0]
    if answer.outcome == "signed_up":
        event.record(
            work,
            department.id,
            "standing_order_carried_out",
            "standing_order",
            order.id,
            officer_id=officer.id,
            opening_id=about.id,
        )
    return CarriedOut(officer.id, order, answer)


def _standing(work: Work, department_id: int, whose: sa.ColumnElement[bool]) -> list[StandingOrder]:
    columns = standing_orders.c
    rows = work.conn.execute(
        sa.select(standing_orders)
        .where(columns.department_id == department_id, columns.ended_at.is_(None), whose)
        .order_by(columns.id)
    )
    found: list[StandingOrder] = []
    numbers: dict[int, int] = {}
    for row in rows:
        numbers[row.officer_id] = numbers.get(row.officer_id, 0) + 1
        wish = Wish(
            tuple(row.kinds),
            tuple(row.weekdays),
            row.least_minutes,
            row.most_minutes,
            row.from_minute,
            row.until_minute,
        )
        found.append(StandingOrder(row.id, numbers[row.officer_id], row.officer_id, wish))
    return found
