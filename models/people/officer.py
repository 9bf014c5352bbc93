"""Officers: a person's membership in one department."""

import re
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models.session import Work
from models.tables import metadata, of_department, sql

officers = of_department(
    "officer",
    sa.Column("person_id", sa.BigInteger),
    sa.Column("ref", sa.Text),
    sa.Column("badge", sa.Text),
    sa.Column("rank", sa.Text),
    sa.Column("seniority_on", sa.Date),
    sa.Column("rank_on", sa.Date),
    sa.Column("job_class", sa.Text),
    sa.Column("unit", sa.Text),
    sa.Column("status", sa.Text),
)

qualifications = sa.Table(
    "qualification",
    metadata,
    sa.Column("department_id", sa.BigInteger, primary_key=True),
    sa.Column("officer_id", sa.BigInteger, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("expires_on", sa.Date),
)


@dataclass(frozen=True, slots=True)
class Officer:
    """Who an officer is: enough to greet, to text and to decide for."""

    id: int
    department_id: int
    person_id: int
    name: str
    badge: str
    rank: str
    status: str
    language: str

    @property
    def is_guest(self) -> bool:
        """Whether he is another department's officer: he learns nothing here of who its members are."""
        return self.status == "guest"


_SELECT = (
    "select o.id, o.department_id, o.person_id, p.name, o.badge, o.rank, o.status, p.language"
    " from officer o join person p on p.id = o.person_id"
)


def officer(work: Work, department_id: int, officer_id: int) -> Officer:
    """The officer with this id."""
    return officers_by_id(work, department_id, [officer_id])[officer_id]


def officer_with_badge(work: Work, department_id: int, badge: str) -> Officer | None:
    """The officer who wears the badge; None when nobody does."""
    found = work.conn.execute(
        sa.select(officers.c.id).where(officers.c.department_id == department_id, officers.c.badge == badge)
    ).scalar_one_or_none()
    return officer(work, department_id, found) if found is not None else None


def officers_named(work: Work, department_id: int, last_name: str) -> list[Officer]:
    """The active officers whose name ends with this one, in any spelling of capitals."""
    rows = work.conn.execute(
        sql(
            f"{_SELECT} where o.department_id = :d and o.status = 'active'"
            " and lower(regexp_replace(p.name, '^.*\\s', '')) = lower(:name) order by o.id"
        ),
        {"d": department_id, "name": last_name},
    )
    return [Officer(*row) for row in rows]


def officer_of(work: Work, department_id: int, person_id: int) -> Officer | None:
    """The person's membership in the department; None when he is no member, or has left."""
    found = work.conn.execute(
        sa.select(officers.c.id).where(
            officers.c.department_id == department_id,
            officers.c.person_id == person_id,
            officers.c.status != "separated",
        )
    ).scalar_one_or_none()
    return officer(work, department_id, found) if found is not None else None


def persons_with_badge(work: Work, line: Any, badge: str) -> list[int]:
    """The persons who wear the badge in a department that the line serves, by id; several on a line that many share.

    On a keypad only a badge's figures can be keyed: "K-104" is found by 104, and "0104" too. Guests wear none here.
    `line` is the row of `Database.begin_on_line`.
    """
    rows = work.conn.execute(
        sql(
            "select distinct person_id from officer where department_id = any (:ds)"
            " and status not in ('separated', 'guest') and (badge = :badge"
            "  or (:figures <> '' and ltrim(regexp_replace(badge, '[^0-9]', '', 'g'), '0') = :figures))"
            " order by person_id"
        ),
        {"ds": list(line.departments), "badge": badge, "figures": re.sub(r"[^0-9]", "", badge).lstrip("0")},
    )
    return list(rows.scalars())


def officers_by_id(work: Work, department_id: int, officer_ids: list[int]) -> dict[int, Officer]:
    """These officers of a department, by id."""
    rows = work.conn.execute(
        sql(f"{_SELECT} where o.department_id = :d and o.id = any (:ids)"),
        {"d": department_id, "ids": officer_ids},
    )
    return {row.id: _officer(row) for row in rows}


def _officer(row: sa.Row[Any]) -> Officer:
    return Officer(row.id, row.department_id, row.person_id, row.name, row.badge, row.rank, row.status, row.language)
