"""Slots: one officer's place on a detail. Two slots of an opening differ in nothing but their number."""

from collections.abc import Sequence

import sqlalchemy as sa

from models.lifecycle import Arrow, Lifecycle
from models.proof import event
from models.session import Work
from models.tables import of_department, sql

slots = of_department(
    "slot",
    sa.Column("opening_id", sa.BigInteger),
    sa.Column("number", sa.Integer),
    sa.Column("state", sa.Text),
)

LIFECYCLE = Lifecycle(
    slots,
    starts=("open",),
    arrows=(
        Arrow("hold", ("open",), "held", "slot_held", "An officer is awarded it, or accepts an offer of it."),
        Arrow("free", ("held",), "open", "slot_freed", "Its assignment came to nothing; it goes on to the next."),
        Arrow("give_up", ("open",), "unfilled", "slot_unfilled", "The detail is over and nobody held it."),
        Arrow("cancel", ("open", "held"), "cancelled", "slot_cancelled", "It is called off with its detail."),
    ),
)


def hold(work: Work, department_id: int, slot_ids: list[int]) -> list[int]:
    """Hold these slots for their assignments; returns those that were free."""
    return _move(work, department_id, slot_ids, "hold")


def give_up(work: Work, department_id: int, detail_id: int) -> int:
    """The detail is over: write down its free slots as unfilled; returns how many."""
    still_open = work.conn.execute(
        sql(
            "select s.id from slot s join opening o on o.department_id = s.department_id and o.id = s.opening_id"
            " where s.department_id = :d and o.detail_id = :detail and s.state = 'open' order by s.id"
        ),
        {"d": department_id, "detail": detail_id},
    ).scalars()
    return len(_move(work, department_id, list(still_open), "give_up"))


def cancel(work: Work, department_id: int, slot_ids: list[int]) -> list[int]:
    """Call these slots off; returns those that were not before."""
    return _move(work, department_id, slot_ids, "cancel")


def add_slots(work: Work, department_id: int, opening_id: int, count: int) -> list[int]:
    """So many more slots for the opening, numbered on; returns their ids."""
    added = work.conn.execute(
        sql(
            "insert into slot (department_id, opening_id, number, state)"
            " select :d, :o, n + (select coalesce(max(number), 0) from slot"
            "  where department_id = :d and opening_id = :o), 'open' from generate_series(1, :count) as n returning id"
        ),
        {"d": department_id, "o": opening_id, "count": count},
    )
    slot_ids = sorted(added.scalars())
    for slot_id in slot_ids:
        event.record(work, department_id, "slot_added", "slot", slot_id, opening_id=opening_id)
    return slot_ids


def move_slots(work: Work, department_id: int, slot_ids: Sequence[int], opening_id: int) -> list[int]:
    """Let these slots be of another opening, with numbers that are free there; returns those that were free."""
    moved: list[int] = []
    for slot_id in slot_ids:
        found = work.conn.execute(
            sql(
                "update slot set opening_id = :o, number = (select coalesce(max(number), 0) + 1 from slot"
                " where department_id = :d and opening_id = :o) where department_id = :d and id = :id"
                " and state = 'open' returning id"
            ),
            {"d": department_id, "o": opening_id, "id": slot_id},
        )
        moved.extend(found.scalars())
    return moved


def record(work: Work, department_id: int, slot_id: int, verb: str) -> None:
    """Write down that `verb` moved the slot."""
    event.record(work, department_id, LIFECYCLE.arrow(verb).event, "slot", slot_id)


def _move(work: Work, department_id: int, slot_ids: list[int], verb: str) -> list[int]:
    moved = LIFECYCLE.move(work, department_id, slot_ids, verb)
    for slot_id in moved:
        record(work, department_id, slot_id, verb)
    return moved


def lock_slot(work: Work, department_id: int, slot_id: int) -> None:
    """Hold the slot until the transaction ends, before any of its offers: those who take it at once take turns."""
    work.conn.execute(
        sql("select id from slot where department_id = :d and id = :slot for no key update"),
        {"d": department_id, "slot": slot_id},
    )
