"""An officer who is late says that he is coming: a fact beside his assignment, which changes nothing of it."""

from datetime import datetime
from typing import Any

from models.line.hand_off import hand_off
from models.session import Work
from models.working.assignment import assignment, record


def note_on_the_way(
    work: Work, department_id: int, assignment_id: int, expected_at: datetime | None = None, *, late: bool = True
) -> bool:
    """Write down that its officer is on his way, and when he expects to be there (aware UTC), if he said it.

    Returns whether the desk was told: it is when he will be late, by his own word or by the time he names.
    """
    row = assignment(work, department_id, assignment_id)
    told: dict[str, Any] = {"expected_at": expected_at.isoformat()} if expected_at else {}
    record(work, row, "officer_on_the_way", **told)
    is_late = work.now > row.starts_at or (expected_at > row.starts_at if expected_at else late)
    if is_late:
        about: dict[str, Any] = {"assignment": assignment_id, **told}
        hand_off(work, department_id, "officer_on_the_way", person_id=row.person_id, urgent=True, **about)
    return is_late
