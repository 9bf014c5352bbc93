"""Hours worked beside the rules: attendance is a fact and never refused, but what it breaks goes before a person."""

from models.line.hand_off import hand_off
from models.people.department import Department
from models.rules.verdict import Verdict
from models.session import Work
from models.working import assignment as working
from models.working.attendance import checked_out_at
from models.working.extension import broken_by


def judge_hours(work: Work, department: Department, assignment_id: int) -> Verdict | None:
    """The first rule about time that the officer breaks by being there, or by having stayed; None when he breaks none.

    It is recorded as an exception, and a person is told.
    """
    held = working.assignment(work, department.id, assignment_id)
    if held.state not in ("checked_in", "checked_out"):
        return None
    left_at = checked_out_at(work, department.id, assignment_id)
    found = broken_by(work, department, held, max(left_at or held.ends_at, held.starts_at))
    if found is None:
        return None
    figures = {name: str(value) for name, value in found.figures.items()}
    working.record(work, held, "hours_beyond_rules", rule=str(found.reason), figures=figures)
    hand_off(work, department.id, "hours_beyond_rules", person_id=held.person_id, assignment=held.id)
    return found
