"""Brings what was read into the records: what is new is added, what the source no longer says is taken out.

All of it or nothing. What has ended already stays, because it was worked. A tour is a fact and is never refused; an
assignment that it runs into is put before a person (`models/tours/conflicts.py`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from models.people.department import Department
from models.people.officer import officers
from models.people.person import lock_persons
from models.proof import event
from models.rules.facts import TourKind
from models.session import Work
from models.tables import span, sql
from models.tours.conflicts import Conflict, conflicts_of, raise_conflicts
from models.tours.reading import Reading, ReadTour, TourProblem, overlaps, whole_days
from models.tours.source import Source
from models.tours.tour import tours


@dataclass(frozen=True, slots=True, order=True)
class TourChange:
    """A tour that came or went."""

    badge: str
    starts_at: datetime
    ends_at: datetime
    kind: TourKind
    change: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What a schedule came to; `unknown` are badges the department does not have, whose tours were passed over."""

    changes: tuple[TourChange, ...]
    unchanged: int
    conflicts: tuple[Conflict, ...]
    unknown: tuple[str, ...] = ()
    passed_over: tuple[tuple[str, int], ...] = ()

    def count(self, change: str) -> int:
        """How many tours were `added` or `removed`."""
        return sum(each.change == change for each in self.changes)


