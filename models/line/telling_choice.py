"""What an officer chose about being told of new details, and what waits to be told him in one text."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.line import duty
from models.people.officer import Officer
from models.proof import event
from models.rules.asking.telling import Choice
from models.session import Work
from models.tables import metadata

choices = sa.Table(
    "telling_choice",
    metadata,
    sa.Column("department_id", sa.BigInteger, primary_key=True),
    sa.Column("officer_id", sa.BigInteger, primary_key=True),
    sa.Column("quiet_from", sa.Integer),
    sa.Column("quiet_until", sa.Integer),
    sa.Column("digest", sa.Integer),
    sa.Column("urgent_only", sa.Boolean),
)

waiting = sa.Table(
    "news_waiting",
    metadata,
    sa.Column("department_id", sa.BigInteger, primary_key=True),
    sa.Column("officer_id", sa.BigInteger, primary_key=True),
    sa.Column("opening_id", sa.BigInteger, primary_key=True),
)


def choices_of(work: Work, department_id: int, officer_ids: Sequence[int]) -> dict[int, Choice]:
    """What these officers chose; who chose nothing is missing."""
    rows = work.conn.execute(
        sa.select(choices).where(choices.c.department_id == department_id, choices.c.officer_id.in_(officer_ids))
    )
    return {row.officer_id: _choice(row) for row in rows}


def choose(work: Work, officer: Officer, choice: Choice) -> None:
    """Make this the officer's choice from now on."""
    quiet_from, quiet_until = choice.quiet or (None, None)
    said: dict[str, Any] = {
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
        "digest": choice.digest,
        "urgent_only": choice.urgent_only,
    }
    work.conn.execute(
        insert(choices)
        .values(department_id=officer.department_id, officer_id=officer.id, **said)
        .on_conflict_do_update(constraint="telling_choice_pk", set_=said)
    )
    event.record(work, officer.department_id, "telling_chosen", "officer", officer.id, officer_id=officer.id, **said)


BY_TEXT = "by text "
"""How the fence of a `tell_digest` begins, when a mail could not tell him."""


def put_off(
    work: Work, department_id: int, officer_id: int, opening_id: int, until: datetime, *, by_text: bool = False
) -> None:
    """Let the news of the opening wait for the officer's text at `until`, with whatever else waits by then.

    With `by_text` they are texted, whatever he chose: a mail did not tell him.
    """
    work.later(
        waiting,
        {"department_id": department_id, "officer_id": officer_id, "opening_id": opening_id},
    )
    fence = f"{BY_TEXT if by_text else ''}{until.isoformat()}"
    duty.plan(work, department_id, "tell_digest", officer_id, until, fence=fence)


def take_waiting(work: Work, department_id: int, officer_id: int) -> list[int]:
    """The openings whose news waited for the officer; they wait no more."""
    taken = work.conn.execute(
        sa.delete(waiting)
        .where(waiting.c.department_id == department_id, waiting.c.officer_id == officer_id)
        .returning(waiting.c.opening_id)
    )
    return sorted(taken.scalars())


def _choice(row: sa.Row[Any]) -> Choice:
    quiet = None if row.quiet_from is None else (row.quiet_from, row.quiet_until)
    return Choice(quiet, row.digest, row.urgent_only)
