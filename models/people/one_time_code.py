"""One-time codes: six figures texted to a number, or mailed to an address, which whoever has that gives back.

They hold for ten minutes of real time and three tries, which are counted aside, as those of a PIN are. Of one person
and purpose only the newest holds.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from models.line import duty
from models.session import Work
from models.tables import Timestamp, metadata, sql

Purpose = Literal["pin", "temporary", "email"]
Checked = Literal["right", "wrong", "over"]

MINUTES = 10
TRIES = 3
MOST_IN_AN_HOUR = 5
"""Texts and mails that somebody can have sent elsewhere by asking again and again."""

one_time_codes = sa.Table(
    "one_time_code",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("person_id", sa.BigInteger),
    sa.Column("purpose", sa.Text),
    sa.Column("number", sa.Text),
    sa.Column("code", sa.Text),
    sa.Column("until_at", Timestamp),
    sa.Column("made_at", Timestamp),
    sa.Column("tries", sa.Integer),
    sa.Column("used_at", Timestamp),
)


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was given back rightly: where it was sent (`number`), and until when that was asked for."""

    id: int
    number: str
    until_at: datetime | None


def send_code(
    work: Work, department_id: int, person_id: int, purpose: Purpose, number: str, until_at: datetime | None = None
) -> bool:
    """Have a code texted to `number` for the person, or mailed there where it is for mails; False when too many were,
    within the hour.
    """
    work.conn.execute(sql(_FORGET_OLD), {"p": person_id})
    if work.conn.execute(sql(_LATELY), {"p": person_id}).scalar_one() >= MOST_IN_AN_HOUR:
        return False
    row: Mapping[str, Any] = {
        "person_id": person_id,
        "purpose": purpose,
        "number": number,
        "code": f"{secrets.randbelow(900_000) + 100_000}",
        "until_at": until_at,
    }
    made = work.conn.execute(sa.insert(one_time_codes).values(row).returning(one_time_codes.c.id)).scalar_one()
    duty.plan(work, department_id, "tell_code", made, work.now)
    return True


def check_code(work: Work, person_id: int, purpose: Purpose, said: str) -> tuple[Checked, Code | None]:
    """Whether `said` is the newest code; `over` when it has been tried too often, was used, or is too old."""
    known = {"p": person_id, "purpose": purpose, "minutes": MINUTES, "tries": TRIES}
    with work.aside() as conn:
        found = conn.execute(sql(_TRY), known).one_or_none()
    if found is None:
        return "over", None
    if not hmac.compare_digest(found.code, said):
        return ("over" if found.tries >= TRIES else "wrong"), None
    work.conn.execute(
        sa.update(one_time_codes).where(one_time_codes.c.id == found.id).values(used_at=sa.func.clock_timestamp())
    )
    return "right", Code(found.id, found.number, found.until_at)


def code_sent(work: Work, code_id: int) -> sa.Row[Any] | None:
    """The code's row; None when it has been let go of."""
    return work.conn.execute(sa.select(one_time_codes).where(one_time_codes.c.id == code_id)).one_or_none()


_FORGET_OLD = """
delete from one_time_code where person_id = :p and made_at < clock_timestamp() - interval '1 day'
   and (used_at is null or until_at is null)
"""
_LATELY = """
select count(*) from one_time_code where person_id = :p and made_at > clock_timestamp() - interval '1 hour'
"""
_TRY = """
update one_time_code set tries = tries + 1
 where id = (select max(id) from one_time_code where person_id = :p and purpose = :purpose)
   and used_at is null and tries < :tries and made_at > clock_timestamp() - make_interval(mins => :minutes)
returning id, number, code, until_at, tries
"""
