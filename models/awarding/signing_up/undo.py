"""UNDO: takes back what an officer did in the last two minutes, where nobody was harmed by it or acted on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

import sqlalchemy as sa

from models.awarding.asking.replacement import stop_looking
from models.people.officer import Officer
from models.proof import event
from models.session import Work
from models.tables import sql
from models.working.assignment_drop import assignment_of_drop
from models.working.attendance import take_back_check_in
from models.working.relief import take_back_relief

WITHIN = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: signup, withdrawal, check_in, drop or relief; and of which openings."""

    kind: str
    opening_ids: tuple[int, ...]


_LATEST = """
select name, subject_id, opening_id, happened_at, (data ->> 'undone') is not null as is_undo from event
 where department_id = :d and officer_id = :o and actor_kind = 'officer' and actor_id = :person and happened_at > :since
 order by id desc limit 40
"""

_BEFORE_AWARD = """
exists (select from opening o join posting p on p.department_id = o.department_id and p.detail_id = o.detail_id
         where o.department_id = signup.department_id and o.id = signup.opening_id and p.state = 'open')
"""


def undo_latest(work: Work, officer: Officer) -> Undone | None:
    """Take back the latest thing he did; None when that cannot be taken back, or the world has moved on."""
    bound = {"d": officer.department_id, "o": officer.id, "person": officer.person_id, "since": work.now - WITHIN}
    done = _of_one_turn(work.conn.execute(sql(_LATEST), bound).all())
    if not done or done[0].name not in _TAKE_BACK:
        return None
    kind, take_back = _TAKE_BACK[done[0].name]
    if not take_back(work, officer, [row.subject_id for row in done]):
        return None
    return Undone(kind, tuple(row.opening_id for row in done))


def _of_one_turn(rows: Sequence[sa.Row[Any]]) -> list[sa.Row[Any]]:
    """The latest event and those just before it of its name and time, oldest first; none when it was an undo itself."""
    if not rows or rows[0].is_undo:
        return []
    same = takewhile(lambda row: (row.name, row.happened_at) == (rows[0].name, rows[0].happened_at), rows)
    return list(same)[::-1]


def _withdraw(work: Work, officer: Officer, signup_ids: list[int]) -> bool:
    return _set_withdrawn(work, officer, signup_ids, "signup_withdrawn", work.now)


def _restore(work: Work, officer: Officer, signup_ids: list[int]) -> bool:
    """The signup stands as it stood, with its time and its preference."""
    return _set_withdrawn(work, officer, signup_ids, "signup_restored", None)


def _set_withdrawn(work: Work, officer: Officer, signup_ids: list[int], name: str, at: datetime | None) -> bool:
    rows = work.conn.execute(
        sql(
            "update signup set withdrawn_at = cast(:at as timestamptz)"
            f" where department_id = :d and id = any (:ids) and {_BEFORE_AWARD} returning id, opening_id"
        ),
        {"d": officer.department_id, "ids": signup_ids, "at": at},
    ).all()
    for row in rows:
        event.record(
            work,
            officer.department_id,
            name,
            "signup",
            row.id,
            officer_id=officer.id,
            opening_id=row.opening_id,
            undone=True,
        )
    return bool(rows)


def _come_back_out(work: Work, officer: Officer, assignment_ids: list[int]) -> bool:
    return take_back_check_in(work, officer, assignment_ids[0])


def _keep(work: Work, officer: Officer, drop_ids: list[int]) -> bool:
    assignment_id = assignment_of_drop(work, officer.department_id, drop_ids[0])
    return stop_looking(work, officer.department_id, assignment_id)


def _stay(work: Work, officer: Officer, relief_ids: list[int]) -> bool:
    return take_back_relief(work, officer.department_id, relief_ids[0])


_TAKE_BACK = {
    "officer_signed_up": ("signup", _withdraw),
    "signup_withdrawn": ("withdrawal", _restore),
    "officer_checked_in": ("check_in", _come_back_out),
    "drop_asked": ("drop", _keep),
    "relief_asked": ("relief", _stay),
}
