"""Whose texts they are: a department's name, numbers and contact, as the public pages say them."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
import sqlalchemy as sa

from models.people.department import zone

_ELSEWHERE = ZoneInfo("America/New_York")


@dataclass(frozen=True, slots=True)
class Program:
    """The texting program of a department; without a name, that of all departments of the installation."""

    name: str | None = None
    slug: str | None = None
    contact: str | None = None
    numbers: tuple[str, ...] = ()
    zone: ZoneInfo = _ELSEWHERE


def program_named(engine: sa.Engine, slug: str) -> Program | None:
    """The program of the department with this slug; None when there is none."""
    with engine.connect() as connection:
        row = connection.execute(sa.text(f"{_SELECT} where d.slug = :slug"), {"slug": slug}).one_or_none()
    return None if row is None else _program(row)


def program_of(engine: sa.Engine, department_id: int) -> Program | None:
    """The program of this department; None when there is none."""
    with engine.connect() as connection:
        row = connection.execute(sa.text(f"{_SELECT} where d.id = :id"), {"id": department_id}).one_or_none()
    return None if row is None else _program(row)


def whole_program(engine: sa.Engine) -> Program:
    """The program of the only department, or of all without naming any."""
    with engine.connect() as connection:
        rows = connection.execute(sa.text(f"{_SELECT} limit 2")).all()
    return _program(rows[0]) if len(rows) == 1 else Program()


def _program(row: sa.Row[Any]) -> Program:
    return Program(row.name, row.slug, row.contact, tuple(map(_as_written, row.numbers)), zone(row.time_zone))


def _as_written(number: str) -> str:
    """(203) 555-0100"""
    return str(phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.NATIONAL))


_SELECT = """
select d.name, d.slug, d.contact, d.time_zone, array(
       select l.number from line l where l.department_id = d.id
           or exists (select from line_department s where s.line_id = l.id and s.department_id = d.id)
       order by l.id) as numbers
  from department d
"""
