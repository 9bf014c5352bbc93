"""Doing a duty by hand, and looking at what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models.people.department import Department
from models.people.officer import Officer
from models.session import Database, Work
from tests.cast import at
from workers.schedule import handler_of


@dataclass(frozen=True)
class Duty:
    """What a handler is given of a duty's row."""

    kind: str
    subject_id: int
    fence: str = ""


def do(database: Database, where: Department, now: datetime, kind: str, subject_id: int, fence: str = "") -> None:
    """Do the duty at `now`, in a transaction of its own."""
    with at(database, where, now) as work:
        do_in(work, where, kind, subject_id, fence)


def do_in(work: Work, where: Department, kind: str, subject_id: int, fence: str = "") -> None:
    """Do the duty in this work."""
    handler_of(kind)(work, where.id, Duty(kind, subject_id, fence))  # type: ignore[arg-type] # all that is looked at
    work.flush()


def said(database: Database, where: Department, who: Officer) -> list[str]:
    """The prompts of the texts to the officer, in the order they were written."""
    return [row.prompt for row in texts(database, where, who)]


def texts(database: Database, where: Department, who: Officer) -> list[Any]:
    """The texts to the officer."""
    with at(database, where) as work:
        return list(
            work.conn.execute(
                sa.text("select * from message_out where person_id = :p order by id"), {"p": who.person_id}
            )
        )


def planned(database: Database, where: Department, kind: str) -> list[tuple[int, datetime]]:
    """Subject and time of every duty of this kind that is still to be done."""
    with at(database, where) as work:
        rows = work.conn.execute(
            sa.text("select subject_id, due_at from duty where kind = :k and done_at is null order by due_at, id"),
            {"k": kind},
        )
        return [(row.subject_id, row.due_at) for row in rows]


def handed_off(database: Database, where: Department) -> list[str]:
    """Why people were called in, in order."""
    with at(database, where) as work:
        return list(work.conn.execute(sa.text("select reason from hand_off order by id")).scalars())


def state_of(database: Database, where: Department, table: str, one: int) -> str:
    """Where the record stands."""
    with at(database, where) as work:
        return work.conn.execute(sa.text(f"select state from {table} where id = :id"), {"id": one}).scalar_one()


def carried(database: Database, where: Department, who: Officer, at_time: datetime) -> None:
    """The carrier took the officer's texts at that time."""
    with at(database, where) as work:
        work.conn.execute(
            sa.text("update message_out set state = 'accepted', accepted_at = :at where person_id = :p"),
            {"at": at_time, "p": who.person_id},
        )


def without_phone(database: Database, where: Department, who: Officer) -> None:
    """The officer's number turned out to be nobody's."""
    with at(database, where) as work:
        work.conn.execute(sa.text("update phone set state = 'bad' where person_id = :p"), {"p": who.person_id})
