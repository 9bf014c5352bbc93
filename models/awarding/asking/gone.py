"""A slot that went otherwise than by an answer to us: called off, or given by hand."""

from models.awarding.asking.offer import withdraw_where_taken
from models.details.opening import Opening
from models.details.posting import take_up_posting
from models.line import duty
from models.session import Work


def stop_asking(work: Work, department_id: int, about: Opening, slot_id: int, why: str) -> None:
    """Who is asked for what is gone is told so, unless another slot is free; a call-out without slots ends, and so does
    a sign-up that goes first come. `about` as the opening stood before.
    """
    withdraw_where_taken(work, department_id, about.id)
    if about.posting_state == "awarded":
        duty.plan(work, department_id, "fill_slot", slot_id, work.now, fence=why)
    elif about.method == "first_come" and about.posting_id is not None:
        take_up_posting(work, department_id, about.posting_id)
