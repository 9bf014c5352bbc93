"""Details: the engagement a contractor ordered, at a site, with its pay and its life.

planned -> posted -> awarded -> finished
    any of them -> cancelled
"""

import sqlalchemy as sa

from models.lifecycle import Arrow, Lifecycle
from models.proof import event
from models.session import Work
from models.tables import of_department

contractors = of_department(
    "contractor",
    sa.Column("ref", sa.Text),
    sa.Column("name", sa.Text),
    sa.Column("contact_name", sa.Text),
    sa.Column("phones", sa.ARRAY(sa.Text)),
)

sites = of_department(
    "site",
    sa.Column("contractor_id", sa.BigInteger),
    sa.Column("ref", sa.Text),
    sa.Column("name", sa.Text),
    sa.Column("address", sa.Text),
    sa.Column("contact_name", sa.Text),
    sa.Column("contact_number", sa.Text),
)

rates = of_department(
    "rate",
    sa.Column("ref", sa.Text),
    sa.Column("name", sa.Text),
    sa.Column("pay_cents_per_hour", sa.Integer),
)

details = of_department(
    "detail",
    sa.Column("site_id", sa.BigInteger),
    sa.Column("ref", sa.Text),
    sa.Column("kind", sa.Text),
    sa.Column("pool", sa.Text),
    sa.Column("rate_id", sa.BigInteger),
    sa.Column("minimum_minutes", sa.Integer),
    sa.Column("instructions", sa.Text),
    sa.Column("state", sa.Text),
)

LIFECYCLE = Lifecycle(
    details,
    starts=("planned",),
    arrows=(
        Arrow("post", ("planned",), "posted", "detail_posted"),
        Arrow("award", ("posted",), "awarded", "detail_awarded"),
        Arrow("finish", ("awarded", "posted"), "finished", "detail_finished"),
        Arrow("cancel", ("planned", "posted", "awarded"), "cancelled", "detail_cancelled"),
    ),
)


def finish_detail(work: Work, department_id: int, detail_id: int) -> bool:
    """The detail's time is over: slots nobody held are written down as unfilled; False when it was over before."""
    if not LIFECYCLE.move(work, department_id, [detail_id], "finish"):
        return False
    unfilled = work.conn.execute(
        sa.text(
            "update slot s set state = 'unfilled' from opening o where o.department_id = s.department_id"
            " and o.id = s.opening_id and s.department_id = :d and o.detail_id = :detail and s.state = 'open'"
            " returning s.id, s.opening_id"
        ),
        {"d": department_id, "detail": detail_id},
    ).all()
    for slot in unfilled:
        event.record(work, department_id, "slot_unfilled", "slot", slot.id, opening_id=slot.opening_id)
    event.record(work, department_id, "detail_finished", "detail", detail_id, unfilled=len(unfilled))
    return True
