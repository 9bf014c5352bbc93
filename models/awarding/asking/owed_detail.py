"""Owed details: an officer was wrongly passed over, and the next detail he can take is offered to him before its award.

    owed -> offered -> used | refused | owed (no answer),  owed -> run_out

The clock stands still while he is on leave. Who decided it, why, and every step is on record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from models.awarding.asking.offer import make_offer
from models.awarding.deciding.facts import gather, refusal
from models.details.opening import Opening, openings_posted
from models.lifecycle import Arrow, Lifecycle
from models.line import duty
from models.people.department import Department, lock_department
from models.people.handbook import Edition, current
from models.people.officer import Officer
from models.proof import event
from models.rules.charging.remedy import owed_until
from models.session import Work
from models.tables import Timestamp, of_department, sql

owed_details = of_department(
    "owed_detail",
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("opening_id", sa.BigInteger),
    sa.Column("handbook_id", sa.BigInteger),
    sa.Column("owed_at", Timestamp),
    sa.Column("until_at", Timestamp),
    sa.Column("decided_by", sa.Text),
    sa.Column("words", sa.Text),
    sa.Column("offer_id", sa.BigInteger),
    sa.Column("state", sa.Text),
    sa.Column("ended_at", Timestamp),
)

LIFECYCLE = Lifecycle(
    owed_details,
    starts=("owed",),
    arrows=(
        Arrow("offer", ("owed",), "offered", "owed_detail_offered", "A detail he can take is put to him first."),
        Arrow("use", ("offered",), "used", "owed_detail_used", "He takes it: nothing is owed any more."),
        Arrow("refuse", ("offered",), "refused", "owed_detail_refused", "He says no: nothing is owed any more."),
        Arrow(
            "miss",
            ("offered",),
            "owed",
            "owed_detail_still_owed",
            "He did not answer, or it was not to be had any more: the next is put to him.",
        ),
        Arrow("run_out", ("owed",), "run_out", "owed_detail_run_out", "The time of the handbook is over."),
    ),
)

# An offer of an owed detail ends so long before the award, so that the award finds the slot held or free.
BEFORE_AWARD = timedelta(minutes=1)
LEAST = timedelta(minutes=10)

_VERB_OF = {"accepted": "use", "declined": "refuse"}


@dataclass(frozen=True, slots=True)
class Owing:
    """Who decided that a detail is owed, and in what words."""

    by: str
    words: str


def owe(work: Work, department: Department, officer: Officer, about: Opening, said: Owing) -> int | None:
    """A detail is owed to the officer who should have had this opening; None when one is, or was, for it already."""
    lock_department(work, department.id)
    holds = current(work, department.id, work.now.astimezone(department.zone).date())
    before = sa.select(owed_details.c.id).where(
        owed_details.c.department_id == department.id,
        owed_details.c.officer_id == officer.id,
        owed_details.c.opening_id == about.id,
    )
    if work.conn.execute(sa.select(before.exists())).scalar_one():
        return None
    until_at = _until(work, department, holds, officer.id, work.now)
    owed_id: int = work.conn.execute(
        sa.insert(owed_details)
        .values(
            department_id=department.id,
            officer_id=officer.id,
            opening_id=about.id,
            handbook_id=holds.id,
            owed_at=work.now,
            until_at=until_at,
            decided_by=said.by,
            words=said.words,
            state="owed",
        )
        .returning(owed_details.c.id)
    ).scalar_one()
    found = owed(work, department.id, owed_id)
    _record(work, "detail_owed", found, by=said.by, words=said.words, until_at=until_at.isoformat())
    duty.plan(work, department.id, "tell_owed", owed_id, work.now, fence="owed")
    duty.plan(work, department.id, "offer_owed", owed_id, work.now, fence="owed")
    duty.plan(work, department.id, "end_owed", owed_id, until_at, fence=until_at.isoformat())
    return owed_id


def owed_to(work: Work, department_id: int, officer_id: int) -> datetime | None:
    """Until when a detail is owed to the officer, the first of several; None when none is."""
    return work.conn.execute(
        sa.select(sa.func.min(owed_details.c.until_at)).where(
            owed_details.c.department_id == department_id,
            owed_details.c.officer_id == officer_id,
            owed_details.c.state.in_(("owed", "offered")),
        )
    ).scalar_one()


def plan_offers(work: Work, department_id: int, fence: str) -> None:
    """A posting has opened: whoever is owed a detail may be offered one of it."""
    rows = work.conn.execute(
        sa.select(owed_details.c.id)
        .where(owed_details.c.department_id == department_id, owed_details.c.state == "owed")
        .order_by(owed_details.c.id)
    )
    for owed_id in rows.scalars():
        duty.plan(work, department_id, "offer_owed", owed_id, work.now, fence=fence)


def offer_next(work: Work, department: Department, owed_id: int) -> int | None:
    """Offer the officer the first detail with a sign-up that he can take; returns the offer's id, None without one."""
    lock_department(work, department.id)
    found = owed(work, department.id, owed_id)
    if found.state != "owed" or work.now >= found.until_at:
        return None
    holds = current(work, department.id, work.now.astimezone(department.zone).date())
    for about in _candidates(work, department, holds, found):
        slot_id = _free_slot(work, department.id, about.id)
        if slot_id is not None and about.award_at is not None:
            return _offer(work, holds, found, about.id, slot_id, about.award_at)
    return None


