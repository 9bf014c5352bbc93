"""Details: the engagement a contractor ordered, at a site, with its pay and its life.

planned -> posted -> awarded -> finished
    any of them -> cancelled
"""

import sqlalchemy as sa

from models.details import slot
from models.lifecycle import Arrow, Lifecycle
from models.proof import event
from models.session import Work
from models.tables import Timestamp, of_department, sql

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
    sa.Column("area", sa.Text),
    sa.Column("phone", sa.Text),
    sa.Column("asks_proof", sa.Boolean),
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
    sa.Column("known_at", Timestamp),
    sa.Column("state", sa.Text),
    sa.Column("place_code", sa.Text),
    sa.Column("serves_alcohol", sa.Boolean),
    sa.Column("attendance", sa.Integer),
)

LIFECYCLE = Lifecycle(
    details,
    starts=("planned",),
    arrows=(
        Arrow("post", ("planned",), "posted", "detail_posted", "Its posting opens: officers may sign up."),
        Arrow("award", ("posted",), "awarded", "detail_awarded", "The award over its posting is made."),
        Arrow("finish", ("awarded", "posted"), "finished", "detail_finished", "Its time is over."),
        Arrow(
            "cancel",
            ("planned", "posted", "awarded"),
            "cancelled",
            "detail_cancelled",
            "The contractor or the department calls it off.",
        ),
    ),
)


def post_detail(work: Work, department_id: int, detail_id: int) -> None:
    """The detail's posting opens."""
    if LIFECYCLE.move(work, department_id, [detail_id], "post"):
        event.record(work, department_id, "detail_posted", "detail", detail_id)


def award_details(work: Work, department_id: int, detail_ids: list[int]) -> None:
    """The award over these details' postings is made."""
    for detail_id in LIFECYCLE.move(work, department_id, detail_ids, "award"):
        event.record(work, department_id, "detail_awarded", "detail", detail_id)


def finish_detail(work: Work, department_id: int, detail_id: int) -> bool:
    """The detail's time is over: slots nobody held are written down as unfilled; False when it was over before."""
    if not LIFECYCLE.move(work, department_id, [detail_id], "finish"):
        return False
    unfilled = slot.give_up(work, department_id, detail_id)
    event.record(work, department_id, "detail_finished", "detail", detail_id, unfilled=unfilled)
    return True


def kinds_of(work: Work, department_id: int) -> list[str]:
    """The kinds of work and the pools that the department's details have had, by name."""
    rows = work.conn.execute(
        sql(
            "select kind from detail where department_id = :d and kind is not null"
            " union select pool from detail where department_id = :d order by 1"
        ),
        {"d": department_id},
    )
    return list(rows.scalars())


def is_of_a_contractor(work: Work, department_id: int, number: str) -> bool:
    """Whether a telephone is a contractor's, or that of one of his sites or its contact."""
    known = (
        "select exists (select from contractor where department_id = :d and :number = any (phones))"
        " or exists (select from site where department_id = :d and :number in (contact_number, phone))"
    )
    return bool(work.conn.execute(sql(known), {"d": department_id, "number": number}).scalar_one())
