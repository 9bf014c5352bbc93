"""Persons: humans with phones, across departments. The person's row is the lock of whatever gives them time."""

from collections.abc import Iterable

import sqlalchemy as sa

from models.proof import event
from models.session import Work
from models.tables import metadata, sql

persons = sa.Table(
    "person",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("name", sa.Text),
    sa.Column("language", sa.Text),
)


def lock_persons(work: Work, person_ids: Iterable[int]) -> None:
    """Hold these persons until the transaction ends, in id order so that two transactions never wait crosswise.

    Whatever gives a person time locks first, then looks at tours, leave and assignments, then writes. Without it,
    concurrent losers of the exclusion constraint deadlock instead of losing.
    """
    work.conn.execute(
        sql("select id from person where id = any (:ids) order by id for no key update"),
        {"ids": sorted(set(person_ids))},
    )


def language_of(work: Work, person_id: int | None) -> str:
    """The language a person is spoken to in; English for a stranger."""
    if person_id is None:
        return "en"
    return work.conn.execute(sa.select(persons.c.language).where(persons.c.id == person_id)).scalar_one()


def set_language(work: Work, department_id: int, person_id: int, language: str) -> None:
    """Speak to the person in `language` from now on, in every department; `department_id` is where he said so."""
    work.conn.execute(sa.update(persons).where(persons.c.id == person_id).values(language=language))
    event.record(work, department_id, "language_chosen", "person", person_id, language=language)