def settle(work: Work, department_id: int, owed_id: int) -> str | None:
    """What became of the offer: used, refused, or still owed; None while the offer is open."""
    found = owed(work, department_id, owed_id)
    if found.state != "offered":
        return None
    state: str = work.conn.execute(
        sql("select state from offer where department_id = :d and id = :id"), {"d": department_id, "id": found.offer_id}
    ).scalar_one()
    if state == "open":
        return None
    verb = _VERB_OF.get(state, "miss")
    ended = {} if verb == "miss" else {"ended_at": work.now}
    LIFECYCLE.move(work, department_id, [owed_id], verb, **ended)
    _record(work, LIFECYCLE.arrow(verb).event, found, offer=found.offer_id)
    if verb == "miss":
        duty.plan(work, department_id, "offer_owed", owed_id, work.now, fence=f"offer {found.offer_id}")
        duty.plan(work, department_id, "end_owed", owed_id, work.now, fence=f"offer {found.offer_id}")
    return LIFECYCLE.arrow(verb).target


def run_out(work: Work, department: Department, owed_id: int) -> bool:
    """End it when its time is over; False while it is not: days of leave put its end off."""
    found = owed(work, department.id, owed_id)
    if found.state != "owed":
        return False
    holds = current(work, department.id, work.now.astimezone(department.zone).date())
    until_at = _until(work, department, holds, found.officer_id, found.owed_at)
    if until_at > work.now:
        where = (owed_details.c.department_id == department.id) & (owed_details.c.id == owed_id)
        work.conn.execute(sa.update(owed_details).where(where).values(until_at=until_at))
        duty.plan(work, department.id, "end_owed", owed_id, until_at, fence=until_at.isoformat())
        return False
    LIFECYCLE.move(work, department.id, [owed_id], "run_out", ended_at=work.now)
    _record(work, "owed_detail_run_out", found)
    duty.plan(work, department.id, "tell_owed", owed_id, work.now, fence="run_out")
    return True


def owed_of_offer(work: Work, department_id: int, offer_id: int) -> int | None:
    """The owed detail that the offer puts to its officer; None when it is no such offer."""
    where = (owed_details.c.department_id == department_id) & (owed_details.c.offer_id == offer_id)
    return work.conn.execute(sa.select(owed_details.c.id).where(where)).scalar_one_or_none()


def owed(work: Work, department_id: int, owed_id: int) -> sa.Row[Any]:
    """The owed detail's row."""
    where = (owed_details.c.department_id == department_id) & (owed_details.c.id == owed_id)
    return work.conn.execute(sa.select(owed_details).where(where)).one()


