"""From the row of facts that was read to facts about officers: who they are, what they hold, where they do not go."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from models.rules.facts import CommitmentFacts, ExclusionFacts, OfficerFacts, QualificationFacts, StatusFacts
from models.rules.orders.alphabet import name_places


def officers_of(row: sa.Row[Any]) -> tuple[OfficerFacts, ...]:
    """The officers with their qualifications, dated statuses and pools."""
    places = name_places({int(officer_id): name for officer_id, name in (row.names or {}).items()})
    qualifications, statuses, pools = _by_officer(row.qualifications), _by_officer(row.statuses), _by_officer(row.pools)
    return tuple(
        OfficerFacts(
            id=officer_id,
            badge=badge,
            rank=rank,
            seniority_on=date.fromisoformat(seniority_on),
            unit=unit,
            status=status,
            qualifications=tuple(QualificationFacts(name, _day(last)) for name, last in qualifications[officer_id]),
            rank_on=_day(rank_on),
            job_class=job_class,
            name_place=places.get(officer_id, 0),
            statuses=tuple(
                StatusFacts(dated, date.fromisoformat(first), _day(last)) for dated, first, last in statuses[officer_id]
            ),
            pools=tuple(pool for (pool,) in pools[officer_id]),
        )
        for officer_id, badge, rank, seniority_on, unit, status, rank_on, job_class in row.officers or ()
    )


def commitments_of(row: sa.Row[Any]) -> list[CommitmentFacts]:
    """What the officers hold, here and elsewhere."""
    here = [
        CommitmentFacts(
            officer,
            _at(starts_at),
            _at(ends_at),
            opening,
            code,
            pool=pool,
            work=kind,
            site=site,
            area=area,
            came_at=came_at and _at(came_at),
            left_at=left_at and _at(left_at),
            is_ordered=is_ordered,
        )
        for (
            officer,
            starts_at,
            ends_at,
            opening,
            code,
            pool,
            kind,
            site,
            came_at,
            left_at,
            area,
            is_ordered,
        ) in row.commitments or ()
    ]
    elsewhere = [
        CommitmentFacts(officer, _at(starts_at), _at(ends_at), is_elsewhere=True)
        for officer, starts_at, ends_at in row.elsewhere or ()
    ]
    return here + elsewhere


def exclusions_of(row: sa.Row[Any]) -> tuple[ExclusionFacts, ...]:
    """Where the officers are not placed."""
    return tuple(
        ExclusionFacts(officer_id, side, date.fromisoformat(first), _day(last), contractor, site)
        for officer_id, side, first, last, contractor, site in row.exclusions or ()
    )


def _by_officer(rows: Iterable[list[Any]] | None) -> dict[int, list[list[Any]]]:
    found: dict[int, list[list[Any]]] = defaultdict(list)
    for officer_id, *more in rows or ():
        found[officer_id].append(more)
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