class TourErrors(ValueError):
    """What of a schedule could not be understood or does not fit; nothing of it must be kept."""

    def __init__(self, problems: Iterable[TourProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class _Member:
    id: int
    person_id: int
    badge: str


_Key = tuple[int, TourKind, datetime, datetime]


def bring_tours(
    work: Work,
    department: Department,
    source: Source,
    reading: Reading,
    window: tuple[datetime, datetime] | None = None,
) -> Brought:
    """
    Make the tours of this source what was read. Only what begins within the window is taken out: by default the days
    from the first to the last that was read, and then only for officers who were named. Raises TourErrors, upon which
    the work must be undone.
    """
    members, unknown = _members(work, department.id, reading, source)
    problems = [*reading.problems, *overlaps(reading.tours, department.zone), *unknown]
    if problems:
        raise TourErrors(problems)
    named = [each for each in reading.tours if each.badge.casefold() in members]
    wanted = _wanted(named, members)
    whose = {member.id: member for member in members.values()}
    lock_persons(work, [member.person_id for member in whose.values()])
    reach, only = _reach(named, window, department.zone), whose if window is None else None
    of_anybody, of_source = _standing(work, department.id, source, only, reach)
    added = sorted(wanted - of_anybody)
    removed = sorted(key for key in of_source - wanted if key[3] > work.now)
    _write(work, department.id, source, added, removed)
    conflicts = conflicts_of(work, department, added)
    raise_conflicts(work, department, conflicts)
    _record(work, department.id, source, added, removed, conflicts)
    badges = _badges(work, department.id, {key[0] for key in (*added, *removed)})
    return Brought(
        changes=tuple(sorted([*_told(added, badges, "added"), *_told(removed, badges, "removed")])),
        unchanged=len(wanted & of_anybody),
        conflicts=conflicts,
        unknown=tuple(sorted({each.badge for each in reading.tours if each.badge.casefold() not in members})),
        passed_over=reading.passed_over,
    )


def _members(
    work: Work, department_id: int, reading: Reading, source: Source
) -> tuple[Mapping[str, _Member], list[TourProblem]]:
    """The officers named, by badge whatever the case of its letters, and a problem for each who is none."""
    badges = sorted({each.badge.casefold() for each in reading.tours})
    rows = work.conn.execute(
        sa.select(officers.c.id, officers.c.person_id, officers.c.badge).where(
            officers.c.department_id == department_id, sa.func.lower(officers.c.badge).in_(badges)
        )
    )
    members = {row.badge.casefold(): _Member(row.id, row.person_id, row.badge) for row in rows}
    if source.mapping.unknown_badges == "pass_over":
        return members, []
    first = {each.badge.casefold(): each for each in reversed(reading.tours)}
    unknown = [each for badge, each in first.items() if badge not in members]
    return members, [
        TourProblem(each.place, f"the department has no officer with badge {each.badge}") for each in unknown
    ]


def _wanted(named: Iterable[ReadTour], members: Mapping[str, _Member]) -> set[_Key]:
    return {(members[each.badge.casefold()].id, each.kind, each.starts_at, each.ends_at) for each in named}


def _reach(
    named: Iterable[ReadTour], window: tuple[datetime, datetime] | None, zone: ZoneInfo
) -> tuple[datetime, datetime] | None:
    if window is not None:
        return window
    days = [each.starts_at.astimezone(zone).date() for each in named]
    return whole_days(min(days), max(days), zone) if days else None


def _standing(
    work: Work,
    department_id: int,
    source: Source,
    whose: Mapping[int, _Member] | None,
    reach: tuple[datetime, datetime] | None,
) -> tuple[set[_Key], set[_Key]]:
    """The tours there are within reach, and those among them that this source brought and may take out."""
    if reach is None:
        return set(), set()
    rows = work.conn.execute(
        sql(
            "select officer_id, kind, lower(during) as starts_at, upper(during) as ends_at, source_id from tour"
            " where department_id = :d and upper(during) >= :since and during && tstzrange(:since, :until)"
        ),
        {"d": department_id, "since": reach[0], "until": reach[1]},
    )
    everything, own = set(), set()
    for row in rows:
        key = (row.officer_id, row.kind, row.starts_at, row.ends_at)
        everything.add(key)
        is_within = reach[0] <= row.starts_at < reach[1]
        if row.source_id == source.id and is_within and (whose is None or row.officer_id in whose):
            own.add(key)
    return everything, own


def _write(work: Work, department_id: int, source: Source, added: list[_Key], removed: list[_Key]) -> None:
    if removed:
        work.conn.execute(
            sql(
                "delete from tour t using unnest(cast(:officers as bigint[]), cast(:kinds as text[]),"
                " cast(:starts as timestamptz[]), cast(:ends as timestamptz[]))"
                " as gone (officer_id, kind, starts, ends)"
                " where t.department_id = :d and t.officer_id = gone.officer_id and t.kind = gone.kind"
                " and t.during = tstzrange(gone.starts, gone.ends)"
            ),
            {
                "d": department_id,
                "officers": [key[0] for key in removed],
                "kinds": [key[1] for key in removed],
                "starts": [key[2] for key in removed],
                "ends": [key[3] for key in removed],
            },
        )
    rows = [
        {
            "department_id": department_id,
            "officer_id": officer_id,
            "kind": kind,
            "during": span(starts_at, ends_at),
            "source_id": source.id,
        }
        for officer_id, kind, starts_at, ends_at in added
    ]
    if rows:
        work.conn.execute(sa.insert(tours), rows)


def _record(
    work: Work,
    department_id: int,
    source: Source,
    added: list[_Key],
    removed: list[_Key],
    conflicts: tuple[Conflict, ...],
) -> None:
    """An event for each officer whose tours changed, and one for the whole."""
    if not added and not removed:
        return
    changed: dict[int, dict[str, list[list[str]]]] = defaultdict(lambda: {"added": [], "removed": []})
    for name, keys in (("added", added), ("removed", removed)):
        for officer_id, kind, starts_at, ends_at in keys:
            changed[officer_id][name].append([kind, starts_at.isoformat(), ends_at.isoformat()])
    for officer_id, data in changed.items():
        event.record(
            work,
            department_id,
            "tours_changed",
            "officer",
            officer_id,
            officer_id=officer_id,
            source=source.id,
            added=data["added"],
            removed=data["removed"],
        )
    event.record(
        work,
        department_id,
        "tours_brought",
        "tour_source",
        source.id,
        added=len(added),
        removed=len(removed),
        conflicts=len(conflicts),
    )


def _badges(work: Work, department_id: int, officer_ids: set[int]) -> dict[int, str]:
    rows = work.conn.execute(
        sa.select(officers.c.id, officers.c.badge).where(
            officers.c.department_id == department_id, officers.c.id.in_(sorted(officer_ids))
        )
    )
    return {row.id: row.badge for row in rows}


def _told(keys: list[_Key], badges: Mapping[int, str], change: str) -> list[TourChange]:
    return [
        TourChange(badges[officer_id], starts_at, ends_at, kind, change)
        for officer_id, kind, starts_at, ends_at in keys
    ]
