"""Standing orders on record: placed, ended, and carried out when a detail is posted.

Carrying one out signs the officer up as if he had done it himself: interest, not a promise, and only where he may take
the detail. What goes first come is never taken so: that would give his time away unasked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from models.awarding.signup import SignupAnswer, sign_up
from models.details.opening import Opening
from models.people.department import Department
from models.people.handbook import Edition
from models.people.officer import Officer, officers_by_id
from models.people.person import lock_persons
from models.proof import event
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
    """An officer whom a standing order signed up for an opening, and what became of it."""

    officer_id: int
    order: StandingOrder
    answer: SignupAnswer


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

    All of them are held before the first sign-up, which holds the posting: persons come before postings.
    """
    asked = {each.id: _asked(work, department, each, eligible[each.id]) for each in openings}
    whose = sorted({officer_id for orders in asked.values() for officer_id in orders})
    officers = officers_by_id(work, department.id, whose)
    lock_persons(work, [each.person_id for each in officers.values()])
    return {
        opening.id: [
            _sign_up(work, department, edition, officers[officer_id], order, opening)
            for officer_id, order in asked[opening.id].items()
        ]
        for opening in openings
    }


def _asked(work: Work, department: Department, opening: Opening, eligible: Iterable[int]) -> dict[int, StandingOrder]:
    """By officer the first of his standing orders that asks for the opening; none for what goes first come."""
    if opening.method == "first_come":
        return {}
    wanted = Wanted(opening.kind or "", opening.pool, opening.starts_at, opening.ends_at)
    first: dict[int, StandingOrder] = {}
    for order in _standing(work, department.id, standing_orders.c.officer_id.in_(list(eligible))):
        if fits(order.wish, wanted, department.zone):
            first.setdefault(order.officer_id, order)
    return first


def _sign_up(
    work: Work, department: Department, edition: Edition, officer: Officer, order: StandingOrder, opening: Opening
) -> CarriedOut:
    answer = sign_up(work, department, edition, officer, [opening], tells_place=False)[0]
    if answer.outcome == "signed_up":
        event.record(
            work,
            department.id,
            "standing_order_carried_out",
            "standing_order",
            order.id,
            officer_id=officer.id,
            opening_id=opening.id,
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
