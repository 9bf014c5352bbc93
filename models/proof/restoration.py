"""Restorations: each time the records came back out of a backup, perhaps on another server.

The server that numbers transactions may be a new one, and the carrier may have sent meanwhile what the backup still
calls queued. So a restore begins a new era for the chain of seals, and puts every queued text in doubt: it is looked up
on the carrier's list before it is sent.
"""

from datetime import datetime

import sqlalchemy as sa

from models.line import call_placing, message_delivery
from models.proof import event
from models.session import Actor, Database
from models.tables import Timestamp, metadata, sql

restorations = sa.Table(
    "restoration",
    metadata,
    sa.Column("era", sa.Integer, primary_key=True),
    sa.Column("backed_up_at", Timestamp),
    sa.Column("restored_at", Timestamp),
)

OPERATOR = Actor("operator", "cli")


def begin_era(owner: sa.Connection, backed_up_at: datetime) -> int:
    """Write down that the records were restored; events from now on belong to the era that is returned.

    As the owner of the tables. The era is the column's default, so that no event pays for looking it up.
    """
    era: int = owner.execute(
        sql(
            "insert into restoration (era, backed_up_at)"
            " select coalesce(max(era), 0) + 1, :backed_up_at from restoration returning era"
        ),
        {"backed_up_at": backed_up_at},
    ).scalar_one()
    owner.execute(sql("set local lock_timeout = '5s'"))
    owner.exec_driver_sql(f"alter table event alter column era set default {era:d}")
    return era


def gather_strays(owner: sa.Connection, era: int) -> None:
    """Events that this server recorded before it was said that the records are new to it belong to `era` too.

    As the owner of the tables. An era is no part of what is sealed.
    """
    owner.execute(
        sql("select set_config('dutyline.departments', coalesce(array_agg(id), '{}')::text, true) from department")
    )
    owner.exec_driver_sql("alter table event disable trigger event_append_only")
    owner.execute(sql(_STRAYS), {"era": era})
    owner.exec_driver_sql("alter table event enable trigger event_append_only")


_STRAYS = """
update event e set era = :era
 where e.era = :era - 1 and e.xid < pg_snapshot_xmax(pg_current_snapshot())
   and not exists (select from seal s where s.department_id = e.department_id and s.event_id = e.id)
"""


def take_up(database: Database, department_id: int, era: int, backed_up_at: datetime) -> int:
    """A department's work goes on after a restore; returns how many of its texts are in doubt."""
    with database.begin([department_id], OPERATOR) as work:
        doubted = message_delivery.OUTBOX.doubt_queued(work, department_id, backed_up_at)
        calls_doubted = call_placing.OUTBOX.doubt_queued(work, department_id, backed_up_at)
        event.record(
            work,
            department_id,
            "records_restored",
            "restoration",
            era,
            backed_up_at=backed_up_at.isoformat(),
            texts_in_doubt=doubted,
            calls_in_doubt=calls_doubted,
        )
        return doubted
