"""Enrolments: a number that is nobody's asks to be put on the line, and a person settles it.

asked -> enrolled | refused
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.lifecycle import Arrow, Lifecycle
from models.line import consent, duty
from models.people.officer import Officer, officers
from models.people.person import lock_persons, persons
from models.people.phone import owner_of, text_first
from models.proof import event
from models.session import Work
from models.tables import Timestamp, of_department

LONGEST_WORDS = 480

enrolments = of_department(
    "enrolment",
    sa.Column("line_id", sa.BigInteger),
    sa.Column("number", sa.Text),
    sa.Column("words", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("asked_at", Timestamp),
    sa.Column("state", sa.Text),
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("settled_at", Timestamp),
    sa.Column("settled_by", sa.Text),
)

LIFECYCLE = Lifecycle(
    enrolments,
    starts=("asked",),
    arrows=(
        Arrow("enrol", ("asked",), "enrolled", "number_enrolled", "A person checked it: the number is the officer's."),
        Arrow("refuse", ("asked",), "refused", "enrolment_refused", "A person checked it and it fits nobody."),
    ),
)


class EnrolmentError(ValueError):
    """Why a request cannot be settled so, in a sentence."""


def ask(work: Work, department_id: int, line_id: int, number: str, words: str, language: str) -> bool:
    """The number asks to join; False when it has asked before and still waits: then its newest words count."""
    row = {"line_id": line_id, "number": number, "words": words[:LONGEST_WORDS], "language": language}
    written = insert(enrolments).values(department_id=department_id, asked_at=work.now, state="asked", **row)
    same = written.on_conflict_do_update(
        index_elements=["department_id", "number"],
        index_where=sa.text("state = 'asked'"),
        set_={"words": written.excluded.words, "language": written.excluded.language},
    )
    found = work.conn.execute(same.returning(enrolments.c.id, sa.text("xmax = 0 as is_new"))).one()
    if found.is_new:
        event.record(work, department_id, "enrolment_asked", "enrolment", found.id)
    return bool(found.is_new)


def waiting(work: Work, department_id: int) -> list[sa.Row[Any]]:
    """The requests nobody has settled yet, oldest first."""
    columns = enrolments.c
    asked = sa.select(columns.number, columns.words, columns.asked_at).where(
        columns.department_id == department_id, columns.state == "asked"
    )
    return list(work.conn.execute(asked.order_by(columns.asked_at, columns.id)))


def enrolment(work: Work, department_id: int, enrolment_id: int) -> sa.Row[Any]:
    """The request's row."""
    return work.conn.execute(
        sa.select(enrolments).where(enrolments.c.department_id == department_id, enrolments.c.id == enrolment_id)
    ).one()


def enrol(work: Work, department_id: int, number: str, officer: Officer, by: str) -> None:
    """The number is the officer's: the line knows it, texts it first and with consent, and says so.

    Raises EnrolmentError, upon which nothing has been changed.
    """
    if officer.status == "separated":
        raise EnrolmentError(f"{officer.name}, badge {officer.badge}, has left.")
    lock_persons(work, [officer.person_id])
    owner = owner_of(work, number)
    if owner not in (None, officer.person_id):
        raise EnrolmentError(f"{number} is the phone of {_named(work, department_id, owner)} already.")
    settled = _settle(work, department_id, number, "enrol", by, officer_id=officer.id)
    text_first(work, officer.person_id, number)
    consent.give(work, department_id, number, officer.person_id, "enrolled")
    event.record(work, department_id, "number_enrolled", "enrolment", settled, officer_id=officer.id)


def refuse(work: Work, department_id: int, number: str, by: str) -> None:
    """The number stays nobody's, and is told so. Raises EnrolmentError."""
    settled = _settle(work, department_id, number, "refuse", by)
    event.record(work, department_id, "enrolment_refused", "enrolment", settled)


def _settle(work: Work, department_id: int, number: str, verb: str, by: str, **changes: Any) -> int:
    """Take the verb's arrow for the number's open request, and have the number told; returns the request."""
    open_one = sa.select(enrolments.c.id).where(
        enrolments.c.department_id == department_id, enrolments.c.number == number, enrolments.c.state == "asked"
    )
    named: dict[str, str | datetime] = {"settled_at": work.now, "settled_by": by}
    moved = work.conn.execute(
        LIFECYCLE.moving(department_id, open_one.scalar_subquery(), verb, **named, **changes)
    ).scalar_one_or_none()
    if moved is None:
        raise EnrolmentError(f"No request of {number} waits here.")
    duty.plan(work, department_id, "tell_enrolment", moved, work.now)
    return int(moved)


def _named(work: Work, department_id: int, person_id: int | None) -> str:
    """The person by name and badge where he is an officer here; other departments' people are nobody's business."""
    row = work.conn.execute(
        sa.select(persons.c.name, officers.c.badge)
        .join(officers, officers.c.person_id == persons.c.id)
        .where(officers.c.department_id == department_id, persons.c.id == person_id)
    ).one_or_none()
    return f"{row.name}, badge {row.badge}," if row else "another person"
