"""An officer who is late says that he is coming: a fact beside his assignment, which changes nothing of it."""

from models.session import Work
from models.working.assignment import assignment, record


def note_on_the_way(work: Work, department_id: int, assignment_id: int) -> None:
    """Write down that its officer is on his way."""
    record(work, assignment(work, department_id, assignment_id), "officer_on_the_way")
