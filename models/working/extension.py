"""Moving the end of an assignment: longer, if the officer's time allows it or a person decides so; or shorter.

`during` is committed time, so the same is looked at as for an award: tours, leave, travel, rest and limits.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError

from models.awarding.deciding.facts import gather, opening_facts
from models.details.opening import opening
from models.line import duty
from models.people.department import Department
from models.people.handbook import edition
from models.people.officer import Officer
from models.people.person import lock_persons
from models.rules.eligibility import Eligibility
from models.rules.time.spans import of_opening
from models.rules.verdict import Verdict
from models.session import Work
from models.tables import span, sql
from models.working import assignment as working
from models.working.assignment import AlreadyCommitted, Assignment

MOVABLE = ("awarded", "confirmed", "checked_in")


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of it: extended, shortened, same, ineligible with the rule, committed elsewhere, not_after_start, gone.

    `broken` is the rule that a person decided to go beyond.
    """

    outcome: str
    held: Assignment
    broken: Verdict | None = None


def extend_assignment(
    work: Work,
    department: Department,
    assignment_id: int,
    ends_at: datetime,
    reason: str,
    anyway: bool = False,
    *,
    tells: bool = True,
) -> Moved:
    """Let the officer's assignment end at `ends_at`, for a reason that goes on record; he is told, if it `tells`.

    `anyway`: a person decides to go beyond tours, rest and limits. Nothing lets anybody be in two details at once.
    """
    lock_persons(work, [working.assignment(work, department.id, assignment_id).person_id])
    held = working.assignment(work, department.id, assignment_id)
    if held.state not in MOVABLE:
        return Moved("gone", held)
    if ends_at == held.ends_at:
        return Moved("same", held)
    if ends_at <= held.starts_at:
        return Moved("not_after_start", held)
    found = broken_by(work, department, held, ends_at) if ends_at > held.ends_at else None
    if found is not None and not anyway:
        return Moved("ineligible", held, found)
    try:
        _move(work, held, ends_at)
    except AlreadyCommitted:
        return Moved("committed", held)
    _follow(work, department, held, ends_at, reason, found)
    if tells:
        duty.plan(work, department.id, "tell_moved_end", held.id, work.now, fence=ends_at.isoformat())
    return Moved("extended" if ends_at > held.ends_at else "shortened", held, found)


def stay(work: Work, department: Department, assignment_id: int, ends_at: datetime, reason: str) -> Moved:
    """The officer lets his own assignment end later, as far as every rule about time allows it.

    His person is held by his turn, so that nothing can come between the look and the deed; what another transaction
    holds for him all the same undoes the turn, which is tried again. extended, ineligible, or gone.
    """
    held = working.assignment(work, department.id, assignment_id)
    if held.state not in MOVABLE or ends_at <= held.ends_at:
        return Moved("gone", held)
    found = broken_by(work, department, held, ends_at)
    if found is not None:
        return Moved("ineligible", held, found)
    _set_end(work, held, ends_at)
    _follow(work, department, held, ends_at, reason, None)
    return Moved("extended", held)


def held_by(work: Work, officer: Officer, code: str) -> int | None:
    """The officer's assignment to the opening of this code, while its end may be moved; None if he has none."""
    rows = work.conn.execute(
        sql(
            "select a.id from assignment a join opening o on o.department_id = a.department_id and o.id = a.opening_id"
            " where a.department_id = :d and a.officer_id = :o and o.code = :code and a.state = any (:states)"
            " order by a.id desc limit 1"
        ),
        {"d": officer.department_id, "o": officer.id, "code": code, "states": list(MOVABLE)},
    )
    return rows.scalar_one_or_none()


def broken_by(work: Work, department: Department, held: Assignment, ends_at: datetime) -> Verdict | None:
    """The first rule about time that the assignment breaks if it ends then; None when it breaks none."""
    about = replace(opening(work, department.id, held.opening_id), starts_at=held.starts_at, ends_at=ends_at)
    rules = edition(work, department.id, held.handbook_id)
    facts = gather(work, department, rules, [about], [held.officer_id])
    others = tuple(each for each in facts.commitments if each.opening_id != held.opening_id)
    wanted = of_opening(opening_facts(about))
    found = Eligibility(replace(facts, commitments=others)).time_verdict(held.officer_id, wanted, ())
    return None if found.is_eligible else found


def _move(work: Work, held: Assignment, ends_at: datetime) -> None:
    """PostgreSQL has the last word on whether the officer is free."""
    try:
        with work.savepoint():
            _set_end(work, held, ends_at)
    except (IntegrityError, OperationalError) as error:
        raise working.taken(error) from error


def _set_end(work: Work, held: Assignment, ends_at: datetime) -> None:
    table = working.assignments
    work.conn.execute(
        sa.update(table)
        .where(table.c.department_id == held.department_id, table.c.id == held.id)
        .values(during=span(held.starts_at, ends_at))
    )


def _follow(
    work: Work, department: Department, held: Assignment, ends_at: datetime, reason: str, found: Verdict | None
) -> None:
    name = "assignment_extended" if ends_at > held.ends_at else "assignment_shortened"
    moved = {"was_until": held.ends_at.isoformat(), "until": ends_at.isoformat(), "reason": reason}
    beyond = {"beyond": str(found.reason)} if found is not None else {}
    working.record(work, held, name, **moved, **beyond)
    if held.state != "awarded":
        rules = edition(work, department.id, held.handbook_id).rules
        nudge = ends_at + timedelta(minutes=rules.attendance.nudge_check_out_after_minutes)
        duty.plan(work, department.id, "nudge_check_out", held.id, nudge, fence=f"0 {nudge.isoformat()}")
