"""An officer who is late says that he is coming: a fact beside his assignment, which changes nothing of it."""

from models.proof import event
from models.session import Work


def note_on_the_way(work: Work, department_id: int, assignment_id: int, officer_id: int) -> None:
    """Write down that he is on his way."""
    event.record(work, department_id, "officer_on_the_way", "assignment", assignment_id, officer_id=officer_id)
