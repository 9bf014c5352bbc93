"""Postings: open a detail's slots for sign-up, until when, and when the award is.

planned -> open -> closed -> awarded
    planned, open -> withdrawn
    open -> awarded, without an award, where slots go first come and the last was taken
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from models.details import detail
from models.lifecycle import Arrow, Lifecycle
from models.line import duty
from models.proof import event
from models.rules.time.notice import UNNOTICED, Noticed
from models.session import Work
from models.tables import Json, Timestamp, of_department, sql

postings = of_department(
    "posting",
    sa.Column("detail_id", sa.BigInteger),
    sa.Column("posted_at", Timestamp),
    sa.Column("closes_at", Timestamp),
    sa.Column("award_at", Timestamp),
    sa.Column("state", sa.Text),
    sa.Column("award_id", sa.BigInteger),
    sa.Column("band", sa.Text),
    sa.Column("method", sa.Text),
    sa.Column("notice", Json),
)

LIFECYCLE = Lifecycle(
    postings,
    starts=("planned",),
    arrows=(
        Arrow(
            "open",
            ("planned",),
            "open",
            "posting_opened",
            "Its time has come: sign-up begins, and those who may take it are told.",
        ),
        Arrow("close", ("open",), "closed", "posting_closed", "Its time to sign up is over."),
        Arrow(
            "take_up",
            ("open",),
            "awarded",
            "posting_taken_up",
            "It went first come, and the last of its slots was taken.",
        ),
        Arrow(
            "call_out",
            ("open",),
            "awarded",
            "posting_called_out",
            "There is no sign-up: officers are asked down a list.",
        ),
        Arrow("award", ("open", "closed"), "awarded", "posting_awarded", "An award run decided over its signups."),
        Arrow(
            "withdraw",
            ("planned", "open"),
            "withdrawn",
            "posting_withdrawn",
            "It is taken back before the award; the detail may be posted again.",
        ),
    ),
)


def plan_posting(
    work: Work,
    department_id: int,
    detail_id: int,
    posted_at: datetime,
    closes_at: datetime,
    award_at: datetime,
    noticed: Noticed = UNNOTICED,
) -> int:
    """Plan to post the detail at `posted_at`; what follows is planned with it. Returns the posting's id.

    `noticed` is the notice band it fell into: it says how the slots are given out.
    """
    posting_id: int = work.conn.execute(
        sa.insert(postings)
        .values(
            department_id=department_id,
            detail_id=detail_id,
            posted_at=posted_at,
            closes_at=closes_at,
            award_at=award_at,
            state="planned",
            band=noticed.band.name,
            method=noticed.band.method,
            notice=noticed.figures,
        )
        .returning(postings.c.id)
    ).scalar_one()
    duty.plan(work, department_id, "open_posting", posting_id, posted_at)
    return posting_id


def open_posting(work: Work, department_id: int, posting_id: int, *, calls_out: bool = False) -> bool:
    """Open the posting for sign-up and plan its telling, close and award; False when it is not planned any more.

    `calls_out`: officers are asked for its slots instead, whatever its notice band says.
    """
    if not LIFECYCLE.move(work, department_id, [posting_id], "open"):
        return False
    row = work.conn.execute(
        sa.select(postings).where(postings.c.department_id == department_id, postings.c.id == posting_id)
    ).one()
    detail.post_detail(work, department_id, row.detail_id)
    calls_out = calls_out or row.method in ("ladder", "phone_tree")
    if not calls_out:
        duty.plan(work, department_id, "announce_posting", posting_id, work.now)
        duty.plan(work, department_id, "close_posting", posting_id, row.closes_at)
        duty.plan(work, department_id, "run_award", posting_id, row.award_at)
    duty.plan(work, department_id, "finish_detail", row.detail_id, _ends_at(work, department_id, row.detail_id))
    event.record(
        work,
        department_id,
        "posting_opened",
        "posting",
        posting_id,
        detail=row.detail_id,
        method=row.method,
        notice=row.notice,
    )
    if calls_out:
        _call_out(work, department_id, posting_id, row.detail_id)
    return True


def _call_out(work: Work, department_id: int, posting_id: int, detail_id: int) -> None:
    """Ask officers down the list for every slot, instead of sign-up and award."""
    LIFECYCLE.move(work, department_id, [posting_id], "call_out")
    detail.award_details(work, department_id, [detail_id])
    event.record(work, department_id, "posting_called_out", "posting", posting_id, detail=detail_id)
    fill_slots(work, department_id, detail_id, fence="call-out")


def fill_slots(work: Work, department_id: int, detail_id: int, fence: str) -> None:
    """Plan that officers are asked for each of the detail's free slots."""
    rows = work.conn.execute(
        sql(
            "select s.id from slot s join opening o on o.department_id = s.department_id and o.id = s.opening_id"
            " where s.department_id = :d and o.detail_id = :detail and s.state = 'open' order by s.id"
        ),
        {"d": department_id, "detail": detail_id},
    )
    for slot_id in rows.scalars():
        duty.plan(work, department_id, "fill_slot", slot_id, work.now, fence=fence)