def listed(work: Work, department_id: int) -> Sequence[sa.RowMapping]:
    """All that is or was owed in the department, the newest first, with name, badge and code."""
    rows = work.conn.execute(
        sql(
            "select x.id, x.state, p.name, o.badge, n.code, x.owed_at, x.until_at, x.ended_at, x.decided_by, x.words"
            " from owed_detail x join officer o on o.department_id = x.department_id and o.id = x.officer_id"
            " join person p on p.id = o.person_id"
            " join opening n on n.department_id = x.department_id and n.id = x.opening_id"
            " where x.department_id = :d order by x.id desc"
        ),
        {"d": department_id},
    )
    return rows.mappings().all()


def _candidates(work: Work, department: Department, holds: Edition, found: sa.Row[Any]) -> list[Opening]:
    """Openings that he can take and was not asked for, the earliest first."""
    asked = set(
        work.conn.execute(
            sql("select opening_id from offer where department_id = :d and officer_id = :o"),
            {"d": department.id, "o": found.officer_id},
        ).scalars()
    )
    posted = sorted(
        (one for one in openings_posted(work, department.id) if one.id not in asked and _has_time(one, work.now)),
        key=lambda one: (one.starts_at, one.id),
    )
    facts = gather(work, department, holds, posted, [found.officer_id])
    return [one for one in posted if refusal(facts, found.officer_id, one) is None]


def _has_time(about: Opening, now: datetime) -> bool:
    """Whether it is given out by an award that leaves time to answer before."""
    waits = about.method == "batch" and about.posting_state in ("open", "closed") and about.award_at is not None
    return waits and about.award_at is not None and about.award_at - BEFORE_AWARD - now >= LEAST


def _free_slot(work: Work, department_id: int, opening_id: int) -> int | None:
    """A slot of the opening that nobody holds and nobody else is owed."""
    found: int | None = work.conn.execute(
        sql(
            "select s.id from slot s where s.department_id = :d and s.opening_id = :o and s.state = 'open'"
            " and not exists (select from offer f where f.department_id = s.department_id and f.slot_id = s.id"
            "   and f.state = 'open') order by s.number, s.id limit 1"
        ),
        {"d": department_id, "o": opening_id},
    ).scalar_one_or_none()
    return found


def _offer(work: Work, holds: Edition, found: sa.Row[Any], opening_id: int, slot_id: int, award_at: datetime) -> int:
    answer_by = work.now + timedelta(minutes=holds.rules.remedy.answer_minutes)
    expires_at = min(answer_by, award_at - BEFORE_AWARD)
    d = found.department_id
    offer_id = make_offer(work, d, slot_id, opening_id, found.officer_id, expires_at, holds.id, None, is_owed=True)
    LIFECYCLE.move(work, d, [found.id], "offer", offer_id=offer_id)
    _record(work, "owed_detail_offered", found, offer=offer_id, offered_opening=opening_id)
    return offer_id


def _until(work: Work, department: Department, holds: Edition, officer_id: int, owed_at: datetime) -> datetime:
    return owed_until(
        holds.rules.remedy, owed_at, _on_leave(work, department, officer_id, owed_at), department.zone.key
    )


def _on_leave(work: Work, department: Department, officer_id: int, since: datetime) -> set[date]:
    """Every day of which the officer is on leave for some part, from a moment on, as far as tours are known."""
    rows = work.conn.execute(
        sql(
            "select lower(during) as first, upper(during) as last from tour where department_id = :d"
            " and officer_id = :o and kind = 'leave' and upper(during) > :since"
        ),
        {"d": department.id, "o": officer_id, "since": since},
    )
    days = set[date]()
    for row in rows:
        day = row.first.astimezone(department.zone).date()
        last = (row.last - timedelta(seconds=1)).astimezone(department.zone).date()
        days.update(day + timedelta(days=after) for after in range((last - day).days + 1))
    return days


def _record(work: Work, name: str, found: sa.Row[Any], **data: Any) -> None:
    event.record(
        work,
        found.department_id,
        name,
        "owed_detail",
        found.id,
        officer_id=found.officer_id,
        opening_id=found.opening_id,
        **data,
    )
