"""Slots: one officer's place on a detail. Two slots of an opening differ in nothing but their number."""

import sqlalchemy as sa

from models.lifecycle import Arrow, Lifecycle
from models.session import Work
from models.tables import of_department

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
        Arrow("hold", ("open",), "held", "slot_held"),
        Arrow("free", ("held",), "open", "slot_freed"),
        Arrow("give_up", ("open",), "unfilled", "slot_unfilled"),
        Arrow("cancel", ("open", "held"), "cancelled", "slot_cancelled"),
    ),
)


def lock_slot(work: Work, department_id: int, slot_id: int) -> None:
    """Hold the slot until the transaction ends, before any of its offers: those who take it at once take turns."""
    work.conn.execute(
        sa.text("select id from slot where department_id = :d and id = :slot for no key update"),
        {"d": department_id, "slot": slot_id},
    )
