"""An owed detail was offered and the offer has ended: is it still owed?"""

from typing import Any

import sqlalchemy as sa

from models.awarding.asking.owed_detail import owed_of_offer, settle
from models.session import Work


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Used or refused, and nothing is owed any more; else the next detail is put to him."""
    owed_id = owed_of_offer(work, department_id, duty.subject_id)
    if owed_id is not None:
        settle(work, department_id, owed_id)
