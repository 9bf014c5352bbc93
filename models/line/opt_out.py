"""Opt-outs: per number and line, as the carrier keeps them; an officer who opted out still works tomorrow."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.line import consent
from models.proof import event
from models.session import Work
from models.tables import Timestamp, metadata

opt_outs = sa.Table(
    "opt_out",
    metadata,
    sa.Column("line_id", sa.BigInteger, primary_key=True),
    sa.Column("number", sa.Text, primary_key=True),
    sa.Column("opted_out_at", Timestamp),
    sa.Column("wording", sa.Text),
)

CONFIRMATIONS = ("opt_out.confirmed", "opt_out.confirmed_with_work")
"""The one text that may still go to who opted out: that it is done. After it, nothing."""


def opt_out(work: Work, department_id: int, line_id: int, number: str, person_id: int | None, wording: str) -> None:
    """Stop texting `number` from this line; nobody may own the number (`person_id` None)."""
    work.conn.execute(
        insert(opt_outs)
        .values(line_id=line_id, number=number, opted_out_at=work.now, wording=wording)
        .on_conflict_do_nothing()
    )
    consent.withdraw(work, number)
    if person_id is None:
        event.record(work, department_id, "number_opted_out", "line", line_id)
    else:
        event.record(work, department_id, "person_opted_out", "person", person_id, line=line_id)


def opt_in(
    work: Work, department_id: int, line_id: int, number: str, person_id: int, departments: Sequence[int]
) -> bool:
    """Text `number` from this line again; False when it had not opted out.

    It is a consent too, to the same `departments` of the line that lost it: all of which he is an officer.
    """
    removed = work.conn.execute(sa.delete(opt_outs).where(opt_outs.c.line_id == line_id, opt_outs.c.number == number))
    for one in departments:
        consent.give(work, one, number, person_id, "texted")
    if removed.rowcount == 0:
        return False
    event.record(work, department_id, "person_opted_in", "person", person_id, line=line_id)
    return True
