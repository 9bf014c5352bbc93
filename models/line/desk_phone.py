"""Telephones on which a person is reached: they ring when a caller asks for one."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.tables import metadata

desk_phones = sa.Table(
    "desk_phone",
    metadata,
    sa.Column("number", sa.Text, primary_key=True),
    sa.Column("name", sa.Text),
)

MOST_RUNG = 10
"""The carrier rings so many at once and no more."""


@dataclass(frozen=True, slots=True)
class DeskPhone:
    """A number in E.164, and who picks up there."""

    number: str
    name: str


def all_desk_phones(conn: sa.Connection) -> list[DeskPhone]:
    """Every one of them, by name."""
    rows = conn.execute(sa.select(desk_phones).order_by(desk_phones.c.name, desk_phones.c.number))
    return [DeskPhone(row.number, row.name) for row in rows]


def put_desk_phone(conn: sa.Connection, number: str, name: str) -> None:
    """Have it ring from now on, under this name."""
    row = insert(desk_phones).values(number=number, name=name)
    conn.execute(row.on_conflict_do_update(index_elements=["number"], set_={"name": name}))


def remove_desk_phone(conn: sa.Connection, number: str) -> bool:
    """Let it ring no more; False when it did not."""
    return bool(conn.execute(sa.delete(desk_phones).where(desk_phones.c.number == number)).rowcount)
