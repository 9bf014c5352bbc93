"""An officer's turn to sign up has come, and a standing order of his asks for the detail."""

from typing import Any

import sqlalchemy as sa

from models.awarding.signing_up.standing_order import StandingOrder, carry_out_in_turn
from models.details.opening import Opening, opening
from models.people.department import Department, department
from models.people.handbook import current
from models.people.officer import Officer, officer
from models.rules.verdict import Verdict
from models.session import Work
from workers.by_order import tell_by_order
from workers.telling import tell


def handle(work: Work, department_id: int, duty: sa.Row[Any]) -> None:
    """Sign him up and say so; he was promised it, so he also hears when he cannot take it any more."""
    where, who = department(work, department_id), officer(work, department_id, duty.subject_id)
    about = opening(work, department_id, int(duty.fence.split()[0]))
    edition = current(work, department_id, work.now.astimezone(where.zone).date())
    found = carry_out_in_turn(work, where, edition, who, about)
    if found is None or found.answer is None:
        return
    if not tell_by_order(work, where, about, [found]) and found.answer.refusal is not None:
        _tell_refused(work, where, who, about, found.order, found.answer.refusal)


def _tell_refused(
    work: Work, where: Department, who: Officer, about: Opening, order: StandingOrder, why: Verdict
) -> None:
    told = {"reason": why.reason, "figures": why.figures}
    values = {**about.told(), "number": order.number, "verdict": told}
    tell(work, where, who, "auto.not_signed_up", values)
