"""The versions of a department's handbook: since when each holds, and what was decided under it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.awarding.counting.turning import plan_turns
from models.people.department import Department, lock_department
from models.people.handbook import current, edition, publish
from models.proof import event
from models.rules.checking import Known
from models.rules.handbook import Handbook
from models.rules.time.windows import midnight
from models.session import Work
from models.tables import sql


@dataclass(frozen=True, slots=True)
class Version:
    """A version; `holds` says whether it is the one of today. `assignments` are those that still live under it."""

    id: int
    version: int
    effective_on: date
    published_at: datetime | None
    awards: int
    assignments: int
    holds: bool


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing would mean: what was decided since that day, and which versions take over again later."""

    awards_since: int
    later: tuple[tuple[int, date], ...]
    is_past: bool


class AlreadyAwarded(Exception):
    """Awards were made since the day from which the version is to hold, and nobody said that this is known."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        super().__init__(f"{publication.awards_since} awards were made since")


def versions(work: Work, where: Department) -> list[Version]:
    """All versions, the first one first."""
    holds = current(work, where.id, today(work, where)).id
    rows = work.conn.execute(sql(_VERSIONS), {"d": where.id}).all()
    return [Version(**row._mapping, holds=row.id == holds) for row in rows]


def today(work: Work, where: Department) -> date:
    """The department's own day."""
    return work.now.astimezone(where.zone).date()


def rules_of(work: Work, where: Department, version: int) -> Handbook | None:
    """What a version says; None when there is none of that number."""
    found = work.conn.execute(
        sql("select id from handbook where department_id = :d and version = :v"), {"d": where.id, "v": version}
    ).scalar_one_or_none()
    return None if found is None else edition(work, where.id, found).rules


def what_it_means(work: Work, where: Department, effective_on: date) -> Publication:
    """What publishing a version from that day would mean for what was decided already."""
    since = midnight(effective_on, where.zone.key)
    awards = work.conn.execute(
        sql("select count(*) from award where department_id = :d and awarded_at >= :since"),
        {"d": where.id, "since": since},
    ).scalar_one()
    later = work.conn.execute(
        sql("select version, effective_on from handbook where department_id = :d and effective_on > :on order by 2, 1"),
        {"d": where.id, "on": effective_on},
    )
    return Publication(
        awards, tuple((row.version, row.effective_on) for row in later), effective_on < today(work, where)
    )


def publish_from(
    work: Work, where: Department, rules: Handbook, effective_on: date, *, although_awarded: bool = False
) -> int | None:
    """
    Make a new version that holds from `effective_on`; returns its number, None when it says what the newest says. What
    was awarded before stands, and assignments keep the version they were made under. Raises AlreadyAwarded when
    the day is past or awards were made since, unless that is said to be known.
    """
    lock_department(work, where.id)
    means = what_it_means(work, where, effective_on)
    if (means.awards_since or means.is_past) and not although_awarded:
        raise AlreadyAwarded(means)
    published = publish(work, where.id, effective_on, rules)
    if published is None:
        return None
    plan_turns(work, where)
    event.record(
        work,
        where.id,
        "handbook_published",
        "handbook",
        published,
        from_on=effective_on.isoformat(),
        awards_since=means.awards_since,
    )
    return edition(work, where.id, published).version


def known_people(work: Work, where: Department) -> Known | None:
    """The units, ranks and qualifications of its officers, and the other departments; None where it has no officers."""
    row: Any = work.conn.execute(sql(_PEOPLE), {"d": where.id, "today": today(work, where)}).one()
    if not row.ranks:
        return None
    return Known(*(frozenset(each or ()) for each in (row.units, row.ranks, row.qualifications, row.departments)))


_VERSIONS = """
select h.id, h.version, h.effective_on,
       (select min(e.happened_at) from event e where e.department_id = h.department_id
           and e.subject_kind = 'handbook' and e.subject_id = h.id and e.name = 'handbook_published') as published_at,
       (select count(*) from award a where a.department_id = h.department_id and a.handbook_id = h.id) as awards,
       (select count(*) from assignment a where a.department_id = h.department_id and a.handbook_id = h.id
           and a.state in ('awarded', 'confirmed', 'checked_in')) as assignments
  from handbook h where h.department_id = :d order by h.version
"""
_PEOPLE = """
select (select array_agg(distinct unit) from officer where department_id = :d and unit is not null) as units,
       (select array_agg(distinct rank) from officer where department_id = :d and status <> 'separated') as ranks,
       (select array_agg(distinct name) from qualification where department_id = :d
           and coalesce(expires_on >= :today, true)) as qualifications,
       (select array_agg(slug) from department where id <> :d) as departments
"""
