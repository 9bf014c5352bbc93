"""Openings: the interchangeable slots of one detail. They carry the code officers text."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from models.rules import codes
from models.session import Work
from models.tables import Timestamp, of_department, sql

openings = of_department(
    "opening",
    sa.Column("detail_id", sa.BigInteger),
    sa.Column("code", sa.Text),
    sa.Column("code_retired_at", Timestamp),
    sa.Column("starts_at", Timestamp),
    sa.Column("ends_at", Timestamp),
    sa.Column("ranks", sa.ARRAY(sa.Text)),
    sa.Column("qualifications", sa.ARRAY(sa.Text)),
    sa.Column("unit", sa.Text),
    sa.Column("turns_ordinary_at", Timestamp),
    sa.Column("pay_cents_per_hour", sa.Integer),
    sa.Column("relief_id", sa.BigInteger),
)

CODE_RESTS_FOR = timedelta(days=30)  # a code is not given again until its opening has been over so long


@dataclass(frozen=True, slots=True)
class Opening:
    """What is said of an opening: when, where, for whom, what it pays, and until when one may sign up."""

    id: int
    department_id: int
    detail_id: int
    code: str
    starts_at: datetime
    ends_at: datetime
    place: str
    address: str | None
    contractor: str
    kind: str | None
    pool: str
    pay_cents_per_hour: int | None
    minimum_minutes: int
    instructions: str
    contact_name: str | None
    contact_number: str | None
    ranks: tuple[str, ...]
    qualifications: tuple[str, ...]
    unit: str | None
    slots: int
    posting_id: int | None
    posting_state: str | None
    posted_at: datetime | None
    closes_at: datetime | None
    award_at: datetime | None
    method: str
    band: str
    free: int
    site_ref: str
    contractor_ref: str
    area: str | None
    turns_ordinary_at: datetime | None = None
    relief_id: int | None = None

    @property
    def goes_down_a_list(self) -> bool:
        """Whether there is no sign-up: officers are asked, one after the other."""
        return self.method in ("ladder", "phone_tree")

    def told(self) -> dict[str, Any]:
        """What prompts may say of it, by the names they use."""
        return {
            "code": self.code,
            "during": (self.starts_at, self.ends_at),
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "place": self.place,
            "contractor": self.contractor,
            "address": self.address or "",
            "kind": self.kind or "",
            "pay_cents": self.pay_cents_per_hour,
            "least_minutes": self.minimum_minutes,
            "instructions": self.instructions,
            "contact": self.contact_name or "",
            "contact_number": self.contact_number or "",
            "closes_at": self.closes_at,
            "award_at": self.award_at,
            "slots": self.slots,
            "is_first_come": self.method == "first_come",
        }


SELECT = """
select o.id, o.department_id, o.detail_id, o.code, o.starts_at, o.ends_at, s.name as place, s.address,
       c.name as contractor, d.kind,
       d.pool, coalesce(o.pay_cents_per_hour, r.pay_cents_per_hour) as pay_cents_per_hour,
       d.minimum_minutes, d.instructions, s.contact_name, s.contact_number,
       o.ranks, o.qualifications, o.unit, o.turns_ordinary_at, o.relief_id,
       (select count(*) from slot x where x.department_id = o.department_id and x.opening_id = o.id
           and x.state <> 'cancelled') as slots,
       p.id as posting_id, p.state as posting_state, p.posted_at, p.closes_at, p.award_at,
       coalesce(p.method, 'batch') as method, coalesce(p.band, '') as band,
       (select count(*) from slot x where x.department_id = o.department_id and x.opening_id = o.id
           and x.state = 'open') as free,
       s.ref as site_ref, c.ref as contractor_ref, s.area
  from opening o
  join detail d on d.department_id = o.department_id and d.id = o.detail_id
  join site s on s.department_id = d.department_id and s.id = d.site_id
  join contractor c on c.department_id = s.department_id and c.id = s.contractor_id
  left join rate r on r.department_id = d.department_id and r.id = d.rate_id
  left join posting p on p.department_id = d.department_id and p.detail_id = d.id and p.state <> 'withdrawn'
