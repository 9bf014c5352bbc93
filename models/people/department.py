"""Departments: who owns a handbook, in which zone its rules and words are meant."""

from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from models.session import Work
from models.tables import metadata, sql

departments = sa.Table(
    "department",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("slug", sa.Text),
    sa.Column("name", sa.Text),
    sa.Column("time_zone", sa.Text),
    sa.Column("codes_drawn", sa.BigInteger),
    sa.Column("contact", sa.Text),
)


@dataclass(frozen=True, slots=True)
class Department:
    """A department as its rules and words need it."""

    id: int
    slug: str
    name: str
    zone: ZoneInfo


def department(work: Work, department_id: int) -> Department:
    """The department with this id."""
    row = work.conn.execute(
        sa.select(departments.c.id, departments.c.slug, departments.c.name, departments.c.time_zone).where(
            departments.c.id == department_id
        )
    ).one()
    return Department(row.id, row.slug, row.name, zone(row.time_zone))


def department_id_of(conn: sa.Connection, slug: str) -> int | None:
    """The id behind a slug, None when there is no such department."""
    return conn.execute(sa.select(departments.c.id).where(departments.c.slug == slug)).scalar_one_or_none()


def lock_department(work: Work, department_id: int) -> None:
    """One award run at a time per department."""
    work.conn.execute(sql("select id from department where id = :d for no key update"), {"d": department_id})


@lru_cache
def zone(name: str) -> ZoneInfo:
    """The zone by its IANA name; ZoneInfoNotFoundError when there is none."""
    return ZoneInfo(name)
