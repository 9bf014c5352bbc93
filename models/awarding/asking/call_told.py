"""What a call of ours is about, as it stands when it is answered: an award, an offer, what he works, or nothing now."""

from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa

from models.awarding.asking.call_out import call_out
from models.awarding.asking.offer import offer
from models.awarding.deciding.verdict import figures_of
from models.details.opening import Opening, opening
from models.session import Work
from models.tables import sql
from models.working.assignment import Assignment, assignment
from models.working.welfare import OPEN, check

Matter = Literal["award", "offer", "order", "reminder", "urgent"]

_STANDS = {"award": ("awarded",), "reminder": ("confirmed",), "late": ("confirmed",)}


@dataclass(frozen=True, slots=True)
class Told:
    """`matter` is what may be said to anybody, `prompt` what it is by now (`too_late` when another has it, `settled`
    when nothing is asked of him any more), `subject` the holding it is about, `values` what its prompt tells besides.
    """

    matter: Matter
    prompt: str
    subject: tuple[str, int]
    opening: Opening
    values: dict[str, Any] = field(default_factory=dict)


def told_on_call(work: Work, call: sa.Row[Any]) -> Told:
    """What the officer is told on this call."""
    if call.why == "offer":
        return _of_offer(work, call)
    if call.why == "welfare":
        return _of_check(work, call)
    held = assignment(work, call.department_id, call.subject_id)
    about = opening(work, call.department_id, held.opening_id)
    matter = _matter(call)
    prompt = _prompt(call) if held.state in _STANDS[call.why] else "settled"
    values = _ordered(work, held) if prompt == "ordered_in" else {}
    return Told(matter, prompt, ("assignment", held.id), about, values)


def _of_offer(work: Work, call: sa.Row[Any]) -> Told:
    row = offer(work, call.department_id, call.subject_id)
    about = opening(work, call.department_id, row.opening_id)
    found = None if row.call_out_id is None else call_out(work, call.department_id, row.call_out_id)
    prompt = {"open": "offer", "withdrawn": "too_late"}.get(row.state, "settled")
    if prompt == "offer" and found is not None and found.emergency_id is not None:
        prompt = "offer_emergency"
    elif prompt == "offer" and row.step:
        prompt = "offer_again"
    is_race = found is not None and found.asking.is_race
    return Told("offer", prompt, ("offer", row.id), about, {"is_race": is_race})


def _of_check(work: Work, call: sa.Row[Any]) -> Told:
    row = check(work, call.department_id, call.subject_id)
    held = assignment(work, call.department_id, row.assignment_id)
    is_open = row.state in OPEN and held.state == "checked_in"
    about = opening(work, call.department_id, held.opening_id)
    return Told("urgent", "welfare" if is_open else "settled", ("assignment", held.id), about)


def _matter(call: sa.Row[Any]) -> Matter:
    if call.why == "award":
        return "award"
    if call.why == "late":
        return "urgent"
    return "order" if call.fence.startswith("award.ordered_in") else "reminder"


def _prompt(call: sa.Row[Any]) -> str:
    """A reminder's fence names the text that it stands for."""
    if call.why != "reminder":
        return str(call.why)
    return str(call.fence).split(",")[0].rpartition(".")[2]


def _ordered(work: Work, held: Assignment) -> dict[str, Any]:
    """Where he stood in the order, which is why it is he."""
    found = work.conn.execute(
        sql(
            "select v.reason, v.figures from verdict v where v.department_id = :d and v.award_id = :a"
            " and v.opening_id = :opening and v.officer_id = :o"
        ),
        {"d": held.department_id, "a": held.award_id, "opening": held.opening_id, "o": held.officer_id},
    ).one()
    return {"verdict": {"reason": found.reason, "figures": figures_of(found.figures)}}
