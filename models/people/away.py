"""Days on which an officer is away by his own word: he is asked for nothing then, and awarded nothing.

It is no leave: no cap is raised by it, and who may be ordered in may be ordered in all the same.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from models.people.department import Department
from models.people.officer import Officer
from models.proof import event
from models.session import Work
from models.tables import span, sql
from models.tours.tour import tours

KIND = "away"

Days = tuple[date, date]


def go_away(work: Work, department: Department, officer: Officer, days: Days) -> bool:
    """The officer is away from the first day to the last; False when he had said just that before."""
    starts_at, ends_at = _moments(department, days)
    if days in away_days(work, department, officer):
        return False
    work.conn.execute(
        sa.insert(tours).values(
            department_id=department.id, officer_id=officer.id, kind=KIND, during=span(starts_at, ends_at)
        )
    )
    _record(work, officer, "officer_away", from_on=days[0].isoformat(), until_on=days[1].isoformat())
    return True


def away_days(work: Work, department: Department, officer: Officer) -> list[Days]:
    """When he is away, now or later, soonest first: first and last days."""
    rows = work.conn.execute(
        sql(
            "select lower(during) as starts_at, upper(during) as ends_at from tour where department_id = :d"
            " and officer_id = :o and kind = 'away' and upper(during) > :now order by during"
        ),
        {"d": department.id, "o": officer.id, "now": work.now},
    )
    return [(_day(department, row.starts_at), _day(department, row.ends_at - timedelta(minutes=1))) for row in rows]


def come_back(work: Work, officer: Officer) -> int:
    """He is away no more, from now on; returns how many times away it ends. What lies behind us stays."""
    ended = work.conn.execute(
        sql(
            "with gone as (delete from tour where department_id = :d and officer_id = :o and kind = 'away'"
            " and lower(during) >= :now returning id), cut as (update tour set during = tstzrange(lower(during), :now)"
            " where department_id = :d and officer_id = :o and kind = 'away' and lower(during) < :now"
            " and upper(during) > :now returning id) select (select count(*) from gone) + (select count(*) from cut)"
        ),
        {"d": officer.department_id, "o": officer.id, "now": work.now},
    ).scalar_one()
    if ended:
        _record(work, officer, "officer_back", count=ended)
    return int(ended)


def _moments(department: Department, days: Days) -> tuple[datetime, datetime]:
    """From the first midnight to the one after the last, on the department's wall."""
    return _midnight(department, days[0]), _midnight(department, days[1] + timedelta(days=1))


def _midnight(department: Department, day: date) -> datetime:
    return datetime.combine(day, time(), department.zone)


def _day(department: Department, moment: datetime) -> date:
    return moment.astimezone(department.zone).date()


def _record(work: Work, officer: Officer, name: str, **data: Any) -> None:
    event.record(work, officer.department_id, name, "officer", officer.id, officer_id=officer.id, **data)
