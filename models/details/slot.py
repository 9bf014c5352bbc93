"""Slots: one officer's place on a detail. Two slots of an opening differ in nothing but their number."""

import sqlalchemy as sa

from models.lifecycle import Arrow, Lifecycle
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
