"""News for the contractor: how a detail's rounds have ended, and what he was told of it last."""

from dataclasses import dataclass
from datetime import datetime

from models.line import duty
from models.proof import event
from models.rules.asking.contractor_news import news_due_at
from models.rules.handbook import Handbook
from models.session import Work
from models.tables import sql


@dataclass(frozen=True, slots=True)
class Ending:
    """So many of the ordered slots are confirmed; `is_over`: nothing is under way any more that could change that.

    `told` is how many he was told of, out of how many; None when he was told nothing yet.
    """

    confirmed: int
    ordered: int
    is_over: bool
    told: tuple[int, int] | None


def plan_news(
    work: Work, department_id: int, rules: Handbook, opening_id: int, starts_at: datetime, decided: str
) -> None:
    """Something was `decided` about a slot of the opening: have it looked at whether the contractor is told."""
    due_at = news_due_at(rules.contractor, starts_at, work.now)
    if due_at is not None and due_at < starts_at:
        duty.plan(work, department_id, "tell_contractor", opening_id, due_at, fence=decided)


def ending(work: Work, department_id: int, detail_id: int) -> Ending:
    """How the detail's rounds have ended, or stand."""
    row = work.conn.execute(sql(_ENDING), {"d": department_id, "detail": detail_id}).one()
    told = None if row.told is None else (row.told["confirmed"], row.told["ordered"])
    return Ending(row.confirmed, row.ordered, not row.under_way, told)


def note_told(work: Work, department_id: int, detail_id: int, opening_id: int, found: Ending) -> None:
    """Write down what he was told."""
    event.record(
        work,
        department_id,
        "contractor_told",
        "detail",
        detail_id,
        opening_id=opening_id,
        confirmed=found.confirmed,
        ordered=found.ordered,
    )


# Under way: an award to come or to be answered, an officer being asked, or a duty that goes on with a free slot.
_ENDING = """
with its as (select id from opening where department_id = :d and detail_id = :detail and relief_id is null),
places as (select id, state from slot where department_id = :d and opening_id in (select id from its)
              and state <> 'cancelled')
select (select count(*) from places) as ordered,
  (select count(*) from assignment where department_id = :d and opening_id in (select id from its)
      and state in ('confirmed', 'checked_in', 'checked_out', 'verified', 'paid')) as confirmed,
  exists (select from assignment where department_id = :d and opening_id in (select id from its)
             and state = 'awarded')
    or exists (select from posting where department_id = :d and detail_id = :detail
                  and state in ('planned', 'open', 'closed'))
    or exists (select from offer where department_id = :d and opening_id in (select id from its) and state = 'open')
    or exists (select from call_out where department_id = :d and opening_id in (select id from its)
                  and state = 'running' and exists (select from places where state = 'open'))
    or exists (select from duty where department_id = :d and done_at is null and kind in ('order_in', 'turn_ordinary')
                  and subject_id in (select id from its)
                  and exists (select from slot s where s.department_id = :d and s.opening_id = subject_id
                                 and s.state = 'open'))
    or exists (select from duty where department_id = :d and done_at is null and kind = 'fill_slot'
                  and subject_id in (select id from places where state = 'open')) as under_way,
  (select data from event where department_id = :d and subject_kind = 'detail' and subject_id = :detail
      and name = 'contractor_told' order by id desc limit 1) as told
"""
