"""Swap requests: where a person decides on swaps, what an officer asked for waits here.

    open -> granted (the colleague is asked now) | refused

What is granted goes on as a swap that needs nobody's leave: the colleague is asked, and must accept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.lifecycle import Arrow, Lifecycle
from models.line import duty
from models.line.hand_off import hand_off
from models.people.department import Department
from models.people.officer import Officer, officer
from models.proof import event
from models.session import Work
from models.tables import Timestamp, of_department, sql
from models.working.assignment import Assignment, assignment
from models.working.penalty import Decision
from models.working.swap import ask, stopped_by

swap_requests = of_department(
    "swap_request",
    sa.Column("assignment_id", sa.BigInteger),
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("colleague_id", sa.BigInteger),
    sa.Column("asked_at", Timestamp),
    sa.Column("state", sa.Text),
    sa.Column("ended_at", Timestamp),
    sa.Column("decided_by", sa.Text),
    sa.Column("words", sa.Text),
)

LIFECYCLE = Lifecycle(
    swap_requests,
    starts=("open",),
    arrows=(
        Arrow("grant", ("open",), "granted", "swap_granted", "A person allows it: the colleague is asked now."),
        Arrow("refuse", ("open",), "refused", "swap_refused", "A person does not allow it."),
    ),
)


@dataclass(frozen=True, slots=True)
class SwapRequest:
    """What is asked for: who gives which assignment to whom."""

    id: int
    assignment_id: int
    officer_id: int
    colleague_id: int
    state: str
    words: str


def ask_for_swap(work: Work, department: Department, who: Officer, assignment_id: int, colleague: Officer) -> str:
    """Asked, or why not, as `swap.stopped_by`; where a person decides it goes before one (by_desk), once (waiting)."""
    held = assignment(work, department.id, assignment_id)
    why_not = stopped_by(work, department, who, held, colleague)
    if why_not == "by_desk":
        return "by_desk" if _write(work, held, who, colleague) else "waiting"
    if why_not is not None:
        return why_not
    ask(work, department, held, colleague)
    return "asked"


def grant(work: Work, department: Department, request_id: int, decided: Decision) -> str:
    """Allow it, judged by the rules of this moment for both; granted, or why not: none, or as `ask_for_swap`."""
    found = swap_request(work, department.id, request_id)
    if found is None or found.state != "open":
        return "none"
    held = assignment(work, department.id, found.assignment_id)
    giver, colleague = (officer(work, department.id, each) for each in (found.officer_id, found.colleague_id))
    why_not = stopped_by(work, department, giver, held, colleague)
    if why_not not in (None, "by_desk"):
        return str(why_not)
    if not _decide(work, department.id, found, "grant", decided):
        return "none"
    ask(work, department, held, colleague)
    return "granted"


def refuse(work: Work, department_id: int, request_id: int, decided: Decision) -> bool:
    """Do not allow it; False where nothing of that id is open."""
    found = swap_request(work, department_id, request_id)
    return found is not None and _decide(work, department_id, found, "refuse", decided)


def swap_request(work: Work, department_id: int, request_id: int) -> SwapRequest | None:
    """The request; None where there is none of that id."""
    columns = swap_requests.c
    row = work.conn.execute(
        sa.select(swap_requests).where(columns.department_id == department_id, columns.id == request_id)
    ).one_or_none()
    if row is None:
        return None
    return SwapRequest(row.id, row.assignment_id, row.officer_id, row.colleague_id, row.state, row.words or "")


def open_requests(work: Work, department_id: int) -> Sequence[sa.RowMapping]:
    """What waits for a decision, the oldest first: id, asked_at, code, starts_at, badge and colleague's badge."""
    rows = work.conn.execute(
        sql(
            "select r.id, r.asked_at, y.code, y.starts_at, o.badge, c.badge as colleague from swap_request r"
            " join assignment a on a.department_id = r.department_id and a.id = r.assignment_id"
            " join opening y on y.department_id = a.department_id and y.id = a.opening_id"
            " join officer o on o.department_id = r.department_id and o.id = r.officer_id"
            " join officer c on c.department_id = r.department_id and c.id = r.colleague_id"
            " where r.department_id = :d and r.state = 'open' order by r.id"
        ),
        {"d": department_id},
    )
    return rows.mappings().all()


def _write(work: Work, held: Assignment, who: Officer, colleague: Officer) -> bool:
    """Write it down and put it before a person; False when a request for this assignment waits already."""
    request_id = work.conn.execute(
        insert(swap_requests)
        .values(
            department_id=held.department_id,
            assignment_id=held.id,
            officer_id=who.id,
            colleague_id=colleague.id,
            asked_at=work.now,
            state="open",
        )
        .on_conflict_do_nothing(
            index_elements=["department_id", "assignment_id"], index_where=sa.text("state = 'open'")
        )
        .returning(swap_requests.c.id)
    ).scalar_one_or_none()
    if request_id is None:
        return False
    about = {"request": request_id, "colleague": colleague.id, "assignment": held.id}
    hand_off(work, held.department_id, "swap_wants_desk", person_id=held.person_id, **about)
    event.record(
        work,
        held.department_id,
        "swap_requested",
        "swap_request",
        request_id,
        officer_id=who.id,
        opening_id=held.opening_id,
        colleague=colleague.id,
    )
    return True


def _decide(work: Work, department_id: int, found: SwapRequest, verb: str, decided: Decision) -> bool:
    decision = {"ended_at": work.now, "decided_by": decided.by, "words": decided.words}
    if not LIFECYCLE.move(work, department_id, [found.id], verb, **decision):
        return False
    event.record(
        work,
        department_id,
        LIFECYCLE.arrow(verb).event,
        "swap_request",
        found.id,
        officer_id=found.officer_id,
        colleague=found.colleague_id,
        by=decided.by,
        words=decided.words,
    )
    duty.plan(work, department_id, "tell_swap_decided", found.id, work.now)
    return True
