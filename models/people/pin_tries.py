"""How often somebody may try a PIN: counted for each person and each calling number, in real time.

Tries are counted aside, in statements that stand at once (`Work.aside`): a turn that fails and is undone has still
told the caller whether he guessed right, so its try must not be undone with it. They are only ever added, each before
its PIN is looked at, so that twenty at once are twenty and none waits for a lock that the turn holds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from models.people.phone import phones
from models.session import Work
from models.tables import Timestamp, metadata, sql

pin_tries = sa.Table(
    "pin_try",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("person_id", sa.BigInteger),
    sa.Column("number", sa.Text),
    sa.Column("tried_at", Timestamp),
    sa.Column("was_right", sa.Boolean),
)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many wrong tries within the window lock for the first of `locks`; each further lock is the next longer."""

    most: int
    window: timedelta
    locks: tuple[timedelta, ...]


LOCKS = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(hours=24))
OF_PERSON = Limit(5, timedelta(minutes=30), LOCKS)
"""Forgotten with his next right PIN."""
OF_NUMBER = Limit(15, timedelta(hours=1), LOCKS)
"""Larger, because a station's phone serves many; never forgotten for a right PIN, which may be the guesser's own. All
calls that hide their number share one."""
KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Try:
    """A try that has been counted. `locked_by_it` is true when it is the one that locks the person, if it is wrong."""

    id: int
    is_locked: bool
    locks_person: bool


def begin(work: Work, person_id: int | None, number: str) -> Try:
    """Count a try, wrong until `was_right` says otherwise. `person_id` is None where nobody has the badge."""
    with work.aside() as conn:
        mine = conn.execute(sql(_COUNT), {"p": person_id, "n": number, "kept": KEPT_FOR}).one()
        known = {"p": person_id, "n": number, "mine": mine.id}
        of_person, of_number = conn.execute(sql(_WRONG), known).one()
    before = locked_until(of_person or (), OF_PERSON)
    after = locked_until((*(of_person or ()), mine.tried_at), OF_PERSON)
    is_locked = _holds(before, mine.tried_at) or _holds(locked_until(of_number or (), OF_NUMBER), mine.tried_at)
    return Try(mine.id, is_locked, not is_locked and person_id is not None and after != before)


def was_right(work: Work, one: Try) -> None:
    """The PIN was right: what the person got wrong before counts no more."""
    with work.aside() as conn:
        conn.execute(sa.update(pin_tries).where(pin_tries.c.id == one.id).values(was_right=True))


def forget(work: Work, person_id: int) -> None:
    """The person begins anew, on his own phones too."""
    own = sa.select(phones.c.number).where(phones.c.person_id == person_id)
    work.conn.execute(
        sa.delete(pin_tries).where(sa.or_(pin_tries.c.person_id == person_id, pin_tries.c.number.in_(own)))
    )


def locked_until(wrong: Iterable[datetime], limit: Limit) -> datetime | None:
    """Until when these wrong tries, oldest first, have locked; may be past. What is tried while locked adds nothing."""
    until: datetime | None = None
    times_locked = 0
    recent: Sequence[datetime] = ()
    for at in wrong:
        if _holds(until, at):
            continue
        recent = [*(one for one in recent if at - one < limit.window), at]
        if len(recent) >= limit.most:
            until = at + limit.locks[min(times_locked, len(limit.locks) - 1)]
            times_locked, recent = times_locked + 1, ()
    return until


def _holds(until: datetime | None, at: datetime) -> bool:
    return until is not None and at < until


# What is old goes with it, so that nothing else has to look after these rows.
_COUNT = """
with old as (
    delete from pin_try where id in (select id from pin_try where tried_at < clock_timestamp() - cast(:kept as interval)
       order by id limit 200 for update skip locked)
)
insert into pin_try (person_id, number) values (:p, :n) returning id, tried_at
"""

# A statement after the one that counts, so that it sees what others have counted meanwhile.
_WRONG = """
select (select array_agg(tried_at order by tried_at, id) from pin_try
         where person_id = :p and id <> :mine and not was_right and tried_at > coalesce(
               (select max(tried_at) from pin_try where person_id = :p and was_right), '-infinity')),
       (select array_agg(tried_at order by tried_at, id) from pin_try
         where number = :n and id <> :mine and not was_right)
"""
