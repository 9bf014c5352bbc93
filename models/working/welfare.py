"""Welfare checks of officers on a detail: asked, answered, or people alarmed.

    asked -> answered | alarmed | over (he checked out, which is a sign of life),  alarmed -> answered | over

None of it is a contact in the sense of turns: nothing here is counted, charged or priced.
"""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.lifecycle import Arrow, Lifecycle
from models.line import duty
from models.line.hand_off import hand_off
from models.people.officer import Officer
from models.proof import event
from models.rules.asking.welfare import next_check_at
from models.rules.handbook import Handbook
from models.session import Work
from models.tables import Timestamp, of_department
from models.working.assignment import Assignment

welfare_checks = of_department(
    "welfare_check",
    sa.Column("assignment_id", sa.BigInteger),
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("asked_at", Timestamp),
    sa.Column("due_at", Timestamp),
    sa.Column("state", sa.Text),
    sa.Column("ended_at", Timestamp),
)

OPEN = ("asked", "alarmed")
_OPEN_NOW = sa.text("state in ('asked', 'alarmed')")

LIFECYCLE = Lifecycle(
    welfare_checks,
    starts=("asked",),
    arrows=(
        Arrow("answer", OPEN, "answered", "welfare_answered", "The officer says that all is well."),
        Arrow("alarm", ("asked",), "alarmed", "welfare_alarmed", "He did not answer, or asked for help."),
        Arrow("end", OPEN, "over", "welfare_over", "He has checked out, or the detail is over for him."),
    ),
)


def plan_next(work: Work, rules: Handbook, held: Assignment, came_at: datetime, since: datetime) -> None:
    """Have him looked after again, `since` the check-in or the check before, while his detail lasts."""
    due_at = next_check_at(rules.welfare, since, held.ends_at)
    if due_at is not None:
        fence = f"{came_at.isoformat()} {due_at.isoformat()}"
        duty.plan(work, held.department_id, "ask_welfare", held.id, due_at, fence=fence)


def begin_check(work: Work, held: Assignment, answer_minutes: int) -> int | None:
    """Write down that he is asked; the check's id, None while one is open still."""
    due_at = work.now + timedelta(minutes=answer_minutes)
    row = {
        "department_id": held.department_id,
        "assignment_id": held.id,
        "officer_id": held.officer_id,
        "asked_at": work.now,
        "due_at": due_at,
        "state": "asked",
    }
    written = (
        insert(welfare_checks)
        .values(row)
        .on_conflict_do_nothing(index_elements=["department_id", "assignment_id"], index_where=_OPEN_NOW)
    )
    check_id: int | None = work.conn.execute(written.returning(welfare_checks.c.id)).scalar_one_or_none()
    if check_id is not None:
        _record(work, held.department_id, "welfare_asked", check_id, held.officer_id, assignment=held.id)
        duty.plan(work, held.department_id, "miss_welfare", check_id, due_at, fence="text")
    return check_id


def check(work: Work, department_id: int, check_id: int) -> sa.Row[Any]:
    """The check's row."""
    where = (welfare_checks.c.department_id == department_id, welfare_checks.c.id == check_id)
    return work.conn.execute(sa.select(welfare_checks).where(*where)).one()


def open_check(work: Work, officer: Officer) -> int | None:
    """The check that waits for the officer's answer, or for which people were alarmed; None when none does."""
    where = (
        welfare_checks.c.department_id == officer.department_id,
        welfare_checks.c.officer_id == officer.id,
        welfare_checks.c.state.in_(OPEN),
    )
    query = sa.select(welfare_checks.c.id).where(*where).order_by(welfare_checks.c.id.desc()).limit(1)
    return work.conn.execute(query).scalar_one_or_none()


def all_is_well(work: Work, officer: Officer, check_id: int) -> bool:
    """He says that all is well; after an alarm the desk hears so. False when it was settled before."""
    # Held, so that an alarm of the same moment comes before it or not at all.
    columns = welfare_checks.c
    found = sa.select(columns.state).where(columns.department_id == officer.department_id, columns.id == check_id)
    was_alarmed = work.conn.execute(found.with_for_update()).scalar_one() == "alarmed"
    if not _move(work, officer.department_id, check_id, "answer"):
        return False
    if was_alarmed:
        hand_off(work, officer.department_id, "welfare_well_after_all", person_id=officer.person_id, check=check_id)
    return True


def alarm(work: Work, department_id: int, check_id: int, person_id: int) -> bool:
    """He has not answered: people are alarmed, once. False when he has, or it was settled."""
    if not _move(work, department_id, check_id, "alarm"):
        return False
    hand_off(work, department_id, "welfare_unanswered", person_id=person_id, check=check_id)
    duty.plan(work, department_id, "tell_welfare_alarm", check_id, work.now)
    return True


def needs_help(work: Work, officer: Officer, check_id: int) -> None:
    """He asks for help in answer to the check; the hand-off that alarms the desk is the conversation's."""
    if _move(work, officer.department_id, check_id, "alarm"):
        duty.plan(work, officer.department_id, "tell_welfare_alarm", check_id, work.now, fence="help")


def end_check(work: Work, department_id: int, check_id: int) -> None:
    """Nothing is asked of him any more: he is not on the detail now."""
    _move(work, department_id, check_id, "end")


def _move(work: Work, department_id: int, check_id: int, verb: str) -> bool:
    ended = {} if verb == "alarm" else {"ended_at": work.now}
    if not LIFECYCLE.move(work, department_id, [check_id], verb, **ended):
        return False
    row = check(work, department_id, check_id)
    name = LIFECYCLE.arrow(verb).event
    _record(work, department_id, name, check_id, row.officer_id, assignment=row.assignment_id)
    return True


def _record(work: Work, department_id: int, name: str, check_id: int, officer_id: int, **data: Any) -> None:
    event.record(work, department_id, name, "welfare_check", check_id, officer_id=officer_id, **data)