def close_posting(work: Work, department_id: int, posting_id: int) -> bool:
    """Close the sign-up; False when it was closed before."""
    if not LIFECYCLE.move(work, department_id, [posting_id], "close"):
        return False
    event.record(work, department_id, "posting_closed", "posting", posting_id)
    return True


def take_up_posting(work: Work, department_id: int, posting_id: int) -> bool:
    """The last slot of what goes first come was taken; False while one is free, or when it was closed before."""
    is_free = work.conn.execute(
        sql(
            "select exists (select from posting p join opening o on o.department_id = p.department_id"
            " and o.detail_id = p.detail_id join slot s on s.department_id = o.department_id and s.opening_id = o.id"
            " where p.department_id = :d and p.id = :posting and s.state = 'open')"
        ),
        {"d": department_id, "posting": posting_id},
    ).scalar_one()
    if is_free or not LIFECYCLE.move(work, department_id, [posting_id], "take_up"):
        return False
    row = work.conn.execute(
        sa.select(postings.c.detail_id).where(postings.c.department_id == department_id, postings.c.id == posting_id)
    ).one()
    detail.award_details(work, department_id, [row.detail_id])
    event.record(work, department_id, "posting_taken_up", "posting", posting_id, detail=row.detail_id)
    return True


def postings_to_award(work: Work, department_id: int, by_hand: Sequence[int] | None = None) -> list[int]:
    """The postings whose award time has come: they are awarded together, in one run. By hand: those of these that
    have not been awarded, whenever their time is.
    """
    wanted = "award_at <= :now" if by_hand is None else "id = any (:by_hand)"
    rows = work.conn.execute(
        sql(
            "select id from posting where department_id = :d and state in ('open', 'closed')"
            f" and {wanted} order by award_at, id"
        ),
        {"d": department_id} | ({"now": work.now} if by_hand is None else {"by_hand": list(by_hand)}),
    )
    return list(rows.scalars())


def not_awarded(work: Work, department_id: int, posting_ids: Sequence[int]) -> list[int]:
    """Those of the postings over whose signups no award was made yet."""
    rows = work.conn.execute(
        sql(
            "select id from posting where department_id = :d and id = any (:ids) and state in ('open', 'closed')"
            " order by id"
        ),
        {"d": department_id, "ids": list(posting_ids)},
    )
    return list(rows.scalars())


def posting_ids_of(work: Work, department_id: int, detail_refs: Sequence[str]) -> dict[str, int]:
    """The postings of details by their refs; a detail that has none is missing."""
    rows = work.conn.execute(
        sql(
            "select d.ref, p.id from detail d join posting p on p.department_id = d.department_id"
            " and p.detail_id = d.id and p.state <> 'withdrawn' where d.department_id = :d and d.ref = any (:refs)"
        ),
        {"d": department_id, "refs": list(detail_refs)},
    )
    return {row.ref: row.id for row in rows}


def lock_postings(work: Work, department_id: int, posting_ids: list[int]) -> None:
    """Hold these postings until the transaction ends: sign-ups under way are waited for, later ones find them over."""
    work.conn.execute(
        sql("select id from posting where department_id = :d and id = any (:ids) order by id for no key update"),
        {"d": department_id, "ids": posting_ids},
    )


def _ends_at(work: Work, department_id: int, detail_id: int) -> datetime:
    return work.conn.execute(
        sql("select max(ends_at) from opening where department_id = :d and detail_id = :detail"),
        {"d": department_id, "detail": detail_id},
    ).scalar_one()
