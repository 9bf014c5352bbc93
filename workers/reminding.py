"""Reminding an officer of an assignment that is still his."""

from collections.abc import Mapping
from typing import Any

from models.details.opening import opening
from models.people.department import Department, department
from models.people.handbook import edition
from models.people.officer import Officer, officer
from models.session import Work
from models.working.assignment import Assignment, assignment
from workers.ringing import ring_up
from workers.telling import tell


def remind(
    work: Work,
    department_id: int,
    assignment_id: int,
    prompt: str,
    state: str = "confirmed",
    values: Mapping[str, Any] | None = None,
) -> bool:
    """Say `prompt`, with `values` besides those of the opening, to the officer while the assignment stands in `state`;
    False when it does not any more."""
    row = assignment(work, department_id, assignment_id)
    if row.state != state:
        return False
    about = opening(work, department_id, row.opening_id)
    who = officer(work, department_id, row.officer_id)
    where = department(work, department_id)
    told = {**about.told(), "ends_at": row.ends_at, "during": (row.starts_at, row.ends_at)}
    if not tell(work, where, who, prompt, {**told, **(values or {})}, ("attendance", row.id)):
        call_instead(work, where, row, who, prompt)
    return True


def call_instead(work: Work, where: Department, held: Assignment, who: Officer, prompt: str) -> bool:
    """Have the officer called about what he works, because a text cannot tell him; False where the handbook does not
    say so, or he cannot be called either.
    """
    rules = edition(work, where.id, held.handbook_id).rules
    if not rules.calls.when_texts_fail or held.state != "confirmed" or work.now >= held.starts_at:
        return False
    due_at = ring_up(work, where, who, rules.calls, "reminder", held.id, held.starts_at, held.starts_at, fence=prompt)
    return due_at is not None
