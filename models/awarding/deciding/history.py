"""Past awards as they are on record, for making them again under other rules. Reads only."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from models.rules.awarding.award import result_from_json
from models.rules.facts import from_json
from models.rules.replaying.rehearsal import Ended, PastAward
from models.session import Work
from models.tables import sql


def past_awards(work: Work, department_id: int, since: datetime, until: datetime) -> Iterator[PastAward]:
    """
    The awards made from `since` up to but not including `until`, the earliest first, one in memory at a time: the
    facts of one may hold a department's whole month.
    """
    ids = work.conn.execute(
        sql(
            "select id from award where department_id = :d and awarded_at >= :since and awarded_at < :until"
            " order by awarded_at, id"
        ),
        {"d": department_id, "since": since, "until": until},
    )
    award_ids = list(ids.scalars())
    ended = _ended(work, department_id, award_ids)
    for award_id in award_ids:
        row = work.conn.execute(
            sql("select facts::text as facts, result::text as result from award where department_id = :d and id = :id"),
            {"d": department_id, "id": award_id},
        ).one()
        yield PastAward(award_id, from_json(row.facts), result_from_json(row.result), tuple(ended[award_id]))


def names_of(work: Work, department_id: int) -> dict[int, str]:
    """The officers' names by id, for reading a report: facts hold none."""
    rows = work.conn.execute(
        sql("select o.id, p.name from officer o join person p on p.id = o.person_id where o.department_id = :d"),
        {"d": department_id},
    )
    return {row.id: row.name for row in rows}


def _ended(work: Work, department_id: int, award_ids: list[int]) -> dict[int, list[Ended]]:
    """Of these awards what came to nothing or was given back. A no-show is over too, and keeps what it was charged."""
    rows = work.conn.execute(
        sql(
            "select award_id, officer_id, opening_id, ended_at, charged_minutes from assignment"
            " where department_id = :d and award_id = any (:ids) and ended_at is not null order by ended_at, id"
        ),
        {"d": department_id, "ids": award_ids},
    )
    found: dict[int, list[Ended]] = defaultdict(list)
    for row in rows:
        found[row.award_id].append(Ended(row.officer_id, row.opening_id, row.ended_at, row.charged_minutes or 0))
    return found
