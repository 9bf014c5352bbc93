"""Who is on the phone: a person's memberships on a line, with all that a turn needs of them, in one statement."""

from dataclasses import dataclass
from datetime import datetime

from models.people.department import Department, zone
from models.people.officer import Officer
from models.session import Work
from models.tables import sql


@dataclass(frozen=True, slots=True)
class Membership:
    """An officer in his department, the handbook that holds there today, and whether he opted out on this line."""

    officer: Officer
    department: Department
    handbook_id: int | None
    opted_out: bool
    number_added_at: datetime | None = None
    """Since when the number he is on is his, where that is on record: it may be new (models/people/phone.py)."""


def memberships(work: Work, person_id: int, line_id: int, number: str) -> list[Membership]:
    """The person's memberships in the departments this work may see, by department; those who left are left out."""
    rows = work.conn.execute(
        sql(_MEMBERSHIPS),
        {"p": person_id, "l": line_id, "n": number, "now": work.now, "ds": list(work.departments)},
    )
    return [
        Membership(
            Officer(row.id, row.department_id, person_id, row.name, row.badge, row.rank, row.status, row.language),
            Department(row.department_id, row.slug, row.department, zone(row.time_zone)),
            row.handbook_id,
            row.opted_out,
            row.number_added_at,
        )
        for row in rows
    ]


_MEMBERSHIPS = """
select o.id, o.department_id, p.name, o.badge, o.rank, o.status, p.language, d.slug, d.name as department, d.time_zone,
       (select h.id from handbook h where h.department_id = d.id
           and h.effective_on <= cast(cast(:now as timestamptz) at time zone d.time_zone as date)
         order by h.effective_on desc, h.version desc limit 1) as handbook_id,
       exists (select from opt_out where line_id = :l and number = :n) as opted_out,
       (select added_at from phone where number = :n and person_id = o.person_id) as number_added_at
  from officer o
  join person p on p.id = o.person_id
  join department d on d.id = o.department_id
 where o.person_id = :p and o.department_id = any (:ds) and o.status <> 'separated'
 order by o.department_id
"""
