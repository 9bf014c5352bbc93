"""What officers are told that an hour of an opening pays, where that is not simply the detail's rate."""

from datetime import datetime

import sqlalchemy as sa

from models.bundle.schema import Bundle, DetailRecord, OpeningRecord
from models.bundle.times import to_utc
from models.details.detail import rates
from models.rules.pay.facts import WorkFacts
from models.rules.pay.pay import cents_at_start
from models.session import Work


def pay_told(
    work: Work,
    department_id: int,
    bundle: Bundle,
    one: DetailRecord,
    opening: OpeningRecord,
    during: tuple[datetime, datetime],
) -> int | None:
    """
    Cents an hour at the start, by the handbook's clause; None where that is the detail's rate, or nothing says it. An
    opening for all ranks pays what it pays the lowest, one for several what it pays the lowest of them.
    """
    handbook = bundle.handbook
    if not (handbook.pay.rates or handbook.pay.premiums):
        return None
    rate = _rate_cents(work, department_id, one.rate)
    ordered_at = one.known_at or one.posted_at
    facts = WorkFacts(
        bundle.zone.key,
        *during,
        rank=handbook.slot_rank(opening.ranks),
        kind=one.kind_of_work,
        ordered_at=to_utc(ordered_at, bundle.zone) if ordered_at else work.now,
        rate_cents=rate,
        alcohol=one.alcohol,
    )
    told = cents_at_start(handbook.pay, facts)
    return None if told == rate else told


def _rate_cents(work: Work, department_id: int, ref: str | None) -> int | None:
    return work.conn.execute(
        sa.select(rates.c.pay_cents_per_hour).where(rates.c.department_id == department_id, rates.c.ref == ref)
    ).scalar_one_or_none()