"""


def openings_by_code(work: Work, department_id: int, numbers: list[str]) -> dict[str, Opening]:
    """The live openings behind these codes; a code that means nothing here is simply missing."""
    rows = work.conn.execute(
        sql(f"{SELECT} where o.department_id = :d and o.code = any (:codes) and o.code_retired_at is null"),
        {"d": department_id, "codes": numbers},
    )
    return {row.code: opening_of(row) for row in rows}


def opening(work: Work, department_id: int, opening_id: int) -> Opening:
    """The opening with this id."""
    row = work.conn.execute(
        sql(f"{SELECT} where o.department_id = :d and o.id = :id"), {"d": department_id, "id": opening_id}
    ).one()
    return opening_of(row)


def opening_of_slot(work: Work, department_id: int, slot_id: int) -> Opening:
    """The opening that the slot belongs to."""
    row = work.conn.execute(
        sql(
            f"{SELECT} join slot y on y.department_id = o.department_id and y.opening_id = o.id"
            " where o.department_id = :d and y.id = :slot"
        ),
        {"d": department_id, "slot": slot_id},
    ).one()
    return opening_of(row)


def openings_posted(work: Work, department_id: int) -> list[Opening]:
    """All openings whose sign-up is open now, soonest first."""
    rows = work.conn.execute(
        sql(
            f"{SELECT} where o.department_id = :d and p.state = 'open' and p.closes_at > :now and o.starts_at > :now"
            " and d.state = 'posted' and exists (select from slot x"
            " where x.department_id = o.department_id and x.opening_id = o.id and x.state = any"
            " (case p.method when 'first_come' then '{open}' else '{open,held}' end::text[]))"
            " order by o.starts_at, o.id"
        ),
        {"d": department_id, "now": work.now},
    )
    return [opening_of(row) for row in rows]


def openings_to_fill(work: Work, department_id: int) -> list[Opening]:
    """All openings that have not begun and have a free slot, soonest first."""
    rows = work.conn.execute(
        sql(
            f"{SELECT} where o.department_id = :d and o.starts_at > :now"
            " and d.state in ('planned', 'posted', 'awarded')"
            " and exists (select from slot x where x.department_id = o.department_id and x.opening_id = o.id"
            " and x.state = 'open') order by o.starts_at, o.id"
        ),
        {"d": department_id, "now": work.now},
    )
    return [opening_of(row) for row in rows]


def openings_of_posting(work: Work, department_id: int, posting_id: int) -> list[Opening]:
    """The openings of the detail that was posted."""
    rows = work.conn.execute(
        sql(f"{SELECT} where o.department_id = :d and p.id = :posting order by o.id"),
        {"d": department_id, "posting": posting_id},
    )
    return [opening_of(row) for row in rows]


def openings_of_detail(work: Work, department_id: int, detail_id: int) -> list[Opening]:
    """All openings of the detail, in the order in which they were made."""
    rows = work.conn.execute(
        sql(f"{SELECT} where o.department_id = :d and o.detail_id = :detail order by o.id"),
        {"d": department_id, "detail": detail_id},
    )
    return [opening_of(row) for row in rows]


def openings_by_id(work: Work, department_id: int, opening_ids: list[int]) -> list[Opening]:
    """These openings, soonest first."""
    rows = work.conn.execute(
        sql(f"{SELECT} where o.department_id = :d and o.id = any (:ids) order by o.starts_at, o.id"),
        {"d": department_id, "ids": opening_ids},
    )
    return [opening_of(row) for row in rows]


def opening_of(row: sa.Row[Any]) -> Opening:
    """An opening from a row of SELECT."""
    values = row._mapping
    return Opening(
        **{name: values[name] for name in Opening.__slots__ if name not in ("ranks", "qualifications")},
        ranks=tuple(row.ranks),
        qualifications=tuple(row.qualifications),
    )


def departments_with_code(work: Work, code: str) -> list[int]:
    """The departments, of those this work may see, in which the code is live: on a shared line it can name one."""
    rows = work.conn.execute(
        sql(
            "select department_id from opening where department_id = any (:ds) and code = :code"
            " and code_retired_at is null order by department_id"
        ),
        {"ds": list(work.departments), "code": code},
    )
    return list(rows.scalars())


def draw_code(work: Work, department_id: int) -> str:
    """A code no live opening or invitation of the department has. Longer once half of the shorter are in use."""
    in_use = set(
        work.conn.execute(
            sql(
                "select code from opening where department_id = :d and code_retired_at is null"
                " union select code from invitation where department_id = :d and ends_at > :now"
            ),
            {"d": department_id, "now": work.now},
        ).scalars()
    )
    while True:
        drawn: int = work.conn.execute(
            sql("update department set codes_drawn = codes_drawn + 1 where id = :d returning codes_drawn"),
            {"d": department_id},
        ).scalar_one()
        code = codes.spread_code(drawn, codes.digits_needed(len(in_use)))
        if code not in in_use:
            return code


def retire_codes(work: Work, department_id: int) -> int:
    """Free the codes of openings that have been over for thirty days; returns how many."""
    return work.conn.execute(
        sql(
            "update opening set code_retired_at = :now where department_id = :d and code_retired_at is null"
            " and ends_at < :before"
        ),
        {"d": department_id, "now": work.now, "before": work.now - CODE_RESTS_FOR},
    ).rowcount
