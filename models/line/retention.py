"""How long what people wrote is kept. What decides, pays or explains (events, awards, attendance) is no part of this.

Old rows are dealt with in small batches, each its own transaction, from where the last ended: a row's id tells its age
well enough, and no index is paid for by every text.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.proof import event
from models.session import Work
from models.tables import metadata, sql

retentions = sa.Table(
    "retention",
    metadata,
    sa.Column("department_id", sa.BigInteger, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("days", sa.Integer),
    sa.Column("up_to_id", sa.BigInteger),
)

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of record: how many days it is kept unless a department says otherwise, what happens then, and why."""

    days: int
    then: str
    why: str
    table: str
    aged_by: str
    change: str


_DELETE = "delete from {table} t"

KINDS = {
    "webhook_fields": Kept(
        30,
        "emptied",
        "Only of use while a delivery is disputed; the carrier has its own list.",
        "message_in",
        "t.received_at",
        "update message_in t set raw = '{}'",
    ),
    "texts_in": Kept(
        730,
        "wording removed",
        "A grievance about who said what comes within two years; that a text came, and when, stays.",
        "message_in",
        "t.received_at",
        "update message_in t set body = '', media = '[]'",
    ),
    "texts_out": Kept(
        730,
        "wording removed",
        "As for texts that came in; which prompt it was, and its fate, stay.",
        "message_out",
        "t.made_at",
        "update message_out t set body = ''",
    ),
    "mails": Kept(
        730,
        "wording removed",
        "As for texts that went out.",
        "mail_out",
        "t.made_at",
        "update mail_out t set title = '', body = ''",
    ),
    "joining": Kept(
        730,
        "wording removed",
        "As for texts that came in; that a number asked, and who settled it, stay.",
        "enrolment",
        "t.asked_at",
        "update enrolment t set words = ''",
    ),
    "turns": Kept(
        730,
        "deleted",
        "They show how a text was understood, which is of use no longer than the text.",
        "turn",
        "t.happened_at",
        _DELETE.format(table="turn"),
    ),
    "call_turns": Kept(
        730,
        "deleted",
        "As for texts: what was keyed, said and answered; that a call was made, by whom and how it ended, stays.",
        "call_turn",
        "t.happened_at",
        _DELETE.format(table="call_turn"),
    ),
    "calls": Kept(
        30,
        "memory emptied",
        "What a call was about while it lasted; of use to whoever looks into a complaint of last week.",
        "call",
        "t.began_at",
        "update call t set dialog = '{}'",
    ),
    "statuses": Kept(
        90,
        "deleted",
        "The carrier's reports one by one; what they came to stands in the text.",
        "message_status",
        "t.recorded_at",
        _DELETE.format(table="message_status"),
    ),
    "call_statuses": Kept(
        90,
        "deleted",
        "As for texts; what they came to stands in the call.",
        "outbound_call_status",
        "t.recorded_at",
        _DELETE.format(table="outbound_call_status"),
    ),
    "messages_left": Kept(
        90,
        "wording removed",
        "A person has dealt with what was said; that a message was left, and when, stays.",
        "waiting",
        "t.ended_at",
        "update waiting t set transcript = null, recording_url = ''",
    ),
    "duties": Kept(
        90,
        "deleted",
        "A duty that was done has left its event; undone ones are never touched.",
        "duty",
        "t.done_at",
        _DELETE.format(table="duty"),
    ),
}

# The next rows in the order of ids: only the leading ones that are old enough are dealt with.
_LEADING = """
select id, is_old from (
    select t.id, {aged_by} < :before as is_old from {table} t
     where t.department_id = :d and t.id > :after order by t.id limit :most
) next_ones order by id
"""

# A duty's id says nothing of when it is done, and of the deleted ones nothing is in the way.
_SCATTERED = """
select t.id, true as is_old from {table} t
 where t.department_id = :d and {aged_by} < :before and cast(:after as bigint) >= 0
 order by t.id limit :most
"""


def days_kept(work: Work, department_id: int, kind: str) -> int:
    """How long the department keeps records of this kind."""
    days = work.conn.execute(
        sa.select(retentions.c.days).where(retentions.c.department_id == department_id, retentions.c.kind == kind)
    ).scalar_one_or_none()
    return days or KINDS[kind].days


def keep_for(work: Work, department_id: int, kind: str, days: int) -> None:
    """From now on the department keeps records of this kind for `days`; what is gone stays gone."""
    _write(work, department_id, kind, days=days)
    event.record(work, department_id, "retention_set", "department", department_id, kind=kind, days=days)


def let_go(work: Work, department_id: int, kind: str, most: int = BATCH) -> int:
    """Deal with the next rows of this kind that are too old; how many, 0 when no more are."""
    old = _old(work, department_id, kind, most)
    if not old:
        return 0
    change = f"{KINDS[kind].change} where t.department_id = :d and t.id = any (:ids)"
    work.conn.execute(sql(change), {"d": department_id, "ids": old})
    _write(work, department_id, kind, up_to_id=old[-1])
    return len(old)


def _old(work: Work, department_id: int, kind: str, most: int) -> list[int]:
    kept = KINDS[kind]
    query = (_SCATTERED if kind == "duties" else _LEADING).format(table=kept.table, aged_by=kept.aged_by)
    before = work.now - timedelta(days=days_kept(work, department_id, kind))
    after = _up_to(work, department_id, kind)
    rows = work.conn.execute(sql(query), {"d": department_id, "after": after, "before": before, "most": most})
    return [row.id for row in takewhile(lambda row: row.is_old, rows)]


def _up_to(work: Work, department_id: int, kind: str) -> int:
    return (
        work.conn.execute(
            sa.select(retentions.c.up_to_id).where(
                retentions.c.department_id == department_id, retentions.c.kind == kind
            )
        ).scalar_one_or_none()
        or 0
    )


def _write(work: Work, department_id: int, kind: str, **changes: int) -> None:
    row = {"department_id": department_id, "kind": kind, **changes}
    work.conn.execute(
        insert(retentions).values(row).on_conflict_do_update(constraint="retention_pk", set_=dict(changes))
    )
